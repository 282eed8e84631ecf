package pay

import (
	"math"
	"math/big"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// Inspection is how answers are checked.
type Inspection struct {
	// Rate is the share of answers checked, as against gold.
	Rate num.Ppm
	// Fails is the probability that spam fails a check: 1 - 1/K for guesses.
	Fails num.Ppm
}

// MaxPage bounds the answers of a page.
const MaxPage = 1000

// Caught returns the probability that a page of n answers of spam fails at
// least once, 1 - (1 - rate·fails)ⁿ, rounded down.
func (i Inspection) Caught(n int) (num.Ppm, error) {
	miss, all, err := i.chances(n)
	if err != nil {
		return 0, err
	}
	caught := new(big.Int).Sub(all, miss)
	caught.Mul(caught, big.NewInt(int64(num.One)))
	return num.Ppm(caught.Quo(caught, all).Int64()), nil
}

// Stake returns the least stake by which spam does not pay, when it earns gain
// per answer, pages of n answers stand or fall together, and who fails loses
// his stake and the page's pay. With c = Caught(n) that is
//
//	stake ≥ n·gain·(1 - c)/c
//
// computed exactly and rounded up. For n = 1 it is gain·(1 - gf)/(gf). It
// returns an error of kind invalid for an inspection that never catches
// anybody, of kind limit for a stake of 2⁶³ or more.
func (i Inspection) Stake(gain num.Amount, n int) (num.Amount, error) {
	miss, all, err := i.chances(n)
	if err != nil {
		return 0, err
	}
	caught := new(big.Int).Sub(all, miss)
	if gain < 0 || caught.Sign() == 0 {
		return 0, fault.Invalid("quality: stake against a gain of %d ualy, checked %v, failing %v: want no loss and some chance to be caught", int64(gain), i.Rate, i.Fails)
	}
	stake := new(big.Int).Mul(big.NewInt(int64(gain)), big.NewInt(int64(n)))
	stake.Mul(stake, miss)
	stake.Add(stake, caught).Sub(stake, big.NewInt(1)).Quo(stake, caught)
	if !stake.IsInt64() {
		return 0, fault.Limit("quality: stake against a gain of %d ualy is above %d", int64(gain), int64(math.MaxInt64))
	}
	return num.Amount(stake.Int64()), nil
}

// chances returns the probability that n answers of spam all pass, as miss of
// all.
func (i Inspection) chances(n int) (miss, all *big.Int, err error) {
	if i.Rate != i.Rate.Clip() || i.Fails != i.Fails.Clip() || n < 1 || n > MaxPage {
		return nil, nil, fault.Invalid("quality: inspection of %v, failing %v, of %d answers: want shares, and 1 to %d answers", i.Rate, i.Fails, n, MaxPage)
	}
	one := int64(num.One) * int64(num.One)
	return power(one-int64(i.Rate)*int64(i.Fails), n), power(one, n), nil
}
