package pay

import (
	"cmp"
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Terms say what a value is in money.
type Terms struct {
	// Price is paid for an answer of value Par.
	Price num.Amount
	// Par is positive. By gold it is One; by peers what an honest worker of
	// contract accuracy is worth, which depends on the classes: measure it.
	Par num.Ppm
}

// Claim is what a worker has earned, before the budget speaks.
type Claim struct {
	Worker string
	// Micro is in millionths of a ualy, not negative.
	Micro int64
}

// Claims returns the claim of each worker of a table, by his number: price ×
// answers × value / par, and 0 for a value below 0. Rounded down. It returns an
// error of kind invalid for terms out of bounds, of kind limit if a claim is
// 2⁶³ or more.
func (t Terms) Claims(table *label.Table, scores []Score) ([]Claim, error) {
	if t.Price < 0 || t.Par <= 0 || len(scores) != len(table.Workers) {
		return nil, fault.Invalid("quality: price %v, par %v, %d scores for %d workers: want a par above 0 and a score each", t.Price, t.Par, len(scores), len(table.Workers))
	}
	answers := make([]int64, len(scores))
	for i := range table.Tasks {
		for _, v := range table.Votes(i) {
			answers[v.Worker]++
		}
	}
	claims := make([]Claim, len(scores))
	for w, s := range scores {
		micro, err := t.claim(answers[w], max(s.Value, 0))
		if err != nil {
			return nil, fault.Limit("quality: claim of %.40q: %w", table.Workers[w], err)
		}
		claims[w] = Claim{table.Workers[w], micro}
	}
	return claims, nil
}

func (t Terms) claim(answers int64, value num.Ppm) (int64, error) {
	full, err := t.Price.Mul(answers)
	if err != nil {
		return 0, err
	}
	worth, err := full.Mul(int64(value))
	if err != nil {
		return 0, err
	}
	return num.MulDiv(int64(worth), int64(num.One), int64(t.Par), num.Down)
}

// Divide pays claims, one per worker, from a budget: in full if it suffices,
// else in proportion. Units left over by rounding go to the largest fractions
// lost, ties to the lowest hash of salt and worker. It returns an error of kind
// limit for a negative budget or claim, and if the claims sum up to 2⁶³ or
// more, about nine million ALY.
func Divide(budget num.Amount, salt [32]byte, claims []Claim) ([]num.Amount, error) {
	sum, err := total(claims)
	if err != nil {
		return nil, err
	}
	if budget < 0 {
		return nil, fault.Limit("quality: budget of %d ualy: out of range", int64(budget))
	}
	if sum == 0 {
		return make([]num.Amount, len(claims)), nil
	}
	shares := make([]num.Share, len(claims))
	for i, c := range claims {
		key := strict.TieKey(salt, "pay/share", c.Worker)
		shares[i] = num.Share{Key: string(key[:]), Weight: c.Micro}
	}
	return num.Apportion(min(budget, num.Amount(sum/int64(num.One))), shares)
}

// total adds claims up.
func total(claims []Claim) (int64, error) {
	var sum int64
	for _, c := range claims {
		if c.Micro < 0 || sum > math.MaxInt64-c.Micro {
			return 0, fault.Limit("quality: claim %d of %.40q on top of %d: out of range", c.Micro, c.Worker, sum)
		}
		sum += c.Micro
	}
	return sum, nil
}

// Check holds invariants 3 and 4 of a division.
func Check(budget num.Amount, claims []Claim, paid []num.Amount) error {
	sum, err := total(claims)
	if err != nil {
		return err
	}
	out, err := num.Sum(paid...)
	if want := min(budget, num.Amount(sum/int64(num.One))); err != nil || len(paid) != len(claims) || out != want {
		return fault.Internal("quality: %d claims, %d paid, %v in sum: want %v", len(claims), len(paid), out, want)
	}
	order := make([]int, len(claims))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(claims[i].Micro, claims[j].Micro) })
	for n, i := range order {
		if ceiling := (claims[i].Micro-1)/int64(num.One) + 1; claims[i].Micro == 0 && paid[i] != 0 || int64(paid[i]) > ceiling {
			return fault.Internal("quality: %.40q claims %d millionths and is paid %d ualy", claims[i].Worker, claims[i].Micro, int64(paid[i]))
		}
		if n > 0 && claims[order[n-1]].Micro < claims[i].Micro && paid[order[n-1]] > paid[i] {
			return fault.Internal("quality: %.40q claims more than %.40q and is paid less", claims[i].Worker, claims[order[n-1]].Worker)
		}
	}
	return nil
}
