package learn

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/fixed"
)

// network is a small network of 8-bit numbers: a frozen layer turns the input,
// scaled to length 1, into Hidden units between 0 and 127/128, and logistic
// learns from those. The frozen weights are the sum of what Seed draws and what
// the model was created with (EncoderCells), cut to -127..127 over 128. Scores
// are log-odds in Q20 nats. Source for random frozen layers: Huang, Zhu and
// Siew, Extreme learning machine, Neurocomputing 70 (2006).
//
// Use it where a layer trained elsewhere can be reused, or where classes are no
// half-spaces in few dense features. Not for words without such a layer: random
// units say less than the words.
type network struct {
	last     logistic
	features uint64
	hidden   uint32
	seed     uint64
}

const (
	maxHidden = 256
	int8Bits  = 7 // after the point
	int8Max   = 127
)

func networkOwn(p Params) Params {
	return Params{Rate: p.Rate, Hidden: p.Hidden, Seed: p.Seed}
}

func newNetwork(c Config) (Learner, error) {
	hidden, err := setting("hidden", int64(c.Params.Hidden), 64, maxHidden)
	if err != nil {
		return nil, err
	}
	units := c
	units.Features = uint32(hidden)
	last, err := newLogistic(units)
	if err != nil {
		return nil, err
	}
	return network{last.(logistic), uint64(c.Features), uint32(hidden), c.Params.Seed}, nil
}

// encode returns the units of the frozen layer.
func (n network) encode(s State, x Input) Input {
	length := max(1, fixed.Isqrt(squares(x)<<fixed.Shift))
	sums := make([]int64, n.hidden)
	for k, i := range x.Indices {
		value := x.value(k)
		for unit := range n.hidden {
			sums[unit] += value * n.weight(s, i, unit) // below 2³⁷, 2¹⁰ of them
		}
	}
	units := Input{Indices: make([]uint32, n.hidden), Values: make([]int64, n.hidden)}
	for unit, sum := range sums {
		bias := fixed.Clamp(s.Get(Cell{tableFrozen, encoderBias, uint32(unit)}), maxWeight)
		act := fixed.MulDiv(sum, fixed.One, length<<int8Bits) + bias
		units.Indices[unit] = uint32(unit)
		units.Values[unit] = max(0, min(int8Max, act>>(fixed.Shift-int8Bits))) << (fixed.Shift - int8Bits)
	}
	return units
}

// weight returns a frozen weight, -127 to 127.
func (n network) weight(s State, feature, unit uint32) int64 {
	w := fixed.Clamp(s.Get(Cell{tableFrozen, feature, unit}), 2*int8Max)
	if n.seed != 0 {
		w += drawn(n.seed, feature, unit)
	}
	return fixed.Clamp(w, int8Max)
}

// drawn returns the weight that a seed draws, -127 to 127, by the mixer of
// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
func drawn(seed uint64, feature, unit uint32) int64 {
	z := seed + 0x9e3779b97f4a7c15*(uint64(feature)<<8|uint64(unit)+1)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	z ^= z >> 31
	return int64(z%(2*int8Max+1)) - int8Max
}

func (n network) Scores(s State, x Input) []int64 { return n.last.Scores(s, n.encode(s, x)) }

func (n network) Update(s State, x Input, label int64) {
	n.last.Update(s, n.encode(s, x), label)
}

func (n network) Cost(x Input) uint64 {
	units := Input{Indices: make([]uint32, n.hidden)}
	return uint64(n.hidden)*uint64(len(x.Indices)+1) + n.last.Cost(units)
}

func (n network) Size() uint64 {
	return uint64(n.hidden)*(n.features+1) + n.last.Size()
}

// encoderBias is the class of the cells with the frozen layer's biases.
const encoderBias = MaxFeatures

// EncoderCells returns the cells of a frozen layer for a network's first state:
// a row of weights over 128 for each feature, and a bias in Q20 per unit; all
// rows have as many units as there are biases, at most 256.
func EncoderCells(rows [][]int8, biases []int64) ([]Entry, error) {
	if len(rows) > MaxFeatures || len(biases) < 1 || len(biases) > maxHidden {
		return nil, fault.Limit("learn: encoder of %d features, %d units: at most %d and 1 to %d", len(rows), len(biases), MaxFeatures, maxHidden)
	}
	var m Memory
	for i, row := range rows {
		if len(row) != len(biases) {
			return nil, fault.Invalid("learn: encoder row %d of %d units: want %d", i, len(row), len(biases))
		}
		for unit, w := range row {
			m.Set(Cell{tableFrozen, uint32(i), uint32(unit)}, int64(w))
		}
	}
	for unit, b := range biases {
		m.Set(Cell{tableFrozen, encoderBias, uint32(unit)}, b)
	}
	return m.Cells(), nil
}
