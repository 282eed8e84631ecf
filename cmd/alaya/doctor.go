package main

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/flatfs"
)

func newDoctorCommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Check a stopped node's home: state, money, blobs",
		Long: `Reads the whole committed state and holds it against every numbered invariant: escrow
against promises, settlements against payouts, rounds against leases and submissions. Reads
every blob and holds it against its name. The node must be stopped. Nothing is changed.`,
		Example: `  alaya doctor
  alaya doctor --home /tmp/alaya`,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.doctor(cmd.Context()) },
	}
}

// doctorView is what doctor found.
type doctorView struct {
	Home   string `json:"home"`
	Height int64  `json:"height"`
	Pins   int    `json:"pins"`
	State  string `json:"state"`
	Blobs  string `json:"blobs"`
}

func (s *session) doctor(ctx context.Context) error {
	home := s.flags.home
	if !node.Exists(home) {
		return advise(fault.NotFound("no chain in %s", home), "name a home with --home")
	}
	v := doctorView{Home: home, State: "ok", Blobs: "ok"}
	height, err := node.Inspect(home)
	if err != nil {
		return advise(err, "stop the node first, if it runs")
	}
	v.Height = height
	if v.Pins, err = inspectBlobs(ctx, filepath.Join(home, "blobs")); err != nil {
		return err
	}
	return s.show(v, func(p *page) {
		p.field("home", v.Home)
		p.field("height", v.Height)
		p.field("state", v.State)
		p.field("blobs", v.Blobs)
		p.field("pins", v.Pins)
	})
}

// inspectBlobs reads the whole store.
func inspectBlobs(ctx context.Context, dir string) (pins int, err error) {
	driver, err := flatfs.Open(dir)
	if err != nil {
		return 0, err
	}
	defer driver.Close()
	store, err := plane.New(driver, plane.Defaults())
	if err != nil {
		return 0, err
	}
	if err := store.Check(ctx); err != nil {
		return 0, err
	}
	kept, err := store.Pins(ctx)
	return len(kept), err
}
