package world

import (
	"encoding/binary"
	"math"

	"github.com/alaya-network/alaya/core/id"
)

// hand draws numbers that follow from a seed.
type hand struct {
	seed  string
	draws uint64
}

func newHand(seed string) *hand { return &hand{seed: seed} }

// below draws a number from 0 to n-1.
func (h *hand) below(n int) int {
	h.draws++
	sum := id.Sum("alaya/world/v1", []byte(h.seed), binary.BigEndian.AppendUint64(nil, h.draws))
	return int(binary.BigEndian.Uint64(sum[:8]) % uint64(n))
}

// between draws a number from low to high.
func (h *hand) between(low, high int) int { return low + h.below(high-low+1) }

// noise draws a number around 0, mostly within ±1.
func (h *hand) noise() float64 {
	sum := 0.0
	for range 4 {
		sum += float64(h.below(2001)-1000) / 1000
	}
	return sum / math.Sqrt(4)
}
