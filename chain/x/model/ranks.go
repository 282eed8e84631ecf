package model

import (
	"context"
	"encoding/binary"
	"math"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/points"
	"github.com/alaya-network/alaya/wire"
)

// rankKey puts contributors of a model into the order of points.Compare.
func rankKey(w model.Contributor) []byte {
	key := []byte(w.Model)
	key = binary.BigEndian.AppendUint64(key, math.MaxUint64-uint64(points.Points(w)))
	key = binary.BigEndian.AppendUint64(key, math.MaxUint64-w.Confirmed)
	key = binary.BigEndian.AppendUint64(key, w.Rejected)
	return append(key, w.Address...)
}

// ranked is the contributor that a rank's key names.
func ranked(key []byte) addressKey {
	const model, counts = 16, 3 * 8
	return collections.Join(string(key[:model]), string(key[model+counts:]))
}

func (k *Keeper) savePerson(ctx context.Context, p *person) error {
	before, now := rankKey(p.before), rankKey(p.now)
	if p.before.Given > 0 && string(before) != string(now) {
		if err := k.ranks.Remove(ctx, before); err != nil {
			return err
		}
	}
	if p.now.Given == 0 || p.before == p.now {
		return nil
	}
	if p.before.Given == 0 || string(before) != string(now) {
		if err := k.ranks.Set(ctx, now); err != nil {
			return err
		}
	}
	return k.people.Set(ctx, collections.Join(string(p.now.Model), string(p.now.Address)), *wire.ContributorToProto(p.now))
}

// withdrawn sums up what was ever taken out of a model and its lineage.
func (k *Keeper) withdrawn(ctx context.Context, m model.Model) (uint64, error) {
	sum := m.Withdrawn
	for _, v := range m.Lineage {
		parent, err := k.models.Get(ctx, string(v.Model))
		if err != nil {
			return 0, missing(err, "no model %s", v.Model)
		}
		sum += parent.Withdrawn
	}
	return sum, nil
}

// nextNonce counts the models of a creator.
func (k *Keeper) nextNonce(ctx context.Context, creator id.Address) (uint64, error) {
	has, err := k.nonces.Has(ctx, string(creator))
	if err != nil {
		return 0, err
	}
	n := uint64(0)
	if has {
		if n, err = k.nonces.Get(ctx, string(creator)); err != nil {
			return 0, err
		}
	}
	n++
	return n, k.nonces.Set(ctx, string(creator), n)
}
