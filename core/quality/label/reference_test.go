package label_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"testing"

	"github.com/alaya-network/alaya/core/quality/label"
)

// The hashes were measured with an independent program on amd64, arm64, s390x
// and ppc64le: 50 steps of the plain model, SHA-256 over the bits of z.
func TestPlainDawidSkeneGivesTheReferenceBits(t *testing.T) {
	for name, want := range map[string]string{"rte": "66f5a31ee3dfb741", "bluebird": "3387a5791e6ada34"} {
		t.Run(name, func(t *testing.T) {
			r := label.DawidSkene{Prior: label.Flat, Soft: 50}.Aggregate(table(t, load(t, name).answers), nil)
			h := sha256.New()
			for _, z := range r.Posterior {
				h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(z)))
			}
			if got := hex.EncodeToString(h.Sum(nil)[:8]); got != want {
				t.Errorf("posterior hash %s, want %s", got, want)
			}
		})
	}
}

// Accuracies measured with other programs: the tables in the package's bench
// folder give their sources. Ties move majority and wawa by up to .015 on sets
// with an even number of answers.
func TestMethodsReachTheReferenceAccuracy(t *testing.T) {
	plain := label.DawidSkene{Title: "plain", Prior: label.Flat, Soft: 60}
	fast := label.DawidSkene{Title: "fast", Hard: 30}
	pooled := label.DawidSkene{Title: "pooled", Prior: label.Pooled, Soft: 60}
	tests := []struct {
		set                                     string
		majority, wawa, coin, ds, fds, hds, tie float64
	}{
		{"bluebird", .7593, .7593, .7685, .8981, .8796, .8981, 0},
		{"rte", .8969, .9213, .9225, .9275, .9287, .9275, .01},
		{"CF", .8822, .8933, .8833, .8300, .8733, .8867, .015},
		{"SP_amt", .9430, .9440, .9460, .9440, .9440, .9440, .003},
		{"D_PosSent", .9335, .9510, .9500, .9600, .9610, .9590, .003},
		{"D_Product", .8966, .8966, .9312, .9397, .9365, .9376, .001},
		{"S_Rel", .5423, .5592, .5316, .6128, .6043, .6150, .005},
		{"S_Adult", .7583, .7628, .7658, .7387, .7718, .7508, .006},
	}
	for _, tt := range tests {
		t.Run(tt.set, func(t *testing.T) {
			s := load(t, tt.set)
			tab := table(t, s.answers)
			check := func(m label.Method, want, tolerance float64) {
				got := accuracy(tab, m.Aggregate(tab, nil), s.gold)
				if math.Abs(got-want) > tolerance {
					t.Errorf("%s: accuracy %.4f, want %.4f ± %.4f", m.Name(), got, want, tolerance)
				}
			}
			check(label.Majority{}, tt.majority, tt.tie+.0001)
			check(label.Wawa{}, tt.wawa, tt.tie+.0001)
			check(label.OneCoin{Iterations: 30}, tt.coin, .0015)
			check(plain, tt.ds, .0015)
			check(fast, tt.fds, .004)
			check(pooled, tt.hds, .004)
		})
	}
}
