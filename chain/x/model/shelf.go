package model

import (
	"context"
	"encoding/binary"

	"cosmossdk.io/collections"

	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/core/fault"
)

// perLeaf neighbouring records of a model lie in one value of the store: what a
// message adds is few leaves, and what one record changes is rewritten little.
const perLeaf = 16

// record is a record as the store keeps it.
type record[V any] interface {
	*V
	Marshal() ([]byte, error)
	Unmarshal([]byte) error
}

// shelf keeps the records of models under their numbers, from 1 without gaps.
// A leaf holds them one after another, each behind its length, without the
// model and number that follow from their place.
type shelf[V any, P record[V]] struct {
	leaves collections.Map[numberKey, []byte]
	// place fills model and number of a record in.
	place func(p P, model string, number uint64)
}

func newShelf[V any, P record[V]](sb *collections.SchemaBuilder, prefix int, name string, place func(P, string, uint64)) shelf[V, P] {
	key := collections.PairKeyCodec(collections.StringKey, collections.Uint64Key)
	return shelf[V, P]{collections.NewMap(sb, collections.NewPrefix(prefix), name, key, collections.BytesValue), place}
}

// all returns every record, by model and number.
func (s shelf[V, P]) all(ctx context.Context) (list []V, err error) {
	err = s.leaves.Walk(ctx, nil, func(key numberKey, value []byte) (bool, error) {
		records, err := splitLeaf(value)
		for i, raw := range records {
			var v V
			if err := P(&v).Unmarshal(raw); err != nil {
				return true, err
			}
			s.place(&v, key.K1(), key.K2()*perLeaf+uint64(i)+1)
			list = append(list, v)
		}
		return false, err
	})
	return list, err
}

// fill writes records, each model's in the order of their numbers.
func (s shelf[V, P]) fill(ctx context.Context, list []V, at func(P) (string, uint64)) error {
	var b *book[V, P]
	for i := range list {
		model, number := at(&list[i])
		if b != nil && b.model != model {
			if err := b.save(); err != nil {
				return err
			}
			b = nil
		}
		if b == nil {
			b = s.open(ctx, model)
		}
		if err := b.set(number, &list[i]); err != nil {
			return err
		}
	}
	if b == nil {
		return nil
	}
	return b.save()
}

// open lays a model's records out; the gas they take is that of ctx.
func (s shelf[V, P]) open(ctx context.Context, model string) *book[V, P] {
	return &book[V, P]{shelf: s, ctx: unmetered(ctx), gas: sdk.UnwrapSDKContext(ctx).GasMeter(), model: model, read: map[uint64]*leaf{}}
}

// book is one model's records as laid out: a leaf is read once, and written
// once, by save. A record takes the gas that it would take in a value of its
// own, whatever its neighbours are.
type book[V any, P record[V]] struct {
	shelf shelf[V, P]
	ctx   context.Context
	gas   storetypes.GasMeter
	model string
	read  map[uint64]*leaf
	order []*leaf
}

type leaf struct {
	number  uint64 // from 0
	records [][]byte
	changed bool
}

// get returns a record.
func (b *book[V, P]) get(number uint64) (v V, err error) {
	found, i, err := b.leaf(number)
	if err != nil {
		return v, err
	}
	if i >= len(found.records) {
		return v, collections.ErrNotFound
	}
	cost := storetypes.KVGasConfig()
	b.gas.ConsumeGas(cost.ReadCostFlat+cost.ReadCostPerByte*uint64(len(found.records[i])), "model record")
	if err := P(&v).Unmarshal(found.records[i]); err != nil {
		return v, err
	}
	b.shelf.place(&v, b.model, number)
	return v, nil
}

// set writes a record, or adds the next one.
func (b *book[V, P]) set(number uint64, v P) error {
	found, i, err := b.leaf(number)
	if err != nil {
		return err
	}
	placeless := *v
	b.shelf.place(&placeless, "", 0)
	raw, err := P(&placeless).Marshal()
	if err != nil {
		return err
	}
	cost := storetypes.KVGasConfig()
	b.gas.ConsumeGas(cost.WriteCostFlat+cost.WriteCostPerByte*uint64(len(raw)), "model record")
	switch {
	case i < len(found.records):
		found.records[i] = raw
	case i == len(found.records):
		found.records = append(found.records, raw)
	default:
		return fault.Internal("model: record %d of %s after %d of its leaf", number, b.model, len(found.records))
	}
	found.changed = true
	return nil
}

// leaf returns the leaf of a number, and the place in it.
func (b *book[V, P]) leaf(number uint64) (*leaf, int, error) {
	if number == 0 {
		return nil, 0, collections.ErrNotFound
	}
	n, i := (number-1)/perLeaf, int((number-1)%perLeaf)
	if found, ok := b.read[n]; ok {
		return found, i, nil
	}
	value, err := b.shelf.leaves.Get(b.ctx, collections.Join(b.model, n))
	if err != nil && !isMissing(err) {
		return nil, 0, err
	}
	records, err := splitLeaf(value)
	if err != nil {
		return nil, 0, err
	}
	found := &leaf{number: n, records: records}
	b.read[n], b.order = found, append(b.order, found)
	return found, i, nil
}

// save writes the leaves that were changed.
func (b *book[V, P]) save() error {
	for _, l := range b.order {
		if !l.changed {
			continue
		}
		l.changed = false
		if err := b.shelf.leaves.Set(b.ctx, collections.Join(b.model, l.number), joinLeaf(l.records)); err != nil {
			return err
		}
	}
	return nil
}

func splitLeaf(value []byte) (records [][]byte, err error) {
	for size := len(value); len(value) > 0; {
		n, used := binary.Uvarint(value)
		if used <= 0 || n > uint64(len(value)-used) || len(records) == perLeaf {
			return nil, fault.Internal("model: leaf of %d bytes: record %d is cut or one too many", size, len(records))
		}
		end := used + int(n)
		records, value = append(records, value[used:end:end]), value[end:]
	}
	return records, nil
}

func joinLeaf(records [][]byte) []byte {
	size := 0
	for _, r := range records {
		size += binary.MaxVarintLen32 + len(r)
	}
	value := make([]byte, 0, size)
	for _, r := range records {
		value = append(binary.AppendUvarint(value, uint64(len(r))), r...)
	}
	return value
}

// unmetered is a context for what is paid by another measure than the store's.
func unmetered(ctx context.Context) context.Context {
	return sdk.UnwrapSDKContext(ctx).WithGasMeter(storetypes.NewInfiniteGasMeter()).WithKVGasConfig(storetypes.GasConfig{})
}
