package wire

import (
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

// TermsToProto writes the terms of a request.
func TermsToProto(t market.Terms) *marketv1.RequestTerms {
	return &marketv1.RequestTerms{
		Kind: marketv1.RequestKind(t.Kind), Title: t.Title, Summary: t.Summary, Tags: t.Tags, Spec: string(t.Spec),
		Manifest: marketv1.Manifest{
			Cid: string(t.Manifest.CID), Root: t.Manifest.Root[:], Count: t.Manifest.Count, Pages: t.Manifest.Pages,
		},
		Redundancy: marketv1.Redundancy{
			Min: t.Redundancy.Min, Max: t.Redundancy.Max, Step: t.Redundancy.Step, Target: uint32(t.Redundancy.Target),
		},
		Clause: clauseToProto(t.Clause),
		Gold:   marketv1.Gold{Root: hashBytes(t.Gold.Root), Count: t.Gold.Count},
		Method: t.Method, MethodVersion: t.MethodVersion,
		PriceCap: int64(t.PriceCap), Budget: int64(t.Budget), Milestones: milestonesToProto(t.Milestones),
		BidDeadline: int64(t.BidDeadline), DeliveryDeadline: int64(t.DeliveryDeadline),
		Windows: marketv1.Windows{
			Accept: t.Windows.Accept, Lease: t.Windows.Lease, Commit: t.Windows.Commit, Reveal: t.Windows.Reveal,
			Gold: t.Windows.Gold, Review: t.Windows.Review, Contest: t.Windows.Contest,
		},
		Qualification: marketv1.Qualification{
			Score: uint32(t.Qualification.Score), Skill: t.Qualification.Skill,
			Languages: t.Qualification.Languages, Invited: texts(t.Qualification.Invited),
		},
		Stake: int64(t.Stake), Deposit: int64(t.Deposit), Matching: marketv1.Matching(t.Matching),
		Licence: t.Licence, Policy: t.Policy, ContributorShare: uint32(t.ContributorShare),
	}
}

// TermsFromProto reads the terms of a request. Their bounds are for
// Terms.Validate.
func TermsFromProto(p *marketv1.RequestTerms) (market.Terms, error) {
	if p == nil {
		p = &marketv1.RequestTerms{}
	}
	var r reader
	t := market.Terms{
		Kind:  market.Kind(r.enum("kind", int32(p.Kind), int32(market.Label))),
		Title: p.Title, Summary: p.Summary, Tags: p.Tags, Spec: r.cid("spec", p.Spec),
		Manifest: market.Manifest{
			CID: r.cid("manifest", p.Manifest.Cid), Root: r.hash("manifest root", p.Manifest.Root),
			Count: p.Manifest.Count, Pages: p.Manifest.Pages,
		},
		Redundancy: market.Redundancy{
			Min: p.Redundancy.Min, Max: p.Redundancy.Max, Step: p.Redundancy.Step, Target: num.Ppm(p.Redundancy.Target),
		},
		Clause: clauseFromProto(p.Clause),
		Gold:   market.Gold{Root: r.hashOrNone("gold root", p.Gold.Root), Count: p.Gold.Count},
		Method: p.Method, MethodVersion: p.MethodVersion,
		PriceCap: r.amount("price cap", p.PriceCap), Budget: r.amount("budget", p.Budget),
		Milestones:  milestonesFromProto(p.Milestones),
		BidDeadline: id.Time(p.BidDeadline), DeliveryDeadline: id.Time(p.DeliveryDeadline),
		Windows: market.Windows{
			Accept: p.Windows.Accept, Lease: p.Windows.Lease, Commit: p.Windows.Commit, Reveal: p.Windows.Reveal,
			Gold: p.Windows.Gold, Review: p.Windows.Review, Contest: p.Windows.Contest,
		},
		Qualification: market.Qualification{
			Score: num.Ppm(p.Qualification.Score), Skill: p.Qualification.Skill,
			Languages: p.Qualification.Languages, Invited: r.addresses("invited", p.Qualification.Invited),
		},
		Stake: r.amount("stake", p.Stake), Deposit: r.amount("deposit", p.Deposit),
		Matching: market.Matching(r.enum("matching", int32(p.Matching), int32(market.Auto))),
		Licence:  p.Licence, Policy: p.Policy, ContributorShare: num.Ppm(p.ContributorShare),
	}
	return t, r.done("market: terms")
}

func clauseToProto(c market.Clause) marketv1.Clause {
	p := marketv1.Clause{
		Metric: c.Metric, Threshold: uint32(c.Threshold), Confidence: uint32(c.Confidence), MinEvidence: c.MinEvidence,
	}
	for _, s := range c.Schedule {
		p.Schedule = append(p.Schedule, marketv1.PriceStep{Shortfall: uint32(s.Shortfall), Pay: uint32(s.Pay)})
	}
	return p
}

func clauseFromProto(p marketv1.Clause) market.Clause {
	c := market.Clause{
		Metric: p.Metric, Threshold: num.Ppm(p.Threshold), Confidence: num.Ppm(p.Confidence), MinEvidence: p.MinEvidence,
	}
	for _, s := range p.Schedule {
		c.Schedule = append(c.Schedule, market.PriceStep{Shortfall: num.Ppm(s.Shortfall), Pay: num.Ppm(s.Pay)})
	}
	return c
}

func milestonesToProto(list []market.Milestone) []marketv1.Milestone {
	var p []marketv1.Milestone
	for _, m := range list {
		p = append(p, marketv1.Milestone{Title: m.Title, Pages: m.Pages, Due: int64(m.Due)})
	}
	return p
}

func milestonesFromProto(p []marketv1.Milestone) []market.Milestone {
	var list []market.Milestone
	for _, m := range p {
		list = append(list, market.Milestone{Title: m.Title, Pages: m.Pages, Due: id.Time(m.Due)})
	}
	return list
}
