package deposit_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/deposit"
	"github.com/alaya-network/alaya/core/num"
)

func rule(start, floor num.Amount, target uint32) model.DepositTerms {
	return model.DepositTerms{Start: start, Floor: floor, Target: target, Window: 60_000}
}

// The amounts were worked out with Python's integers from the sentence in the
// comment of Price.
func TestThePriceFollowsTheRate(t *testing.T) {
	tests := []struct {
		name  string
		terms model.DepositTerms
		items []int // of each window
		want  num.Amount
	}{
		{"at the target it stays", rule(1_000_000, 1, 10), []int{10, 10, 10}, 1_000_000},
		{"nothing taken: an eighth less", rule(1_000_000, 1, 10), []int{0}, 875_000},
		{"nothing taken for three windows", rule(1_000_000, 1, 10), []int{0, 0, 0}, 669_922},
		{"half of the target: a sixteenth less", rule(1_000_000, 1, 10), []int{5}, 937_500},
		{"half more than the target: a sixteenth more", rule(1_000_000, 1, 10), []int{15}, 1_062_500},
		{"twice the target: an eighth more at once, then as at the target", rule(1_000_000, 1, 10), []int{20}, 1_125_000},
		{"five times the target in one window is as four windows", rule(1_000_000, 1, 10), []int{50}, 1_601_806},
		{"never below the floor", rule(1_000, 999, 10), []int{0, 0, 0}, 999},
		{"never 0", rule(2, 1, 10), []int{0, 0, 0, 0}, 1},
		{"a small price still rises", rule(1, 1, 10), []int{11, 11}, 3},
		{"never above the bound", rule(model.MaxDeposit, 1, 1), []int{2}, model.MaxDeposit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := deposit.Price{Amount: tt.terms.Start}
			now := id.Time(0)
			for _, n := range tt.items {
				for range n {
					p, _ = p.Take(tt.terms, now)
				}
				now = now.Add(tt.terms.Window)
			}
			if got := p.At(tt.terms, now).Amount; got != tt.want {
				t.Errorf("after %v items: %d, want %d", tt.items, got, tt.want)
			}
		})
	}
}

func TestAFloodInOneWindowCostsAsMuchAsInMany(t *testing.T) {
	x := rule(1_000_000, 1, 10)
	p, last := deposit.Price{Amount: x.Start}, num.Amount(0)
	for range 500 {
		p, last = p.Take(x, 1)
	}
	if last < 200*x.Start {
		t.Errorf("the 500th item of a window for 10 costs %d, the first %d", last, x.Start)
	}
}

func TestAPriceDoesNotDependOnHowOftenItIsAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rule(num.Amount(rapid.Int64Range(50, 10_000_000).Draw(t, "start")), 50, rapid.Uint32Range(1, 9).Draw(t, "target"))
		p := deposit.Price{Amount: x.Start}
		for range rapid.IntRange(0, 30).Draw(t, "items") {
			p, _ = p.Take(x, 5)
		}
		asked, now := p, id.Time(0)
		for range rapid.IntRange(1, 20).Draw(t, "questions") {
			now = now.Add(rapid.Int64Range(0, 200_000).Draw(t, "ms"))
			asked = asked.At(x, now)
			if err := asked.Check(x); err != nil {
				t.Fatal(err)
			}
		}
		if once := p.At(x, now); once != asked {
			t.Fatalf("asked once %+v, asked often %+v", once, asked)
		}
	})
}

func TestAPriceFallsToItsFloorInBoundedWork(t *testing.T) {
	x := rule(model.MaxDeposit, 1, 10)
	p := deposit.Price{Amount: x.Start}.At(x, id.Time(1)<<50)
	if p.Amount != x.Floor || id.Time(1)<<50-p.Since >= id.Time(x.Window) {
		t.Errorf("after ages: %+v", p)
	}
}
