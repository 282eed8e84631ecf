package calibrate

import "github.com/alaya-network/alaya/core/quality/strict"

// Platt maps a probability p to 1 / (1 + e^-(Slope·logit p + Offset)). A slope
// below 1 softens, and an offset shifts what is all too sure or unsure alike.
type Platt struct {
	Slope, Offset float64
}

const (
	plattSteps = 50
	// plattEdge keeps logits finite: probabilities nearer to 0 or 1 count as
	// this near.
	plattEdge = 1e-6
	// plattRidge keeps the steps finite where all trials say the same.
	plattRidge = 1e-3
)

// FitPlatt returns the map of the least log loss, against targets drawn towards
// a half by one trial, by Newton's method; the identity for no trials. A slope
// is never negative.
func FitPlatt(trials []Trial) Platt {
	trials = sorted(trials)
	m := Platt{Slope: 1}
	wrong, right := plattTargets(trials)
	for range plattSteps {
		// Gradient and curvature of the loss, with the ridge towards identity.
		gs, gb := float64(plattRidge*(m.Slope-1)), float64(plattRidge*m.Offset)
		hss, hsb, hbb := plattRidge, 0.0, plattRidge
		for _, t := range trials {
			x, want := logit(t.P), wrong
			if t.Right {
				want = right
			}
			p := m.At(t.P)
			miss, curve := p-want, float64(p*(1-p))
			gs, gb = gs+float64(miss*x), gb+miss
			hss, hsb, hbb = hss+float64(float64(curve*x)*x), hsb+float64(curve*x), hbb+curve
		}
		det := float64(hss*hbb) - float64(hsb*hsb)
		m.Slope -= bound((float64(hbb*gs) - float64(hsb*gb)) / det)
		m.Offset -= bound((float64(hss*gb) - float64(hsb*gs)) / det)
		m.Slope = max(0, m.Slope)
	}
	return m
}

// plattTargets returns what wrong and right trials should be believed with, in
// view of how many there are.
func plattTargets(trials []Trial) (wrong, right float64) {
	n := 0
	for _, t := range trials {
		n += outcome(t)
	}
	return 1 / float64(len(trials)-n+2), float64(n+1) / float64(n+2)
}

// bound keeps a Newton step from overshooting.
func bound(step float64) float64 { return min(max(step, -1), 1) }

// At returns what a probability should be.
func (m Platt) At(p float64) float64 {
	x := float64(m.Slope*logit(p)) + m.Offset
	if x < 0 {
		e := strict.Exp(x)
		return e / (1 + e)
	}
	return 1 / (1 + strict.Exp(-x))
}

// logit returns the log odds of a probability.
func logit(p float64) float64 {
	p = min(max(p, plattEdge), 1-plattEdge)
	return strict.Log(p / (1 - p))
}
