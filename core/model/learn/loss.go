package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// MaxLoss is the largest loss of one item, 16 in Q20.
const MaxLoss = 16 * fixed.One

// Loss says how bad an answer is, in Q20 from 0 to MaxLoss. For classes it is
// the cross entropy: minus the logarithm of the share of the label's
// exponentiated score, exact as log-loss where scores are log-odds or
// log-likelihoods, and a smooth stand-in where they are margins or distances.
// For regression it is the squared error. Scores and label must fit the model.
func (c Config) Loss(scores []int64, label int64) int64 {
	if c.Classes == 1 {
		off := fixed.Sub(label, scores[0])
		return min(MaxLoss, fixed.Mul(off, off))
	}
	best, _ := Best(scores)
	sum := int64(0)
	for _, s := range scores {
		sum += fixed.Exp(-c.nats(fixed.Sub(scores[best], s)))
	}
	behind := c.nats(fixed.Sub(scores[best], scores[label]))
	return min(MaxLoss, fixed.Add(behind, fixed.Ln(sum)-fixed.Ln(fixed.One)))
}

// nats turns a difference of scores, at least 0, into Q20 nats.
func (c Config) nats(difference int64) int64 {
	f, err := c.family()
	if err != nil || f.nats == nil {
		return difference
	}
	return f.nats(difference)
}

// fromBits turns bits into nats.
func fromBits(v int64) int64 { return fixed.Mul(v, fixed.Ln(2)) }

// fromDistance turns centroid's Q40 into Q20.
func fromDistance(v int64) int64 { return v >> (distanceBits - fixed.Shift) }
