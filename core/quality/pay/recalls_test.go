package pay_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/pay"
)

// recalls counts answers, a line a worker and a letter a task, by the truth.
func recalls(truth string, lines ...string) *pay.Recalls {
	r := pay.NewRecalls(len(lines), 3)
	for w, line := range lines {
		for i, c := range line {
			if c != ' ' {
				r.Add(w, int(truth[i]-'0'), num.One, byte(c) == truth[i])
			}
		}
	}
	return r
}

func TestInformedByHand(t *testing.T) {
	const truth = "00000000111111"
	tests := []struct {
		name  string
		truth string
		lines []string // of whom the first is judged
		want  num.Ppm
	}{
		{"perfect work is worth all", truth, []string{truth, truth, truth}, num.One},
		{"the constant answer is worth nothing", truth, []string{"00000000000000", truth, truth}, 0},
		{"so is that of the rare class", truth, []string{"11111111111111", truth, truth}, 0},
		{"so is a guess", truth, []string{"01010101010101", truth, truth}, 0},
		{"to see half of the rare class is worth all", truth, []string{"00000000111000", truth, truth}, num.One},
		{"to see a sixth of it is worth some", truth, []string{"00000000100000", truth, truth}, 500_000},
		{"among poor peers that is worth all", truth, []string{"00000000100000", "00000000110000", "00000000001100"}, num.One},
		{"two misses prove nothing", "0000000011", []string{"0000000000", "0000000011", "0000000011"}, num.One},
		{"who met one class is taken for a peer", truth, []string{"00000000      ", truth, truth}, num.One},
		{"one class tells nobody apart", "00000", []string{"11111", "00000", "00000"}, num.One},
		{"peers who see nothing are no measure", truth, []string{"00000000000000", "00000000000000", "00000000000000"}, num.One},
		{"nobody else is no measure", truth, []string{"00000000000000"}, num.One},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := recalls(tt.truth, tt.lines...).Informed()[0]; got != tt.want {
				t.Errorf("%q of %q: %v, want %v", tt.lines[0], tt.truth, got, tt.want)
			}
		})
	}
}

func TestInformedKeepsItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		workers, classes := rapid.IntRange(0, 6).Draw(t, "workers"), rapid.IntRange(0, 4).Draw(t, "classes")
		r := pay.NewRecalls(workers, classes)
		if workers > 0 && classes > 0 {
			for range rapid.IntRange(0, 60).Draw(t, "answers") {
				r.Add(rapid.IntRange(0, workers-1).Draw(t, "worker"), rapid.IntRange(0, classes-1).Draw(t, "class"),
					num.Ppm(rapid.Int64Range(0, int64(num.One)).Draw(t, "sure")), rapid.Bool().Draw(t, "right"))
			}
		}
		worth := r.Informed()
		if len(worth) != workers {
			t.Fatalf("%d workers judged of %d", len(worth), workers)
		}
		for w, v := range worth {
			if v < 0 || v > num.One {
				t.Fatalf("worker %d: %v", w, v)
			}
		}
	})
}
