package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// await asks done now and after every block until it says true, for at most
// timeout.
func (s *session) await(ctx context.Context, timeout time.Duration, done func(context.Context) (bool, error)) error {
	c, err := s.chain(ctx)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	for {
		height := c.Height()
		ok, err := done(limited)
		if err == nil && ok {
			return nil
		}
		if err == nil {
			err = c.WaitHeight(limited, height+1)
		}
		if limited.Err() != nil && ctx.Err() == nil {
			return advise(fault.State("waited %s in vain", timeout), "give it longer with --timeout")
		}
		if err != nil {
			return err
		}
	}
}

// requestPath is the way a request takes when all goes well.
func requestPath() []string { return []string{"open", "matched", "working", "settling", "closed"} }

func newRequestWait(s *session) *cobra.Command {
	var state string
	var timeout time.Duration
	cmd := &cobra.Command{
		Use:   "wait REQUEST",
		Short: "Wait until a request is matched, working, settling or closed",
		Example: `  alaya request wait 1f3a5c7e9b2d4f60 --for working
  alaya request wait 1f3a5c7e9b2d4f60 --timeout 1h`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			if !slices.Contains(requestPath(), state) {
				return fault.Invalid("--for %s: one of %s", state, strings.Join(requestPath(), ", "))
			}
			return s.waitRequest(cmd.Context(), name, state, timeout)
		},
	}
	cmd.Flags().StringVar(&state, "for", "closed", "state to wait for, or one further on")
	cmd.Flags().DurationVar(&timeout, "timeout", 10*time.Minute, "how long to wait")
	return cmd
}

func (s *session) waitRequest(ctx context.Context, name id.RequestID, state string, timeout time.Duration) error {
	want := slices.Index(requestPath(), state)
	return s.await(ctx, timeout, func(ctx context.Context) (bool, error) {
		r, err := s.request(ctx, name)
		if err != nil {
			return false, err
		}
		at := slices.Index(requestPath(), r.State.String())
		if at < 0 {
			return false, fault.State("request %s is %s and will not be %s", name, r.State, state)
		}
		return at >= want, nil
	})
}
