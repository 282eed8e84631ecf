package pay

import (
	"math/big"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
)

// Combined pays by gold, and a little by peers on top: gold carries the pay,
// the peers tell workers apart where gold is scarce. Evidence is the gold's.
//
//	value = gold's value + Bonus·clip(z, -2, 2)
//
// with z the worker's place among the others by the peers' rule: how many
// standard deviations above the mean. A worker without evidence has z = 0.
type Combined struct {
	Gold  Gold
	Peers Rule
	// Bonus is the value of one standard deviation.
	Bonus num.Ppm
}

// Name returns combined.
func (Combined) Name() string { return "combined" }

// Scores fails as its parts do.
func (c Combined) Scores(t *label.Table, gold label.Gold) ([]Score, error) {
	scores, err := c.Gold.Scores(t, gold)
	if err != nil {
		return nil, err
	}
	peers, err := c.Peers.Scores(t, gold)
	if err != nil {
		return nil, err
	}
	for w, z := range standard(peers) {
		z = min(max(z, -2*num.One), 2*num.One)
		scores[w].Value += c.Bonus * z / num.One
	}
	return scores, nil
}

// standard returns each score's distance from the mean in standard deviations,
// rounded towards 0; 0 for those without evidence and where all are equal.
func standard(scores []Score) []num.Ppm {
	var n, sum int64
	squares := new(big.Int)
	for _, s := range scores {
		if s.Evidence == 0 {
			continue
		}
		v := big.NewInt(int64(s.Value))
		squares.Add(squares, v.Mul(v, v))
		sum += int64(s.Value)
		n++
	}
	// z = (n·v - Σv) / √(n·Σv² - (Σv)²)
	spread := new(big.Int).Mul(big.NewInt(n), squares)
	spread.Sub(spread, new(big.Int).Mul(big.NewInt(sum), big.NewInt(sum)))
	spread.Sqrt(spread)
	all := make([]num.Ppm, len(scores))
	for w, s := range scores {
		if s.Evidence == 0 || spread.Sign() == 0 {
			continue
		}
		z := new(big.Int).Mul(big.NewInt(n), big.NewInt(int64(s.Value)))
		z.Sub(z, big.NewInt(sum))
		z.Mul(z, big.NewInt(int64(num.One)))
		all[w] = num.Ppm(z.Quo(z, spread).Int64())
	}
	return all
}
