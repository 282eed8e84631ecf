package span

// lattice is a hidden Markov model over the tokens of one task: the
// probabilities of all valid sequences at once. It is used again for the next.
type lattice struct {
	n, k int
	// step holds the probability of each tag after each other, and in a last
	// row after none; 0 where it may not follow.
	step []float64
	// seen holds, per token and tag, how well the tag explains the answers: 1
	// for the best tag of a token.
	seen []float64
	// ahead and back are the forward and backward probabilities, each token's
	// divided by its scale.
	ahead, back, scale []float64
}

// resize makes room for n tokens and returns seen, to be filled.
func (l *lattice) resize(n int) []float64 {
	l.n = n
	if size := n * l.k; size > len(l.seen) {
		l.seen, l.ahead, l.back = make([]float64, size), make([]float64, size), make([]float64, size)
		l.scale = make([]float64, n)
	}
	return l.seen[:n*l.k]
}

func (l *lattice) row(of []float64, token int) []float64 { return of[token*l.k:][:l.k] }

// after returns the probabilities of the tags that follow a tag.
func (l *lattice) after(tag int) []float64 { return l.step[tag*l.k:][:l.k] }

// first returns the probabilities of the first token's tag.
func (l *lattice) first() []float64 { return l.after(l.k) }

// forward sets ahead and scale.
func (l *lattice) forward() {
	for t := range l.n {
		row, seen := l.row(l.ahead, t), l.row(l.seen, t)
		clear(row)
		if t == 0 {
			copy(row, l.first())
		} else {
			for tag, p := range l.row(l.ahead, t-1) {
				for next, step := range l.after(tag) {
					row[next] += float64(p * step)
				}
			}
		}
		var sum float64
		for tag := range row {
			row[tag] = float64(row[tag] * seen[tag])
			sum += row[tag]
		}
		for tag := range row {
			row[tag] /= sum
		}
		l.scale[t] = sum
	}
}

// backward sets back; forward has been called.
func (l *lattice) backward() {
	for t := l.n - 1; t >= 0; t-- {
		row := l.row(l.back, t)
		if t == l.n-1 {
			for tag := range row {
				row[tag] = 1
			}
			continue
		}
		seen, next := l.row(l.seen, t+1), l.row(l.back, t+1)
		for tag := range row {
			var sum float64
			for to, step := range l.after(tag) {
				sum += float64(float64(step*seen[to]) * next[to])
			}
			row[tag] = sum / l.scale[t+1]
		}
	}
}

// posterior writes the probability of each tag of each token to z.
func (l *lattice) posterior(z []float64) {
	for t := range l.n {
		row, ahead, back := l.row(z, t), l.row(l.ahead, t), l.row(l.back, t)
		var sum float64
		for tag := range row {
			row[tag] = float64(ahead[tag] * back[tag])
			sum += row[tag]
		}
		for tag := range row {
			row[tag] /= sum
		}
	}
}

// addMoves adds the expected numbers of transitions to counts, laid out as step.
func (l *lattice) addMoves(counts []float64) {
	for t := range l.n {
		seen, back := l.row(l.seen, t), l.row(l.back, t)
		if t == 0 {
			start := counts[l.k*l.k:]
			for to, step := range l.first() {
				start[to] += float64(float64(step*seen[to])*back[to]) / l.scale[0]
			}
			continue
		}
		for tag, p := range l.row(l.ahead, t-1) {
			row := counts[tag*l.k:][:l.k]
			for to, step := range l.after(tag) {
				row[to] += float64(float64(p*step)*float64(seen[to]*back[to])) / l.scale[t]
			}
		}
	}
}

// chance returns the probability that tags[from:to] are right, that no span
// begun before from covers from, and that none of them goes on at to.
func (l *lattice) chance(tags []uint8, from, to int) float64 {
	p := l.row(l.ahead, from)[tags[from]]
	for t := from + 1; t < to; t++ {
		step := l.after(int(tags[t-1]))[tags[t]]
		p = float64(p*float64(step*l.row(l.seen, t)[tags[t]])) / l.scale[t]
	}
	if to == l.n {
		return p
	}
	last := tags[to-1]
	seen, back := l.row(l.seen, to), l.row(l.back, to)
	var on float64
	for next, step := range l.after(int(last)) {
		if !isWithin(uint8(next)) {
			on += float64(float64(step*seen[next])*back[next]) / l.scale[to]
		}
	}
	return float64(p * on)
}
