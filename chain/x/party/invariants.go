package party

import (
	"context"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/party"
	"github.com/alaya-network/alaya/wire"
)

// Invariants walks the whole state and holds the package's invariants.
func (k *Keeper) Invariants(ctx context.Context) error {
	g, err := k.export(ctx)
	if err != nil {
		return err
	}
	if err := k.validate(g); err != nil {
		return err
	}
	for i := range g.Stakes {
		s, err := wire.StakeFromProto(&g.Stakes[i])
		if err != nil {
			return err
		}
		if err := k.covered(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// covered holds invariant 2 for one stake.
func (k *Keeper) covered(ctx context.Context, s party.Stake) error {
	have, err := k.flow.Balance(ctx, escrow.Stake(s.Request, s.Owner))
	if err != nil {
		return err
	}
	if have != s.Held() {
		return fault.Internal("party: stake of %s on request %s: escrow holds %s, want %s", s.Owner, s.Request, have, s.Held())
	}
	return nil
}
