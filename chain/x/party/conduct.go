package party

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/party"
	"github.com/alaya-network/alaya/wire"
)

// Conduct returns what an address did to others; nothing for one never seen.
func (k *Keeper) Conduct(ctx context.Context, a id.Address) (party.Conduct, error) {
	p, err := k.conducts.Get(ctx, string(a))
	if errors.Is(err, collections.ErrNotFound) {
		return party.Conduct{Address: a}, nil
	}
	if err != nil {
		return party.Conduct{}, err
	}
	return wire.ConductFromProto(&p)
}

// CountContest counts a contest that a requester opened.
func (k *Keeper) CountContest(ctx context.Context, requester id.Address) error {
	c, err := k.Conduct(ctx, requester)
	if err != nil {
		return err
	}
	return k.setConduct(ctx, c.Contest())
}

// CountOverturned counts a requester's contest that ended against him.
func (k *Keeper) CountOverturned(ctx context.Context, requester id.Address) error {
	c, err := k.Conduct(ctx, requester)
	if err != nil {
		return err
	}
	return k.setConduct(ctx, c.Overturn())
}

func (k *Keeper) setConduct(ctx context.Context, c party.Conduct) error {
	return k.conducts.Set(ctx, string(c.Address), *wire.ConductToProto(c))
}
