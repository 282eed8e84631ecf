package settle_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/settle"
)

func TestPayIsPriceTimesAnswersTimesFactorTimesDue(t *testing.T) {
	half := settle.Rule{Floor: 500_000, Target: 900_000, Due: num.One}
	tests := []struct {
		name   string
		rule   settle.Rule
		work   settle.Work
		factor num.Ppm
		amount num.Amount
	}{
		{"full skill gets the whole price", half, settle.Work{Price: 100, Answers: 7, Skill: 900_000, Informed: num.One}, num.One, 700},
		{"skill above the target gets no more", half, settle.Work{Price: 100, Answers: 7, Skill: num.One, Informed: num.One}, num.One, 700},
		{"halfway between floor and target is half", half, settle.Work{Price: 100, Answers: 7, Skill: 700_000, Informed: num.One}, 500_000, 350},
		{"chance gets nothing", half, settle.Work{Price: 100, Answers: 7, Skill: 500_000, Informed: num.One}, 0, 0},
		{"below chance gets nothing", half, settle.Work{Price: 100, Answers: 7, Skill: 1, Informed: num.One}, 0, 0},
		{"no answers get nothing", half, settle.Work{Price: 100, Answers: 0, Skill: num.One, Informed: num.One}, num.One, 0},
		{"the worthless get nothing, whatever their skill", half, settle.Work{Price: 100, Answers: 7, Skill: num.One, Informed: num.One, Worthless: true}, 0, 0},
		{"who says nothing of the classes gets nothing, however often he is right", half, settle.Work{Price: 100, Answers: 7, Skill: num.One}, 0, 0},
		{"who says little of them gets no more than that", half, settle.Work{Price: 100, Answers: 7, Skill: num.One, Informed: 250_000}, 250_000, 175},
		{"who says much of them gets what his skill earns", half, settle.Work{Price: 100, Answers: 7, Skill: 700_000, Informed: 900_000}, 500_000, 350},
		{"a third rounds down", settle.Rule{Floor: 0, Target: 900_000, Due: num.One}, settle.Work{Price: 1, Answers: 100, Skill: 300_000, Informed: num.One}, 333_333, 33},
		{"the clause leaves part of the price", settle.Rule{Target: 1, Due: 800_000}, settle.Work{Price: 10, Answers: 3, Skill: 1, Informed: num.One}, num.One, 24},
		{"two roundings, both down", settle.Rule{Floor: 0, Target: 900_000, Due: 500_000}, settle.Work{Price: 1, Answers: 100, Skill: 300_000, Informed: num.One}, 333_333, 16},
		{"below the schedule nothing is due", settle.Rule{Target: 1, Due: 0}, settle.Work{Price: 10, Answers: 3, Skill: 1, Informed: num.One}, num.One, 0},
		{"a target at the floor is a step", settle.Rule{Floor: 900_000, Target: 900_000, Due: num.One}, settle.Work{Price: 10, Answers: 3, Skill: 899_999, Informed: num.One}, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.work.Contributor = "alaya1ann"
			entries, total, err := tt.rule.Pay([]settle.Work{tt.work})
			if err != nil {
				t.Fatal(err)
			}
			if e := entries[0]; e.Factor != tt.factor || e.Amount != tt.amount || total != tt.amount {
				t.Errorf("%+v of %+v: factor %s, amount %d, total %d; want %s, %d", tt.rule, tt.work, e.Factor, e.Amount, total, tt.factor, tt.amount)
			}
		})
	}
}

func TestTheClauseSaysWhatIsDue(t *testing.T) {
	clause := market.Clause{Threshold: 900_000, Schedule: []market.PriceStep{{Shortfall: 20_000, Pay: 800_000}, {Shortfall: 50_000, Pay: 500_000}}}
	tests := []struct {
		name  string
		bound num.Ppm
		holds bool
		want  num.Amount
	}{
		{"the bound reaches the threshold", 900_000, true, 1000},
		{"a shortfall on the first step", 880_000, false, 800},
		{"a shortfall just beyond it", 879_999, false, 500},
		{"a shortfall on the last step", 850_000, false, 500},
		{"a shortfall beyond the schedule", 849_999, false, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			holds, due := clause.Due(tt.bound)
			_, total, err := settle.Rule{Target: 1, Due: due}.Pay([]settle.Work{{Contributor: "alaya1ann", Price: 10, Answers: 100, Skill: num.One, Informed: num.One}})
			if err != nil || holds != tt.holds || total != tt.want {
				t.Errorf("bound %s: holds %t, pay %d, %v; want %t, %d", tt.bound, holds, total, err, tt.holds, tt.want)
			}
		})
	}
}

func TestPayRefuses(t *testing.T) {
	rule := settle.Rule{Target: 1, Due: num.One}
	tests := []struct {
		name  string
		works []settle.Work
		kind  fault.Kind
	}{
		{"a price times answers out of range", []settle.Work{{Contributor: "a", Price: math.MaxInt64, Answers: 2, Skill: 1}}, fault.KindLimit},
		{"more answers than a number holds", []settle.Work{{Contributor: "a", Price: 1, Answers: math.MaxUint64, Skill: 1}}, fault.KindLimit},
		{"a sum out of range", []settle.Work{
			{Contributor: "a", Price: math.MaxInt64, Answers: 1, Skill: 1, Informed: num.One}, {Contributor: "b", Price: 1, Answers: 1, Skill: 1, Informed: num.One},
		}, fault.KindLimit},
		{"one contributor twice", []settle.Work{{Contributor: "a"}, {Contributor: "b"}, {Contributor: "a"}}, fault.KindInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, _, err := rule.Pay(tt.works); fault.KindOf(err) != tt.kind {
				t.Errorf("Pay(%+v): %v, want kind %s", tt.works, err, tt.kind)
			}
		})
	}
}

func TestNobodyIsPaidMoreThanPriceTimesAnswers(t *testing.T) {
	ratio := rapid.Int64Range(0, int64(num.One))
	rapid.Check(t, func(t *rapid.T) {
		rule := settle.Rule{Floor: num.Ppm(ratio.Draw(t, "floor")), Target: num.Ppm(ratio.Draw(t, "target")), Due: num.Ppm(ratio.Draw(t, "due"))}
		byName := map[id.Address]settle.Work{}
		var works []settle.Work
		for i := range rapid.IntRange(0, 8).Draw(t, "contributors") {
			w := settle.Work{
				Contributor: contributor((i * 37) % 100), Price: num.Amount(rapid.Int64Range(0, 1e9).Draw(t, "price")),
				Answers: rapid.Uint64Range(0, 1e6).Draw(t, "answers"), Skill: num.Ppm(ratio.Draw(t, "skill")), Informed: num.Ppm(ratio.Draw(t, "informed")), Worthless: rapid.Bool().Draw(t, "worthless"),
			}
			works, byName[w.Contributor] = append(works, w), w
		}
		entries, total, err := rule.Pay(works)
		if err != nil {
			t.Fatal(err)
		}
		var sum num.Amount
		for i, e := range entries {
			w := byName[e.Contributor]
			if e.Amount < 0 || e.Amount > w.Price*num.Amount(w.Answers) || w.Worthless && e.Amount != 0 {
				t.Fatalf("%+v of %+v pays %d", rule, w, e.Amount)
			}
			if i > 0 && entries[i-1].Contributor >= e.Contributor {
				t.Fatalf("%s stands after %s", e.Contributor, entries[i-1].Contributor)
			}
			sum += e.Amount
		}
		if len(entries) != len(works) || sum != total {
			t.Fatalf("%d entries of %d, total %d, want %d of %d", len(entries), sum, total, len(works), sum)
		}
	})
}
