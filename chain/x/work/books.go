package work

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/wire"
)

// readBooks reads every record of a state and checks the plans against the
// rounds that wait for them.
func readBooks(g *workv1.GenesisState) (work.Books, error) {
	var b work.Books
	var err [8]error
	b.Briefs, err[0] = readAll(g.Briefs, wire.BriefFromProto)
	b.Rounds, err[1] = readAll(g.Rounds, wire.RoundFromProto)
	b.Pages, err[2] = readAll(g.Pages, wire.PageFromProto)
	b.Leases, err[3] = readAll(g.Leases, wire.LeaseFromProto)
	b.Submissions, err[4] = readAll(g.Submissions, wire.SubmissionFromProto)
	b.Assignments, err[5] = readAll(g.Assignments, wire.AssignmentFromProto)
	b.Progress, err[6] = readAll(g.Progress, wire.ProgressFromProto)
	b.Had, err[7] = readAll(g.Had, wire.HadFromProto)
	for _, e := range err {
		if e != nil {
			return b, e
		}
	}
	return b, checkPlans(b.Rounds, g.Plans)
}

func readAll[P, N any](list []P, read func(*P) (N, error)) ([]N, error) {
	out := make([]N, len(list))
	for i := range list {
		var err error
		if out[i], err = read(&list[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func checkPlans(rounds []work.Round, plans []workv1.Plan) error {
	planned := make(map[string]int, len(plans))
	for i := range plans {
		request, pages, err := wire.PlanFromProto(&plans[i])
		if err != nil {
			return err
		}
		planned[work.Round{Request: request, Number: plans[i].Round}.Key()] = len(pages)
	}
	for _, r := range rounds {
		n, found := planned[r.Key()]
		if found != (r.State == work.Preparing) || found && n != int(r.Pages) {
			return fault.Internal("work: round %s is %s with %d pages, its plan has %d", r.Key(), r.State, r.Pages, n)
		}
		delete(planned, r.Key())
	}
	if len(planned) > 0 {
		return fault.Internal("work: %d plans without a round", len(planned))
	}
	return nil
}

// Invariants holds the whole state against what the package promises. It reads
// all of it: for audits, not for blocks.
func (k *Keeper) Invariants(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	b, err := readBooks(g)
	if err != nil {
		return err
	}
	if err := b.Check(); err != nil {
		return err
	}
	if err := k.checkRing(ctx, b); err != nil {
		return err
	}
	for _, l := range b.Leases {
		waits, err := k.expiries.Has(ctx, l.Expires, keyOf(l))
		if err != nil {
			return err
		}
		if !waits {
			return fault.Internal("work: lease of %s on page %d of round %s/%d waits for no end", l.Contributor, l.Page, l.Request, l.Round)
		}
	}
	return nil
}

// checkRing holds the ring against the pages of rounds that are not closed.
func (k *Keeper) checkRing(ctx context.Context, b work.Books) error {
	open := make(map[string]work.Round, len(b.Rounds))
	for _, r := range b.Rounds {
		if r.State != work.Closed {
			open[r.Key()] = r
		}
	}
	expected := 0
	for _, p := range b.Pages {
		r, isOpen := open[work.Round{Request: p.Request, Number: p.Round}.Key()]
		if !isOpen || p.Covered >= r.Target {
			continue
		}
		expected++
		lies, err := k.ring.Has(ctx, spotOf(p))
		if err != nil {
			return err
		}
		if !lies {
			return fault.Internal("work: page %d of round %s is not on the ring", p.Number, r.Key())
		}
	}
	err := k.ring.Walk(ctx, nil, func(s spot) (bool, error) {
		round := work.Round{Request: id.RequestID(s.K1()), Number: uint32(s.K2() >> 32)}
		if _, isOpen := open[round.Key()]; isOpen {
			expected--
		}
		return false, nil
	})
	if err == nil && expected != 0 {
		err = fault.Internal("work: the ring holds %d spots that are no page's", -expected)
	}
	return err
}

// values reads a whole collection.
func values[K, V any](ctx context.Context, m collections.Map[K, V], err *error) []V {
	if *err != nil {
		return nil
	}
	it, e := m.Iterate(ctx, nil)
	if e != nil {
		*err = e
		return nil
	}
	list, e := it.Values() // closes the iterator
	*err = e
	return list
}
