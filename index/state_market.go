package index

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/cosmos/gogoproto/jsonpb"
	"github.com/cosmos/gogoproto/proto"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/market"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/index/view"
	"github.com/alaya-network/alaya/wire"
)

// requestBody is what a request has beside its card.
type requestBody struct {
	Terms      json.RawMessage  `json:"terms"`
	TermsHash  string           `json:"terms_hash"`
	FeeBps     uint32           `json:"fee_bps"`
	Guidelines []view.Guideline `json:"guidelines"`
	// What other views need of the terms.
	Clause   market.Clause `json:"clause"`
	LeaseMs  int64         `json:"lease_ms"`
	Contest  int64         `json:"contest_ms"`
	Gold     uint32        `json:"gold"`
	Manifest string        `json:"manifest"`
}

func (w *Writer) request(ctx context.Context, n noun) ([]row, error) {
	res, err := w.chain.Market().Request(ctx, &marketv1.QueryRequestRequest{Id: n.of})
	if err != nil {
		return nil, err
	}
	r, err := wire.RequestFromProto(&res.Request)
	if err != nil {
		return nil, err
	}
	t := r.Terms
	card := view.Card{
		ID: string(r.ID), Title: t.Title, Summary: t.Summary, Tags: orEmpty(t.Tags), Skill: t.Skill(), State: r.State.String(),
		Requester: string(r.Requester), Languages: orEmpty(t.Qualification.Languages), Items: t.Manifest.Count,
		PriceCap: view.Ualy(t.PriceCap), BidDeadline: int64(t.BidDeadline), DeliveryDeadline: int64(t.DeliveryDeadline),
		Bids: r.Bids, Roster: r.Offered + r.Active, Budget: view.Ualy(t.Budget), PostedAt: int64(r.Posted),
		Invited: len(t.Qualification.Invited) > 0, MinScorePpm: uint32(t.Qualification.Score),
		Matching: map[market.Matching]string{market.Manual: "manual", market.Auto: "auto"}[t.Matching],
		Stake:    view.Ualy(t.Stake), Deposit: view.Ualy(t.Deposit), Milestone: r.Milestone, Milestones: t.MilestoneCount(),
	}
	hash := r.TermsHash
	body := requestBody{
		Terms: ProtoJSON(&res.Request.Terms), TermsHash: hex.EncodeToString(hash[:]), FeeBps: uint32(r.Fee),
		Guidelines: []view.Guideline{}, Clause: t.Clause, LeaseMs: t.Windows.Lease, Contest: t.Windows.Contest,
		Gold: t.Gold.Count, Manifest: string(t.Manifest.CID),
	}
	for _, g := range r.Guidelines {
		body.Guidelines = append(body.Guidelines, view.Guideline{Version: g.Version, Spec: string(g.Spec), At: int64(g.Since)})
	}
	brief, here := w.brief(ctx, r)
	rows := []row{{
		newTable("requests", 1, "id requester state skill modality answer_types languages price_cap hourly page_ms posted bid_deadline items pages cover spec spec_here").put(),
		[]any{card.ID, card.Requester, card.State, card.Skill, brief.modality, text(brief.types), text(card.Languages), int64(t.PriceCap),
			0, 0, card.PostedAt, card.BidDeadline, int64(t.Manifest.Count), len(t.Manifest.Pages), int64(t.Redundancy.Min), string(r.Guideline().Spec), flag(here)},
	}, {newTable("request_texts", 1, "id card body").put(), []any{card.ID, text(card), text(body)}}}
	words := t.Summary
	for _, tag := range t.Tags {
		words += " " + tag
	}
	facets := []string{facet("state", card.State), facet("skill", card.Skill), facet("modality", brief.modality), facet("requester", card.Requester)}
	for _, l := range card.Languages {
		facets = append(facets, facet("language", l))
	}
	for _, k := range brief.types {
		facets = append(facets, facet("answer", k))
	}
	return append(rows, document("request", card.ID, t.Title, words, facets...)), nil
}

// document is a row of what can be searched.
func document(kind, id, title, words string, facets ...string) row {
	facets = append(facets, facet("kind", kind))
	return row{newTable("documents", 2, "kind id title text facets").put(), []any{kind, id, clean(title), clean(words), strings.Join(facets, " ")}}
}

func (w *Writer) bid(ctx context.Context, n noun) ([]row, error) {
	res, err := w.chain.Market().Bid(ctx, &marketv1.QueryBidRequest{Request: n.of, Bidder: n.who})
	if err != nil {
		return nil, err
	}
	b, err := wire.BidFromProto(&res.Bid)
	if err != nil {
		return nil, err
	}
	v := view.Bid{
		Request: string(b.Request), Bidder: string(b.Bidder), Price: view.Ualy(b.Price), Units: b.Units, Pages: orEmpty(b.Pages),
		Note: string(b.Note), Deposit: view.Ualy(b.Deposit), State: b.State.String(), PlacedAt: int64(b.Placed), ScorePpm: uint32(b.Score),
	}
	return []row{{newTable("bids", 2, "request bidder state placed body").put(),
		[]any{v.Request, v.Bidder, v.State, v.PlacedAt, text(v)}}}, nil
}

func (w *Writer) engagement(ctx context.Context, n noun) ([]row, error) {
	res, err := w.chain.Market().Engagement(ctx, &marketv1.QueryEngagementRequest{Request: n.of, Contributor: n.who})
	if err != nil {
		return nil, err
	}
	e, err := wire.EngagementFromProto(&res.Engagement)
	if err != nil {
		return nil, err
	}
	v := view.Engagement{
		Request: string(e.Request), Contributor: string(e.Contributor), Price: view.Ualy(e.Price), Units: e.Units,
		Pages: orEmpty(e.Pages), Stake: view.Ualy(e.Stake), TermsHash: hex.EncodeToString(e.TermsHash[:]),
		State: e.State.String(), OfferedAt: int64(e.Offered), AcceptBy: int64(e.AcceptBy), Guideline: e.Guideline,
	}
	return []row{{newTable("engagements", 2, "request contributor state offered body").put(),
		[]any{v.Request, v.Contributor, v.State, v.OfferedAt, text(v)}}}, nil
}

// ProtoJSON writes a message in proto JSON with the names of the proto files.
func ProtoJSON(m proto.Message) json.RawMessage {
	var b bytes.Buffer
	marshaler := jsonpb.Marshaler{OrigName: true, EmitDefaults: true}
	if err := marshaler.Marshal(&b, m); err != nil {
		panic(fault.Internal("index: %w", err)) // it was just unmarshalled
	}
	return b.Bytes()
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
