package replay

import (
	"context"
	"time"

	"github.com/alaya-network/alaya/client/draft"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/work"
)

// Options are how a recording is run again.
type Options struct {
	Title      string
	PageSize   int // items on a page at the most
	GoldShare  int // per cent of the recorded gold that is used as gold
	GoldSeed   string
	Redundancy market.Redundancy // Max 0: as many as were recorded; Step 0: a third of what lies between
	Spend      num.Ppm           // share of all answers there are that the budget pays for
	Threshold  num.Ppm           // of the clause
	Method     string
	Price      num.Amount // of an answer
	Stake      num.Amount
	Deposit    num.Amount
	Windows    market.Windows
}

// Defaults are a campaign of weeks in seconds: five answers first, then some
// more per round for what is contested.
func Defaults() Options {
	second := time.Second.Milliseconds()
	return Options{
		Title: "recorded campaign", PageSize: 20, GoldShare: 5, GoldSeed: "1", Method: "fds",
		Redundancy: market.Redundancy{Min: 5, Target: 998_000},
		Spend:      650_000, Threshold: 750_000, Price: 10_000, Stake: 1_000_000, Deposit: 100_000,
		Windows: market.Windows{Accept: 600 * second, Lease: 600 * second, Commit: 600 * second, Reveal: 60 * second, Gold: 60 * second, Review: 2 * second, Contest: 2 * second},
	}
}

// Run plays a recording from posting to the last payment and reports.
func Run(ctx context.Context, s Stage, r *Recorded, o Options) (Report, error) {
	layout := r.Lay(o.PageSize)
	play := Script{Layout: layout, Labels: r.Labels, Crowd: r.Crowd(layout), Gold: r.ChooseGold(o.GoldShare, o.GoldSeed)}
	play.Truth = r.Unused(play.Gold)
	return play.Run(ctx, s, o)
}

// Script is all that a run needs to know: what is asked, of whom, and what is
// known beforehand.
type Script struct {
	Layout Layout
	Labels []string
	Crowd  Crowd
	Gold   []work.GoldLabel  // opened in the first round
	Truth  map[string]string // only measures
}

// Run plays a script from posting to the last payment and reports.
func (p Script) Run(ctx context.Context, s Stage, o Options) (Report, error) {
	before, err := s.Start(ctx)
	if err != nil {
		return Report{}, err
	}
	cast, err := p.Begin(ctx, s, o)
	if err != nil {
		return Report{}, err
	}
	if err := cast.Play(ctx); err != nil {
		return Report{}, err
	}
	return cast.Report(ctx, before, p.Truth)
}

// Begin posts a script's request and binds its contributors.
func (p Script) Begin(ctx context.Context, s Stage, o Options) (*Cast, error) {
	m := draft.Material{
		Spec: market.Spec{Question: "Which label fits?", Labels: p.Labels}, Items: p.Layout.Items, Pages: p.Layout.Pages, Gold: p.Gold,
	}
	parcel, err := m.Pack(ctx, s.Blobs)
	if err != nil {
		return nil, err
	}
	terms, err := o.terms(parcel, p.Layout)
	if err != nil {
		return nil, err
	}
	return Begin(ctx, s, terms, p.Crowd, p.Gold)
}

// terms are the request's, with a budget that pays for every recorded answer.
func (o Options) terms(p draft.Parcel, l Layout) (market.Terms, error) {
	now := id.Time(time.Now().UnixMilli())
	r := o.Redundancy
	if r.Max == 0 {
		r.Max = uint32(l.Needed)
	}
	r.Min = min(r.Min, r.Max)
	if r.Step == 0 {
		r.Step = max(1, (r.Max-r.Min)/3)
	}
	answers := int64(p.Manifest.Count) * int64(r.Max)
	affordable, err := num.MulDiv(answers, int64(o.Spend), int64(num.One), num.Down)
	if err != nil {
		return market.Terms{}, err
	}
	budget, err := o.Price.Mul(max(affordable, int64(p.Manifest.Count)*int64(r.Min)))
	return market.Terms{
		Kind: market.Label, Title: o.Title, Tags: []string{"replay"}, Spec: p.SpecID, Manifest: p.Manifest, Gold: p.Gold,
		Redundancy: r,
		Clause: market.Clause{
			Metric: market.MetricAccuracy, Threshold: o.Threshold, Confidence: 950_000, MinEvidence: 20,
			Schedule: []market.PriceStep{{Shortfall: 20_000, Pay: 950_000}, {Shortfall: 50_000, Pay: 850_000}, {Shortfall: 100_000, Pay: 700_000}, {Shortfall: 300_000, Pay: 500_000}},
		},
		Method: o.Method, MethodVersion: 1, PriceCap: o.Price, Budget: budget, Stake: o.Stake, Deposit: o.Deposit,
		BidDeadline: now.Add(time.Hour.Milliseconds()), DeliveryDeadline: now.Add(24 * time.Hour.Milliseconds()),
		Windows: o.Windows, Matching: market.Manual, Licence: "CC-BY-4.0", Policy: "research", ContributorShare: 100_000,
	}, err
}
