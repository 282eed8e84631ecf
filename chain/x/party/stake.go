package party

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/party"
	"github.com/alaya-network/alaya/wire"
)

// Stake returns the stake of an owner's engagement on a request.
func (k *Keeper) Stake(ctx context.Context, r id.RequestID, owner id.Address) (party.Stake, error) {
	p, err := k.stakes.Get(ctx, collections.Join(string(owner), string(r)))
	if errors.Is(err, collections.ErrNotFound) {
		return party.Stake{}, fault.NotFound("party: stake of %s on request %s", owner, r)
	}
	if err != nil {
		return party.Stake{}, err
	}
	return wire.StakeFromProto(&p)
}

// SaveStake writes a stake.
func (k *Keeper) SaveStake(ctx context.Context, s party.Stake) error {
	return k.stakes.Set(ctx, collections.Join(string(s.Owner), string(s.Request)), *wire.StakeToProto(s))
}

// Slash counts a strike against the owner of a locked stake and takes from it
// what the strike costs, up to relabel for the request's budget. It returns the
// transfers, which the caller carries out.
func (k *Keeper) Slash(ctx context.Context, r id.RequestID, owner id.Address, relabel num.Amount, cause string) ([]escrow.Transfer, error) {
	s, err := k.Stake(ctx, r, owner)
	if err != nil {
		return nil, err
	}
	conduct, err := k.Conduct(ctx, owner)
	if err != nil {
		return nil, err
	}
	s, transfers, err := s.Slash(conduct.SlashShare(), relabel, cause)
	if err != nil {
		return nil, err
	}
	if err := k.setConduct(ctx, conduct.Strike()); err != nil {
		return nil, err
	}
	kit.Emit(ctx, Name, "slashed", kit.AttributeRequest, string(r), kit.AttributeParty, string(owner), "cause", cause)
	return transfers, k.SaveStake(ctx, s)
}

// Unbond starts the delay after which a stake returns. A stake that is no
// longer locked, because it unbonds already or was slashed whole, is left as
// it is.
func (k *Keeper) Unbond(ctx context.Context, r id.RequestID, owner id.Address) error {
	s, err := k.Stake(ctx, r, owner)
	if err != nil || !s.State.CanMove(party.StakeUnbonding) {
		return err
	}
	params, err := k.Params(ctx)
	if err != nil {
		return err
	}
	if s, err = s.Unbond(kit.Now(ctx), params.Unbonding); err != nil {
		return err
	}
	if err := k.returns.Push(ctx, s.ReleaseAt, collections.Join(string(owner), string(r))); err != nil {
		return err
	}
	return k.SaveStake(ctx, s)
}

// giveBack returns a stake whose delay is over.
func (k *Keeper) giveBack(ctx context.Context, key pair) error {
	s, err := k.Stake(ctx, id.RequestID(key.K2()), id.Address(key.K1()))
	if err != nil {
		return err
	}
	s, transfers, err := s.Return(kit.Now(ctx))
	if err != nil {
		return err
	}
	if err := k.flow.Carry(ctx, transfers); err != nil {
		return err
	}
	kit.Emit(ctx, Name, "returned", kit.AttributeRequest, string(s.Request), kit.AttributeParty, string(s.Owner))
	return k.SaveStake(ctx, s)
}
