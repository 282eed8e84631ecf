package work

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// DefaultGenesis is the state of a new chain: nothing.
func DefaultGenesis() *workv1.GenesisState { return &workv1.GenesisState{} }

// ValidateGenesis reads every record and holds the books against the
// invariants.
func ValidateGenesis(g *workv1.GenesisState) error {
	b, err := readBooks(g)
	if err != nil {
		return err
	}
	return b.Check()
}

// InitGenesis writes the state. Ring and queues follow from pages, leases and
// rounds; a sweep begins anew.
func (k *Keeper) InitGenesis(ctx context.Context, g *workv1.GenesisState) error {
	b, err := readBooks(g)
	if err != nil {
		return err
	}
	for _, write := range []func(context.Context, *workv1.GenesisState, work.Books) error{
		k.initRequests, k.initRounds, k.initPages, k.initAnswers,
	} {
		if err := write(ctx, g, b); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initRequests(ctx context.Context, g *workv1.GenesisState, b work.Books) error {
	for _, brief := range g.Briefs {
		if err := k.briefs.Set(ctx, brief.Request, brief); err != nil {
			return err
		}
	}
	for _, p := range b.Progress {
		if err := k.saveProgress(ctx, p); err != nil {
			return err
		}
	}
	for _, a := range b.Assignments {
		if err := k.saveAssignment(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initRounds(ctx context.Context, g *workv1.GenesisState, b work.Books) error {
	for _, p := range g.Plans {
		if err := k.plans.Set(ctx, collections.Join(p.Request, p.Round), p); err != nil {
			return err
		}
	}
	for _, r := range b.Rounds {
		if err := k.saveRound(ctx, r); err != nil {
			return err
		}
		if r.State == work.Judging || r.State == work.Closed {
			continue
		}
		if err := k.wait(ctx, r, 0); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initPages(ctx context.Context, _ *workv1.GenesisState, b work.Books) error {
	targets := make(map[string]uint32, len(b.Rounds)) // of open rounds
	for _, r := range b.Rounds {
		if r.State != work.Closed {
			targets[r.Key()] = r.Target
		}
	}
	for _, p := range b.Pages {
		target := targets[work.Round{Request: p.Request, Number: p.Round}.Key()]
		if err := k.putPage(ctx, p, target); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initAnswers(ctx context.Context, _ *workv1.GenesisState, b work.Books) error {
	for _, h := range b.Had {
		if err := k.had.Set(ctx, collections.Join3(string(h.Request), string(h.Contributor), h.Page)); err != nil {
			return err
		}
	}
	for _, l := range b.Leases {
		if err := k.saveLease(ctx, l); err != nil {
			return err
		}
	}
	for _, s := range b.Submissions {
		if err := k.saveSubmission(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// ExportGenesis returns the whole state.
func (k *Keeper) ExportGenesis(ctx context.Context) (*workv1.GenesisState, error) {
	var err error
	g := &workv1.GenesisState{
		Briefs:      values(ctx, k.briefs, &err),
		Progress:    values(ctx, k.progress, &err),
		Rounds:      values(ctx, k.rounds, &err),
		Plans:       values(ctx, k.plans, &err),
		Pages:       values(ctx, k.pages, &err),
		Leases:      values(ctx, k.leases, &err),
		Submissions: values(ctx, k.submissions, &err),
		Assignments: values(ctx, k.assignments, &err),
	}
	if err != nil {
		return nil, err
	}
	err = k.had.Walk(ctx, nil, func(h hadKey) (bool, error) {
		g.Had = append(g.Had, workv1.Had{Request: h.K1(), Contributor: h.K2(), Page: h.K3()})
		return false, nil
	})
	return g, err
}
