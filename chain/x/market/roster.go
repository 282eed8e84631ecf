package market

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/market"
)

// endBid ends an open bid on r and pays its deposit back. It saves the bid and
// counts it off r, which the caller saves.
func (k *Keeper) endBid(ctx context.Context, r market.Request, b market.Bid, as market.BidState) (market.Request, error) {
	b, back, err := b.End(as)
	if err != nil {
		return r, err
	}
	if err := k.flow.Carry(ctx, back); err != nil {
		return r, err
	}
	r.Bids--
	kit.Emit(ctx, Name, "bid_"+as.String(), kit.AttributeRequest, string(r.ID), kit.AttributeParty, string(b.Bidder))
	return r, k.setBid(ctx, b)
}

// award turns an open bid on r into an offer. It saves both and counts them on
// r, which the caller saves.
func (k *Keeper) award(ctx context.Context, r market.Request, b market.Bid) (market.Request, error) {
	e, b, back, err := r.Award(b, kit.Now(ctx))
	if err != nil {
		return r, err
	}
	if err := k.flow.Carry(ctx, back); err != nil {
		return r, err
	}
	if err := k.setBid(ctx, b); err != nil {
		return r, err
	}
	r.Bids--
	r.Offered++
	kit.Emit(ctx, Name, "awarded", kit.AttributeRequest, string(r.ID), kit.AttributeParty, string(b.Bidder))
	return r, k.setEngagement(ctx, e)
}

// closeRoster ends bidding on r and saves it: the other bids end in this
// block or the next ones, the offers wait for their answers.
func (k *Keeper) closeRoster(ctx context.Context, r market.Request) error {
	r, err := r.CloseRoster()
	if err != nil {
		return err
	}
	if err := k.endBidsLater(ctx, r); err != nil {
		return err
	}
	if r.State == market.Expired {
		return k.finish(ctx, r)
	}
	kit.Emit(ctx, Name, "matched", kit.AttributeRequest, string(r.ID))
	if err := k.push(ctx, r.ID, taskLapse, kit.Now(ctx).Add(r.Terms.Windows.Accept)); err != nil {
		return err
	}
	return k.begin(ctx, r)
}

// begin saves r, and goes on to work or expiry once all offers are answered.
func (k *Keeper) begin(ctx context.Context, r market.Request) error {
	r, begun, err := r.Begin()
	if err != nil {
		return err
	}
	if begun && r.State == market.Expired {
		return k.finish(ctx, r)
	}
	if err := k.SetRequest(ctx, r); err != nil || !begun {
		return err
	}
	kit.Emit(ctx, Name, "working", kit.AttributeRequest, string(r.ID))
	return k.flow.StartWork(ctx, r)
}
