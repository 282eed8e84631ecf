package main

import (
	"context"
	"fmt"

	"github.com/alaya-network/alaya/client/simulation"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/simulate"
	"github.com/alaya-network/alaya/internal/samples"
)

// storySeeds is how many runs a line of a table is the mean of.
const storySeeds = 5

// deposits plays the published story of deposit, refund and take on the
// reviews: 400 known, 4,600 to give, an honest contributor and a flipper.
func deposits(_ context.Context, o options) (string, error) {
	b, err := samples.Reviews(o.data)
	if err != nil {
		return "", err
	}
	t := table{head: []string{"family", "flipper every", "of the data", "accuracy at first", "at the end", "honest keeps", "flipper keeps", "wrong items credited"}}
	for _, family := range []string{learn.Bayes, learn.Complement, learn.BayesWeights, learn.Centroid, learn.Logistic, learn.Average} {
		for _, every := range []int64{3_600_000, 1_200_000} {
			r, err := story(b.Words, family, every)
			if err != nil {
				return "", err
			}
			good, bad := r.Parties[0], r.Parties[1]
			t.add(family, fmt.Sprintf("%d min", every/60_000), percent(bad.Given.Mean/(good.Given.Mean+bad.Given.Mean)),
				thousandths(r.First.Mean), thousandths(r.Accuracy.Mean), percent(good.Kept.Mean), percent(bad.Kept.Mean),
				fmt.Sprintf("%.0f of %.0f", bad.Credited.Mean, bad.Given.Mean))
		}
	}
	return t.String(), nil
}

// story plays one line.
func story(s samples.Set, family string, every int64) (simulation.Report, error) {
	p := simulation.Defaults()
	p.Family, p.Every, p.Seeds, p.Features = family, every, storySeeds, s.Features
	return simulation.Play(p, simulation.Scene{Known: samples.Offers(s.Train[:400]), Stream: samples.Offers(s.Train[400:]), Test: samples.Offers(s.Test)}, func(int) {})
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

// marketSeeds is how many markets the expectations are over.
const marketSeeds = 200

// markets plays markets on built-in data, against one adversary each.
func markets(_ context.Context, _ options) (string, error) {
	t := table{head: []string{"adversary", "seeds", "its profit, mean", "least", "most", "honest profit, mean", "bounty paid, mean", "most ever"}}
	for _, kind := range []simulate.Kind{simulate.Copier, simulate.Spammer, simulate.Flipper, simulate.Lazy} {
		p := simulation.Defaults()
		p.Incentive, p.Seeds, p.Against, p.Every = model.Bounty, marketSeeds, []simulate.Kind{kind}, 600_000
		all := simulate.Synthetic(1, 900)
		r, err := simulation.Play(p, simulation.Scene{Known: all[:20], Stream: all[20:420], Test: all[420:], Features: simulate.SyntheticFeatures}, func(int) {})
		if err != nil {
			return "", err
		}
		good, bad := r.Parties[0], r.Parties[1]
		profit := func(kept float64) string { return fmt.Sprintf("%+.2f ALY", (kept-1)*10_000) }
		t.add(string(kind), fmt.Sprint(marketSeeds), profit(bad.Kept.Mean), profit(bad.Kept.Least), profit(bad.Kept.Most), profit(good.Kept.Mean),
			fmt.Sprintf("%.1f of 1000 ALY", r.Paid.Mean), fmt.Sprintf("%.1f ALY", r.Paid.Most))
	}
	return t.String(), nil
}
