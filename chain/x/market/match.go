package market

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/core/market"
)

// match ends the bidding at its deadline: the requester's roster stands as it
// is, an automatic one is chosen now.
func (k *Keeper) match(ctx context.Context, r market.Request, limit int) (int, error) {
	if r.State != market.Open {
		return 0, nil
	}
	if r.Terms.Matching == market.Manual {
		return 0, k.closeRoster(ctx, r)
	}
	bids, err := k.openBids(ctx, r)
	if err != nil {
		return 0, err
	}
	for _, b := range r.MatchAuto(bids) {
		if err := k.choices.Set(ctx, collections.Join(string(r.ID), string(b.Bidder))); err != nil {
			return 0, err
		}
	}
	awarded, err := k.awardChoices(ctx, r, max(0, limit-len(bids)))
	return len(bids) + awarded, err
}

// openBids returns the open bids on r.
func (k *Keeper) openBids(ctx context.Context, r market.Request) ([]market.Bid, error) {
	bidders, err := firstOf(ctx, k.open, r.ID, market.MaxBids)
	if err != nil {
		return nil, err
	}
	bids := make([]market.Bid, len(bidders))
	for i, bidder := range bidders {
		if bids[i], err = k.Bid(ctx, r.ID, bidder); err != nil {
			return nil, err
		}
	}
	return bids, nil
}

// awardChoices awards the bids that match took; after the last one the roster
// is complete.
func (k *Keeper) awardChoices(ctx context.Context, r market.Request, limit int) (int, error) {
	if r.State != market.Open {
		return 0, nil
	}
	chosen, err := firstOf(ctx, k.choices, r.ID, limit)
	if err != nil {
		return 0, err
	}
	for _, bidder := range chosen {
		b, err := k.Bid(ctx, r.ID, bidder)
		if err != nil {
			return 0, err
		}
		if r, err = k.award(ctx, r, b); err != nil {
			return 0, err
		}
	}
	if len(chosen) < limit {
		return len(chosen), k.closeRoster(ctx, r)
	}
	if err := k.again(ctx, r.ID, taskAward, len(chosen), limit); err != nil {
		return 0, err
	}
	return len(chosen), k.SetRequest(ctx, r)
}
