package market_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
)

func TestTheTermsHashCoversEveryTerm(t *testing.T) {
	changes := map[string]func(*market.Terms){
		"kind":              func(t *market.Terms) { t.Kind++ },
		"title":             func(t *market.Terms) { t.Title += "!" },
		"summary":           func(t *market.Terms) { t.Summary += "!" },
		"tags":              func(t *market.Terms) { t.Tags = append(t.Tags, "more") },
		"spec":              func(t *market.Terms) { t.Spec = id.RawCID([]byte("other")) },
		"manifest":          func(t *market.Terms) { t.Manifest.CID = id.RawCID([]byte("other")) },
		"manifest root":     func(t *market.Terms) { t.Manifest.Root[31]++ },
		"manifest count":    func(t *market.Terms) { t.Manifest.Count++ },
		"a page":            func(t *market.Terms) { t.Manifest.Pages[3]++ },
		"redundancy min":    func(t *market.Terms) { t.Redundancy.Min++ },
		"redundancy max":    func(t *market.Terms) { t.Redundancy.Max++ },
		"redundancy step":   func(t *market.Terms) { t.Redundancy.Step++ },
		"redundancy target": func(t *market.Terms) { t.Redundancy.Target++ },
		"clause metric":     func(t *market.Terms) { t.Clause.Metric += "!" },
		"clause threshold":  func(t *market.Terms) { t.Clause.Threshold++ },
		"clause confidence": func(t *market.Terms) { t.Clause.Confidence++ },
		"clause evidence":   func(t *market.Terms) { t.Clause.MinEvidence++ },
		"a shortfall":       func(t *market.Terms) { t.Clause.Schedule[0].Shortfall++ },
		"its pay":           func(t *market.Terms) { t.Clause.Schedule[1].Pay++ },
		"gold root":         func(t *market.Terms) { t.Gold.Root[0]++ },
		"gold count":        func(t *market.Terms) { t.Gold.Count++ },
		"method":            func(t *market.Terms) { t.Method += "!" },
		"method version":    func(t *market.Terms) { t.MethodVersion++ },
		"price cap":         func(t *market.Terms) { t.PriceCap++ },
		"budget":            func(t *market.Terms) { t.Budget++ },
		"milestone title":   func(t *market.Terms) { t.Milestones[0].Title += "!" },
		"milestone pages":   func(t *market.Terms) { t.Milestones[0].Pages++ },
		"milestone date":    func(t *market.Terms) { t.Milestones[1].Due++ },
		"bid deadline":      func(t *market.Terms) { t.BidDeadline++ },
		"delivery deadline": func(t *market.Terms) { t.DeliveryDeadline++ },
		"accept window":     func(t *market.Terms) { t.Windows.Accept++ },
		"lease window":      func(t *market.Terms) { t.Windows.Lease++ },
		"commit window":     func(t *market.Terms) { t.Windows.Commit++ },
		"reveal window":     func(t *market.Terms) { t.Windows.Reveal++ },
		"gold window":       func(t *market.Terms) { t.Windows.Gold++ },
		"review window":     func(t *market.Terms) { t.Windows.Review++ },
		"contest window":    func(t *market.Terms) { t.Windows.Contest++ },
		"score":             func(t *market.Terms) { t.Qualification.Score++ },
		"skill":             func(t *market.Terms) { t.Qualification.Skill += "!" },
		"languages":         func(t *market.Terms) { t.Qualification.Languages[0] = "fr" },
		"invited":           func(t *market.Terms) { t.Qualification.Invited = []id.Address{alice} },
		"stake":             func(t *market.Terms) { t.Stake++ },
		"deposit":           func(t *market.Terms) { t.Deposit++ },
		"matching":          func(t *market.Terms) { t.Matching = market.Auto },
		"licence":           func(t *market.Terms) { t.Licence += "!" },
		"policy":            func(t *market.Terms) { t.Policy += "!" },
		"contributor share": func(t *market.Terms) { t.ContributorShare++ },
	}
	seen := map[id.Hash]string{terms().Hash(): "the terms as they are"}
	for name, change := range changes {
		changed := terms()
		change(&changed)
		if before, known := seen[changed.Hash()]; known {
			t.Errorf("changing %s gives the hash of %s", name, before)
		}
		seen[changed.Hash()] = name
	}
}

func TestTheTermsHashKnowsNoEmptyLists(t *testing.T) {
	absent, empty := terms(), terms()
	absent.Tags, absent.Milestones, absent.Clause.Schedule, absent.Qualification.Languages = nil, nil, nil, nil
	empty.Tags, empty.Milestones, empty.Clause.Schedule = []string{}, []market.Milestone{}, []market.PriceStep{}
	empty.Qualification.Languages, empty.Qualification.Invited = []string{}, []id.Address{}
	if absent.Hash() != empty.Hash() {
		t.Errorf("absent lists hash to %s, empty ones to %s", absent.Hash(), empty.Hash())
	}
}

func TestTheEngagementHashCoversTheOffer(t *testing.T) {
	award := func(change func(*market.Request, *market.Bid)) id.Hash {
		r := post(t, nil)
		b, _, err := r.PlaceBid(alice, qualified(), market.Offer{Price: 500, Units: 40, Pages: []uint32{0, 2}}, now)
		if err != nil {
			t.Fatal(err)
		}
		change(&r, &b)
		e, _, _, err := r.Award(b, now)
		if err != nil {
			t.Fatal(err)
		}
		return e.TermsHash
	}
	seen := map[id.Hash]string{}
	for name, change := range map[string]func(*market.Request, *market.Bid){
		"the offer as it is": func(*market.Request, *market.Bid) {},
		"price":              func(_ *market.Request, b *market.Bid) { b.Price++ },
		"units":              func(_ *market.Request, b *market.Bid) { b.Units++ },
		"pages":              func(_ *market.Request, b *market.Bid) { b.Pages = []uint32{0, 3} },
		"no pages":           func(_ *market.Request, b *market.Bid) { b.Pages = nil },
		"contributor":        func(_ *market.Request, b *market.Bid) { b.Bidder = bob },
		"request":            func(r *market.Request, b *market.Bid) { r.ID, b.Request = "0", "0" },
		"stake":              func(r *market.Request, _ *market.Bid) { r.Terms.Stake++ },
		"terms":              func(r *market.Request, _ *market.Bid) { r.TermsHash[0]++ },
		"guideline": func(r *market.Request, _ *market.Bid) {
			*r, _ = r.Revise(requester, id.RawCID([]byte("version 2")), now)
		},
	} {
		h := award(change)
		if before, known := seen[h]; known {
			t.Errorf("changing %s gives the hash of %s", name, before)
		}
		seen[h] = name
	}
}

func TestTheClauseSaysWhatIsDue(t *testing.T) {
	c := terms().Clause
	for _, tt := range []struct {
		name  string
		bound num.Ppm
		holds bool
		due   num.Ppm
	}{
		{"above the threshold", 950_000, true, num.One},
		{"at the threshold", 900_000, true, num.One},
		{"a little short", 899_999, false, 900_000},
		{"the end of the first step", 890_000, false, 900_000},
		{"beyond the first step", 889_999, false, 500_000},
		{"the end of the schedule", 850_000, false, 500_000},
		{"beyond the schedule", 849_999, false, 0},
		{"nothing right", 0, false, 0},
	} {
		if holds, due := c.Due(tt.bound); holds != tt.holds || due != tt.due {
			t.Errorf("%s: Due(%s) = %t, %s; want %t, %s", tt.name, tt.bound, holds, due, tt.holds, tt.due)
		}
	}
}

func TestTheSkillOfARequest(t *testing.T) {
	terms := terms()
	if got := terms.Skill(); got != "vision" {
		t.Errorf("the skill asked for: %q", got)
	}
	terms.Qualification.Skill, terms.Tags = "", []string{"signs", "more"}
	if got := terms.Skill(); got != "signs" {
		t.Errorf("else the first tag: %q", got)
	}
	terms.Tags = nil
	if got := terms.Skill(); got != "general" {
		t.Errorf("else general: %q", got)
	}
}

func TestMilestonesCutPagesAndBudgetWithoutRemainder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var terms market.Terms
		terms.Budget = num.Amount(rapid.Int64Range(1, int64(market.MaxBudget)).Draw(r, "budget"))
		for i := range rapid.IntRange(0, 5).Draw(r, "milestones") {
			ms := market.Milestone{Pages: rapid.Uint32Range(1, 4).Draw(r, "pages"), Due: id.Time(i)}
			terms.Milestones = append(terms.Milestones, ms)
			for range ms.Pages {
				terms.Manifest.Pages = append(terms.Manifest.Pages, rapid.Uint32Range(1, 1000).Draw(r, "items"))
			}
		}
		if len(terms.Milestones) == 0 {
			terms.Manifest.Pages = []uint32{7, 3}
		}
		for _, n := range terms.Manifest.Pages {
			terms.Manifest.Count += uint64(n)
		}
		next, spent := uint32(0), num.Amount(0)
		for m := range terms.MilestoneCount() {
			from, to := terms.PageRange(m)
			milestone, known := terms.Milestone(m)
			if !known || from != next || to != from+milestone.Pages {
				r.Fatalf("milestone %d: pages %d to %d, want %d of them from %d (%t)", m, from, to, milestone.Pages, next, known)
			}
			through, err := terms.BudgetThrough(m)
			if err != nil || through < spent {
				r.Fatalf("milestone %d: budget through %d, %v; before %d", m, through, err, spent)
			}
			next, spent = to, through
		}
		if int(next) != len(terms.Manifest.Pages) || spent != terms.Budget {
			r.Fatalf("milestones cover %d of %d pages, %d of %d", next, len(terms.Manifest.Pages), spent, terms.Budget)
		}
		if _, known := terms.Milestone(terms.MilestoneCount()); known {
			r.Fatal("a milestone after the last")
		}
	})
}
