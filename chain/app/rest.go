package app

import (
	"bytes"
	"context"

	"cosmossdk.io/core/store"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/slashing"
)

// A chain at rest: CometBFT makes a block at once whenever the last one changed
// the app hash, and x/distribution and x/slashing write in every block even if
// nothing happened. The two types below keep a chain of one validator still
// until somebody sends something, which is most of what a node at rest costs.
// Both depend on state and header only, so every node does the same.

// steady is a store in which writing what is there already is no write.
type steady struct{ store.KVStoreService }

// OpenKVStore returns the module's store.
func (s steady) OpenKVStore(ctx context.Context) store.KVStore {
	return steadyStore{s.KVStoreService.OpenKVStore(ctx)}
}

type steadyStore struct{ store.KVStore }

// Set writes a value if it differs.
func (s steadyStore) Set(key, value []byte) error {
	old, err := s.Get(key)
	if err != nil {
		return err
	}
	if old != nil && bytes.Equal(old, value) {
		return nil
	}
	return s.KVStore.Set(key, value)
}

// watch is x/slashing, which counts the blocks that validators miss, except
// where there is one validator: no block exists that he missed.
type watch struct{ slashing.AppModule }

// BeginBlock counts missed blocks.
func (w watch) BeginBlock(ctx context.Context) error {
	if len(sdk.UnwrapSDKContext(ctx).VoteInfos()) == 1 {
		return nil
	}
	return w.AppModule.BeginBlock(ctx)
}
