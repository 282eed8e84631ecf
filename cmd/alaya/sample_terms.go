package main

import (
	"context"
	"time"

	"github.com/alaya-network/alaya/client/draft"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/internal/world"
)

// gold are the true answers to half of a task, under salts that follow from the
// book.
func (s *sample) gold(t world.Task) []work.GoldLabel {
	var gold []work.GoldLabel
	for _, a := range t.Truth[:len(t.Truth)/2] {
		salt := id.Sum("alaya/sample/gold/v1", s.book.Seed[:], []byte(a.Item))
		gold = append(gold, work.GoldLabel{Item: a.Item, Label: a.Label, Value: a.Value, Salt: salt})
	}
	return gold
}

// terms puts a task's blobs away and returns the terms of its request: no
// stake, no deposit, and windows in which somebody who tries it out is paid
// within a minute after he revealed.
func (s *sample) terms(ctx context.Context, t world.Task) (market.Terms, error) {
	for _, f := range t.Files {
		if _, err := s.st.Store.PutBytes(ctx, f); err != nil {
			return market.Terms{}, err
		}
	}
	const percent = draft.Percent(num.One / 100)
	const threshold = 30 * percent // three of four items right show 35.6 %, and no more
	items := num.Amount(len(t.Items))
	price := num.ALY / 4
	day, minute, second := draft.Duration(24*time.Hour), draft.Duration(time.Minute), draft.Duration(time.Second)
	d := draft.Draft{
		Title: t.Title, Summary: t.Summary, Tags: t.Tags, Question: t.Spec.Question, Labels: t.Spec.Labels,
		Redundancy: draft.Redundancy{Min: crew, Max: crew, Step: 1, Target: 90 * percent},
		Clause: draft.Clause{
			Metric: market.MetricAccuracy, Threshold: threshold, Confidence: 95 * percent, MinEvidence: 20,
			Schedule: []draft.PriceStep{{Shortfall: threshold, Pay: 100 * percent}},
		},
		Method: "fds", PriceCap: draft.Amount(price), Budget: draft.Amount(price * items * crew),
		BidsUntil: 60 * day, DeliverBy: 90 * day,
		Windows: draft.Windows{
			Accept: 10 * minute, Lease: 30 * minute, Commit: 60 * minute, Reveal: 2 * minute, Gold: 2 * minute,
			Review: 10 * second, Contest: 10 * second,
		},
		Matching: "manual", Licence: "CC0-1.0", ContributorShare: 10 * percent,
	}
	m := draft.Material{Draft: d, Spec: t.Spec, Items: t.Items, Pages: []uint32{uint32(len(t.Items))}, Gold: s.gold(t)}
	parcel, err := m.Pack(ctx, s.st.Store)
	if err != nil {
		return market.Terms{}, err
	}
	return parcel.Terms(id.Time(time.Now().UnixMilli()))
}
