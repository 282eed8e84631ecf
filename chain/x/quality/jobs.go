package quality

import (
	"context"
	"strconv"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/wire"
)

// jobsPerBlock bounds the deadlines that one block handles.
const jobsPerBlock = 100

// Open puts a job before the validators. Request, round, inputs, submissions
// and last are taken from facts.
func (k *Keeper) Open(ctx context.Context, facts oracle.Job) error {
	if twice, err := k.jobs.Has(ctx, keyOf(facts)); err != nil || twice {
		if twice {
			err = fault.Exists("quality: round %s/%d has a job already", facts.Request, facts.Round)
		}
		return err
	}
	ms, err := k.JobMs(ctx)
	if err != nil {
		return err
	}
	return k.await(ctx, oracle.NewJob(facts, kit.Now(ctx), ms))
}

// EndBlock counts the votes and fails attempts whose time is up.
func (k *Keeper) EndBlock(ctx context.Context) error {
	if err := k.countAll(ctx); err != nil {
		return err
	}
	_, err := k.due.Due(ctx, kit.Now(ctx), jobsPerBlock, k.jobDue)
	return err
}

// jobDue tries a job again, or gives it up. One that is over, or waits longer,
// is left alone.
func (k *Keeper) jobDue(ctx context.Context, key roundKey) error {
	p, err := k.jobs.Get(ctx, key)
	if err != nil {
		return err
	}
	job, err := wire.JobFromProto(&p)
	if err != nil {
		return err
	}
	if !job.Waits() || kit.Now(ctx) < job.Deadline {
		return nil
	}
	ms, err := k.JobMs(ctx)
	if err != nil {
		return err
	}
	next, err := job.Retry(kit.Now(ctx), ms)
	if err != nil {
		return err
	}
	if err := k.forget(ctx, job); err != nil {
		return err
	}
	if next.State != oracle.JobAbandoned {
		return k.await(ctx, next)
	}
	if err := k.saveJob(ctx, next); err != nil {
		return err
	}
	emit(ctx, next.State.String(), next)
	return k.flow.Abandoned(ctx, next)
}

// await keeps a job that waits for votes.
func (k *Keeper) await(ctx context.Context, j oracle.Job) error {
	if err := k.saveJob(ctx, j); err != nil {
		return err
	}
	hash := j.Key()
	if err := k.open.Set(ctx, hash[:], keyOf(j)); err != nil {
		return err
	}
	emit(ctx, j.State.String(), j)
	return k.due.Push(ctx, j.Deadline, keyOf(j))
}

// forget drops what is kept for an attempt while it waits: deadline and votes.
func (k *Keeper) forget(ctx context.Context, j oracle.Job) error {
	hash := j.Key()
	if err := k.open.Remove(ctx, hash[:]); err != nil {
		return err
	}
	if err := k.due.Remove(ctx, j.Deadline, keyOf(j)); err != nil {
		return err
	}
	return k.votes.Clear(ctx, collections.NewPrefixedPairRange[[]byte, string](hash[:]))
}

func (k *Keeper) saveJob(ctx context.Context, j oracle.Job) error {
	return k.jobs.Set(ctx, keyOf(j), *wire.JobToProto(j))
}

func keyOf(j oracle.Job) roundKey { return collections.Join(string(j.Request), j.Round) }

func emit(ctx context.Context, action string, j oracle.Job) {
	kit.Emit(ctx, Name, action, kit.AttributeRequest, string(j.Request), "round", strconv.Itoa(int(j.Round)),
		"attempt", strconv.Itoa(int(j.Attempt)), "digest", j.Digest.String())
}
