// Package quality keeps the jobs of the oracle, the votes on them and the
// verdicts: the chain's side of core/oracle.
//
// Words: an open job waits for votes or, once agreed, for its verdict; a vote
// is the last digest that a validator gave for a job.
//
// Invariants, held by Invariants after every transaction, beside those of
// core/oracle:
//  1. Votes are kept exactly for jobs that wait, one per validator.
//  2. A verdict is kept exactly for the jobs that are done, and has the digest
//     that was agreed.
//  3. Every job that waits has its deadline in the queue.
package quality

import (
	"context"
	"errors"
	"fmt"

	"cosmossdk.io/collections"
	collcodec "cosmossdk.io/collections/codec"
	corestore "cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/oracle"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	"github.com/alaya-network/alaya/wire"
)

// Name is the module's name and that of its store.
const Name = "quality"

// DefaultJobMs is how long an attempt of a job waits on a new chain: ten
// minutes.
const DefaultJobMs = int64(10 * 60 * 1000)

type (
	// roundKey is request and round; it names the job and the verdict.
	roundKey = collections.Pair[string, uint32]
	// voteKey is the job's key and the validator's operator address.
	voteKey = collections.Pair[[]byte, string]
)

// Keeper keeps jobs, votes and verdicts.
type Keeper struct {
	flow      Flow
	staking   Staking
	authority string // who may change parameters

	params   collections.Item[qualityv1.Params]
	jobs     collections.Map[roundKey, qualityv1.Job]
	open     collections.Map[[]byte, roundKey] // jobs that wait, by their key
	votes    collections.Map[voteKey, qualityv1.Vote]
	verdicts collections.Map[roundKey, qualityv1.Verdict]
	due      kit.Queue[roundKey] // jobs that wait, by their deadline
}

// NewKeeper makes the keeper. The flow may be filled later; authority is the
// address that sets parameters.
func NewKeeper(cdc codec.BinaryCodec, store corestore.KVStoreService, flow Flow, staking Staking, authority string) *Keeper {
	sb := collections.NewSchemaBuilder(store)
	perRound := collections.PairKeyCodec(collections.StringKey, collections.Uint32Key)
	k := &Keeper{
		flow: flow, staking: staking, authority: authority,
		params: collections.NewItem(sb, collections.NewPrefix(1), "params", codec.CollValue[qualityv1.Params](cdc)),
		jobs:   collections.NewMap(sb, collections.NewPrefix(2), "jobs", perRound, codec.CollValue[qualityv1.Job](cdc)),
		open:   collections.NewMap(sb, collections.NewPrefix(3), "open", collections.BytesKey, collcodec.KeyToValueCodec(perRound)),
		votes: collections.NewMap(sb, collections.NewPrefix(4), "votes",
			collections.PairKeyCodec(collections.BytesKey, collections.StringKey), codec.CollValue[qualityv1.Vote](cdc)),
		verdicts: collections.NewMap(sb, collections.NewPrefix(5), "verdicts", perRound, codec.CollValue[qualityv1.Verdict](cdc)),
		due:      kit.NewQueue(sb, collections.NewPrefix(6), "due", perRound),
	}
	if _, err := sb.Build(); err != nil {
		panic(fmt.Errorf("quality: schema: %w", err))
	}
	return k
}

// JobMs returns how long an attempt of a job waits for a quorum and for its
// verdict, in milliseconds.
func (k *Keeper) JobMs(ctx context.Context) (int64, error) {
	p, err := k.params.Get(ctx)
	if err != nil {
		return 0, fmt.Errorf("params: %w", err)
	}
	return p.JobMs, oracle.CheckJobMs(p.JobMs)
}

// Job returns the job of a round.
func (k *Keeper) Job(ctx context.Context, r id.RequestID, round uint32) (oracle.Job, error) {
	p, err := k.jobs.Get(ctx, collections.Join(string(r), round))
	if err != nil {
		return oracle.Job{}, missing(err, "round %s/%d has no job", r, round)
	}
	return wire.JobFromProto(&p)
}

// Verdict returns the verdict of a round.
func (k *Keeper) Verdict(ctx context.Context, r id.RequestID, round uint32) (oracle.Verdict, error) {
	p, err := k.verdicts.Get(ctx, collections.Join(string(r), round))
	if err != nil {
		return oracle.Verdict{}, missing(err, "round %s/%d has no verdict", r, round)
	}
	return wire.VerdictFromProto(&p)
}

// missing says what is not there; any other error stays what it is.
func missing(err error, format string, args ...any) error {
	if errors.Is(err, collections.ErrNotFound) {
		return fault.NotFound("quality: "+format, args...)
	}
	return err
}
