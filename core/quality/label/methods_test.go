package label_test

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/synth"
)

// stepped returns the methods of this package that go in steps, with some.
func stepped(steps int) []label.Method {
	return []label.Method{
		label.OneCoin{Iterations: steps},
		label.ZenCrowd{Iterations: steps},
		label.IBCC{Steps: steps},
		label.EBCC{Subtypes: 3, Starts: 1, Steps: steps},
		label.BWA{Steps: steps},
		label.MACE{Starts: 1, Steps: steps},
	}
}

func TestMethodsHaveTheirNames(t *testing.T) {
	for _, name := range label.Names() {
		if m, err := label.New(name); err != nil || m.Name() != name {
			t.Errorf("New(%q) = %v, %v", name, m, err)
		}
	}
	if _, err := label.New("vibes"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("New(vibes): error %v, want kind invalid", err)
	}
}

func TestMethodsGiveTheSameBitsForAnyNumberOfThreads(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	tab, gold := crowd(t, synth.Recipe{Tasks: 1_500, Workers: 100, Classes: 4, PerTask: 5, Spammers: 100_000})
	for i := range gold {
		if i%10 > 0 {
			gold[i] = label.None
		}
	}
	for _, m := range append(stepped(3), label.CrowdLab{}, label.LA{Passes: 1}, label.LA{Passes: 2}) {
		var want label.Result
		for _, threads := range []int{1, 2, 16} {
			runtime.GOMAXPROCS(threads)
			got := m.Aggregate(tab, gold)
			if want.Labels == nil {
				want = got
			}
			if !slices.Equal(got.Posterior, want.Posterior) || !slices.Equal(got.Labels, want.Labels) {
				t.Errorf("%s: %d threads give other posteriors than one", m.Name(), threads)
			}
		}
	}
}

func TestStepsAllocateNothing(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	tab, _ := crowd(t, synth.Recipe{Tasks: 1_500, Workers: 100, Classes: 4, PerTask: 5, Spammers: 100_000})
	mallocs := func(m label.Method) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		m.Aggregate(tab, nil)
		runtime.ReadMemStats(&after)
		return after.Mallocs - before.Mallocs
	}
	for n, m := range stepped(12) {
		few := stepped(2)[n]
		mallocs(few)
		// What is left are the runtime's own, when a thread first waits.
		if few, many := mallocs(few), mallocs(m); many > few+10 {
			t.Errorf("%s: %d allocations in 2 steps, %d in 12", m.Name(), few, many)
		}
	}
}

// A ring of 20 copies one random key for three tasks in ten; gold is one task
// in twenty. The first step learns of whom gold tests from gold alone: else the
// ring, which always agrees, is believed and stays so. Chance may still favour
// a key on the gold tasks, so that one key in eight gets through: rings are to
// be looked for all the same.
func TestGoldBreaksARingThatOutvotesTheHonest(t *testing.T) {
	const ring = 20
	s := load(t, "rte")
	random := rand.New(rand.NewPCG(0, 2))
	honest := table(t, s.answers)
	for _, task := range honest.Tasks {
		key := honest.Labels[random.IntN(honest.K())]
		for j := range ring {
			if random.Float64() < .3 {
				s.answers = append(s.answers, label.Answer{Task: task, Worker: "ring" + string(rune('a'+j)), Label: key})
			}
		}
	}
	tab := table(t, s.answers)
	var known []label.Truth
	for _, g := range s.gold {
		if random.Float64() < .05 {
			known = append(known, g)
		}
	}
	for _, name := range []string{"onecoin", "zencrowd", "dsmap", "hds", "fds", "ibcc"} {
		m, err := label.New(name)
		if err != nil {
			t.Fatal(err)
		}
		blind, sighted := accuracy(tab, m.Aggregate(tab, nil), s.gold), accuracy(tab, m.Aggregate(tab, tab.Gold(known)), s.gold)
		if blind > .6 || sighted < .92 {
			t.Errorf("%s: accuracy %.4f without gold, %.4f with; want below .6, at least .92", m.Name(), blind, sighted)
		}
	}
}

// Ten workers know, three guess evenly, one always says the same.
func TestMACETellsSpammersFromTheOthers(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 0))
	labels := []string{"a", "b", "c"}
	var answers []label.Answer
	for i := range 200 {
		task, truth := string(rune('A'+i%26))+string(rune('0'+i/26)), random.IntN(3)
		for j := range 14 {
			given := truth
			switch {
			case j == 13:
				given = 2
			case j >= 10, random.IntN(10) == 0:
				given = random.IntN(3)
			}
			answers = append(answers, label.Answer{Task: task, Worker: string(rune('a' + j)), Label: labels[given]})
		}
	}
	tab := table(t, answers)
	_, spam := label.MACE{Starts: 10, Steps: 50}.Detect(tab, nil)
	for j, s := range spam {
		if (s.Share > .5) != (j >= 10) || s.Answers != 200 {
			t.Errorf("worker %d: spam %.3f of %d answers", j, s.Share, s.Answers)
		}
		var sum float64
		for _, p := range s.Labels {
			sum += p
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("worker %d: labels %v sum to %v", j, s.Labels, sum)
		}
	}
	if p := spam[13].Labels; p[2] < .85 {
		t.Errorf("the worker of one label spams %v", p)
	}
}
