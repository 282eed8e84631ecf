package pay

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
)

// TruthSerum is the peer truth serum: an answer is worth 1/R - 1 for each peer
// who says the same and -1 for each who does not, on the average over the
// peers, where R is the share of that label in the reports of others on other
// tasks. So a right answer that is rare is worth most, and a constant answer
// nothing. Evidence is answers with a peer.
type TruthSerum struct {
	// Floor is the least R, which bounds the value of an answer to 1/Floor - 1;
	// above 0, at most One.
	Floor num.Ppm
}

// Name returns pts.
func (TruthSerum) Name() string { return "pts" }

// Scores returns an error of kind invalid for a floor out of bounds.
func (s TruthSerum) Scores(t *label.Table, _ label.Gold) ([]Score, error) {
	if s.Floor <= 0 || s.Floor > num.One {
		return nil, fault.Invalid("quality: floor %v of the truth serum: want above 0, at most 100%%", s.Floor)
	}
	c := newCrowd(t)
	return c.each(func() func(int) Score {
		own := make([]int64, t.K())
		return func(w int) Score {
			clear(own)
			for _, a := range c.of(w) {
				own[a.label]++
			}
			var sum num.Ppm
			var n int64
			for _, a := range c.of(w) {
				if c.peers(a.task) == 0 {
					continue
				}
				elsewhere := int64(c.Len()-len(c.of(w))) - c.peers(a.task)
				sum += s.worth(c.same(a), c.peers(a.task), c.given[a.label]-own[a.label]-c.same(a), elsewhere)
				n++
			}
			if n == 0 {
				return Score{}
			}
			return Score{Value: sum / num.Ppm(n), Evidence: n}
		}
	}), nil
}

// worth returns the value of an answer that same of its peers gave too, of a
// label that makes up part of the whole elsewhere; rounded down.
func (s TruthSerum) worth(same, peers, part, whole int64) num.Ppm {
	agreed, share := ratio(same, peers, num.Down), s.Floor
	if whole > 0 {
		share = max(share, ratio(part, whole, num.Down))
	}
	return ratio(int64(agreed), int64(share), num.Down) - num.One
}
