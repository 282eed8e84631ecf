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

// Accuracies measured with other programs, on the public sets. Ties move
// majority and wawa by up to .015 on sets with an even number of answers. MACE
// is that of crowd-kit 1.4.1, its workers and labels renamed so that the order
// of names is that of appearance: else it gives each worker another one's
// labels. A reference of 0 was not measured.
func TestMethodsReachTheReferenceAccuracy(t *testing.T) {
	methods := []struct {
		label.Method
		tolerance float64
		want      [8]float64
	}{
		{label.Majority{}, tied, [8]float64{.7593, .8969, .8822, .9430, .9335, .8966, .5423, .7583}},
		{label.Wawa{}, tied, [8]float64{.7593, .9213, .8933, .9440, .9510, .8966, .5592, .7628}},
		{label.OneCoin{Iterations: 30}, .0015, [8]float64{.7685, .9225, .8833, .9460, .9500, .9312, .5316, .7658}},
		{label.ZenCrowd{Iterations: 30}, .005, [8]float64{4: .9510, 5: .9280}},
		{plain(60), .0015, [8]float64{.8981, .9275, .8300, .9440, .9600, .9397, .6128, .7387}},
		{label.DawidSkene{Title: "hard", Hard: 30}, .004, [8]float64{.8796, .9287, .8733, .9440, .9610, .9365, .6043, .7718}},
		{label.DawidSkene{Title: "hds", Prior: label.Pooled, Soft: 60}, .004, [8]float64{.8981, .9275, .8867, .9440, .9590, .9376, .6150, .7508}},
		{label.IBCC{Steps: 200}, .0015, [8]float64{.8889, .9275, .8833, .9440, .9600, .9383, .5857, .7447}},
		{label.EBCC{Subtypes: 10, Starts: 5, Steps: 50}, .01, [8]float64{.8611, .9313, .8767, .9440, .9600, .9349}},
		{label.BWA{Steps: 30}, .0001, [8]float64{.7593, .9275, .8933, .9460, .9560, .9194, .4278, .7417}},
		{label.MACE{Starts: 1, Steps: 50}, .005, [8]float64{.8611, .9263, .8867, .9460, .9570, .8273, .6085, .7808}},
	}
	for i, name := range []string{"bluebird", "rte", "CF", "SP_amt", "D_PosSent", "D_Product", "S_Rel", "S_Adult"} {
		t.Run(name, func(t *testing.T) {
			s := load(t, name)
			tab := table(t, s.answers)
			for _, m := range methods {
				if m.want[i] == 0 {
					continue
				}
				tolerance := m.tolerance + .0001
				if m.tolerance == tied {
					tolerance = [8]float64{0, .01, .015, .003, .003, .001, .005, .006}[i] + .0001
				}
				if got := accuracy(tab, m.Aggregate(tab, nil), s.gold); math.Abs(got-m.want[i]) > tolerance {
					t.Errorf("%s: accuracy %.4f, want %.4f ± %.4f", m.Name(), got, m.want[i], tolerance)
				}
			}
		})
	}
}

// tied marks the methods whose ties decide more than their arithmetic.
const tied = -1

func plain(steps int) label.Method {
	return label.DawidSkene{Title: "plain", Prior: label.Flat, Soft: steps}
}
