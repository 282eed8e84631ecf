package market

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

// PlaceBid offers work; the deposit is locked until the bid ends.
func (s msgServer) PlaceBid(ctx context.Context, m *marketv1.MsgPlaceBid) (*marketv1.MsgPlaceBidResponse, error) {
	return &marketv1.MsgPlaceBidResponse{}, kit.Err(Name, s.placeBid(ctx, m))
}

func (s msgServer) placeBid(ctx context.Context, m *marketv1.MsgPlaceBid) error {
	bidder, r, err := s.on(ctx, m.Bidder, m.Request)
	if err != nil {
		return err
	}
	offer, err := wire.OfferFromProto(m)
	if err != nil {
		return err
	}
	if err := s.k.firstBid(ctx, r.ID, bidder); err != nil {
		return err
	}
	applicant, err := s.k.flow.Applicant(ctx, bidder, r.Terms.Skill())
	if err != nil {
		return err
	}
	b, lock, err := r.PlaceBid(bidder, applicant, offer, kit.Now(ctx))
	if err != nil {
		return err
	}
	if err := s.k.flow.Carry(ctx, lock); err != nil {
		return err
	}
	if err := s.k.setBid(ctx, b); err != nil {
		return err
	}
	r.Bids++
	kit.Emit(ctx, Name, "bid", kit.AttributeRequest, string(r.ID), kit.AttributeParty, string(bidder))
	return s.k.SetRequest(ctx, r)
}

// firstBid refuses a second bid of an address, however the first one ended.
func (k *Keeper) firstBid(ctx context.Context, r id.RequestID, bidder id.Address) error {
	known, err := k.bids.Has(ctx, collections.Join(string(r), string(bidder)))
	if err == nil && known {
		err = fault.Exists("market: %s has bid on request %s before: one bid each", bidder, r)
	}
	return err
}
