package quality

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/oracle"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	"github.com/alaya-network/alaya/wire"
)

// DefaultGenesis is the state of a new chain: nothing but parameters.
func DefaultGenesis() *qualityv1.GenesisState {
	return &qualityv1.GenesisState{Params: qualityv1.Params{JobMs: DefaultJobMs}}
}

// ValidateGenesis reads every record and checks invariants 1 and 2.
func ValidateGenesis(g *qualityv1.GenesisState) error {
	if err := oracle.CheckJobMs(g.Params.JobMs); err != nil {
		return err
	}
	waiting := make(map[id.Hash]bool)
	done := make(map[roundName]id.Hash)
	for i := range g.Jobs {
		j, err := wire.JobFromProto(&g.Jobs[i])
		if err != nil {
			return err
		}
		if err := j.Check(); err != nil {
			return err
		}
		if j.Waits() {
			waiting[j.Key()] = true
		}
		if j.State == oracle.JobDone {
			done[roundName{j.Request, j.Round}] = j.Digest
		}
	}
	if err := checkVotes(g.Votes, waiting); err != nil {
		return err
	}
	return checkVerdicts(g.Verdicts, done)
}

type roundName struct {
	request id.RequestID
	round   uint32
}

func checkVotes(votes []qualityv1.Vote, waiting map[id.Hash]bool) error {
	type voter struct {
		job       id.Hash
		validator string
	}
	seen := make(map[voter]bool, len(votes))
	for i := range votes {
		v, err := wire.VoteFromProto(&votes[i])
		if err != nil {
			return err
		}
		by := voter{v.Job, v.Validator}
		if !waiting[v.Job] || seen[by] {
			return fault.Internal("quality: vote of %s for job %s: the job waits %t, he voted already %t", v.Validator, v.Job, waiting[v.Job], seen[by])
		}
		seen[by] = true
	}
	return nil
}

// checkVerdicts takes every verdict off the jobs that are done.
func checkVerdicts(verdicts []qualityv1.Verdict, done map[roundName]id.Hash) error {
	for i := range verdicts {
		v, err := wire.VerdictFromProto(&verdicts[i])
		if err != nil {
			return err
		}
		name := roundName{v.Request, v.Round}
		if digest, found := done[name]; !found || digest != v.Digest() {
			return fault.Internal("quality: verdict on %s/%d has digest %s, agreed is %s", v.Request, v.Round, v.Digest(), digest)
		}
		if err := v.Check(); err != nil {
			return err
		}
		delete(done, name)
	}
	if len(done) > 0 {
		return fault.Internal("quality: %d jobs are done without a verdict", len(done))
	}
	return nil
}

// InitGenesis writes the state. The queue follows from the jobs that wait.
func (k *Keeper) InitGenesis(ctx context.Context, g *qualityv1.GenesisState) error {
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	for i := range g.Jobs {
		if err := k.initJob(ctx, &g.Jobs[i]); err != nil {
			return err
		}
	}
	for _, v := range g.Votes {
		if err := k.votes.Set(ctx, collections.Join(v.Job, v.Validator), v); err != nil {
			return err
		}
	}
	for _, v := range g.Verdicts {
		if err := k.verdicts.Set(ctx, collections.Join(v.Request, v.Round), v); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initJob(ctx context.Context, p *qualityv1.Job) error {
	j, err := wire.JobFromProto(p)
	if err != nil {
		return err
	}
	if j.Waits() {
		return k.await(ctx, j)
	}
	return k.saveJob(ctx, j)
}

// ExportGenesis returns the whole state.
func (k *Keeper) ExportGenesis(ctx context.Context) (*qualityv1.GenesisState, error) {
	params, err := k.params.Get(ctx)
	if err != nil {
		return nil, err
	}
	g := &qualityv1.GenesisState{Params: params}
	if g.Jobs, err = values(ctx, k.jobs); err != nil {
		return nil, err
	}
	if g.Votes, err = values(ctx, k.votes); err != nil {
		return nil, err
	}
	g.Verdicts, err = values(ctx, k.verdicts)
	return g, err
}

func values[K, V any](ctx context.Context, m collections.Map[K, V]) ([]V, error) {
	it, err := m.Iterate(ctx, nil)
	if err != nil {
		return nil, err
	}
	return it.Values() // closes the iterator
}

// Invariants holds the whole state against what the package promises. It reads
// all of it: for audits, not for blocks.
func (k *Keeper) Invariants(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	if err := ValidateGenesis(g); err != nil {
		return err
	}
	for i := range g.Jobs {
		if err := k.checkDue(ctx, &g.Jobs[i]); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) checkDue(ctx context.Context, p *qualityv1.Job) error {
	j, err := wire.JobFromProto(p)
	if err != nil {
		return err
	}
	hash := j.Key()
	due, err := k.due.Has(ctx, j.Deadline, keyOf(j))
	if err != nil {
		return err
	}
	open, err := k.open.Has(ctx, hash[:])
	if err != nil {
		return err
	}
	if due != j.Waits() || open != j.Waits() {
		return fault.Internal("quality: job %s is %s: in the queue %t, open %t", j.Name(), j.State, due, open)
	}
	return nil
}
