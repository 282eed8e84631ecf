package span

import "github.com/alaya-network/alaya/core/quality/strict"

// decode returns the most probable valid sequence of a task (Viterbi, in
// logarithms); ties go where before says.
func (l *lattice) decode(before func(a, b int) bool) []uint8 {
	if l.n == 0 {
		return nil
	}
	best := make([]float64, l.k)
	from := make([]uint8, l.n*l.k) // the best tag before each
	next := make([]float64, l.k)
	for t := range l.n {
		for to, seen := range l.row(l.seen, t) {
			at, top := 0, logOf(l.first()[to])
			if t > 0 {
				at, top = l.bestBefore(best, to, before)
			}
			from[t*l.k+to] = uint8(at)
			next[to] = top + logOf(seen)
		}
		best, next = next, best
	}
	tags := make([]uint8, l.n)
	tags[l.n-1] = uint8(argmax(best, before))
	for t := l.n - 1; t > 0; t-- {
		tags[t-1] = from[t*l.k+int(tags[t])]
	}
	return tags
}

// bestBefore returns the tag that best comes before another, and the
// logarithm of the probability up to it.
func (l *lattice) bestBefore(best []float64, to int, before func(a, b int) bool) (int, float64) {
	at, top := -1, 0.0
	for tag, p := range best {
		step := l.after(tag)[to]
		if step == 0 {
			continue
		}
		p += logOf(step)
		if at < 0 || p > top || p == top && before(tag, at) {
			at, top = tag, p
		}
	}
	return at, top
}

// argmax returns the index of the largest value; ties go where before says.
func argmax(values []float64, before func(a, b int) bool) int {
	at := 0
	for i, v := range values {
		if i > 0 && (v > values[at] || v == values[at] && before(i, at)) {
			at = i
		}
	}
	return at
}

// impossible stands for the logarithm of 0.
const impossible = -1e9

func logOf(p float64) float64 {
	if p == 0 {
		return impossible
	}
	return strict.Log(p)
}
