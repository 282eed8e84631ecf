package model_test

import (
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
)

func TestTermsRefuse(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(*model.Terms)
	}{
		{"no name", func(x *model.Terms) { x.Name = "" }},
		{"a long name", func(x *model.Terms) { x.Name = strings.Repeat("n", model.MaxName+1) }},
		{"a name that is no text", func(x *model.Terms) { x.Name = "\xff" }},
		{"no licence", func(x *model.Terms) { x.Licence = "" }},
		{"an unknown family", func(x *model.Terms) { x.Config.Family = "oracle" }},
		{"no encoder", func(x *model.Terms) { x.Encoder = model.Encoder{} }},
		{"two encoders", func(x *model.Terms) { x.Encoder.Content = cid }},
		{"an encoder that is no JSON", func(x *model.Terms) { x.Encoder.Inline = []byte("{") }},
		{"a long encoder", func(x *model.Terms) { x.Encoder.Inline = make([]byte, model.MaxEncoder+1) }},
		{"a seed that is no content id", func(x *model.Terms) { x.Seed = "Qm" }},
		{"an owner without an end", func(x *model.Terms) { x.Owner = ann }},
		{"an end without an owner", func(x *model.Terms) { x.OwnerUntil = start.Add(1) }},
		{"an owner for too long", func(x *model.Terms) { x.Owner, x.OwnerUntil = ann, start.Add(model.MaxOwn+1) }},
		{"a long commit window", func(x *model.Terms) { x.CommitWindow = model.MaxWait + 1 }},
		{"a holdout without root", func(x *model.Terms) { x.Holdout = model.Holdout{Count: 10, Slice: 5} }},
		{"slices longer than the holdout", func(x *model.Terms) { x.Holdout = model.Holdout{Root: id.Hash{1}, Count: 10, Slice: 11} }},
		{"a negative norm", func(x *model.Terms) { x.Robust.Norm = -1 }},
		{"a vote that leaves out half", func(x *model.Terms) { x.Robust = model.Robust{Window: 8, Trim: 500_000} }},
		{"a vote without a window", func(x *model.Terms) { x.Robust.Trim = 1 }},
		{"no incentive", func(x *model.Terms) { x.Incentive.Kind = 0 }},
		{"no wait", func(x *model.Terms) { x.Incentive.Wait = 0 }},
		{"a price that may be 0", func(x *model.Terms) { x.Incentive.Deposit.Floor = 0 }},
		{"a price that starts below its floor", func(x *model.Terms) { x.Incentive.Deposit.Start = 999 }},
		{"no target rate", func(x *model.Terms) { x.Incentive.Deposit.Target = 0 }},
		{"a bond above the deposit", func(x *model.Terms) { x.Incentive.Deposit.Bond = 1_000_001 }},
		{"parameters of another incentive", func(x *model.Terms) { x.Incentive.Points.Quorum = 1 }},
		{"a market that judges items", func(x *model.Terms) { x.Incentive = model.Incentive{Kind: model.Bounty, Wait: 1_000} }},
		{"a market with a commit window", func(x *model.Terms) {
			x.Incentive, x.CommitWindow = model.Incentive{Kind: model.Bounty}, 1_000
		}},
		{"a large quorum", func(x *model.Terms) {
			x.Incentive = model.Incentive{Kind: model.Points, Wait: 1_000, Points: model.PointTerms{Quorum: model.MaxQuorum + 1}}
		}},
	}
	if _, err := model.Create(ann, 1, terms(learn.Bayes), start); err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x := terms(learn.Bayes)
			tt.spoil(&x)
			_, err := model.Create(ann, 1, x, start)
			if kind := fault.KindOf(err); kind != fault.KindInvalid && kind != fault.KindLimit {
				t.Errorf("Create = %v, want kind invalid or limit", err)
			}
		})
	}
}

func TestAnOfferIsCheckedBeforeAnythingIsCharged(t *testing.T) {
	good := offer(1, 1)
	many := make([]uint32, learn.MaxIndices+1)
	for i := range many {
		many[i] = uint32(i)
	}
	tests := []struct {
		name  string
		offer model.Offer
		says  string
	}{
		{"a label that is no class", model.Offer{Input: good.Input, Label: 2}, "label 2"},
		{"a negative label", model.Offer{Input: good.Input, Label: -1}, "label -1"},
		{"no features", model.Offer{}, "0 indices"},
		{"too many features", model.Offer{Input: learn.Input{Indices: many}}, "1025 indices"},
		{"a feature out of range", model.Offer{Input: learn.Input{Indices: []uint32{1 << 12}}}, "index 4096"},
		{"a feature twice", model.Offer{Input: learn.Input{Indices: []uint32{3, 3}}}, "ascending"},
		{"a long consent", model.Offer{Input: good.Input, Consent: strings.Repeat("c", model.MaxConsent+1)}, "consent"},
		{"a long licence", model.Offer{Input: good.Input, Licence: strings.Repeat("l", model.MaxLicence+1)}, "licence"},
		{"content that is no content id", model.Offer{Input: good.Input, Content: "x"}, "content"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newHost(t, terms(learn.Bayes))
			before := h.Model
			_, err := h.Give(bob, tt.offer, at(1))
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Give = %v, want an error that says %q", err, tt.says)
			}
			if h.Model.Root != before.Root || h.Model.Contributions != 0 || h.Contributor(bob).Given != 0 {
				t.Errorf("a refused offer left %d contributions, root %s", h.Model.Contributions, h.Model.Root)
			}
		})
	}
}

func TestOpenContributionsOfOneAuthorAreBounded(t *testing.T) {
	h := newHost(t, terms(learn.Bayes))
	for k := range model.MaxOpen {
		give(t, h, bob, offer(k, 0), 1)
	}
	if _, err := h.Give(bob, offer(model.MaxOpen, 0), at(2)); !fault.Is(err, fault.KindLimit) {
		t.Errorf("contribution %d = %v, want kind limit", model.MaxOpen+1, err)
	}
	give(t, h, ann, offer(model.MaxOpen, 0), 2)
	check(t, h)
}

func TestTheHashOfTermsIsStable(t *testing.T) {
	a, b := terms(learn.Bayes), terms(learn.Bayes)
	if a.Hash() != b.Hash() {
		t.Errorf("equal terms hash to %s and %s", a.Hash(), b.Hash())
	}
	b.Robust.Norm = 1
	if a.Hash() == b.Hash() {
		t.Errorf("different terms share the hash %s", a.Hash())
	}
}
