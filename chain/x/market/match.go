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
	ranked, err := k.ranked(ctx, r)
	if err != nil {
		return 0, err
	}
	for _, b := range r.MatchAuto(ranked) {
		if err := k.choices.Set(ctx, collections.Join(string(r.ID), string(b.Bidder))); err != nil {
			return 0, err
		}
	}
	awarded, err := k.awardChoices(ctx, r, max(0, limit-len(ranked)))
	return len(ranked) + awarded, err
}

// ranked returns the open bids on r with the scores of their bidders.
func (k *Keeper) ranked(ctx context.Context, r market.Request) ([]market.Ranked, error) {
	bidders, err := firstOf(ctx, k.open, r.ID, market.MaxBids)
	if err != nil {
		return nil, err
	}
	ranked := make([]market.Ranked, len(bidders))
	for i, bidder := range bidders {
		b, err := k.Bid(ctx, r.ID, bidder)
		if err != nil {
			return nil, err
		}
		applicant, err := k.flow.Applicant(ctx, bidder, r.Terms.Skill())
		if err != nil {
			return nil, err
		}
		ranked[i] = market.Ranked{Bid: b, Score: applicant.Score}
	}
	return ranked, nil
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
