package market

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/oracle"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

// PostRequest escrows budget and fee and opens the request to bids.
func (s msgServer) PostRequest(ctx context.Context, m *marketv1.MsgPostRequest) (*marketv1.MsgPostRequestResponse, error) {
	posted, err := s.postRequest(ctx, m)
	return &marketv1.MsgPostRequestResponse{Id: string(posted)}, kit.Err(Name, err)
}

func (s msgServer) postRequest(ctx context.Context, m *marketv1.MsgPostRequest) (id.RequestID, error) {
	requester, err := s.k.address(m.Requester)
	if err != nil {
		return "", err
	}
	terms, err := s.terms(&m.Terms)
	if err != nil {
		return "", err
	}
	if err := oracle.CheckTerms(terms); err != nil {
		return "", err
	}
	nonce, err := s.k.nextNonce(ctx, requester)
	if err != nil {
		return "", err
	}
	fee, err := s.k.flow.Fee(ctx)
	if err != nil {
		return "", err
	}
	r, transfers, err := market.Post(requester, nonce, terms, kit.Now(ctx), fee)
	if err != nil {
		return "", err
	}
	if err := s.k.flow.Carry(ctx, transfers); err != nil {
		return "", err
	}
	if err := s.k.push(ctx, r.ID, taskMatch, terms.BidDeadline); err != nil {
		return "", err
	}
	kit.Emit(ctx, Name, "posted", kit.AttributeRequest, string(r.ID), kit.AttributeParty, string(requester))
	return r.ID, s.k.addRequest(ctx, r)
}

// terms reads foreign terms, the checksums of the invited included.
func (s msgServer) terms(p *marketv1.RequestTerms) (market.Terms, error) {
	terms, err := wire.TermsFromProto(p)
	if err != nil {
		return terms, err
	}
	for _, a := range terms.Qualification.Invited {
		if _, err := s.k.address(string(a)); err != nil {
			return terms, err
		}
	}
	return terms, nil
}

// nextNonce counts a requester's requests, from 0.
func (k *Keeper) nextNonce(ctx context.Context, requester id.Address) (uint64, error) {
	n, err := k.nonces.Get(ctx, string(requester))
	if err != nil && !errors.Is(err, collections.ErrNotFound) {
		return 0, err
	}
	return n, k.nonces.Set(ctx, string(requester), n+1)
}
