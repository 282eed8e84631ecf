package simulate

import "github.com/alaya-network/alaya/core/num"

// chance draws numbers that look random and follow from the seed alone.
// Source: Steele, Lea and Flood, SplitMix (OOPSLA 2014).
type chance struct{ state uint64 }

func (c *chance) next() uint64 {
	c.state += 0x9e3779b97f4a7c15
	v := c.state
	v = (v ^ v>>30) * 0xbf58476d1ce4e5b9
	v = (v ^ v>>27) * 0x94d049bb133111eb
	return v ^ v>>31
}

// below returns a number from 0 to n-1; n must be positive.
func (c *chance) below(n int64) int64 { return int64(c.next() >> 1 % uint64(n)) }

// hit says yes with the probability p.
func (c *chance) hit(p num.Ppm) bool { return num.Ppm(c.below(int64(num.One))) < p }

// normal returns a number around a mean: the sum of 12 uniform ones is near
// enough to a Gauss curve of variance 1.
func (c *chance) normal(mean, deviation num.Amount) num.Amount {
	sum := int64(0)
	for range 12 {
		sum += c.below(1 << 16)
	}
	off := sum - 6<<16
	return max(0, mean+num.Amount(off*(int64(deviation)>>8)>>8))
}
