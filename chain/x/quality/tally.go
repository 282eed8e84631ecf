package quality

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/chain/votes"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/oracle"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	"github.com/alaya-network/alaya/wire"
)

var _ votes.Tally = (*Keeper)(nil)

// Record keeps a validator's last digest for a job that waits for votes. It is
// counted at the end of the block.
func (k *Keeper) Record(ctx context.Context, v votes.Vote) error {
	key, err := k.open.Get(ctx, v.Job[:])
	if errors.Is(err, collections.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	job, err := k.jobs.Get(ctx, key)
	if err != nil || oracle.JobState(job.State) != oracle.JobOpen {
		return err
	}
	voter := collections.Join(v.Job[:], v.Validator.String())
	last, err := k.votes.Get(ctx, voter)
	if err == nil && id.Hash(last.Digest) == v.Digest {
		return nil
	}
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return err
	}
	vote := oracle.Vote{Job: v.Job, Validator: v.Validator.String(), Digest: v.Digest, Height: kit.Height(ctx)}
	return k.votes.Set(ctx, voter, *wire.VoteToProto(vote))
}

// countAll counts the jobs that wait for votes, at most as many as validators
// vote on.
func (k *Keeper) countAll(ctx context.Context) error {
	jobs, err := k.waiting(ctx)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if j.State != oracle.JobOpen {
			continue
		}
		if err := k.count(ctx, j); err != nil {
			return err
		}
	}
	return nil
}

// waiting returns the jobs that wait for votes or for their verdict, by their
// key: the first votes.MaxJobs, those that every validator votes on first.
func (k *Keeper) waiting(ctx context.Context) ([]oracle.Job, error) {
	var keys []roundKey
	err := k.open.Walk(ctx, nil, func(_ []byte, key roundKey) (bool, error) {
		keys = append(keys, key)
		return len(keys) == votes.MaxJobs, nil
	})
	if err != nil {
		return nil, err
	}
	jobs := make([]oracle.Job, len(keys))
	for i, key := range keys {
		if jobs[i], err = k.Job(ctx, id.RequestID(key.K1()), key.K2()); err != nil {
			return nil, err
		}
	}
	return jobs, nil
}

// count weighs the votes on a job by the powers of now.
func (k *Keeper) count(ctx context.Context, j oracle.Job) error {
	ballots, err := k.ballots(ctx, j)
	if err != nil || len(ballots) == 0 {
		return err
	}
	total, err := k.staking.GetLastTotalPower(ctx)
	if err != nil {
		return err
	}
	if j, err = j.Count(ballots, total.Int64()); err != nil || j.State == oracle.JobOpen {
		return err
	}
	emit(ctx, j.State.String(), j)
	return k.saveJob(ctx, j)
}

func (k *Keeper) ballots(ctx context.Context, j oracle.Job) ([]oracle.Ballot, error) {
	list, err := k.votesOn(ctx, j)
	if err != nil {
		return nil, err
	}
	var ballots []oracle.Ballot
	for i := range list {
		vote, err := wire.VoteFromProto(&list[i])
		if err != nil {
			return nil, err
		}
		validator, err := sdk.ValAddressFromBech32(vote.Validator)
		if err != nil {
			return nil, err
		}
		power, err := k.staking.GetLastValidatorPower(ctx, validator)
		if err != nil {
			return nil, err
		}
		if power > 0 {
			ballots = append(ballots, oracle.Ballot{Digest: vote.Digest, Power: power})
		}
	}
	return ballots, nil
}

// votesOn returns the votes on a job, by validator.
func (k *Keeper) votesOn(ctx context.Context, j oracle.Job) ([]qualityv1.Vote, error) {
	hash := j.Key()
	it, err := k.votes.Iterate(ctx, collections.NewPrefixedPairRange[[]byte, string](hash[:]))
	if err != nil {
		return nil, err
	}
	return it.Values() // closes the iterator
}
