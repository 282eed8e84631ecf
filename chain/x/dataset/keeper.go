// Package dataset keeps the versions of what requests made: the chain's side of
// core/dataset.
//
// Invariants, held by Invariants after every transaction:
//  1. The versions of a dataset are 1, 2, 3 … without a gap; each but the first
//     names the one before as its parent.
//  2. Each version belongs to the owner of the first.
//
// Store layout, by which a client proves a version with ICS-23: in the store
// "dataset", the key 0x01 ‖ id (16 hex characters) ‖ 0x00 ‖ version (uint32, big
// endian) holds the protobuf text of alaya.dataset.v1.Dataset and nothing else.
// wire.DatasetKey writes this key.
package dataset

import (
	"context"
	"errors"
	"fmt"

	"cosmossdk.io/collections"
	corestore "cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	"github.com/alaya-network/alaya/wire"
)

// Name is the module's name and that of its store.
const Name = wire.DatasetStore

// versionKey is dataset and version.
type versionKey = collections.Pair[string, uint32]

// Keeper keeps dataset versions.
type Keeper struct {
	versions collections.Map[versionKey, datasetv1.Dataset]
}

// NewKeeper makes the keeper.
func NewKeeper(cdc codec.BinaryCodec, store corestore.KVStoreService) *Keeper {
	sb := collections.NewSchemaBuilder(store)
	k := &Keeper{
		versions: collections.NewMap(sb, collections.NewPrefix(wire.DatasetPrefix), "versions",
			collections.PairKeyCodec(collections.StringKey, collections.Uint32Key), codec.CollValue[datasetv1.Dataset](cdc)),
	}
	if _, err := sb.Build(); err != nil {
		panic(fmt.Errorf("dataset: schema: %w", err))
	}
	return k
}

// Publish makes the next version of the dataset of d.Request. Its id, version,
// parents, state and time are set here; core says how.
func (k *Keeper) Publish(ctx context.Context, d dataset.Dataset) error {
	latest, err := k.latest(ctx, dataset.IDOf(d.Request))
	if err != nil {
		return err
	}
	d = d.Next(latest)
	d.Published = kit.Now(ctx)
	if err := d.Check(); err != nil {
		return err
	}
	if err := k.save(ctx, d); err != nil {
		return err
	}
	emit(ctx, "published", d)
	return nil
}

// Dataset returns a version; version 0 stands for the newest.
func (k *Keeper) Dataset(ctx context.Context, d id.DatasetID, version uint32) (dataset.Dataset, error) {
	if version == 0 {
		latest, err := k.latest(ctx, d)
		if err != nil {
			return dataset.Dataset{}, err
		}
		if latest == nil {
			return dataset.Dataset{}, fault.NotFound("dataset: no dataset %s", d)
		}
		return *latest, nil
	}
	p, err := k.versions.Get(ctx, collections.Join(string(d), version))
	if errors.Is(err, collections.ErrNotFound) {
		return dataset.Dataset{}, fault.NotFound("dataset: no version %d of dataset %s", version, d)
	}
	if err != nil {
		return dataset.Dataset{}, err
	}
	return wire.DatasetFromProto(&p)
}

// latest returns the newest version, nil if there is none.
func (k *Keeper) latest(ctx context.Context, d id.DatasetID) (*dataset.Dataset, error) {
	it, err := k.versions.Iterate(ctx, collections.NewPrefixedPairRange[string, uint32](string(d)).Descending())
	if err != nil {
		return nil, err
	}
	defer it.Close()
	if !it.Valid() {
		return nil, nil
	}
	p, err := it.Value()
	if err != nil {
		return nil, err
	}
	latest, err := wire.DatasetFromProto(&p)
	return &latest, err
}

func (k *Keeper) save(ctx context.Context, d dataset.Dataset) error {
	return k.versions.Set(ctx, collections.Join(string(d.ID), d.Version), *wire.DatasetToProto(d))
}

// emit tells what happened to a version.
func emit(ctx context.Context, action string, d dataset.Dataset) {
	kit.Emit(ctx, Name, action, kit.AttributeRequest, string(d.Request), kit.AttributeParty, string(d.Owner),
		"dataset", string(d.ID), "version", fmt.Sprint(d.Version))
}
