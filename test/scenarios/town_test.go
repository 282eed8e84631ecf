package scenarios_test

import (
	"fmt"
	"time"

	"github.com/alaya-network/alaya/client/draft"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/work"
)

// temper is how a contributor answers.
type temper byte

const (
	honest temper = 'h' // the truth
	lazy   temper = 'l' // always the first label
	errant temper = 'e' // the truth, or for every third item any label
	random temper = 'r' // any label
	silent temper = 's' // signs, and never asks for work
)

// town is a crowd that no data stands behind: one contributor for each letter.
type town string

// Size implements replay.Crowd.
func (c town) Size() int { return len(c) }

// Name implements replay.Crowd.
func (c town) Name(i int) string { return fmt.Sprintf("contributor %d", i) }

// Units implements replay.Crowd.
func (c town) Units(int) uint64 { return 10_000 }

// Able implements replay.Crowd: the silent are able to do no page.
func (c town) Able(i int) []uint32 {
	if temper(c[i]) == silent {
		return []uint32{}
	}
	return nil
}

// Answer implements replay.Crowd.
func (c town) Answer(i int, item string) work.Answer {
	switch temper(c[i]) {
	case lazy, silent:
		return work.Answer{Item: item, Label: labels()[0]}
	case errant:
		if h := id.Sum("test/error", []byte(c.Name(i)), []byte(item)); h[0]%3 == 0 {
			return work.Answer{Item: item, Label: pick(c.Name(i) + item)}
		}
	case random:
		return work.Answer{Item: item, Label: pick(c.Name(i) + item)}
	case honest:
	}
	return work.Answer{Item: item, Label: truth(item)}
}

func labels() []string { return []string{"cat", "dog", "fox"} }

// truth is what an item shows.
func truth(item string) string { return pick(item) }

func pick(seed string) string {
	h := id.Sum("test/label", []byte(seed))
	return labels()[int(h[0])%len(labels())]
}

const second = int64(1000)

// task is what a town is asked: pages of items, some of them gold.
type task struct {
	pages, page, gold int
}

// terms puts the task's blobs away and returns terms with long windows, but for
// review and contest, and what opens the gold.
func (y yard) terms(k task) (market.Terms, []work.GoldLabel, error) {
	m := draft.Material{Spec: market.Spec{Question: "What does it show?", Labels: labels()}}
	for i := range k.pages * k.page {
		item := fmt.Sprintf("item %04d", i)
		m.Items = append(m.Items, work.Item{ID: item})
		if i < k.gold {
			m.Gold = append(m.Gold, work.GoldLabel{Item: item, Label: truth(item), Salt: id.Sum("test/salt", []byte(item))})
		}
	}
	for range k.pages {
		m.Pages = append(m.Pages, uint32(k.page))
	}
	p, err := m.Pack(y.ctx, y.Store)
	const price = num.Amount(1_000)
	now := id.Time(time.Now().UnixMilli())
	return market.Terms{
		Kind: market.Label, Title: "animals", Tags: []string{"animals"}, Spec: p.SpecID, Manifest: p.Manifest, Gold: p.Gold,
		Redundancy: market.Redundancy{Min: 3, Max: 3, Step: 1, Target: 900_000},
		Clause:     market.Clause{Metric: market.MetricAccuracy, Threshold: 500_000, Confidence: 950_000, MinEvidence: 20, Schedule: []market.PriceStep{{Shortfall: 500_000, Pay: num.One}}},
		Method:     "fds", MethodVersion: 1, PriceCap: price, Budget: price * num.Amount(k.pages*k.page*8), Stake: 50_000, Deposit: 10_000,
		BidDeadline: now.Add(1_000 * second), DeliveryDeadline: now.Add(10_000 * second),
		Windows: market.Windows{
			Accept: 600 * second, Lease: 600 * second, Commit: 600 * second, Reveal: 600 * second, Gold: 600 * second,
			Review: second / 2, Contest: second / 2,
		},
		Matching: market.Manual, Licence: "CC-BY-4.0",
	}, m.Gold, err
}
