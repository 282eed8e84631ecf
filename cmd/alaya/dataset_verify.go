package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client/audit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

func newDatasetVerify(s *session) *cobra.Command {
	var version uint32
	var keyFile, validators string
	cmd := &cobra.Command{
		Use:   "verify DIR|DATASET",
		Short: "Check a pulled folder, or a version on the chain, down to the signatures",
		Long: `Check a dataset by its files alone: every file against its checksum, records and votes
against the submissions, the records' root against the version, every record of the chain
against a signed header, every verdict and payout computed again. The first thing that is
wrong is named.

Whose signatures count: for a DATASET, the validators that the node names; for a DIR, those
that the folder names, unless --validators gives a file that you trust more: the answer of a
node's /validators, or the proofs/header.json of a folder.`,
		Example: `  alaya dataset verify ./shapes
  alaya dataset verify ./shapes --validators validators.json
  alaya dataset verify 9d8c7b6a5f4e3d2c`,
		RunE: func(cmd *cobra.Command, args []string) error {
			var o audit.Options
			var err error
			if keyFile != "" {
				if o.Key, err = audit.LoadKey(keyFile); err != nil {
					return err
				}
			}
			if o.Trust, err = trustFile(validators); err != nil {
				return err
			}
			if name, err := id.ParseDatasetID(args[0]); err == nil && !isFolder(args[0]) {
				return s.verifyVersion(cmd.Context(), name, version, o)
			}
			return s.verifyFolder(args[0], o)
		},
	}
	cmd.Flags().Uint32Var(&version, "version", 0, "version of a DATASET; 0 is the newest")
	cmd.Flags().StringVar(&keyFile, "key", "", "file of the key of the pseudonyms: compare votes by name")
	cmd.Flags().StringVar(&validators, "validators", "", "file of the validators that must have signed")
	return cmd
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// trustFile reads the validators of a file; nil without one.
func trustFile(file string) (*audit.Trust, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return audit.ParseTrust(text, file)
}

// verifyVersion pulls a version into a folder of its own and checks that.
func (s *session) verifyVersion(ctx context.Context, d id.DatasetID, version uint32, o audit.Options) error {
	temporary, err := os.MkdirTemp("", "alaya-verify-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(temporary) }()
	order := audit.Order{Dataset: d, Version: version, Dir: filepath.Join(temporary, string(d)), Key: o.Key}
	if order.Key == nil {
		if order.Key, err = audit.MakeKey(filepath.Join(temporary, "key")); err != nil {
			return err
		}
	}
	if _, err := s.pull(ctx, order); err != nil {
		return err
	}
	if o.Trust == nil {
		c, err := s.chain(ctx)
		if err != nil {
			return err
		}
		if o.Trust, err = audit.TrustNode(ctx, c, "node "+s.flags.node); err != nil {
			return err
		}
	}
	return s.verifyFolder(order.Dir, o)
}

// verifyFolder checks a folder and shows what was found, also when it fails.
func (s *session) verifyFolder(dir string, o audit.Options) error {
	if !isFolder(dir) {
		return advise(fault.NotFound("%s: no such folder, and no id of a dataset", dir), "`alaya dataset list` shows the datasets")
	}
	tell, done := s.steps("verify " + dir)
	o.Tell = tell
	report, err := audit.Verify(dir, o)
	done()
	if failed := s.show(report, func(p *page) { p.verification(report.Checks, report.Trust, report.OK) }); failed != nil {
		return failed
	}
	return err
}

// verification shows checks, whose signatures they trust, and whether all held.
func (p *page) verification(checks []audit.Check, trust string, ok bool) {
	p.table("check", "outcome", "what was found")
	for _, c := range checks {
		if !p.quiet {
			p.row(c.Name, outcome(c.OK), c.Detail)
		}
	}
	p.field("trust", trust)
	p.line("verify: %s", outcome(ok))
	if p.quiet {
		p.row(outcome(ok))
	}
}

func outcome(ok bool) string {
	if ok {
		return "ok"
	}
	return "FAILED"
}
