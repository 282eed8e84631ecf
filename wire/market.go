package wire

import (
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

// RequestToProto writes a request.
func RequestToProto(r market.Request) *marketv1.Request {
	p := &marketv1.Request{
		Id: string(r.ID), Requester: string(r.Requester), Terms: *TermsToProto(r.Terms), TermsHash: r.TermsHash[:],
		State: marketv1.RequestState(r.State), Posted: int64(r.Posted), Milestone: r.Milestone,
		Offered: r.Offered, Active: r.Active, Bids: r.Bids, FeeBps: uint32(r.Fee),
	}
	for _, g := range r.Guidelines {
		p.Guidelines = append(p.Guidelines, marketv1.Guideline{Version: g.Version, Spec: string(g.Spec), Since: int64(g.Since)})
	}
	return p
}

// RequestFromProto reads a request.
func RequestFromProto(p *marketv1.Request) (market.Request, error) {
	if p == nil {
		p = &marketv1.Request{}
	}
	terms, err := TermsFromProto(&p.Terms)
	if err != nil {
		return market.Request{}, err
	}
	var r reader
	request := market.Request{
		ID: r.request("id", p.Id), Requester: r.address("requester", p.Requester),
		Terms: terms, TermsHash: r.hash("terms hash", p.TermsHash),
		State:  market.State(r.enum("state", int32(p.State), int32(market.Expired))),
		Posted: id.Time(p.Posted), Milestone: p.Milestone,
		Offered: p.Offered, Active: p.Active, Bids: p.Bids, Fee: num.Bps(p.FeeBps),
	}
	for _, g := range p.Guidelines {
		version := market.Guideline{Version: g.Version, Spec: r.cid("guideline", g.Spec), Since: id.Time(g.Since)}
		request.Guidelines = append(request.Guidelines, version)
	}
	return request, r.done("market: request")
}

// BidToProto writes a bid.
func BidToProto(b market.Bid) *marketv1.Bid {
	return &marketv1.Bid{
		Request: string(b.Request), Bidder: string(b.Bidder), Price: int64(b.Price), Units: b.Units, Pages: b.Pages,
		Note: string(b.Note), Score: uint32(b.Score), Deposit: int64(b.Deposit), State: marketv1.BidState(b.State), Placed: int64(b.Placed),
	}
}

// BidFromProto reads a bid.
func BidFromProto(p *marketv1.Bid) (market.Bid, error) {
	var r reader
	b := market.Bid{
		Request: r.request("request", p.GetRequest()), Bidder: r.address("bidder", p.GetBidder()),
		Offer: market.Offer{
			Price: r.amount("price", p.GetPrice()), Units: p.GetUnits(), Pages: p.GetPages(),
			Note: r.cidOrNone("note", p.GetNote()),
		},
		Score: num.Ppm(p.GetScore()), Deposit: r.amount("deposit", p.GetDeposit()),
		State:  market.BidState(r.enum("state", int32(p.GetState()), int32(market.BidExpired))),
		Placed: id.Time(p.GetPlaced()),
	}
	return b, r.done("market: bid")
}

// OfferFromProto reads the offer in a bid's message.
func OfferFromProto(p *marketv1.MsgPlaceBid) (market.Offer, error) {
	var r reader
	o := market.Offer{
		Price: r.amount("price", p.GetPrice()), Units: p.GetUnits(), Pages: p.GetPages(),
		Note: r.cidOrNone("note", p.GetNote()),
	}
	return o, r.done("market: bid")
}

// EngagementToProto writes an engagement.
func EngagementToProto(e market.Engagement) *marketv1.Engagement {
	return &marketv1.Engagement{
		Request: string(e.Request), Contributor: string(e.Contributor), Price: int64(e.Price), Units: e.Units,
		Pages: e.Pages, Stake: int64(e.Stake), TermsHash: e.TermsHash[:], State: marketv1.EngagementState(e.State),
		Offered: int64(e.Offered), AcceptBy: int64(e.AcceptBy), Guideline: e.Guideline,
	}
}

// EngagementFromProto reads an engagement.
func EngagementFromProto(p *marketv1.Engagement) (market.Engagement, error) {
	var r reader
	e := market.Engagement{
		Request: r.request("request", p.GetRequest()), Contributor: r.address("contributor", p.GetContributor()),
		Price: r.amount("price", p.GetPrice()), Units: p.GetUnits(), Pages: p.GetPages(),
		Stake: r.amount("stake", p.GetStake()), TermsHash: r.hash("terms hash", p.GetTermsHash()),
		State:   market.EngagementState(r.enum("state", int32(p.GetState()), int32(market.Lapsed))),
		Offered: id.Time(p.GetOffered()), AcceptBy: id.Time(p.GetAcceptBy()), Guideline: p.GetGuideline(),
	}
	return e, r.done("market: engagement")
}
