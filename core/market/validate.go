package market

import (
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/party"
)

// Bounds of a request.
const (
	MaxTitleLen    = 200
	MaxSummaryLen  = 4000
	MaxPolicyLen   = 4000
	MaxTags        = 16
	MaxPages       = 20_000
	MaxPageItems   = 1_000
	MaxAnswers     = 100
	MaxMilestones  = 32
	MaxInvited     = 1_000
	MaxBids        = 5_000
	MaxSchedule    = 16
	MaxBudget      = num.Amount(1_000_000_000) * num.ALY
	MinWindow      = int64(200)                      // milliseconds
	MaxWindow      = int64(90 * 24 * 60 * 60 * 1000) // milliseconds
	MaxDuration    = int64(366 * 24 * 60 * 60 * 1000)
	MetricAccuracy = "accuracy"
)

// Validate checks every bound of the terms; now is the time of posting.
func (t Terms) Validate(now id.Time) error {
	for _, check := range []func() error{
		t.checkKind, t.checkTexts, t.checkTags, t.checkManifest, t.checkRedundancy, t.checkClause, t.checkMoney,
		t.checkMilestones, t.checkWindows, t.checkQualification,
		func() error { return t.checkDeadlines(now) },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (t Terms) checkKind() error {
	if t.Kind != Label {
		return fault.Invalid("market: request kind %d: only label (1) is known", t.Kind)
	}
	if t.Matching != Manual && t.Matching != Auto {
		return fault.Invalid("market: matching %d: manual (1) or auto (2)", t.Matching)
	}
	if err := party.CheckTag(t.Method); err != nil {
		return fault.Invalid("market: method: %w", err)
	}
	_, err := id.ParseCID(string(t.Spec))
	return err
}

func (t Terms) checkTexts() error {
	if n := utf8.RuneCountInString(t.Title); n == 0 || n > MaxTitleLen {
		return fault.Limit("market: title of %d characters: 1 to %d", n, MaxTitleLen)
	}
	if len(t.Summary) > MaxSummaryLen || len(t.Policy) > MaxPolicyLen {
		return fault.Limit("market: summary of %d and policy of %d bytes: at most %d", len(t.Summary), len(t.Policy), MaxSummaryLen)
	}
	if len(t.Licence) == 0 || len(t.Licence) > MaxTitleLen {
		return fault.Limit("market: licence of %d characters: 1 to %d", len(t.Licence), MaxTitleLen)
	}
	for _, text := range []string{t.Title, t.Summary, t.Policy, t.Licence} {
		if !utf8.ValidString(text) {
			return fault.Invalid("market: text %.40q: want UTF-8", text)
		}
	}
	return nil
}

func (t Terms) checkTags() error {
	if len(t.Tags) > MaxTags {
		return fault.Limit("market: %d tags: at most %d", len(t.Tags), MaxTags)
	}
	for _, tag := range t.Tags {
		if err := party.CheckTag(tag); err != nil {
			return err
		}
	}
	return nil
}

func (t Terms) checkManifest() error {
	if _, err := id.ParseCID(string(t.Manifest.CID)); err != nil {
		return fault.Invalid("market: manifest: %w", err)
	}
	if t.Manifest.Root.IsZero() {
		return fault.Invalid("market: manifest %s has no root", t.Manifest.CID)
	}
	if n := len(t.Manifest.Pages); n == 0 || n > MaxPages {
		return fault.Limit("market: %d pages: 1 to %d", n, MaxPages)
	}
	var sum uint64
	for i, n := range t.Manifest.Pages {
		if n == 0 || n > MaxPageItems {
			return fault.Limit("market: page %d of %d items: 1 to %d", i, n, MaxPageItems)
		}
		sum += uint64(n)
	}
	if sum != t.Manifest.Count {
		return fault.Invalid("market: manifest of %d items, but its pages hold %d", t.Manifest.Count, sum)
	}
	if uint64(t.Gold.Count) > t.Manifest.Count {
		return fault.Invalid("market: %d gold items among %d", t.Gold.Count, t.Manifest.Count)
	}
	if (t.Gold.Count == 0) != t.Gold.Root.IsZero() {
		return fault.Invalid("market: gold root %s with %d items: give both or neither", t.Gold.Root, t.Gold.Count)
	}
	return nil
}

func (t Terms) checkRedundancy() error {
	r := t.Redundancy
	if r.Min < 1 || r.Min > r.Max || r.Max > MaxAnswers {
		return fault.Limit("market: redundancy %d to %d: 1 to %d, min not above max", r.Min, r.Max, MaxAnswers)
	}
	if r.Step < 1 || r.Step > MaxAnswers {
		return fault.Limit("market: redundancy step %d: 1 to %d", r.Step, MaxAnswers)
	}
	if r.Target <= num.One/2 || r.Target >= num.One {
		return fault.Limit("market: redundancy target %s: above 50 %%, below 100 %%", r.Target)
	}
	return nil
}

func (t Terms) checkClause() error {
	c := t.Clause
	if c.Metric != MetricAccuracy {
		return fault.Invalid("market: clause metric %q: only %q is known", c.Metric, MetricAccuracy)
	}
	if c.Threshold < 0 || c.Threshold >= num.One {
		return fault.Limit("market: clause threshold %s: from 0 to below 100 %%", c.Threshold)
	}
	if _, err := num.WilsonLower(1, 1, c.Confidence); err != nil {
		return fault.Invalid("market: clause confidence: %w", err)
	}
	if len(c.Schedule) > MaxSchedule {
		return fault.Limit("market: price schedule of %d steps: at most %d", len(c.Schedule), MaxSchedule)
	}
	last := PriceStep{Shortfall: 0, Pay: num.One}
	for i, s := range c.Schedule {
		if s.Shortfall <= last.Shortfall || s.Shortfall > num.One || s.Pay > last.Pay || s.Pay < 0 {
			return fault.Invalid("market: price step %d (shortfall %s, pay %s): shortfalls grow, pay does not", i, s.Shortfall, s.Pay)
		}
		last = s
	}
	return nil
}

func (t Terms) checkMoney() error {
	if t.PriceCap < 1 || t.Budget < 1 || t.Budget > MaxBudget {
		return fault.Limit("market: price cap %s, budget %s: at least 1ualy, budget at most %s", t.PriceCap, t.Budget, MaxBudget)
	}
	answers := int64(t.Manifest.Count) * int64(t.Redundancy.Min)
	need, err := t.PriceCap.Mul(answers)
	if err != nil {
		return fault.Limit("market: %d answers at %s: %w", answers, t.PriceCap, err)
	}
	if t.Budget < need {
		return fault.Funds("market: budget %s: %d answers at the price cap %s need %s", t.Budget, answers, t.PriceCap, need)
	}
	if t.Stake < 0 || t.Stake > MaxBudget || t.Deposit < 0 || t.Deposit > MaxBudget {
		return fault.Limit("market: stake %s, deposit %s: 0 to %s", t.Stake, t.Deposit, MaxBudget)
	}
	if t.ContributorShare < 0 || t.ContributorShare > num.One {
		return fault.Limit("market: contributor share %s: 0 to 100 %%", t.ContributorShare)
	}
	return nil
}

func (t Terms) checkMilestones() error {
	if len(t.Milestones) == 0 {
		return nil
	}
	if len(t.Milestones) > MaxMilestones {
		return fault.Limit("market: %d milestones: at most %d", len(t.Milestones), MaxMilestones)
	}
	var pages uint64
	var last id.Time
	for i, m := range t.Milestones {
		if len(m.Title) > MaxTitleLen || !utf8.ValidString(m.Title) {
			return fault.Limit("market: milestone %d: title of %d bytes: at most %d, in UTF-8", i, len(m.Title), MaxTitleLen)
		}
		if m.Pages == 0 || m.Due <= last || m.Due > t.DeliveryDeadline {
			return fault.Invalid("market: milestone %d (%d pages, due %s): pages, growing dates, none after delivery", i, m.Pages, m.Due)
		}
		pages, last = pages+uint64(m.Pages), m.Due
	}
	if pages != uint64(len(t.Manifest.Pages)) {
		return fault.Invalid("market: milestones of %d pages, manifest of %d", pages, len(t.Manifest.Pages))
	}
	return nil
}

func (t Terms) checkWindows() error {
	w := t.Windows
	for i, ms := range []int64{w.Accept, w.Lease, w.Commit, w.Reveal, w.Gold, w.Review, w.Contest} {
		if ms < MinWindow || ms > MaxWindow {
			name := [...]string{"accept", "lease", "commit", "reveal", "gold", "review", "contest"}[i]
			return fault.Limit("market: %s window of %d ms: %d to %d", name, ms, MinWindow, MaxWindow)
		}
	}
	return nil
}

func (t Terms) checkDeadlines(now id.Time) error {
	if t.BidDeadline <= now || t.DeliveryDeadline <= t.BidDeadline || t.DeliveryDeadline > now.Add(MaxDuration) {
		return fault.Invalid("market: posted %s, bids until %s, delivery until %s: in this order, within a year", now, t.BidDeadline, t.DeliveryDeadline)
	}
	return nil
}

func (t Terms) checkQualification() error {
	q := t.Qualification
	if q.Score < 0 || q.Score >= num.One || (q.Score > 0 && q.Skill == "") {
		return fault.Invalid("market: qualification score %s in skill %q: below 100 %%, with a skill", q.Score, q.Skill)
	}
	if q.Skill != "" {
		if err := party.CheckTag(q.Skill); err != nil {
			return err
		}
	}
	if len(q.Languages) > party.MaxLanguages || len(q.Invited) > MaxInvited {
		return fault.Limit("market: %d languages, %d invited: at most %d and %d", len(q.Languages), len(q.Invited), party.MaxLanguages, MaxInvited)
	}
	for _, l := range q.Languages {
		if err := party.CheckTag(l); err != nil {
			return fault.Invalid("market: language: %w", err)
		}
	}
	for _, a := range q.Invited {
		if _, err := id.ParseAddress(string(a)); err != nil {
			return fault.Invalid("market: invited: %w", err)
		}
	}
	return nil
}
