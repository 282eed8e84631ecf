package main

import (
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"
)

// maxPage is the most records that the chain gives in one answer.
const maxPage = 1000

// list is how much of a list is wanted: at most limit records, all if 0.
type list struct{ limit int }

func (l *list) bind(cmd *cobra.Command) {
	cmd.Flags().IntVar(&l.limit, "limit", 100, "records to list at most, 0 for all")
}

// gather asks for page after page until it has as many records as wanted, and
// says on standard error when there are more.
func gather[T any](s *session, l list, ask func(*query.PageRequest) ([]T, *query.PageResponse, error)) ([]T, error) {
	var all []T
	page := &query.PageRequest{}
	for {
		page.Limit = maxPage
		if l.limit > 0 {
			page.Limit = uint64(min(maxPage, l.limit-len(all)))
		}
		some, next, err := ask(page)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if next == nil || len(next.NextKey) == 0 {
			return all, nil
		}
		if l.limit > 0 && len(all) >= l.limit {
			s.say("There are more than %d: --limit 0 lists all.", l.limit)
			return all, nil
		}
		page = &query.PageRequest{Key: next.NextKey}
	}
}

// convert turns messages of the chain into core's types, all of them valid.
func convert[P, T any](messages []P, from func(*P) (T, error)) ([]T, error) {
	out := make([]T, len(messages))
	for i := range messages {
		var err error
		if out[i], err = from(&messages[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// collect gathers the messages of a list and turns them into core's types.
func collect[P, T any](
	s *session, l list, ask func(*query.PageRequest) ([]P, *query.PageResponse, error), from func(*P) (T, error),
) ([]P, []T, error) {
	found, err := gather(s, l, ask)
	if err != nil {
		return nil, nil, err
	}
	values, err := convert(found, from)
	return found, values, err
}
