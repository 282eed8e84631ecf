// Package simulate plays a collaborative model against named adversaries before
// anybody deploys it: what does an attack cost whom, and the model what?
//
// Words: a setting is a model's terms, data and agents; an agent acts at its
// own pace, with one address or many; a run plays a setting; a series is a
// number over time; money is in ualy, ratios in ppm, points in the incentive
// points take the place of money.
//
// The rules are those of core/model and its incentives, carried out by
// core/model/host; only the agents are made up. A run says what these agents
// do, not the worst that could be done.
//
// Invariants:
//  1. The same setting gives the same result on every machine.
//  2. No run makes or loses a unit: balances of all parties, pool and provider
//     sum up to what they began with.
//
// Sources: the agents good and bad of Harris and Waggoner's simulation (2019).
package simulate

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/num"
)

// Kind says how an agent behaves.
type Kind string

// The kinds of agents.
const (
	Honest  Kind = "honest"  // gives the next item with its label, rarely wrong
	Flipper Kind = "flipper" // gives a share of items with a wrong label
	Spammer Kind = "spammer" // gives noise
	Copier  Kind = "copier"  // gives again what another gave
	Griefer Kind = "griefer" // gives little and reports everybody else's items
	Timer   Kind = "timer"   // flips labels, and takes back what is about to be judged wrong
	Sybil   Kind = "sybil"   // flips labels under many addresses, which report one another
	Lazy    Kind = "lazy"    // gives what the model would have said
)

// Kinds returns all of them.
func Kinds() []Kind {
	return []Kind{Honest, Flipper, Spammer, Copier, Griefer, Timer, Sybil, Lazy}
}

// Agent is one party.
type Agent struct {
	Name  string
	Kind  Kind
	Start num.Amount // money of its own
	Every int64      // ms between its turns
	Wrong num.Ppm    // share of labels it gets wrong (Honest) or flips (Flipper)
	Limit num.Amount // mean of what it is ready to pay as deposit, 0: any price
	Vary  num.Amount // standard deviation of that
	Eager num.Ppm    // it skips turns: it acts with the model's accuracy plus this
	Names int        // addresses (Sybil), at least 1
}

// Good is the honest agent of the published simulation.
func Good(name string) Agent {
	return Agent{Name: name, Kind: Honest, Start: 10_000 * num.ALY, Every: 600_000, Wrong: 100, Limit: 50 * num.ALY, Vary: 10 * num.ALY, Eager: 150_000}
}

// Bad is the attacker of the published simulation, who flips every label.
func Bad(name string, every int64) Agent {
	return Agent{Name: name, Kind: Flipper, Start: 10_000 * num.ALY, Every: every, Wrong: num.One, Limit: 100 * num.ALY, Vary: 3 * num.ALY, Eager: num.One}
}

// Setting is what a run plays.
type Setting struct {
	Terms   model.Terms
	Seed    uint64
	Init    []model.Offer // learnt before anybody acts
	Stream  []model.Offer // what agents give, in order, with true labels
	Test    []model.Offer // accuracy is measured on them; a market's test set is the first half
	Agents  []Agent
	Samples int    // of each series, 2 to MaxSamples
	Market  Market // for the incentive bounty
}

// Market is the market that a run plays with the incentive bounty: one, with
// batches of so many items.
type Market struct {
	Bounty, Bond, Stake num.Amount
	Batch               int
	Cap                 int64 // Q20, of one item's loss; 0: one mistake costs One, and nothing else counts
}

// Bounds of a setting.
const (
	MaxAgents  = 64
	MaxNames   = 64
	MaxStream  = 100_000
	MaxTest    = 20_000
	MaxSamples = 1_000
)

// Validate checks the bounds that the terms do not.
func (s Setting) Validate() error {
	if len(s.Agents) < 1 || len(s.Agents) > MaxAgents {
		return fault.Limit("simulate: %d agents: 1 to %d", len(s.Agents), MaxAgents)
	}
	if len(s.Stream) < 1 || len(s.Stream) > MaxStream || len(s.Test) < 2 || len(s.Test) > MaxTest || len(s.Init) > MaxStream {
		return fault.Limit("simulate: %d items to begin with, %d to give, %d to test: up to %d, 1 to %d, 2 to %d", len(s.Init), len(s.Stream), len(s.Test), MaxStream, MaxStream, MaxTest)
	}
	if s.Samples < 2 || s.Samples > MaxSamples {
		return fault.Limit("simulate: %d samples: 2 to %d", s.Samples, MaxSamples)
	}
	for _, a := range s.Agents {
		if err := a.validate(); err != nil {
			return err
		}
	}
	return nil
}

func (a Agent) validate() error {
	known := false
	for _, k := range Kinds() {
		known = known || a.Kind == k
	}
	if !known {
		return fault.Invalid("simulate: agent %q is %q: want one of %v", a.Name, a.Kind, Kinds())
	}
	if a.Every < 1 || a.Start < 0 || a.Start > 1_000_000_000*num.ALY || a.Names < 0 || a.Names > MaxNames || a.Wrong < 0 || a.Wrong > num.One {
		return fault.Limit("simulate: agent %q acts every %d ms with %s under %d names, %s wrong: every 1 ms or more, up to %d names, 0 to %s",
			a.Name, a.Every, a.Start, a.Names, a.Wrong, MaxNames, num.One)
	}
	return nil
}

// Point is one number at a time, in ms since the start.
type Point struct {
	Time  int64 `json:"time"`
	Value int64 `json:"value"`
}

// Series is a number over time.
type Series []Point

// Last returns the last value, 0 of none.
func (s Series) Last() int64 {
	if len(s) == 0 {
		return 0
	}
	return s[len(s)-1].Value
}

// Party is how it went for an agent.
type Party struct {
	Agent     Agent  `json:"agent"`
	Balance   Series `json:"balance"` // ualy with what is due to it, or points
	Given     uint64 `json:"given"`
	Wrong     uint64 `json:"wrong"` // given with a label that was not true
	Confirmed uint64 `json:"confirmed"`
	Credited  uint64 `json:"credited"` // of Confirmed, wrong ones
	Neutral   uint64 `json:"neutral"`
	Rejected  uint64 `json:"rejected"`
}

// Kept is what an agent has left of its money.
func (p Party) Kept() num.Ppm {
	if p.Agent.Start == 0 {
		return 0
	}
	kept, err := num.Ratio(p.Balance.Last(), int64(p.Agent.Start), num.Down)
	if err != nil {
		return 0
	}
	return kept
}

// Result is how a run went.
type Result struct {
	Accuracy Series     `json:"accuracy"` // ppm, on Test
	Price    Series     `json:"price"`    // of the next deposit, ualy
	Pool     Series     `json:"pool"`     // of the community, ualy
	Provider Series     `json:"provider"` // of a market, ualy with what is due
	Parties  []Party    `json:"parties"`
	Paid     num.Amount `json:"paid"` // by the bounty
	Root     string     `json:"root"` // of the model at the end
}
