package market

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
)

// Invariants walks the whole state and holds the package's invariants.
func (k *Keeper) Invariants(ctx context.Context) error {
	g, err := k.export(ctx)
	if err != nil {
		return err
	}
	s, err := readState(g)
	if err != nil {
		return err
	}
	for _, r := range s.requests {
		if err := k.checkCounts(ctx, r); err != nil {
			return err
		}
	}
	for _, b := range s.bids {
		if err := k.checkBid(ctx, b); err != nil {
			return err
		}
	}
	for _, e := range s.engagements {
		if err := k.checkEngagement(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// checkCounts holds invariant 2; what has ended is in no index.
func (k *Keeper) checkCounts(ctx context.Context, r market.Request) error {
	bids, err := countOf(ctx, k.open, r.ID)
	if err != nil {
		return err
	}
	offered, err := countOf(ctx, k.offers, r.ID)
	if err != nil {
		return err
	}
	active, err := countOf(ctx, k.active, r.ID)
	if err != nil {
		return err
	}
	if bids != r.Bids || offered != r.Offered || active != r.Active {
		return fault.Internal("market: request %s counts %d bids, %d offers, %d engagements; there are %d, %d, %d",
			r.ID, r.Bids, r.Offered, r.Active, bids, offered, active)
	}
	return nil
}

func countOf(ctx context.Context, index collections.KeySet[pair], r id.RequestID) (uint32, error) {
	var n uint32
	err := index.Walk(ctx, collections.NewPrefixedPairRange[string, string](string(r)), func(pair) (bool, error) {
		n++
		return false, nil
	})
	return n, err
}

// checkBid holds invariants 3 and 4 for one bid.
func (k *Keeper) checkBid(ctx context.Context, b market.Bid) error {
	have, err := k.flow.Balance(ctx, escrow.Deposit(b.Request, b.Bidder))
	if err != nil {
		return err
	}
	if have != b.Held() {
		return fault.Internal("market: bid of %s on request %s: escrow holds %s, want %s", b.Bidder, b.Request, have, b.Held())
	}
	return listed(ctx, k.open, collections.Join(string(b.Request), string(b.Bidder)), b.State == market.BidOpen)
}

// checkEngagement holds invariant 4 for one engagement.
func (k *Keeper) checkEngagement(ctx context.Context, e market.Engagement) error {
	key := collections.Join(string(e.Request), string(e.Contributor))
	if err := listed(ctx, k.offers, key, e.State == market.Offered); err != nil {
		return err
	}
	return listed(ctx, k.active, key, e.State == market.Active)
}

func listed(ctx context.Context, index collections.KeySet[pair], key pair, want bool) error {
	has, err := index.Has(ctx, key)
	if err == nil && has != want {
		err = fault.Internal("market: index %v: listed %t, want %t", key, has, want)
	}
	return err
}
