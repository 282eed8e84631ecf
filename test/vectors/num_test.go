package vectors_test

import (
	_ "embed"
	"strconv"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/num"
)

var (
	//go:embed num_wilson.tsv
	numWilson string
	//go:embed num_beta.tsv
	numBeta string
	//go:embed num_decay.tsv
	numDecay string
)

// rows returns the numbers of a table below its header line.
func rows(t *testing.T, table string) [][]int64 {
	t.Helper()
	var all [][]int64
	for _, line := range strings.Split(strings.TrimSpace(table), "\n")[1:] {
		all = append(all, integers[int64](t, line, "\t"))
	}
	return all
}

// integers reads whole numbers with something between them.
func integers[N int | int64](t *testing.T, text, between string) (all []N) {
	t.Helper()
	for _, field := range strings.Split(text, between) {
		v, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		all = append(all, N(v))
	}
	return all
}

func TestWilsonLowerAgreesWithTheReference(t *testing.T) {
	for _, r := range rows(t, numWilson) {
		got, err := num.WilsonLower(uint64(r[0]), uint64(r[1]), num.Ppm(r[2]))
		if want := num.Ppm(r[3]); err != nil || got > want || got < want-1 {
			t.Errorf("WilsonLower(%d, %d, %d) = %d, %v; want %d or one less", r[0], r[1], r[2], got, err, want)
		}
	}
}

func TestBetaLowerAgreesWithTheReference(t *testing.T) {
	for _, r := range rows(t, numBeta) {
		slack := num.Ppm(1)
		if min(r[0], r[1]) < 10_000_000 {
			slack = 5
		}
		got, want := num.BetaLower(r[0], r[1]), num.Ppm(r[2])
		if got < want-slack || got > want+slack {
			t.Errorf("BetaLower(%d, %d) = %d, want %d ± %d", r[0], r[1], got, want, slack)
		}
	}
}

func TestDecayAgreesWithTheReference(t *testing.T) {
	for _, r := range rows(t, numDecay) {
		if got := num.Decay(r[0], r[1], r[2]); got < r[3]-1 || got > r[3]+1 {
			t.Errorf("Decay(%d, %d, %d) = %d, want %d ± 1", r[0], r[1], r[2], got, r[3])
		}
	}
}
