package market_test

import (
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
)

const (
	now       id.Time    = 1_767_225_600_000
	minute               = int64(60_000)
	hour                 = 60 * minute
	requester id.Address = "alaya1requester"
	alice     id.Address = "alaya1alice"
	bob       id.Address = "alaya1bob"
)

// terms returns terms that are valid at now: four pages of ten items.
func terms() market.Terms {
	return market.Terms{
		Kind: market.Label, Title: "Street signs", Summary: "Name the sign", Tags: []string{"vision"},
		Spec: id.RawCID([]byte("spec")),
		Manifest: market.Manifest{
			CID: id.RawCID([]byte("items")), Root: id.Sum("test", []byte("items")), Count: 40, Pages: []uint32{10, 10, 10, 10},
		},
		Redundancy: market.Redundancy{Min: 2, Max: 5, Step: 1, Target: 900_000},
		Clause: market.Clause{
			Metric: market.MetricAccuracy, Threshold: 900_000, Confidence: 950_000,
			Schedule: []market.PriceStep{{Shortfall: 10_000, Pay: 900_000}, {Shortfall: 50_000, Pay: 500_000}},
		},
		Gold:   market.Gold{Root: id.Sum("test", []byte("gold")), Count: 4},
		Method: "dawid-skene", MethodVersion: 1,
		PriceCap: 1000, Budget: 80_000,
		Milestones: []market.Milestone{
			{Title: "first", Pages: 1, Due: now.Add(2 * hour)}, {Title: "rest", Pages: 3, Due: now.Add(3 * hour)},
		},
		BidDeadline: now.Add(hour), DeliveryDeadline: now.Add(3 * hour),
		Windows: market.Windows{
			Accept: minute, Lease: minute, Commit: minute, Reveal: minute, Gold: minute, Review: minute, Contest: minute,
		},
		Qualification: market.Qualification{Score: 300_000, Skill: "vision", Languages: []string{"de", "en"}},
		Stake:         5000, Deposit: 100, Matching: market.Manual, Licence: "CC-BY-4.0", Policy: "research",
		ContributorShare: 100_000,
	}
}

// post returns an open request with changed terms.
func post(t testing.TB, change func(*market.Terms)) market.Request {
	t.Helper()
	terms := terms()
	if change != nil {
		change(&terms)
	}
	r, _, err := market.Post(requester, 0, terms, now, 100)
	if err != nil {
		t.Fatalf("Post: %v", err)
	}
	return r
}

// qualified is what is known of somebody who may bid.
func qualified() market.Applicant {
	a := market.Applicant{Score: 400_000}
	a.Profile.Languages = []string{"en"}
	return a
}

func offer(price num.Amount) market.Offer { return market.Offer{Price: price, Units: 40} }

// wantError checks an error's kind and that it says what went wrong.
func wantError(t testing.TB, err error, kind fault.Kind, says string) {
	t.Helper()
	if fault.KindOf(err) != kind || err != nil && !strings.Contains(err.Error(), says) {
		t.Errorf("got %v (%s), want kind %s saying %q", err, fault.KindOf(err), kind, says)
	}
}
