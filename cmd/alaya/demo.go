package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/agent/replay"
	"github.com/alaya-network/alaya/client/audit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/station"
)

// demoFlags are the flags of demo.
type demoFlags struct {
	replayFlags
	data string
	keep bool
}

func newDemoCommand(s *session) *cobra.Command {
	var f demoFlags
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Show the whole way of data on a throw-away node",
		Long: `Starts a node that is deleted afterwards, posts a funded request, lets recorded workers
bid, answer and be paid, delivers the dataset and verifies it from its files up to the
signed block. Without --data the workers are the anaesthetists of Dawid and Skene (1979).`,
		Example: `  alaya demo
  alaya demo --data crowd/rte --json report.json
  alaya demo --keep`,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.demo(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.data, "data", "", "folder with answers.tsv and, if there are any, gold.tsv and items.tsv")
	flags.BoolVar(&f.keep, "keep", false, "leave the node's home behind, and say where")
	f.bind(cmd)
	return cmd
}

func (s *session) demo(ctx context.Context, f demoFlags) (err error) {
	folder := replay.Anaesthesia()
	if f.data != "" {
		folder = os.DirFS(f.data)
	}
	home, remove, err := throwAway(f.keep)
	if err != nil {
		return err
	}
	defer remove()
	s.say("A node of its own in %s", home)
	st, err := startLocal(ctx, station.Config{Home: home})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Stop()) }()
	report, err := s.demoOn(ctx, st, home, folder, f)
	if err != nil {
		return err
	}
	if err := s.showReport(report, f.reportFile); err != nil {
		return err
	}
	if f.keep {
		s.say("The node is in %s: alaya up --home %s", home, home)
	}
	return demoFaults(report)
}

// demoOn runs the recording, delivers the dataset, and checks everything.
func (s *session) demoOn(ctx context.Context, st *station.Station, home string, folder fs.FS, f demoFlags) (replay.Report, error) {
	requester, err := localAccount(st, home, "requester")
	if err != nil {
		return replay.Report{}, err
	}
	report, err := s.replay(ctx, replay.Stage{Client: st.Client, Blobs: st.Store, Requester: requester}, folder, f.replayFlags)
	if err != nil {
		return report, err
	}
	if err := st.Node.App().Invariants(); err != nil {
		return report, fault.Internal("doctor: %w", err)
	}
	s.say("doctor: every invariant of the chain's state holds")
	if err := s.demoVerify(ctx, st, home, id.DatasetID(report.Dataset.ID)); err != nil {
		return report, err
	}
	report.Dataset.Verified = true
	return report, nil
}

// demoVerify delivers the dataset into the home and verifies the folder.
func (s *session) demoVerify(ctx context.Context, st *station.Station, home string, d id.DatasetID) error {
	key, err := audit.MakeKey(filepath.Join(home, "datasets", string(d)+".key"))
	if err != nil {
		return err
	}
	dir := filepath.Join(home, "delivery")
	receipt, err := audit.Pull(ctx, audit.Origin{Client: st.Client, Blobs: st.Store}, audit.Order{Dataset: d, Dir: dir, Key: key})
	if err != nil {
		return err
	}
	s.say("delivered: %d files, %d bytes", receipt.Files, receipt.Bytes)
	trust, err := audit.TrustNode(ctx, st.Client, "the demo's own node")
	if err != nil {
		return err
	}
	found, err := audit.Verify(dir, audit.Options{Key: key, Trust: trust})
	s.say("%s", strings.TrimSuffix(found.String(), "\n"))
	return err
}

// demoFaults makes a report that does not add up fail the command.
func demoFaults(r replay.Report) error {
	if !r.Money.Balanced {
		return fault.Internal("money does not balance: escrowed %s, paid %s, fees %s, refunded %s", r.Money.Escrowed, r.Money.Paid, r.Money.Fees, r.Money.Refunded)
	}
	if !r.Dataset.Verified {
		return fault.Internal("the dataset was not verified")
	}
	return nil
}
