package market_test

import (
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
)

type termsCase struct {
	name   string
	change func(*market.Terms)
	kind   fault.Kind
	says   string
}

func checkTerms(t *testing.T, tests []termsCase) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			terms := terms()
			tt.change(&terms)
			wantError(t, terms.Validate(now), tt.kind, tt.says)
		})
	}
}

const (
	ok      = fault.KindNone
	invalid = fault.KindInvalid
	limit   = fault.KindLimit
	funds   = fault.KindFunds
)

func pages(n int, items uint32) []uint32 {
	list := make([]uint32, n)
	for i := range list {
		list[i] = items
	}
	return list
}

func TestTermsWordsHaveBounds(t *testing.T) {
	checkTerms(t, []termsCase{
		{"the terms as they are", func(*market.Terms) {}, ok, ""},
		{"an unknown kind", func(t *market.Terms) { t.Kind = 2 }, invalid, "kind 2"},
		{"no matching", func(t *market.Terms) { t.Matching = 0 }, invalid, "matching 0"},
		{"automatic matching", func(t *market.Terms) { t.Matching = market.Auto }, ok, ""},
		{"no title", func(t *market.Terms) { t.Title = "" }, limit, "title of 0"},
		{"the longest title, in characters", func(t *market.Terms) { t.Title = strings.Repeat("ä", market.MaxTitleLen) }, ok, ""},
		{"a title too long", func(t *market.Terms) { t.Title = strings.Repeat("ä", market.MaxTitleLen+1) }, limit, "title of 201"},
		{"a title that is no text", func(t *market.Terms) { t.Title = "a\xff" }, invalid, "UTF-8"},
		{"the longest summary", func(t *market.Terms) { t.Summary = strings.Repeat("a", market.MaxSummaryLen) }, ok, ""},
		{"a summary too long", func(t *market.Terms) { t.Summary = strings.Repeat("a", market.MaxSummaryLen+1) }, limit, "summary of 4001"},
		{"a policy too long", func(t *market.Terms) { t.Policy = strings.Repeat("a", market.MaxPolicyLen+1) }, limit, "policy of 4001"},
		{"a policy that is no text", func(t *market.Terms) { t.Policy = "\xff" }, invalid, "UTF-8"},
		{"no licence", func(t *market.Terms) { t.Licence = "" }, limit, "licence of 0"},
		{"as many tags as may be", func(t *market.Terms) { t.Tags = make16("tag") }, ok, ""},
		{"a tag too many", func(t *market.Terms) { t.Tags = append(make16("tag"), "one") }, limit, "17 tags"},
		{"an empty tag", func(t *market.Terms) { t.Tags = []string{""} }, limit, "tag"},
		{"a tag with a space", func(t *market.Terms) { t.Tags = []string{"a b"} }, invalid, "not allowed"},
		{"no method", func(t *market.Terms) { t.Method = "" }, invalid, "method"},
		{"a spec that is no CID", func(t *market.Terms) { t.Spec = "spec" }, invalid, "cid"},
	})
}

func make16(text string) []string {
	list := make([]string, market.MaxTags)
	for i := range list {
		list[i] = text
	}
	return list
}

func TestTermsManifestHasBounds(t *testing.T) {
	resize := func(n int, items uint32) func(*market.Terms) {
		return func(t *market.Terms) {
			t.Manifest.Pages, t.Manifest.Count, t.Milestones = pages(n, items), uint64(n)*uint64(items), nil
			t.Budget = market.MaxBudget
		}
	}
	checkTerms(t, []termsCase{
		{"a manifest that is no CID", func(t *market.Terms) { t.Manifest.CID = "" }, invalid, "manifest"},
		{"a manifest without a root", func(t *market.Terms) { t.Manifest.Root = id.Hash{} }, invalid, "no root"},
		{"no pages", func(t *market.Terms) { t.Manifest.Pages = nil }, limit, "0 pages"},
		{"as many pages as may be", resize(market.MaxPages, 1), ok, ""},
		{"a page too many", resize(market.MaxPages+1, 1), limit, "20001 pages"},
		{"the fullest page", resize(4, market.MaxPageItems), ok, ""},
		{"a page too full", resize(4, market.MaxPageItems+1), limit, "page 0 of 1001"},
		{"an empty page", func(t *market.Terms) { t.Manifest.Pages[2] = 0 }, limit, "page 2 of 0"},
		{"a count that is not the sum of the pages", func(t *market.Terms) { t.Manifest.Count = 41 }, invalid, "pages hold 40"},
		{"all items are gold", func(t *market.Terms) { t.Gold.Count = 40 }, ok, ""},
		{"more gold than items", func(t *market.Terms) { t.Gold.Count = 41 }, invalid, "41 gold"},
		{"no gold", func(t *market.Terms) { t.Gold = market.Gold{} }, ok, ""},
		{"gold without a root", func(t *market.Terms) { t.Gold.Root = id.Hash{} }, invalid, "both or neither"},
		{"a gold root without gold", func(t *market.Terms) { t.Gold.Count = 0 }, invalid, "both or neither"},
	})
}

func TestTermsQualityHasBounds(t *testing.T) {
	steps := func(list ...market.PriceStep) func(*market.Terms) {
		return func(t *market.Terms) { t.Clause.Schedule = list }
	}
	checkTerms(t, []termsCase{
		{"no answers", func(t *market.Terms) { t.Redundancy.Min = 0 }, limit, "redundancy 0"},
		{"min above max", func(t *market.Terms) { t.Redundancy.Min = 6 }, limit, "6 to 5"},
		{"too many answers", func(t *market.Terms) { t.Redundancy.Max = market.MaxAnswers + 1 }, limit, "101"},
		{"no step", func(t *market.Terms) { t.Redundancy.Step = 0 }, limit, "step 0"},
		{"too large a step", func(t *market.Terms) { t.Redundancy.Step = market.MaxAnswers + 1 }, limit, "step 101"},
		{"a target of one half, which chance reaches", func(t *market.Terms) { t.Redundancy.Target = num.One / 2 }, limit, "target"},
		{"a target of certainty", func(t *market.Terms) { t.Redundancy.Target = num.One }, limit, "target"},
		{"an unknown metric", func(t *market.Terms) { t.Clause.Metric = "wer" }, invalid, `"wer"`},
		{"a threshold below zero", func(t *market.Terms) { t.Clause.Threshold = -1 }, limit, "threshold"},
		{"a threshold of perfection", func(t *market.Terms) { t.Clause.Threshold = num.One }, limit, "threshold"},
		{"an unknown confidence", func(t *market.Terms) { t.Clause.Confidence = 123 }, invalid, "confidence"},
		{"no price schedule", steps(), ok, ""},
		{"a schedule too long", steps(make([]market.PriceStep, market.MaxSchedule+1)...), limit, "17 steps"},
		{"a shortfall that does not grow", steps(market.PriceStep{Shortfall: 5, Pay: 9}, market.PriceStep{Shortfall: 5, Pay: 8}), invalid, "step 1"},
		{"pay that grows", steps(market.PriceStep{Shortfall: 5, Pay: 8}, market.PriceStep{Shortfall: 6, Pay: 9}), invalid, "step 1"},
		{"pay below nothing", steps(market.PriceStep{Shortfall: 5, Pay: -1}), invalid, "step 0"},
		{"a shortfall above one", steps(market.PriceStep{Shortfall: num.One + 1, Pay: 0}), invalid, "step 0"},
	})
}

func TestTermsMoneyHasBounds(t *testing.T) {
	checkTerms(t, []termsCase{
		{"no price", func(t *market.Terms) { t.PriceCap = 0 }, limit, "price cap"},
		{"the least budget that covers the first round", func(t *market.Terms) { t.Budget = 2 * 40 * 1000 }, ok, ""},
		{"a budget that does not", func(t *market.Terms) { t.Budget = 2*40*1000 - 1 }, funds, "80 answers"},
		{"the largest budget", func(t *market.Terms) { t.Budget = market.MaxBudget }, ok, ""},
		{"a budget too large", func(t *market.Terms) { t.Budget = market.MaxBudget + 1 }, limit, "budget"},
		{"a price beyond all money", func(t *market.Terms) { t.PriceCap = 1 << 62 }, limit, "answers at"},
		{"no stake, no deposit", func(t *market.Terms) { t.Stake, t.Deposit = 0, 0 }, ok, ""},
		{"a stake below zero", func(t *market.Terms) { t.Stake = -1 }, limit, "stake"},
		{"a stake too large", func(t *market.Terms) { t.Stake = market.MaxBudget + 1 }, limit, "stake"},
		{"a deposit below zero", func(t *market.Terms) { t.Deposit = -1 }, limit, "deposit"},
		{"a deposit too large", func(t *market.Terms) { t.Deposit = market.MaxBudget + 1 }, limit, "deposit"},
		{"a share below zero", func(t *market.Terms) { t.ContributorShare = -1 }, limit, "share"},
		{"a share above all", func(t *market.Terms) { t.ContributorShare = num.One + 1 }, limit, "share"},
	})
}

func TestTermsDatesHaveBounds(t *testing.T) {
	checkTerms(t, []termsCase{
		{"bids until now", func(t *market.Terms) { t.BidDeadline = now }, invalid, "in this order"},
		{"delivery with the bids", func(t *market.Terms) { t.Milestones, t.DeliveryDeadline = nil, t.BidDeadline }, invalid, "in this order"},
		{"delivery in a year", func(t *market.Terms) { t.DeliveryDeadline = now.Add(market.MaxDuration) }, ok, ""},
		{"delivery later than that", func(t *market.Terms) { t.DeliveryDeadline = now.Add(market.MaxDuration) + 1 }, invalid, "within a year"},
		{"no milestones", func(t *market.Terms) { t.Milestones = nil }, ok, ""},
		{"too many milestones", func(t *market.Terms) { t.Milestones = make([]market.Milestone, market.MaxMilestones+1) }, limit, "33 milestones"},
		{"a milestone without pages", func(t *market.Terms) { t.Milestones[0].Pages = 0 }, invalid, "milestone 0"},
		{"milestones that leave pages out", func(t *market.Terms) { t.Milestones[1].Pages = 2 }, invalid, "milestones of 3 pages"},
		{"milestones in the wrong order", func(t *market.Terms) { t.Milestones[1].Due = t.Milestones[0].Due }, invalid, "milestone 1"},
		{"a milestone after delivery", func(t *market.Terms) { t.Milestones[1].Due = t.DeliveryDeadline + 1 }, invalid, "milestone 1"},
		{"a milestone title too long", func(t *market.Terms) { t.Milestones[1].Title = strings.Repeat("a", 201) }, limit, "milestone 1: title"},
		{"a milestone title that is no text", func(t *market.Terms) { t.Milestones[0].Title = "\xff" }, limit, "milestone 0: title"},
	})
}

func TestTermsWindowsHaveBounds(t *testing.T) {
	windows := map[string]func(*market.Windows) *int64{
		"accept": func(w *market.Windows) *int64 { return &w.Accept }, "lease": func(w *market.Windows) *int64 { return &w.Lease },
		"commit": func(w *market.Windows) *int64 { return &w.Commit }, "reveal": func(w *market.Windows) *int64 { return &w.Reveal },
		"gold": func(w *market.Windows) *int64 { return &w.Gold }, "review": func(w *market.Windows) *int64 { return &w.Review },
		"contest": func(w *market.Windows) *int64 { return &w.Contest },
	}
	for name, window := range windows {
		set := func(ms int64) func(*market.Terms) { return func(t *market.Terms) { *window(&t.Windows) = ms } }
		checkTerms(t, []termsCase{
			{"the shortest " + name, set(market.MinWindow), ok, ""},
			{"a shorter " + name, set(market.MinWindow - 1), limit, name + " window of 199"},
			{"the longest " + name, set(market.MaxWindow), ok, ""},
			{"a longer " + name, set(market.MaxWindow + 1), limit, name + " window"},
		})
	}
}

func TestTermsQualificationHasBounds(t *testing.T) {
	checkTerms(t, []termsCase{
		{"no qualification", func(t *market.Terms) { t.Qualification = market.Qualification{} }, ok, ""},
		{"a score below zero", func(t *market.Terms) { t.Qualification.Score = -1 }, invalid, "score"},
		{"a perfect score", func(t *market.Terms) { t.Qualification.Score = num.One }, invalid, "score"},
		{"a score in no skill", func(t *market.Terms) { t.Qualification.Skill = "" }, invalid, "with a skill"},
		{"a skill that is no tag", func(t *market.Terms) { t.Qualification.Skill = "a b" }, invalid, "not allowed"},
		{"too many languages", func(t *market.Terms) { t.Qualification.Languages = append(make16("de"), "en") }, limit, "17 languages"},
		{"a language that is no tag", func(t *market.Terms) { t.Qualification.Languages = []string{"d e"} }, invalid, "language"},
		{"too many invited", func(t *market.Terms) { t.Qualification.Invited = make([]id.Address, market.MaxInvited+1) }, limit, "1001 invited"},
		{"an invited who is nobody", func(t *market.Terms) { t.Qualification.Invited = []id.Address{""} }, invalid, "invited"},
	})
}
