package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// linear predicts a number from weighted features. Without a ridge each item
// moves the weights just as far as it takes to be right within the width, at
// most by the bound (passive-aggressive regression); with one, by rate times
// its error over the input's squared length plus one, and each weight touched
// first shrinks by the ridge. The score is the value in Q20, within MaxTarget.
// Sources: Crammer and others, JMLR 7 (2006); Widrow and Hoff (1960),
// normalised.
//
// Use it for numbers: prices, ages, scores. Scale them to a few units first,
// for settings are in those units. Not where features must be multiplied with
// one another.
type linear struct {
	Params
	features uint64
}

func linearOwn(p Params) Params {
	return Params{Rate: p.Rate, Bound: p.Bound, Width: p.Width, Ridge: p.Ridge}
}

func newLinear(c Config) (Learner, error) {
	p := c.Params
	var err error
	if p.Ridge != 0 {
		if p.Ridge, err = setting("ridge", p.Ridge, 1, fixed.One); err == nil {
			p.Rate, err = setting("rate", p.Rate, fixed.One/8, fixed.One)
		}
		return linear{p, uint64(c.Features)}, err
	}
	if p.Bound, err = setting("bound", p.Bound, fixed.One, maxRate); err == nil {
		p.Width, err = setting("width", p.Width, fixed.One/10, MaxTarget)
	}
	return linear{p, uint64(c.Features)}, err
}

func (l linear) Scores(s State, x Input) []int64 {
	return []int64{fixed.Clamp(weighted(s, 0, x), MaxTarget)}
}

func (l linear) Update(s State, x Input, label int64) {
	wrong := label - l.Scores(s, x)[0]
	norm := fixed.Add(squares(x), fixed.One)
	if l.Ridge != 0 {
		l.shrink(s, x)
		step(s, 0, x, fixed.MulDiv(fixed.Mul(l.Rate, wrong), fixed.One, norm))
		return
	}
	beyond := max(wrong, -wrong) - l.Width
	if beyond <= 0 {
		return
	}
	by := min(l.Bound, fixed.MulDiv(beyond, fixed.One, norm))
	if wrong < 0 {
		by = -by
	}
	step(s, 0, x, by)
}

// shrink takes the ridge's share from every weight the input touches.
func (l linear) shrink(s State, x Input) {
	for _, i := range x.Indices {
		cell := Cell{tableWeight, 0, i}
		shift(s, cell, -fixed.Mul(l.Ridge, s.Get(cell)))
	}
}

func (l linear) Cost(x Input) uint64 { return uint64(len(x.Indices)) + 1 }

func (l linear) Size() uint64 { return l.features + 1 }
