package simulate_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/simulate"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/internal/recorded"
	"github.com/alaya-network/alaya/internal/samples"
)

const day = 24 * 3_600_000

// reviews returns 5,000 reviews of films to learn and 1,000 to test, or skips
// the test.
func reviews(t testing.TB) (train, test []model.Offer) {
	t.Helper()
	b, err := samples.Reviews(recorded.Root(t))
	if err != nil {
		t.Fatal(err)
	}
	return samples.Offers(b.Words.Train), samples.Offers(b.Words.Test)
}

// deposits are terms of deposit, refund and take, judged after a day.
func deposits(family string, features uint32) model.Terms {
	return model.Terms{
		Name: "reviews", Licence: "CC0-1.0", Encoder: model.Encoder{Inline: []byte("{}")},
		Config: learn.Config{Family: family, Classes: 2, Features: features},
		Incentive: model.Incentive{
			Kind: model.Deposit, Wait: day, Margin: 1,
			Deposit: model.DepositTerms{Start: 8 * num.ALY, Floor: 6 * num.ALY, Target: 9, Window: 3_600_000, Bond: 100_000, Share: 250_000},
		},
	}
}

// reference is the protocol of the published simulation: 400 reviews to begin
// with, 4,600 to give, one good agent, and one who flips every label.
func reference(t testing.TB, family string, every int64) simulate.Setting {
	train, test := reviews(t)
	return simulate.Setting{
		Terms: deposits(family, 1_000), Seed: 1, Init: train[:400], Stream: train[400:], Test: test, Samples: 20,
		Agents: []simulate.Agent{simulate.Good("good"), simulate.Bad("bad", every)},
	}
}

func run(t testing.TB, s simulate.Setting) simulate.Result {
	t.Helper()
	r, err := simulate.Run(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// means are the results of some seeds, in ppm.
type means struct{ accuracy, good, bad, share, credited int64 }

func mean(t testing.TB, every int64) means {
	const seeds = 3
	var m means
	for seed := range uint64(seeds) {
		s := reference(t, learn.Bayes, every)
		s.Seed = seed + 1
		r := run(t, s)
		good, bad := r.Parties[0], r.Parties[1]
		m.accuracy += r.Accuracy.Last() / seeds
		m.good += int64(good.Kept()) / seeds
		m.bad += int64(bad.Kept()) / seeds
		m.share += int64(num.One) * int64(bad.Given) / int64(good.Given+bad.Given) / seeds
		m.credited += int64(bad.Credited) / seeds
	}
	t.Logf("attacker every %d ms, %s of the data, %d credited: accuracy %s, honest %s, attacker %s",
		every, num.Ppm(m.share), m.credited, num.Ppm(m.accuracy), num.Ppm(m.good), num.Ppm(m.bad))
	return m
}

// The reference measured .785 with naive Bayes, 358 items credited and 43.7 %
// of its money left to the attacker; the aim is .78 and at most half.
func TestAFlipperOfAThirdOfTheDataPaysForItAndTheModelStands(t *testing.T) {
	m := mean(t, 1_200_000)
	if m.share < 340_000 || m.accuracy < 780_000 || m.bad > 500_000 || m.good < int64(num.One) {
		t.Errorf("accuracy %d (want 780000), attacker %d (at most 500000), honest %d (at least 1000000), share %d", m.accuracy, m.bad, m.good, m.share)
	}
	if off := m.accuracy - 785_000; off < -10_000 || off > 10_000 {
		t.Errorf("accuracy %d, the reference has 785000", m.accuracy)
	}
}

// The reference's golden accuracy of naive Bayes with 14 % of labels flipped is
// .815 (five seeds); its one run of this story had .834.
func TestAFlipperOfASeventhOfTheDataPaysForItAndTheModelStands(t *testing.T) {
	m := mean(t, 3_600_000)
	if off := m.accuracy - 815_000; off < -10_000 || off > 10_000 || m.bad > 750_000 || m.good < int64(num.One) {
		t.Errorf("accuracy %d (want 815000), attacker %d (at most 750000), honest %d (at least 1000000)", m.accuracy, m.bad, m.good)
	}
}
