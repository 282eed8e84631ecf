package simulation_test

import (
	"bytes"
	"testing"

	"github.com/alaya-network/alaya/client/plot/plottest"
	"github.com/alaya-network/alaya/client/simulation"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/simulate"
)

func small(kind model.Kind) simulation.Plan {
	p := simulation.Defaults()
	p.Incentive, p.Seeds, p.Data, p.Features = kind, 2, simulate.Synthetic(1, 400), simulate.SyntheticFeatures
	return p
}

func TestEveryIncentiveHasItsPage(t *testing.T) {
	for _, kind := range []model.Kind{model.Points, model.Deposit, model.Bounty} {
		t.Run(kind.String(), func(t *testing.T) {
			r, err := simulation.Run(small(kind), func(int) {})
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := simulation.Write(&out, r); err != nil {
				t.Fatal(err)
			}
			plottest.Check(t, out.String(), 3)
		})
	}
}

func TestMeansLieBetweenTheLeastAndTheMost(t *testing.T) {
	r, err := simulation.Run(small(model.Deposit), func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Parties {
		for name, v := range map[string]simulation.Range{"kept": p.Kept, "given": p.Given, "confirmed": p.Confirmed} {
			if v.Mean < v.Least-1e-9 || v.Mean > v.Most+1e-9 {
				t.Errorf("%s: %s %+v", p.Name, name, v)
			}
		}
	}
	if len(r.Tales) != 2 || len(r.Parties) != 2 || r.Accuracy.Mean < .5 {
		t.Errorf("%d tales, %d parties, accuracy %+v", len(r.Tales), len(r.Parties), r.Accuracy)
	}
}

func TestPlansOutOfBoundsAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*simulation.Plan){
		"no seeds":     func(p *simulation.Plan) { p.Seeds = 0 },
		"no honest":    func(p *simulation.Plan) { p.Honest = 0 },
		"too few data": func(p *simulation.Plan) { p.Data = p.Data[:10] },
	} {
		p := small(model.Deposit)
		spoil(&p)
		if _, err := simulation.Run(p, func(int) {}); !fault.Is(err, fault.KindLimit) {
			t.Errorf("%s: %v, want limit", name, err)
		}
	}
}
