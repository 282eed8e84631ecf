package pay_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/pay"
)

func TestDivideHoldsItsInvariants(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		claims := rapid.SliceOfNDistinct(rapid.Custom(func(r *rapid.T) pay.Claim {
			micro := rapid.OneOf(rapid.Int64Range(0, 5_000_000), rapid.Int64Range(0, math.MaxInt64/20), rapid.Just(int64(0)))
			return pay.Claim{Worker: rapid.StringN(1, 4, 8).Draw(r, "worker"), Micro: micro.Draw(r, "micro")}
		}), 0, 20, func(c pay.Claim) string { return c.Worker }).Draw(r, "claims")
		budget := num.Amount(rapid.OneOf(rapid.Int64Range(0, 30), rapid.Int64Min(0)).Draw(r, "budget"))
		paid, err := pay.Divide(budget, [32]byte{3}, claims)
		if err != nil {
			r.Fatal(err)
		}
		if err := pay.Check(budget, claims, paid); err != nil {
			r.Fatal(err)
		}
		if sum, err := num.Sum(paid...); err != nil || sum > budget {
			r.Fatalf("paid %v from %v, %v", sum, budget, err)
		}
		back := slices.Clone(claims)
		slices.Reverse(back)
		again, err := pay.Divide(budget, [32]byte{3}, back)
		slices.Reverse(again)
		if err != nil || !slices.Equal(paid, again) {
			r.Fatalf("%v, the other way round %v, %v", paid, again, err)
		}
	})
}

func TestDivideByHand(t *testing.T) {
	tests := []struct {
		name   string
		budget num.Amount
		claims []int64
		want   []num.Amount
	}{
		{"nobody", 10, nil, []num.Amount{}},
		{"nothing claimed", 10, []int64{0, 0}, []num.Amount{0, 0}},
		{"enough for all", 10, []int64{2_000_000, 3_000_000}, []num.Amount{2, 3}},
		{"fractions go to the largest", 10, []int64{1_400_000, 1_700_000, 900_000}, []num.Amount{1, 2, 1}},
		{"a budget in proportion", 4, []int64{9_000_000, 1_000_000}, []num.Amount{4, 0}},
		{"an empty budget", 0, []int64{9_000_000, 1_000_000}, []num.Amount{0, 0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var claims []pay.Claim
			for i, micro := range tt.claims {
				claims = append(claims, pay.Claim{Worker: fmt.Sprint(i), Micro: micro})
			}
			got, err := pay.Divide(tt.budget, [32]byte{}, claims)
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("%v, %v; want %v", got, err, tt.want)
			}
		})
	}
}

func TestTiesGoByHashNotByName(t *testing.T) {
	won := map[string]int{}
	for salt := range 40 {
		claims := []pay.Claim{{Worker: "a", Micro: 500_000}, {Worker: "b", Micro: 500_000}}
		paid, err := pay.Divide(1, [32]byte{byte(salt)}, claims)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range paid {
			won[claims[i].Worker] += int(p)
		}
	}
	if won["a"]+won["b"] != 40 || won["a"] < 8 || won["b"] < 8 {
		t.Errorf("of forty ties a won %d, b %d", won["a"], won["b"])
	}
}

func TestDivideRefusesWhatDoesNotFit(t *testing.T) {
	full := pay.Claim{Worker: "a", Micro: math.MaxInt64}
	for name, divide := range map[string]func() ([]num.Amount, error){
		"a negative budget": func() ([]num.Amount, error) { return pay.Divide(-1, [32]byte{}, nil) },
		"a negative claim":  func() ([]num.Amount, error) { return pay.Divide(1, [32]byte{}, []pay.Claim{{Micro: -1}}) },
		"claims beyond 2⁶³": func() ([]num.Amount, error) { return pay.Divide(1, [32]byte{}, []pay.Claim{full, {"b", 1}}) },
	} {
		if got, err := divide(); !fault.Is(err, fault.KindLimit) {
			t.Errorf("%s: %v, %v; want an error of kind limit", name, got, err)
		}
	}
}

func TestCheckFindsAFalseDivision(t *testing.T) {
	claims := []pay.Claim{{"a", 1_000_000}, {"b", 3_000_000}, {"c", 0}}
	for name, paid := range map[string][]num.Amount{
		"more than the budget":              {1, 4, 0},
		"less than it could":                {1, 2, 0},
		"more than a claim":                 {2, 2, 0},
		"less for the larger claim":         {2, 1, 1},
		"something for nothing":             {1, 2, 1},
		"somebody left out":                 {1, 3},
		"a loss for one, a gain for others": {-1, 4, 1},
	} {
		if err := pay.Check(4, claims, paid); !fault.Is(err, fault.KindInternal) {
			t.Errorf("%s: error %v, want kind internal", name, err)
		}
	}
	if err := pay.Check(4, claims, []num.Amount{1, 3, 0}); err != nil {
		t.Error(err)
	}
}

func TestClaimsAreScoresInMoney(t *testing.T) {
	tab := table(t, "01", "0101", "01..", "0...")
	scores := []pay.Score{{Value: 500_000}, {Value: -1}, {Value: 333_333}}
	got, err := pay.Terms{Price: 10, Par: 250_000}.Claims(tab, scores)
	if want := []pay.Claim{{"a", 80_000_000}, {"b", 0}, {"c", 13_333_320}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	for name, terms := range map[string]pay.Terms{"no par": {Price: 1}, "a negative price": {Price: -1, Par: 1}} {
		if _, err := terms.Claims(tab, scores); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: error %v, want kind invalid", name, err)
		}
	}
	if _, err := (pay.Terms{Price: math.MaxInt64 / 2, Par: num.One}).Claims(tab, scores); !fault.Is(err, fault.KindLimit) {
		t.Errorf("a price beyond bounds: error %v, want kind limit", err)
	}
}

func TestStakesOfTheTextbook(t *testing.T) {
	i := pay.Inspection{Rate: 50_000, Fails: 500_000}
	for n, want := range map[int]num.Amount{1: 39_000, 20: 30_339} {
		got, err := i.Stake(1000, n)
		if err != nil || got != want {
			t.Errorf("pages of %d: %v, %v; want %v", n, got, err, want)
		}
	}
	if caught, err := i.Caught(20); err != nil || caught != 397_312 {
		t.Errorf("a page of 20 is caught with %v, %v; want 39.7312%%", caught, err)
	}
}

// At the stake spam earns nothing, and one unit below it earns something.
func TestTheStakeIsTheLeastThatDeters(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		i := pay.Inspection{Rate: num.Ppm(rapid.Int64Range(1000, 1_000_000).Draw(r, "rate")), Fails: num.Ppm(rapid.Int64Range(1000, 1_000_000).Draw(r, "fails"))}
		gain, n := num.Amount(rapid.Int64Range(1, 1_000_000).Draw(r, "gain")), rapid.IntRange(1, 40).Draw(r, "answers")
		stake, err := i.Stake(gain, n)
		if err != nil {
			r.Fatal(err)
		}
		pass := big.NewRat(1_000_000_000_000-int64(i.Rate)*int64(i.Fails), 1_000_000_000_000)
		all := big.NewRat(1, 1)
		for range n {
			all.Mul(all, pass)
		}
		profit := func(stake num.Amount) int {
			win := new(big.Rat).Mul(all, big.NewRat(int64(gain)*int64(n), 1))
			lose := new(big.Rat).Sub(big.NewRat(1, 1), all)
			return win.Sub(win, lose.Mul(lose, big.NewRat(int64(stake), 1))).Sign()
		}
		if profit(stake) > 0 || stake > 0 && profit(stake-1) <= 0 {
			r.Fatalf("%+v, gain %v, %d answers: stake %v is not the least", i, gain, n, stake)
		}
	})
}

func TestStakesRefuse(t *testing.T) {
	tests := []struct {
		name string
		i    pay.Inspection
		gain num.Amount
		n    int
		kind fault.Kind
	}{
		{"no checks", pay.Inspection{0, 500_000}, 1, 1, fault.KindInvalid},
		{"a share above one", pay.Inspection{1_000_001, 500_000}, 1, 1, fault.KindInvalid},
		{"a negative gain", pay.Inspection{500_000, 500_000}, -1, 1, fault.KindInvalid},
		{"an empty page", pay.Inspection{500_000, 500_000}, 1, 0, fault.KindInvalid},
		{"a page too long", pay.Inspection{500_000, 500_000}, 1, pay.MaxPage + 1, fault.KindInvalid},
		{"a stake beyond 2⁶³", pay.Inspection{1, 1}, math.MaxInt64, 1, fault.KindLimit},
	}
	for _, tt := range tests {
		if got, err := tt.i.Stake(tt.gain, tt.n); fault.KindOf(err) != tt.kind {
			t.Errorf("%s: %v, %v; want an error of kind %v", tt.name, got, err, tt.kind)
		}
	}
}
