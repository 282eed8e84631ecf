package wire

import (
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model/bounty"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

// MarketTermsToProto writes what a provider offers.
func MarketTermsToProto(t bounty.Terms) modelv1.MarketTerms {
	return modelv1.MarketTerms{
		Root: t.Root[:], Slices: t.Slices, Measure: modelv1.Measure(t.Measure), Cap: t.Cap, Bounty: int64(t.Bounty), Bond: int64(t.Bond),
		Stake: int64(t.Stake), Batches: t.Batches, SampleBy: int64(t.SampleBy), JoinBy: int64(t.JoinBy), OpenBy: int64(t.OpenBy),
		RevealBy: int64(t.RevealBy),
	}
}

// MarketTermsFromProto reads what a provider offers; Validate has the bounds.
func MarketTermsFromProto(p *modelv1.MarketTerms) (bounty.Terms, error) {
	var r reader
	t := bounty.Terms{
		Root: r.hash("root", p.GetRoot()), Slices: p.GetSlices(),
		Measure: bounty.Measure(r.enum("measure", int32(p.GetMeasure()), int32(bounty.Mistakes))), Cap: p.GetCap(),
		Bounty: r.amount("bounty", p.GetBounty()), Bond: r.amount("bond", p.GetBond()), Stake: r.amount("stake", p.GetStake()),
		Batches: p.GetBatches(), SampleBy: id.Time(p.GetSampleBy()), JoinBy: id.Time(p.GetJoinBy()), OpenBy: id.Time(p.GetOpenBy()),
		RevealBy: id.Time(p.GetRevealBy()),
	}
	return t, r.done("market terms")
}

// ModelMarketToProto writes a market of a model.
func ModelMarketToProto(m bounty.Market) *modelv1.Market {
	s := m.Score
	return &modelv1.Market{
		Model: string(m.Model), Number: m.Number, Provider: string(m.Provider), Terms: MarketTermsToProto(m.Terms),
		State: modelv1.MarketState(m.State), Height: int64(m.Height), Sample: m.Sample, Drawn: m.Drawn, Revealed: m.Revealed,
		Batches: m.Batches, Opened: m.Opened, Settled: m.Settled, Held: int64(m.Held), Staked: int64(m.Staked), Order: m.Order,
		Score: modelv1.Score{
			Place: s.Place, Item: s.Item, Sum: s.Sum, First: s.First, Last: s.Last, Paid: s.Paid, Earned: int64(s.Earned),
		},
	}
}

// ModelMarketFromProto reads a market of a model.
func ModelMarketFromProto(p *modelv1.Market) (bounty.Market, error) {
	var r reader
	protoTerms, s := p.GetTerms(), p.GetScore()
	terms, err := MarketTermsFromProto(&protoTerms)
	r.note("terms", err)
	m := bounty.Market{
		Model: r.model("model", p.GetModel()), Number: p.GetNumber(), Provider: r.address("provider", p.GetProvider()), Terms: terms,
		State: bounty.State(r.enum("state", int32(p.GetState()), int32(bounty.Void))), Height: id.Height(p.GetHeight()),
		Sample: p.GetSample(), Drawn: p.GetDrawn(), Revealed: p.GetRevealed(), Batches: p.GetBatches(), Opened: p.GetOpened(),
		Settled: p.GetSettled(), Held: r.amount("held", p.GetHeld()), Staked: r.amount("staked", p.GetStaked()), Order: p.GetOrder(),
		Score: bounty.Score{
			Place: s.Place, Item: s.Item, Sum: s.Sum, First: s.First, Last: s.Last, Paid: s.Paid, Earned: r.amount("earned", s.Earned),
		},
	}
	return m, r.done("market")
}

// BatchToProto writes a batch of a market.
func BatchToProto(b bounty.Batch) *modelv1.Batch {
	p := &modelv1.Batch{
		Model: string(b.Model), Market: b.Market, Number: b.Number, Author: string(b.Author), Commitment: b.Commitment[:],
		Stake: int64(b.Stake), Pay: b.Pay, State: modelv1.BatchState(b.State),
	}
	for _, o := range b.Offers {
		p.Offers = append(p.Offers, ModelOfferToProto(o))
	}
	return p
}

// BatchFromProto reads a batch of a market.
func BatchFromProto(p *modelv1.Batch) (bounty.Batch, error) {
	var r reader
	b := bounty.Batch{
		Model: r.model("model", p.GetModel()), Market: p.GetMarket(), Number: p.GetNumber(), Author: r.address("author", p.GetAuthor()),
		Commitment: r.hash("commitment", p.GetCommitment()), Stake: r.amount("stake", p.GetStake()), Pay: p.GetPay(),
		State: bounty.BatchState(r.enum("state", int32(p.GetState()), int32(bounty.Forfeited))),
	}
	for i := range p.GetOffers() {
		o, err := ModelOfferFromProto(&p.Offers[i])
		r.note("offers", err)
		b.Offers = append(b.Offers, o)
	}
	return b, r.done("batch")
}
