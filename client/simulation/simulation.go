// Package simulation shows what attacks on a collaborative model would cost,
// and whom, before the model is made: runs of core/model/simulate over several
// seeds, as numbers and as one HTML page.
//
// Words: a plan is what to play, in a creator's words; an outcome is the mean
// of the runs of all seeds, with the least and the most; a tale is one run.
//
// A simulation says what these agents do, not the worst that could be done.
//
// Invariants:
//  1. The same plan gives the same report on every machine.
//  2. The page makes no request, and its policy forbids it to.
package simulation

import (
	"fmt"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/simulate"
	"github.com/alaya-network/alaya/core/num"
)

const (
	minute = int64(60_000)
	hour   = 60 * minute
	day    = 24 * hour
)

// Plan is what to play.
type Plan struct {
	Family    string
	Incentive model.Kind
	Against   []simulate.Kind // one attacker of each
	Honest    int             // contributors who mean well
	Every     int64           // ms between an attacker's turns
	Seeds     int
	First     uint64        // of the seeds
	Data      []model.Offer // items with true labels, of two classes; nil: built-in ones
	Features  uint32        // of Data
}

// Bounds of a plan.
const (
	MaxSeeds  = 200
	MaxHonest = 32
	minData   = 100
)

// Defaults is a plan with one honest contributor and a flipper at about a third
// of the data.
func Defaults() Plan {
	return Plan{Family: learn.Bayes, Incentive: model.Deposit, Against: []simulate.Kind{simulate.Flipper}, Honest: 1, Every: 20 * minute, Seeds: 3, First: 1}
}

func (p Plan) validate() error {
	if p.Seeds < 1 || p.Seeds > MaxSeeds || p.Honest < 1 || p.Honest > MaxHonest {
		return fault.Limit("simulation: %d seeds, %d honest contributors: 1 to %d, 1 to %d", p.Seeds, p.Honest, MaxSeeds, MaxHonest)
	}
	if p.Data != nil && len(p.Data) < minData {
		return fault.Limit("simulation: %d items: at least %d", len(p.Data), minData)
	}
	return nil
}

// Scene is the data of a plan.
type Scene struct {
	Known    []model.Offer // learnt before anybody acts
	Stream   []model.Offer // given, in order, with true labels
	Test     []model.Offer
	Features uint32
}

// scene cuts the items: 8 % are known from the start, the last 20 % are the
// test, what is between is given.
func (p Plan) scene() Scene {
	all, features := p.Data, p.Features
	if all == nil {
		all, features = simulate.Synthetic(p.First, 2_500), simulate.SyntheticFeatures
	}
	a, b := len(all)*8/100, len(all)*80/100
	return Scene{Known: all[:a], Stream: all[a:b], Test: all[b:], Features: features}
}

// terms are those of the published simulation, with our price and verdict.
func (p Plan) terms(features uint32) model.Terms {
	t := model.Terms{
		Name: "simulation", Licence: "CC0-1.0", Encoder: model.Encoder{Inline: []byte("{}")},
		Config: learn.Config{Family: p.Family, Classes: 2, Features: features},
	}
	switch p.Incentive {
	case model.Points:
		t.Incentive = model.Incentive{Kind: model.Points, Wait: day, Margin: 1, Points: model.PointTerms{Quorum: 2}}
	case model.Bounty:
		t.Incentive = model.Incentive{Kind: model.Bounty}
	default:
		t.Incentive = model.Incentive{Kind: model.Deposit, Wait: day, Margin: 1, Deposit: model.DepositTerms{
			Start: 8 * num.ALY, Floor: 6 * num.ALY, Target: 9, Window: hour, Bond: 100_000, Share: 250_000,
		}}
	}
	return t
}

// setting is what one seed plays.
func (p Plan) setting(scene Scene, seed uint64) simulate.Setting {
	s := simulate.Setting{
		Terms: p.terms(scene.Features), Seed: seed, Init: scene.Known, Stream: scene.Stream, Test: scene.Test, Samples: 60,
		Market: simulate.Market{Bounty: 1_000 * num.ALY, Bond: 100 * num.ALY, Stake: 100 * num.ALY, Batch: 20},
	}
	for i := range p.Honest {
		name := "honest"
		if p.Honest > 1 {
			name = fmt.Sprintf("honest %d", i+1)
		}
		s.Agents = append(s.Agents, simulate.Good(name))
	}
	for _, kind := range p.Against {
		a := simulate.Bad(string(kind), p.Every)
		a.Kind = kind
		if kind == simulate.Sybil {
			a.Names = 20
		}
		s.Agents = append(s.Agents, a)
	}
	return s
}

// Range is a mean over seeds, with the least and the most.
type Range struct {
	Mean  float64 `json:"mean"`
	Least float64 `json:"least"`
	Most  float64 `json:"most"`
}

func (r *Range) add(v float64, n, of int) {
	if n == 0 {
		r.Least, r.Most = v, v
	}
	r.Mean += v / float64(of)
	r.Least, r.Most = min(r.Least, v), max(r.Most, v)
}

// Party is how it went for an agent, over all seeds.
type Party struct {
	Name      string        `json:"name"`
	Kind      simulate.Kind `json:"kind"`
	Kept      Range         `json:"kept"` // share of its money at the end; points instead where there is no money
	Given     Range         `json:"given"`
	Wrong     Range         `json:"wrong"`
	Confirmed Range         `json:"confirmed"`
	Credited  Range         `json:"credited"` // wrong ones that were confirmed
	Rejected  Range         `json:"rejected"`
}

// Report is what a plan came to.
type Report struct {
	Family    string            `json:"family"`
	Incentive string            `json:"incentive"`
	Known     int               `json:"known"`  // items learnt before anybody acts
	Stream    int               `json:"stream"` // items to give
	Test      int               `json:"test"`
	First     Range             `json:"first"`    // accuracy at the start
	Accuracy  Range             `json:"accuracy"` // at the end
	Least     Range             `json:"least"`    // on the way
	Paid      Range             `json:"paid"`     // by a bounty, in ALY
	Parties   []Party           `json:"parties"`
	Tales     []simulate.Result `json:"tales"` // by seed
	Seeds     []uint64          `json:"seeds"`
}

// Run plays a plan, seed by seed; tell hears how many seeds are done.
func Run(p Plan, tell func(done int)) (r Report, err error) {
	if err := p.validate(); err != nil {
		return r, err
	}
	return Play(p, p.scene(), tell)
}

// Play is Run with the data cut by the caller; Features of the scene counts,
// or else the plan's.
func Play(p Plan, scene Scene, tell func(done int)) (r Report, err error) {
	if scene.Features == 0 {
		scene.Features = p.Features
	}
	r = Report{Family: p.Family, Incentive: p.Incentive.String(), Known: len(scene.Known), Stream: len(scene.Stream), Test: len(scene.Test)}
	for n := range p.Seeds {
		seed := p.First + uint64(n)
		tale, err := simulate.Run(p.setting(scene, seed))
		if err != nil {
			return r, err
		}
		r.add(tale, seed, p.Seeds)
		tell(n + 1)
	}
	return r, nil
}

const ppm = float64(num.One)

func (r *Report) add(t simulate.Result, seed uint64, of int) {
	n := len(r.Tales)
	least := t.Accuracy.Last()
	for _, point := range t.Accuracy {
		least = min(least, point.Value)
	}
	r.First.add(float64(t.Accuracy[0].Value)/ppm, n, of)
	r.Accuracy.add(float64(t.Accuracy.Last())/ppm, n, of)
	r.Least.add(float64(least)/ppm, n, of)
	r.Paid.add(float64(t.Paid)/float64(num.ALY), n, of)
	for i, p := range t.Parties {
		if n == 0 {
			r.Parties = append(r.Parties, Party{Name: p.Agent.Name, Kind: p.Agent.Kind})
		}
		to := &r.Parties[i]
		to.Kept.add(r.worth(p.Balance.Last(), p.Agent.Start), n, of)
		for _, count := range []struct {
			to *Range
			n  uint64
		}{{&to.Given, p.Given}, {&to.Wrong, p.Wrong}, {&to.Confirmed, p.Confirmed}, {&to.Credited, p.Credited}, {&to.Rejected, p.Rejected}} {
			count.to.add(float64(count.n), n, of)
		}
	}
	r.Tales, r.Seeds = append(r.Tales, t), append(r.Seeds, seed)
}

// Money says whether parties have money to lose.
func (r Report) Money() bool { return r.Incentive != model.Points.String() }

// worth is a balance as a share of what was there first, or as points.
func (r Report) worth(balance int64, start num.Amount) float64 {
	if r.Money() && start > 0 {
		return float64(balance) / float64(start)
	}
	return float64(balance)
}
