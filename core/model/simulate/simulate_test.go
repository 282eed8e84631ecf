package simulate_test

import (
	"encoding/json"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/simulate"
	"github.com/alaya-network/alaya/core/num"
)

// synthetic plays built-in data with agents of a kind beside two honest ones.
func synthetic(kind simulate.Kind) simulate.Setting {
	data := simulate.Synthetic(1, 1_300)
	wrong := map[simulate.Kind]num.Ppm{simulate.Flipper: num.One}[kind]
	return simulate.Setting{
		Terms: deposits(learn.Bayes, simulate.SyntheticFeatures), Seed: 5,
		Init: data[:200], Stream: data[200:1_000], Test: data[1_000:], Samples: 10,
		Agents: []simulate.Agent{
			simulate.Good("good"), simulate.Good("better"),
			{Name: "other", Kind: kind, Start: 10_000 * num.ALY, Every: 600_000, Wrong: wrong, Eager: num.One, Names: 3},
		},
	}
}

func points(s simulate.Setting) simulate.Setting {
	s.Terms.Incentive = model.Incentive{Kind: model.Points, Wait: day, Margin: 1, Points: model.PointTerms{Quorum: 2}}
	return s
}

func bounties(s simulate.Setting) simulate.Setting {
	s.Terms.Incentive = model.Incentive{Kind: model.Bounty}
	s.Market = simulate.Market{Bounty: 1_000 * num.ALY, Bond: 100 * num.ALY, Stake: 100 * num.ALY, Batch: 20}
	return s
}

func TestEveryAdversaryPlaysEveryIncentiveTheSameTwice(t *testing.T) {
	for name, with := range map[string]func(simulate.Setting) simulate.Setting{
		"deposit": func(s simulate.Setting) simulate.Setting { return s }, "points": points, "bounty": bounties,
	} {
		for _, kind := range simulate.Kinds() {
			t.Run(name+" "+string(kind), func(t *testing.T) {
				s := with(synthetic(kind))
				s.Stream = s.Stream[:200]
				one, two := run(t, s), run(t, s)
				a, _ := json.Marshal(one)
				b, _ := json.Marshal(two)
				if string(a) != string(b) {
					t.Errorf("two runs differ:\n%s\n%s", a, b)
				}
				if len(one.Accuracy) < 2 || len(one.Parties) != 3 || one.Accuracy.Last() < 600_000 {
					t.Errorf("accuracy %v", one.Accuracy)
				}
				p := one.Parties[2]
				t.Logf("%d given, %d confirmed (%d wrong), %d rejected, accuracy %s, kept %s", p.Given, p.Confirmed, p.Credited, p.Rejected, num.Ppm(one.Accuracy.Last()), p.Kept())
			})
		}
	}
}

func TestAttackersLoseAndHonestOnesDoNot(t *testing.T) {
	for _, kind := range []simulate.Kind{simulate.Flipper, simulate.Spammer, simulate.Griefer, simulate.Timer, simulate.Sybil} {
		t.Run(string(kind), func(t *testing.T) {
			r := run(t, synthetic(kind))
			if kept := r.Parties[2].Kept(); kept >= num.One {
				t.Errorf("the attacker kept %s", kept)
			}
			if honest := (r.Parties[0].Kept() + r.Parties[1].Kept()) / 2; honest < num.One {
				t.Errorf("the honest kept %s", honest)
			}
		})
	}
}

func TestACopierEarnsNothing(t *testing.T) {
	r := run(t, synthetic(simulate.Copier))
	p := r.Parties[2]
	if p.Given == 0 || p.Confirmed != 0 || p.Kept() > num.One {
		t.Errorf("%d given, %d confirmed, kept %s", p.Given, p.Confirmed, p.Kept())
	}
}

func TestManyNamesCostAsMuchAsOne(t *testing.T) {
	one, many := synthetic(simulate.Flipper), synthetic(simulate.Flipper)
	one.Agents[2], many.Agents[2] = simulate.Bad("one", 600_000), simulate.Bad("many", 600_000)
	one.Agents[2].Start, many.Agents[2].Start = num.ALY*1_000_000, num.ALY*1_000_000 // so that no name runs out of it
	many.Agents[2].Names = 20
	a, b := run(t, one).Parties[2].Balance.Last(), run(t, many).Parties[2].Balance.Last()
	if a != b {
		t.Errorf("under one name an attacker keeps %s, under 20 %s", num.Amount(a), num.Amount(b))
	}
}

func TestAMarketPaysTheHonestAndNotTheAttacker(t *testing.T) {
	for _, limit := range []int64{0, 4 * fixed.One} {
		s := bounties(synthetic(simulate.Flipper))
		s.Market.Cap = limit
		s.Init = s.Init[:20]
		r := run(t, s)
		if good, bad := r.Parties[0], r.Parties[2]; good.Kept() <= num.One || bad.Kept() >= num.One {
			t.Errorf("cap %d: the honest kept %s, the attacker %s", limit, good.Kept(), bad.Kept())
		}
		if r.Paid > s.Market.Bounty || r.Provider.Last() > int64(s.Market.Bounty+s.Market.Bond) {
			t.Errorf("paid %s, the provider has %s", r.Paid, num.Amount(r.Provider.Last()))
		}
	}
}

func TestAWindowsVoteLeavesOutLies(t *testing.T) {
	plain, voted := synthetic(simulate.Flipper), synthetic(simulate.Flipper)
	for k := range 2 { // lies are half of all
		plain.Agents[k].Every, voted.Agents[k].Every = 1_200_000, 1_200_000
	}
	voted.Terms.Robust = model.Robust{Window: 20, Trim: 400_000}
	a, b := run(t, plain), run(t, voted)
	if b.Accuracy.Last() < a.Accuracy.Last()+50_000 {
		t.Errorf("accuracy %s without a vote, %s with", num.Ppm(a.Accuracy.Last()), num.Ppm(b.Accuracy.Last()))
	}
	if p := b.Parties[2]; p.Neutral < p.Given/3 {
		t.Errorf("of %d lies, the vote left %d out", p.Given, p.Neutral)
	}
}

func TestSettingsRefuse(t *testing.T) {
	for name, spoil := range map[string]func(*simulate.Setting){
		"no agents":          func(s *simulate.Setting) { s.Agents = nil },
		"too many agents":    func(s *simulate.Setting) { s.Agents = make([]simulate.Agent, simulate.MaxAgents+1) },
		"an unknown kind":    func(s *simulate.Setting) { s.Agents[0].Kind = "saint" },
		"an agent too fast":  func(s *simulate.Setting) { s.Agents[0].Every = 0 },
		"too many names":     func(s *simulate.Setting) { s.Agents[0].Names = simulate.MaxNames + 1 },
		"nothing to give":    func(s *simulate.Setting) { s.Stream = nil },
		"nothing to test":    func(s *simulate.Setting) { s.Test = nil },
		"one sample":         func(s *simulate.Setting) { s.Samples = 1 },
		"terms out of bound": func(s *simulate.Setting) { s.Terms.Name = "" },
	} {
		s := synthetic(simulate.Flipper)
		spoil(&s)
		if _, err := simulate.Run(s); fault.KindOf(err) != fault.KindLimit && fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: %v, want kind limit or invalid", name, err)
		}
	}
}

func TestSyntheticDataCanBeLearnt(t *testing.T) {
	s := synthetic(simulate.Honest)
	r := run(t, s)
	if first, last := r.Accuracy[0].Value, r.Accuracy.Last(); last < 850_000 || last < first {
		t.Errorf("accuracy %s → %s", num.Ppm(first), num.Ppm(last))
	}
}

// The numbers are the first run's; a machine that gets others computes otherwise.
func TestARunIsTheSameOnEveryMachine(t *testing.T) {
	golden := func(name string, s simulate.Setting, accuracy, balance int64, root string) {
		r := run(t, s)
		if r.Accuracy.Last() != accuracy || r.Parties[2].Balance.Last() != balance || r.Root[:16] != root {
			t.Errorf("%s: accuracy %d, attacker %d, root %s; want %d, %d, %s", name, r.Accuracy.Last(), r.Parties[2].Balance.Last(), r.Root[:16], accuracy, balance, root)
		}
	}
	golden("deposit", synthetic(simulate.Flipper), 720_000, 4_145_365_989, "87692318b28e02e5")
	golden("points", points(synthetic(simulate.Sybil)), 770_000, 0, "2098b595e172fb6d")
	golden("bounty", bounties(synthetic(simulate.Spammer)), 873_333, 9_969_465_648, "767f764ab31374e7")
}
