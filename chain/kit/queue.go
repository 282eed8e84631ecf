package kit

import (
	"context"
	"fmt"

	"cosmossdk.io/collections"
	"cosmossdk.io/collections/codec"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/core/id"
)

// RetryAfter is how long a deadline rests whose handler failed, in
// milliseconds of chain time.
const RetryAfter = 60_000

// EventDeadlineFailed is emitted, with attributes "queue", "key" and "error",
// when a handler failed and its deadline was put off.
const EventDeadlineFailed = "alaya_deadline_failed"

// Queue holds keys until they fall due. The same key may wait for several
// times; the same key at the same time is held once.
type Queue[K any] struct {
	name string
	set  collections.KeySet[collections.Pair[int64, K]]
}

// NewQueue makes a queue in the module's store under prefix; name is the
// collection's name, letters and underscores.
func NewQueue[K any](sb *collections.SchemaBuilder, prefix collections.Prefix, name string, key codec.KeyCodec[K]) Queue[K] {
	set := collections.NewKeySet(sb, prefix, name, collections.PairKeyCodec(collections.Int64Key, key))
	return Queue[K]{name: name, set: set}
}

// Push lets key fall due at the given time.
func (q Queue[K]) Push(ctx context.Context, at id.Time, key K) error {
	return q.set.Set(ctx, collections.Join(int64(at), key))
}

// Remove takes key at the given time out; that it is not there is no error.
func (q Queue[K]) Remove(ctx context.Context, at id.Time, key K) error {
	return q.set.Remove(ctx, collections.Join(int64(at), key))
}

// Has says whether key waits for the given time.
func (q Queue[K]) Has(ctx context.Context, at id.Time, key K) (bool, error) {
	return q.set.Has(ctx, collections.Join(int64(at), key))
}

// Due takes out the keys whose time is not after now, at most limit of them,
// and calls do for each, which may push and remove. It returns how many it
// took. What do wrote is kept only if it succeeds; else the key is pushed again
// for RetryAfter from now. The error is the store's, never do's.
func (q Queue[K]) Due(ctx context.Context, now id.Time, limit int, do func(context.Context, K) error) (int, error) {
	due, err := q.due(ctx, now, limit)
	if err != nil {
		return 0, fmt.Errorf("queue %s: %w", q.name, err)
	}
	for _, entry := range due {
		if err := q.handle(ctx, now, entry, do); err != nil {
			return 0, fmt.Errorf("queue %s: %w", q.name, err)
		}
	}
	return len(due), nil
}

// due lists entries first, so that no handler writes under an open iterator.
func (q Queue[K]) due(ctx context.Context, now id.Time, limit int) ([]collections.Pair[int64, K], error) {
	it, err := q.set.Iterate(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer it.Close()
	var due []collections.Pair[int64, K]
	for ; it.Valid() && len(due) < limit; it.Next() {
		entry, err := it.Key()
		if err != nil {
			return nil, err
		}
		if id.Time(entry.K1()).After(now) {
			break
		}
		due = append(due, entry)
	}
	return due, nil
}

func (q Queue[K]) handle(ctx context.Context, now id.Time, entry collections.Pair[int64, K], do func(context.Context, K) error) error {
	// An earlier handler of this call may have taken the entry back.
	if waits, err := q.set.Has(ctx, entry); err != nil || !waits {
		return err
	}
	if err := q.set.Remove(ctx, entry); err != nil {
		return err
	}
	sdkCtx := sdk.UnwrapSDKContext(ctx)
	branch, write := sdkCtx.CacheContext()
	failure := do(branch, entry.K2())
	if failure == nil {
		write()
		return nil
	}
	key := fmt.Sprint(entry.K2())
	sdkCtx.Logger().Error("deadline put off", "queue", q.name, "key", key, "error", failure)
	sdkCtx.EventManager().EmitEvent(sdk.NewEvent(EventDeadlineFailed,
		sdk.NewAttribute("queue", q.name),
		sdk.NewAttribute("key", key),
		sdk.NewAttribute("error", failure.Error())))
	return q.Push(ctx, now.Add(RetryAfter), entry.K2())
}
