package party

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/party"
	"github.com/alaya-network/alaya/wire"
)

// Standing returns what an address has proved in a skill; nothing for one
// never seen in it.
func (k *Keeper) Standing(ctx context.Context, a id.Address, skill string) (party.Standing, error) {
	p, err := k.standings.Get(ctx, collections.Join(string(a), skill))
	if errors.Is(err, collections.ErrNotFound) {
		return party.Standing{Address: a, Skill: skill}, nil
	}
	if err != nil {
		return party.Standing{}, err
	}
	return wire.StandingFromProto(&p)
}

// Observe adds answers that a verdict found right and wrong, in millionths.
func (k *Keeper) Observe(ctx context.Context, a id.Address, skill string, right, wrong int64) error {
	params, err := k.Params(ctx)
	if err != nil {
		return err
	}
	s, err := k.Standing(ctx, a, skill)
	if err != nil {
		return err
	}
	if s, err = s.Observe(right, wrong, kit.Now(ctx), params.HalfLife); err != nil {
		return err
	}
	return k.setStanding(ctx, s)
}

// Earned adds released pay.
func (k *Keeper) Earned(ctx context.Context, a id.Address, skill string, amount num.Amount) error {
	s, err := k.Standing(ctx, a, skill)
	if err != nil {
		return err
	}
	if s, err = s.Earned(amount); err != nil {
		return err
	}
	return k.setStanding(ctx, s)
}

// Score returns an address's public score in a skill at this block.
func (k *Keeper) Score(ctx context.Context, a id.Address, skill string) (num.Ppm, error) {
	params, err := k.Params(ctx)
	if err != nil {
		return 0, err
	}
	s, err := k.Standing(ctx, a, skill)
	if err != nil {
		return 0, err
	}
	return s.Score(kit.Now(ctx), params.HalfLife), nil
}

func (k *Keeper) setStanding(ctx context.Context, s party.Standing) error {
	return k.standings.Set(ctx, collections.Join(string(s.Address), s.Skill), *wire.StandingToProto(s))
}
