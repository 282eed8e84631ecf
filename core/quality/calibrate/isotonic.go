package calibrate

import "slices"

// Isotonic maps probabilities by the best monotone steps, with straight lines
// between them; the zero value leaves them as they are.
type Isotonic struct {
	// Blocks in the order of their probabilities, both ends of which rise.
	Blocks []Block
}

// Block is a range of probabilities that are all to be believed as much as the
// share of its trials that was right.
type Block struct {
	From, To      float64
	Trials, Right int
}

func (b Block) value() float64 { return float64(b.Right) / float64(b.Trials) }

// FitIsotonic returns the monotone map of the least squared error, by pooling
// adjacent violators: trials in order, and wherever a block was right more
// often than the next, the two become one.
func FitIsotonic(trials []Trial) Isotonic {
	var blocks []Block
	for _, t := range sorted(trials) {
		b := Block{t.P, t.P, 1, outcome(t)}
		for len(blocks) > 0 {
			last := blocks[len(blocks)-1]
			if last.To < b.From && last.Right*b.Trials < b.Right*last.Trials {
				break
			}
			b = Block{last.From, b.To, last.Trials + b.Trials, last.Right + b.Right}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	return Isotonic{blocks}
}

// At returns what a probability should be.
func (m Isotonic) At(p float64) float64 {
	if len(m.Blocks) == 0 {
		return p
	}
	i, _ := slices.BinarySearchFunc(m.Blocks, p, func(b Block, p float64) int {
		switch {
		case b.To < p:
			return -1
		case b.To > p:
			return 1
		default:
			return 0
		}
	})
	if i == len(m.Blocks) {
		return m.Blocks[i-1].value()
	}
	b := m.Blocks[i]
	if i == 0 || p >= b.From {
		return b.value()
	}
	last := m.Blocks[i-1]
	along := (p - last.To) / (b.From - last.To)
	return last.value() + float64(along*(b.value()-last.value()))
}
