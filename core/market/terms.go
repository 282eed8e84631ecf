package market

import (
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// Kind says what is asked for.
type Kind uint8

// Label asks for labels of given items.
const Label Kind = 1

// Matching says who draws up the roster.
type Matching uint8

// Manual leaves the choice of bids to the requester; Auto takes the cheapest
// eligible bids at the bid deadline until they cover every item max times.
const (
	Manual Matching = iota + 1
	Auto
)

// Manifest fixes the items asked about: a JSON Lines blob of Count lines under
// one Merkle root, cut in order into pages of Pages[i] items.
type Manifest struct {
	CID   id.CID
	Root  id.Hash
	Count uint64
	Pages []uint32 `json:",omitempty"`
}

// Redundancy says how many independent answers an item gets: Min in the first
// round, Step more in each later round while contested, Max in all. An item is
// accepted from a posterior of Target.
type Redundancy struct {
	Min, Max, Step uint32
	Target         num.Ppm
}

// PriceStep is a line of the published price schedule: up to this shortfall of
// the measured bound below the threshold, Pay of the price is due.
type PriceStep struct {
	Shortfall num.Ppm
	Pay       num.Ppm
}

// Clause is what the delivered labels must show: the one-sided lower bound of
// Metric at Confidence reaches Threshold. The measure rests on gold alone when
// at least MinEvidence gold items were opened, else on the calibrated
// posteriors. If it fails, Schedule says what is due.
type Clause struct {
	Metric      string
	Threshold   num.Ppm
	Confidence  num.Ppm
	MinEvidence uint32
	Schedule    []PriceStep `json:",omitempty"`
}

// Due holds the clause against a measured lower bound and says what share of
// the price is due.
func (c Clause) Due(lowerBound num.Ppm) (holds bool, due num.Ppm) {
	shortfall := c.Threshold - lowerBound
	if shortfall <= 0 {
		return true, num.One
	}
	for _, s := range c.Schedule {
		if shortfall <= s.Shortfall {
			return false, s.Pay
		}
	}
	return false, 0
}

// Gold commits to true labels of Count items.
type Gold struct {
	Root  id.Hash
	Count uint32
}

// Windows are the lengths of the steps of the work, in milliseconds.
type Windows struct {
	Accept, Lease, Commit, Reveal, Gold, Review, Contest int64
}

// Milestone is a run of Pages pages in manifest order, due at Due.
type Milestone struct {
	Title string
	Pages uint32
	Due   id.Time
}

// Qualification is what a bidder must show.
type Qualification struct {
	Score     num.Ppm
	Skill     string
	Languages []string     `json:",omitempty"`
	Invited   []id.Address `json:",omitempty"`
}

// Terms are what the requester offers and demands.
type Terms struct {
	Kind             Kind
	Title, Summary   string
	Tags             []string `json:",omitempty"`
	Spec             id.CID
	Manifest         Manifest
	Redundancy       Redundancy
	Clause           Clause
	Gold             Gold
	Method           string
	MethodVersion    uint32
	PriceCap         num.Amount
	Budget           num.Amount
	Milestones       []Milestone `json:",omitempty"`
	BidDeadline      id.Time
	DeliveryDeadline id.Time
	Windows          Windows
	Qualification    Qualification
	Stake            num.Amount
	Deposit          num.Amount
	Matching         Matching
	Licence          string
	Policy           string
	ContributorShare num.Ppm
}

// Skill is the tag under which answers to this request count in a standing.
func (t Terms) Skill() string {
	if t.Qualification.Skill != "" {
		return t.Qualification.Skill
	}
	if len(t.Tags) > 0 {
		return t.Tags[0]
	}
	return "general"
}

// Hash is what both sides of an engagement sign of the request.
func (t Terms) Hash() id.Hash { return hashJSON("alaya/market/terms/v1", t) }

// Milestone returns milestone m; a request without any has one over all pages.
func (t Terms) Milestone(m uint32) (Milestone, bool) {
	if len(t.Milestones) == 0 && m == 0 {
		return Milestone{Title: "all", Pages: uint32(len(t.Manifest.Pages)), Due: t.DeliveryDeadline}, true
	}
	if int(m) >= len(t.Milestones) {
		return Milestone{}, false
	}
	return t.Milestones[m], true
}

// MilestoneCount is at least 1.
func (t Terms) MilestoneCount() uint32 { return max(1, uint32(len(t.Milestones))) }

// PageRange returns the first page of milestone m and the first beyond it.
func (t Terms) PageRange(m uint32) (from, to uint32) {
	if len(t.Milestones) == 0 {
		return 0, uint32(len(t.Manifest.Pages))
	}
	for i, ms := range t.Milestones {
		if uint32(i) == m {
			return from, from + ms.Pages
		}
		from += ms.Pages
	}
	return from, from
}

// ItemsThrough counts the items of milestones 0 to m.
func (t Terms) ItemsThrough(m uint32) uint64 {
	_, to := t.PageRange(m)
	var sum uint64
	for _, n := range t.Manifest.Pages[:to] {
		sum += uint64(n)
	}
	return sum
}

// BudgetThrough is the budget's share of milestones 0 to m, by items, rounded
// down; the last milestone brings it to the whole.
func (t Terms) BudgetThrough(m uint32) (num.Amount, error) {
	return t.Budget.MulDiv(int64(t.ItemsThrough(m)), int64(t.Manifest.Count), num.Down)
}
