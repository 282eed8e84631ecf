package wire_test

import (
	"reflect"
	"testing"

	"github.com/cosmos/gogoproto/proto"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

func someTerms() market.Terms {
	return market.Terms{
		Kind: market.Label, Title: "t", Summary: "s", Tags: []string{"a", "b"}, Spec: id.RawCID([]byte("spec")),
		Manifest:   market.Manifest{CID: id.RawCID([]byte("items")), Root: id.Sum("items"), Count: 7, Pages: []uint32{3, 4}},
		Redundancy: market.Redundancy{Min: 2, Max: 5, Step: 1, Target: 900_000},
		Clause: market.Clause{
			Metric: "accuracy", Threshold: 1, Confidence: 2, MinEvidence: 3,
			Schedule: []market.PriceStep{{Shortfall: 4, Pay: 5}, {Shortfall: 6, Pay: 1}},
		},
		Gold: market.Gold{Root: id.Sum("gold"), Count: 8}, Method: "m", MethodVersion: 9, PriceCap: 10, Budget: 11,
		Milestones:  []market.Milestone{{Title: "one", Pages: 1, Due: 12}, {Title: "two", Pages: 1, Due: 13}},
		BidDeadline: 14, DeliveryDeadline: 15,
		Windows:       market.Windows{Accept: 16, Lease: 17, Commit: 18, Reveal: 19, Gold: 20, Review: 21, Contest: 22},
		Qualification: market.Qualification{Score: 23, Skill: "k", Languages: []string{"de"}, Invited: []id.Address{"alaya1ann"}},
		Stake:         24, Deposit: 25, Matching: market.Auto, Licence: "l", Policy: "p", ContributorShare: 26,
	}
}

func someRequest() market.Request {
	return market.Request{
		ID: "1f3a5b7c9d2e4f60", Requester: "alaya1req", Terms: someTerms(), TermsHash: id.Sum("terms"), State: market.Settling, Posted: 1,
		Guidelines: []market.Guideline{{Version: 1, Spec: id.RawCID([]byte("1")), Since: 2}, {Version: 2, Spec: id.RawCID([]byte("2")), Since: 3}},
		Milestone:  4, Offered: 5, Active: 6, Bids: 7, Fee: 8,
	}
}

func someBid() market.Bid {
	return market.Bid{
		Request: "1f3a5b7c9d2e4f60", Bidder: "alaya1ann", Score: 1, Deposit: 2, State: market.BidWithdrawn, Placed: 3,
		Offer: market.Offer{Price: 4, Units: 5, Pages: []uint32{6, 7}, Note: id.RawCID([]byte("note"))},
	}
}

func someEngagement() market.Engagement {
	return market.Engagement{
		Request: "1f3a5b7c9d2e4f60", Contributor: "alaya1ann", Price: 1, Units: 2, Pages: []uint32{3, 4}, Stake: 5,
		TermsHash: id.Sum("hash"), State: market.Lapsed, Offered: 6, AcceptBy: 7, Guideline: 8,
	}
}

// sent puts a message on the wire and takes it off again.
func sent[P proto.Message](t *testing.T, m, into P) P {
	t.Helper()
	raw, err := proto.Marshal(m)
	if err == nil {
		err = proto.Unmarshal(raw, into)
	}
	if err != nil {
		t.Fatal(err)
	}
	return into
}

func TestMarketNounsGoThereAndBack(t *testing.T) {
	r, err := wire.RequestFromProto(sent(t, wire.RequestToProto(someRequest()), &marketv1.Request{}))
	if err != nil || !reflect.DeepEqual(r, someRequest()) {
		t.Errorf("request %+v, %v; want %+v", r, err, someRequest())
	}
	b, err := wire.BidFromProto(sent(t, wire.BidToProto(someBid()), &marketv1.Bid{}))
	if err != nil || !reflect.DeepEqual(b, someBid()) {
		t.Errorf("bid %+v, %v; want %+v", b, err, someBid())
	}
	e, err := wire.EngagementFromProto(sent(t, wire.EngagementToProto(someEngagement()), &marketv1.Engagement{}))
	if err != nil || !reflect.DeepEqual(e, someEngagement()) {
		t.Errorf("engagement %+v, %v; want %+v", e, err, someEngagement())
	}
}

// Every field of the nouns above differs from zero, so that a forgotten one shows.
func TestTheExamplesLeaveNothingOut(t *testing.T) {
	for _, noun := range []any{someRequest(), someTerms(), someBid(), someEngagement()} {
		wantNoZero(t, reflect.TypeOf(noun).String(), reflect.ValueOf(noun))
	}
}

func wantNoZero(t *testing.T, name string, v reflect.Value) {
	if v.IsZero() {
		t.Errorf("%s is zero", name)
	}
	if v.Kind() != reflect.Struct {
		return
	}
	for i := range v.NumField() {
		wantNoZero(t, name+"."+v.Type().Field(i).Name, v.Field(i))
	}
}

func TestAbsentListsAndHashesGoThereAndBack(t *testing.T) {
	terms := someTerms()
	terms.Tags, terms.Clause.Schedule, terms.Milestones, terms.Gold = nil, nil, nil, market.Gold{}
	terms.Qualification = market.Qualification{}
	got, err := wire.TermsFromProto(sent(t, wire.TermsToProto(terms), &marketv1.RequestTerms{}))
	if err != nil || !reflect.DeepEqual(got, terms) || got.Hash() != terms.Hash() {
		t.Errorf("terms %+v, %v; want %+v", got, err, terms)
	}
}

func TestMarketNounsRefuseForeignValues(t *testing.T) {
	request := func(change func(*marketv1.Request)) error {
		p := wire.RequestToProto(someRequest())
		change(p)
		_, err := wire.RequestFromProto(p)
		return err
	}
	bid := func(change func(*marketv1.Bid)) error {
		p := wire.BidToProto(someBid())
		change(p)
		_, err := wire.BidFromProto(p)
		return err
	}
	engagement := func(change func(*marketv1.Engagement)) error {
		p := wire.EngagementToProto(someEngagement())
		change(p)
		_, err := wire.EngagementFromProto(p)
		return err
	}
	_, noRequest := wire.RequestFromProto(nil)
	_, noTerms := wire.TermsFromProto(nil)
	_, noOffer := wire.OfferFromProto(&marketv1.MsgPlaceBid{Price: -1})
	for name, err := range map[string]error{
		"nothing for a request":             noRequest,
		"nothing for terms":                 noTerms,
		"an offer below zero":               noOffer,
		"a request without id":              request(func(p *marketv1.Request) { p.Id = "" }),
		"a request of nobody":               request(func(p *marketv1.Request) { p.Requester = "A" }),
		"a request in an unknown state":     request(func(p *marketv1.Request) { p.State = 8 }),
		"a request in a state beyond bytes": request(func(p *marketv1.Request) { p.State = 257 }),
		"a request in a state below zero":   request(func(p *marketv1.Request) { p.State = -255 }),
		"a terms hash of 31 bytes":          request(func(p *marketv1.Request) { p.TermsHash = p.TermsHash[1:] }),
		"a guideline that is no CID":        request(func(p *marketv1.Request) { p.Guidelines[1].Spec = "x" }),
		"terms of no kind":                  request(func(p *marketv1.Request) { p.Terms.Kind = 0 }),
		"terms of no matching":              request(func(p *marketv1.Request) { p.Terms.Matching = 3 }),
		"a manifest root of 33 bytes":       request(func(p *marketv1.Request) { p.Terms.Manifest.Root = make([]byte, 33) }),
		"a gold root of 1 byte":             request(func(p *marketv1.Request) { p.Terms.Gold.Root = []byte{1} }),
		"a budget below zero":               request(func(p *marketv1.Request) { p.Terms.Budget = -1 }),
		"an invitation of nobody":           request(func(p *marketv1.Request) { p.Terms.Qualification.Invited[0] = "" }),
		"a bid of nobody":                   bid(func(p *marketv1.Bid) { p.Bidder = "" }),
		"a bid in an unknown state":         bid(func(p *marketv1.Bid) { p.State = 6 }),
		"a bid below zero":                  bid(func(p *marketv1.Bid) { p.Price = -1 }),
		"a note that is no CID":             bid(func(p *marketv1.Bid) { p.Note = "x" }),
		"an engagement without request":     engagement(func(p *marketv1.Engagement) { p.Request = "x" }),
		"an engagement without hash":        engagement(func(p *marketv1.Engagement) { p.TermsHash = nil }),
		"an engagement in no state":         engagement(func(p *marketv1.Engagement) { p.State = 0 }),
		"a stake below zero":                engagement(func(p *marketv1.Engagement) { p.Stake = -5 }),
	} {
		if fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: %v (%s), want invalid", name, err, fault.KindOf(err))
		}
	}
}

func FuzzMarketNouns(f *testing.F) {
	for _, m := range []proto.Message{
		wire.RequestToProto(someRequest()), wire.BidToProto(someBid()), wire.EngagementToProto(someEngagement()),
	} {
		raw, err := proto.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		fuzzOne(t, raw, &marketv1.Request{}, wire.RequestFromProto, wire.RequestToProto)
		fuzzOne(t, raw, &marketv1.Bid{}, wire.BidFromProto, wire.BidToProto)
		fuzzOne(t, raw, &marketv1.Engagement{}, wire.EngagementFromProto, wire.EngagementToProto)
	})
}

// fuzzOne reads foreign bytes: refused as invalid, or read as a noun that goes
// there and back unchanged.
func fuzzOne[P proto.Message, T any](t *testing.T, raw []byte, p P, from func(P) (T, error), to func(T) P) {
	if proto.Unmarshal(raw, p) != nil {
		return
	}
	noun, err := from(p)
	if err != nil {
		if fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%T: %v, want invalid", p, err)
		}
		return
	}
	again, err := from(to(noun))
	if err != nil || !reflect.DeepEqual(noun, again) {
		t.Errorf("%T: read %+v, then %+v, %v", p, noun, again, err)
	}
}
