package wire_test

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/cosmos/gogoproto/proto"
	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
	"github.com/alaya-network/alaya/core/model/deposit"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/points"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

const aModelID = id.ModelID("1f3a5b7c9d2e4f60")

func modelTerms() model.Terms {
	return model.Terms{
		Name: "reviews", Licence: "CC0-1.0", Owner: "alaya1ann", OwnerUntil: 9, Seed: id.RawCID([]byte("seed")), CommitWindow: 5_000,
		Config: learn.Config{Family: learn.Tree, Classes: 3, Features: 9, Params: learn.Params{
			Rate: 1, Bound: 2, Width: 3, Ridge: 4, Neighbours: 5, Cap: 6, Hidden: 7, Seed: 8, Grace: 9, Doubt: 10, Tie: 11, Gain: 12, Nodes: 13,
			Columns: []learn.Column{{Bins: 4, Ordered: true}, {Bins: 5}},
		}},
		Encoder: model.Encoder{Inline: []byte(`{}`), Content: id.RawCID([]byte("encoder"))},
		Incentive: model.Incentive{Kind: model.Deposit, Wait: 60_000, Margin: 3, Points: model.PointTerms{Quorum: 2}, Deposit: model.DepositTerms{
			Start: 100, Floor: 10, Target: 7, Window: 8_000, Bond: 9, Share: 11,
		}},
		Holdout: model.Holdout{Root: id.Sum("holdout"), Count: 10, Slice: 5}, Robust: model.Robust{Norm: 1, Window: 2, Trim: 3},
	}
}

func aModel() model.Model {
	return model.Model{
		ID: aModelID, Creator: "alaya1ann", Terms: modelTerms(), State: model.Replaced, Created: 4,
		Lineage: []model.Version{{Model: aModelID, Entry: 3, Root: id.Sum("then")}}, Root: id.Sum("now"), Entries: 5, Contributions: 6,
		Updates: 7, Withdrawn: 8, Generation: 9, Basis: model.Basis{Entry: 10, Withdrawn: 11},
		Replay: model.Replay{Generation: 12, Basis: model.Basis{Entry: 13, Withdrawn: 14}, Level: 15, Next: 16, Updates: 17},
		Cuts:   []model.Cut{{From: 1, To: 2}}, HoldoutUsed: 18, Successor: aModelID,
	}
}

func aModelOffer() model.Offer {
	return model.Offer{
		Input: learn.Input{Indices: []uint32{1, 5}, Values: []int64{-3, 4}}, Label: -2, Content: id.RawCID([]byte("text")), Licence: "MIT", Consent: "yes",
	}
}

func aContribution() model.Contribution {
	return model.Contribution{
		Model: aModelID, Number: 2, Author: "alaya1bob", Commitment: id.Sum("c"), Offer: aModelOffer(), Height: 3, At: 4, Deadline: 5, Deposit: 6,
		Reports: 7, CopyOf: 1, Entry: 8, Class: 9, Margin: -10, State: model.Withdrawn, Previous: 1,
	}
}

func aModelMarket() bounty.Market {
	return bounty.Market{
		Model: aModelID, Number: 1, Provider: "alaya1ann", State: bounty.Void, Height: 2, Sample: 3, Drawn: true, Revealed: 4, Batches: 5,
		Opened: 6, Settled: 7, Held: 8, Staked: 9, Order: []uint32{2, 1},
		Terms: bounty.Terms{
			Root: id.Sum("test"), Slices: []uint32{1, 2}, Measure: bounty.Mistakes, Cap: 3, Bounty: 4, Bond: 5, Stake: 6, Batches: 7,
			SampleBy: 8, JoinBy: 9, OpenBy: 10, RevealBy: 11,
		},
		Score: bounty.Score{Place: 1, Item: 2, Sum: 3, First: 4, Last: 5, Paid: -6, Earned: 7},
	}
}

// back checks that a noun comes back as it went.
func back[N any, P any](t *testing.T, noun N, to func(N) P, from func(P) (N, error)) {
	t.Helper()
	if got, err := from(to(noun)); err != nil || !reflect.DeepEqual(got, noun) {
		t.Errorf("%+v came back as %+v, %v", noun, got, err)
	}
}

// byValue adapts a writer of values to a reader of pointers.
func byValue[N, P any](to func(N) P) func(N) *P {
	return func(n N) *P {
		p := to(n)
		return &p
	}
}

func TestModelNounsGoThereAndBack(t *testing.T) {
	back(t, modelTerms(), byValue(wire.ModelTermsToProto), wire.ModelTermsFromProto)
	back(t, aModel(), wire.ModelToProto, wire.ModelFromProto)
	back(t, aContribution(), wire.ContributionToProto, wire.ContributionFromProto)
	back(t, aModelMarket(), wire.ModelMarketToProto, wire.ModelMarketFromProto)
	back(t, model.Contributor{
		Model: aModelID, Address: "alaya1bob", Given: 1, Open: 2, Confirmed: 3, Neutral: 4, Rejected: 5, Lapsed: 6, Withdrawn: 7,
		Votes: 8, Right: 9, Badges: 10, Mark: 11, Claimed: 12, Last: 13,
	}, wire.ContributorToProto, wire.ContributorFromProto)
	back(t, model.Entry{
		Model: aModelID, Number: 1, Kind: model.EntryPromote, Contribution: 2, Item: id.Sum("i"), To: 3, Generation: 4, Other: aModelID,
		Height: 5, At: 6, Root: id.Sum("r"),
	}, wire.ModelEntryToProto, wire.ModelEntryFromProto)
	back(t, model.Challenge{
		Champion: aModelID, Challenger: aModelID, Number: 1, Items: 2, Scored: 3, Margin: 4, Losses: [2]int64{5, 6}, Opened: 7, Deadline: 8,
		State: model.Failed,
	}, wire.ModelChallengeToProto, wire.ModelChallengeFromProto)
	back(t, bounty.Batch{
		Model: aModelID, Market: 1, Number: 2, Author: "alaya1bob", Commitment: id.Sum("c"), Stake: 3, Offers: []model.Offer{aModelOffer()}, Pay: -4,
		State: bounty.Forfeited,
	}, wire.BatchToProto, wire.BatchFromProto)
	back(t, deposit.Price{Model: aModelID, Amount: 1, Items: 2, Since: 3}, wire.PriceToProto, wire.PriceFromProto)
	back(t, deposit.Purse{Model: aModelID, Open: 1, Owed: 2, Credits: 3, PerCredit: 4, Pooled: 5}, wire.PurseToProto, wire.PurseFromProto)
	back(t, deposit.Report{Model: aModelID, Number: 1, Reporter: "alaya1bob", Bond: 2, Credit: 3}, wire.ReportToProto, wire.ReportFromProto)
	back(t, points.Ballot{Model: aModelID, Number: 1, Votes: []points.Vote{{Voter: "alaya1bob", Verdict: model.Disagrees}}},
		wire.BallotToProto, wire.BallotFromProto)
	item := model.Item{Input: aModelOffer().Input, Label: 1, Salt: []byte("salt")}
	if proto := wire.ItemToProto(item); !reflect.DeepEqual(wire.ItemFromProto(&proto), item) {
		t.Errorf("%+v came back as %+v", item, wire.ItemFromProto(&proto))
	}
}

func TestModelNounsRefuseForeignValues(t *testing.T) {
	contribution := func(change func(*modelv1.Contribution)) error {
		p := wire.ContributionToProto(aContribution())
		change(p)
		_, err := wire.ContributionFromProto(p)
		return err
	}
	record := func(change func(*modelv1.Model)) error {
		p := wire.ModelToProto(aModel())
		change(p)
		_, err := wire.ModelFromProto(p)
		return err
	}
	_, nothing := wire.ModelFromProto(nil)
	_, market := wire.ModelMarketFromProto(nil)
	tests := map[string]error{
		"an id of other letters":   record(func(p *modelv1.Model) { p.Id = "1F3A5B7C9D2E4F60" }),
		"a root of 31 bytes":       record(func(p *modelv1.Model) { p.Root = p.Root[1:] }),
		"an unknown state":         record(func(p *modelv1.Model) { p.State = 4 }),
		"a trim above one":         record(func(p *modelv1.Model) { p.Terms.Robust.Trim = 1_000_001 }),
		"an unknown incentive":     record(func(p *modelv1.Model) { p.Terms.Incentive.Kind = 4 }),
		"a lineage of nonsense":    record(func(p *modelv1.Model) { p.Lineage[0].Model = "x" }),
		"a deposit below zero":     contribution(func(p *modelv1.Contribution) { p.Deposit = -1 }),
		"nobody":                   contribution(func(p *modelv1.Contribution) { p.Author = "" }),
		"a content that is no CID": contribution(func(p *modelv1.Contribution) { p.Offer.Content = "x" }),
		"a commitment of 33 bytes": contribution(func(p *modelv1.Contribution) { p.Commitment = append(p.Commitment, 0) }),
		"a state below zero":       contribution(func(p *modelv1.Contribution) { p.State = -1 }),
		"no model":                 nothing,
		"no market":                market,
	}
	for name, err := range tests {
		if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v, want kind invalid", name, err)
		}
	}
}

func TestAChunkHasOneSpelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c, again wire.Chunk
		for i, v := range rapid.SliceOfN(rapid.Int64(), 0, learn.ChunkSize).Draw(t, "values") {
			c[i] = v
		}
		if err := wire.DecodeChunk(wire.EncodeChunk(&c), &again); err != nil || again != c {
			t.Fatalf("%v came back as %v, %v", c, again, err)
		}
	})
	for name, raw := range map[string][]byte{
		"a zero at the end":       {2, 0},
		"a longer varint":         {0x82, 0},
		"a varint that ends":      {0x80},
		"one more than there are": make([]byte, learn.ChunkSize+1),
		"a varint of 11 bytes":    {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1},
		"zeros only":              make([]byte, learn.ChunkSize),
	} {
		var c wire.Chunk
		if err := wire.DecodeChunk(raw, &c); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v, want kind invalid", name, err)
		}
	}
}

func TestChunkKeysAreInTheOrderOfCells(t *testing.T) {
	g := wire.Generation{Model: aModelID, Number: 3}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) learn.Cell {
			return learn.Cell{
				Table: rapid.Uint8().Draw(t, name+" table"), Class: rapid.Uint32().Draw(t, name+" class"), Index: rapid.Uint32().Draw(t, name+" index"),
			}
		}
		a, offset := wire.ChunkOf(draw("a"))
		b, _ := wire.ChunkOf(draw("b"))
		key := wire.ChunkKey(g, a)
		if got := bytes.Compare(key, wire.ChunkKey(g, b)); got != a.Compare(b) {
			t.Fatalf("keys of %v and %v compare %d", a, b, got)
		}
		generation, name, err := wire.ParseChunkKey(key[1:])
		if err != nil || generation != g || name != a {
			t.Fatalf("%v of %v came back as %v of %v, %v", a, g, name, generation, err)
		}
		if back, at := wire.ChunkOf(a.Cell(offset)); back != a || at != offset {
			t.Fatalf("cell %d of %v is %d of %v", offset, a, at, back)
		}
	})
}

func FuzzContributionFromProto(f *testing.F) {
	seed, err := proto.Marshal(wire.ContributionToProto(aContribution()))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	config := learn.Config{Family: learn.Logistic, Classes: 2, Features: 100}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var p modelv1.Contribution
		if proto.Unmarshal(raw, &p) != nil {
			return
		}
		c, err := wire.ContributionFromProto(&p)
		if err != nil {
			return
		}
		if again, err := wire.ContributionFromProto(wire.ContributionToProto(c)); err != nil || !reflect.DeepEqual(again, c) {
			t.Fatalf("%+v came back as %+v, %v", c, again, err)
		}
		if c.Offer.Validate(model.Terms{Config: config}) == nil && len(c.Offer.Input.Indices) > learn.MaxIndices {
			t.Fatalf("accepted %d indices", len(c.Offer.Input.Indices))
		}
	})
}

func FuzzModelFromProto(f *testing.F) {
	seed, err := proto.Marshal(wire.ModelToProto(aModel()))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Fuzz(func(t *testing.T, raw []byte) {
		var p modelv1.Model
		if proto.Unmarshal(raw, &p) != nil {
			return
		}
		m, err := wire.ModelFromProto(&p)
		if err != nil {
			return
		}
		if again, err := wire.ModelFromProto(wire.ModelToProto(m)); err != nil || !reflect.DeepEqual(again, m) {
			t.Fatalf("%+v came back as %+v, %v", m, again, err)
		}
		_ = m.Check()
	})
}

func FuzzDecodeChunk(f *testing.F) {
	f.Add(wire.EncodeChunk(&wire.Chunk{1, 0, -5}))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var c wire.Chunk
		if wire.DecodeChunk(raw, &c) == nil && string(wire.EncodeChunk(&c)) != string(raw) {
			t.Fatalf("accepted a second spelling %x of %v", raw, c)
		}
	})
}
