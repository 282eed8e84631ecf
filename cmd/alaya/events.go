package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// filter says which events are wanted; empty fields take all.
type filter struct {
	request, stage, party string
}

func (f filter) wants(e client.Event) bool {
	return (f.request == "" || string(e.Request()) == f.request) &&
		(f.stage == "" || e.Stage == f.stage) &&
		(f.party == "" || string(e.Party()) == f.party)
}

func newEventsCommand(s *session) *cobra.Command {
	var f filter
	var since int64
	cmd := &cobra.Command{
		Use:   "events",
		Short: "Follow what happens, until Ctrl-C",
		Long: `Follow what happens on the chain, one line an event, until Ctrl-C. With --output json
each line is a JSON object. Lost connections are ridden out; no event is missed.`,
		Example: `  alaya events
  alaya events --request 1f3a5c7e9b2d4f60 --stage work
  alaya events --since 1 --output json`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.party != "" {
				who, err := s.address(f.party)
				if err != nil {
					return err
				}
				f.party = who.String()
			}
			if since < 0 {
				return fault.Invalid("--since %d: want a height from 1", since)
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			for e, err := range c.Follow(cmd.Context(), id.Height(since)) {
				if err != nil {
					return err
				}
				if f.wants(e) {
					if err := s.showEvent(e); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&f.request, "request", "", "events of this request only")
	cmd.Flags().StringVar(&f.stage, "stage", "", "events of this stage only, such as market or work")
	cmd.Flags().StringVar(&f.party, "party", "", "events about this address or key only")
	cmd.Flags().Int64Var(&since, "since", 0, "begin at this height; 0 for the next block")
	return cmd
}

// showEvent writes an event on a line of its own.
func (s *session) showEvent(e client.Event) error {
	var err error
	switch s.flags.output.value {
	case formatJSON:
		err = json.NewEncoder(s.out).Encode(e)
	case formatYAML:
		var text []byte
		if text, err = encode(e); err == nil {
			if text, err = toYAML(text); err == nil {
				_, err = fmt.Fprintf(s.out, "---\n%s", text)
			}
		}
	default:
		at := time.UnixMilli(int64(e.Time)).UTC().Format(time.TimeOnly)
		_, err = fmt.Fprintf(s.out, "%s %6d %-8s %-12s %s\n", at, e.Height, e.Stage, clean(e.Action), attributes(e))
	}
	return err
}

// attributes writes an event's attributes by name.
func attributes(e client.Event) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(e.Attributes)) {
		parts = append(parts, name+"="+e.Attributes[name])
	}
	return clean(strings.Join(parts, " "))
}
