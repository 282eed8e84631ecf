package strict_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/quality/strict"
)

func TestTieKeysTellNamesApart(t *testing.T) {
	seen := map[[32]byte]int{}
	for i, key := range [][32]byte{
		strict.TieKey([32]byte{}, "a", "b"), strict.TieKey([32]byte{}, "ab"), strict.TieKey([32]byte{}, "a", "b", ""),
		strict.TieKey([32]byte{}, "b", "a"), strict.TieKey([32]byte{1}, "a", "b"),
	} {
		if first, known := seen[key]; known {
			t.Errorf("keys %d and %d are the same", first, i)
		}
		seen[key] = i
	}
}
