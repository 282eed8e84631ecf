package num

import (
	"math/big"

	"github.com/alaya-network/alaya/core/fault"
)

// quantile returns the standard normal quantile of a one-sided confidence, in
// ppm, from the published table; other confidences are refused.
func quantile(confidence Ppm) (int64, error) {
	switch confidence {
	case 800_000:
		return 841_621, nil
	case 900_000:
		return 1_281_552, nil
	case 950_000:
		return 1_644_854, nil
	case 975_000:
		return 1_959_964, nil
	case 990_000:
		return 2_326_348, nil
	default:
		return 0, fault.Invalid("num: confidence %v: want 80, 90, 95, 97.5 or 99%%", confidence)
	}
}

// WilsonLower returns the one-sided lower bound of Wilson's score interval for
// a proportion of which n trials showed successes, rounded down. The
// confidence is one of 0.80, 0.90, 0.95, 0.975 and 0.99; no trials bound
// nothing, so the answer is 0.
//
//	(2s + z² - z·√(z² + 4s(n-s)/n)) / (2(n + z²))
func WilsonLower(successes, n uint64, confidence Ppm) (Ppm, error) {
	z, err := quantile(confidence)
	if err != nil {
		return 0, err
	}
	if successes > n {
		return 0, fault.Invalid("num: %d successes in %d trials", successes, n)
	}
	if successes == 0 {
		return 0, nil
	}
	const scale = 1_000_000_000_000 // z² carries the square of ppm; so does all else
	bz, bn, bs := big.NewInt(z), new(big.Int).SetUint64(n), new(big.Int).SetUint64(successes)
	zz := new(big.Int).Mul(bz, bz)
	one := big.NewInt(scale)

	spread := new(big.Int).Sub(bn, bs)
	spread.Mul(spread, bs).Mul(spread, one).Lsh(spread, 2).Div(spread, bn).Add(spread, zz)
	root := spread.Sqrt(spread)
	root.Add(root, big.NewInt(1)).Mul(root, bz) // rounded up: the bound only falls

	top := new(big.Int).Mul(bs, one)
	top.Lsh(top, 1).Add(top, zz).Sub(top, root).Mul(top, big.NewInt(int64(One)))
	below := bn.Mul(bn, one)
	below.Add(below, zz).Lsh(below, 1)
	return Ppm(max(0, top.Div(top, below).Int64())), nil
}
