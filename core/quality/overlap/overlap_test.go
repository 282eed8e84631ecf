package overlap_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/overlap"
	"github.com/alaya-network/alaya/core/quality/synth"
)

// usual is the rule that tests start from.
func usual() overlap.Rule {
	return overlap.Rule{Target: 990_000, Min: 3, Max: 9}
}

func TestATaskIsOpenUntilItIsSureOrSpent(t *testing.T) {
	tests := []struct {
		name      string
		change    func(*overlap.Rule)
		answers   int
		posterior num.Ppm
		want      overlap.State
	}{
		{"a sure label ends it", nil, 3, 990_000, overlap.Sure},
		{"a doubtful one does not", nil, 3, 989_999, overlap.Open},
		{"too few answers leave it open, however sure", nil, 2, num.One, overlap.Open},
		{"the most answers end it", nil, 9, 500_000, overlap.Spent},
		{"the most answers may be sure", nil, 9, 990_000, overlap.Sure},
		{"the control sample goes on", func(r *overlap.Rule) { r.Control = num.One }, 3, num.One, overlap.Open},
		{"to the most answers", func(r *overlap.Rule) { r.Control = num.One }, 9, num.One, overlap.Sure},
		{"a final job ends it", func(r *overlap.Rule) { r.Final = true }, 1, 500_000, overlap.Spent},
		{"a final job needs an answer", func(r *overlap.Rule) { r.Final = true }, 0, 0, overlap.Open},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := usual()
			if tt.change != nil {
				tt.change(&r)
			}
			if got := r.State("task", tt.answers, tt.posterior); got != tt.want {
				t.Errorf("%d answers, posterior %v: %v, want %v", tt.answers, tt.posterior, got, tt.want)
			}
		})
	}
}

func TestTheControlSampleHasItsShare(t *testing.T) {
	r := usual()
	r.Control = 50_000
	n := 0
	for i := range 10_000 {
		if r.State(fmt.Sprint("task", i), 3, num.One) == overlap.Open {
			n++
		}
	}
	if n < 420 || n > 580 {
		t.Errorf("%d of 10,000 tasks in a control sample of 5%%", n)
	}
}

func TestLittleGoldRaisesTheTarget(t *testing.T) {
	r := usual()
	r.Target = 900_000
	for gold, want := range map[int]num.Ppm{0: 990_000, 29: 990_000, 30: 900_000} {
		if got := r.Guarded(gold).Target; got != want {
			t.Errorf("%d known tasks: target %v, want %v", gold, got, want)
		}
	}
	r.Target = 999_000
	if got := r.Guarded(0).Target; got != 999_000 {
		t.Errorf("a stricter target becomes %v", got)
	}
}

func TestRulesOutOfBoundsAreRefused(t *testing.T) {
	tests := []struct {
		name   string
		change func(*overlap.Rule)
	}{
		{"a target no better than guessing", func(r *overlap.Rule) { r.Target = 500_000 }},
		{"a target above certainty", func(r *overlap.Rule) { r.Target = num.One + 1 }},
		{"no answers", func(r *overlap.Rule) { r.Min = 0 }},
		{"a minimum above the maximum", func(r *overlap.Rule) { r.Max = 2 }},
		{"too many answers", func(r *overlap.Rule) { r.Max = overlap.MaxAnswers + 1 }},
		{"a negative control", func(r *overlap.Rule) { r.Control = -1 }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := usual()
			tt.change(&r)
			if err := r.Validate(); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("error %v, want kind invalid", err)
			}
		})
	}
}

// believe makes up a crowd and believes its answers, of which each task gets
// some.
func believe(t testing.TB, recipe synth.Recipe, salt byte) (*overlap.Belief, label.Gold) {
	t.Helper()
	c, err := synth.New(recipe, [32]byte{salt})
	if err != nil {
		t.Fatal(err)
	}
	tab, truth, err := c.Table()
	if err != nil {
		t.Fatal(err)
	}
	return overlap.Believe(tab, nil, overlap.Method()), truth
}

func TestPlansKeepTheirBounds(t *testing.T) {
	b, _ := believe(t, synth.Recipe{Tasks: 40, Workers: 12, Classes: 3, PerTask: 4}, 1)
	rapid.Check(t, func(r *rapid.T) {
		rule := usual()
		rule.Min = rapid.IntRange(1, 6).Draw(r, "min")
		rule.Max = rapid.IntRange(rule.Min, 12).Draw(r, "max")
		budget := overlap.Budget{Answers: rapid.IntRange(0, 200).Draw(r, "answers"), Load: rapid.IntRange(0, 9).Draw(r, "load")}
		budget.Workers = b.Table.Workers[:rapid.IntRange(0, 12).Draw(r, "workers")]
		asks, err := b.Plan(rule, budget)
		if err != nil {
			r.Fatal(err)
		}
		if len(asks) > budget.Answers {
			r.Fatalf("%d answers within a budget of %d", len(asks), budget.Answers)
		}
		answers, load, asked := map[string]int{}, map[string]int{}, map[overlap.Ask]bool{}
		for i, task := range b.Table.Tasks {
			answers[task] = len(b.Table.Votes(i))
			for _, v := range b.Table.Votes(i) {
				asked[overlap.Ask{Task: task, Worker: b.Table.Workers[v.Worker]}] = true
			}
		}
		for _, a := range asks {
			if answers[a.Task]++; answers[a.Task] > rule.Max {
				r.Fatalf("%s is asked beyond %d answers", a.Task, rule.Max)
			}
			if a.Worker == "" {
				continue
			}
			pair := overlap.Ask{Task: a.Task, Worker: a.Worker}
			if asked[pair] {
				r.Fatalf("%s is asked twice for %s", a.Worker, a.Task)
			}
			asked[pair] = true
			if load[a.Worker]++; budget.Load > 0 && load[a.Worker] > budget.Load {
				r.Fatalf("%s is asked for more than %d answers", a.Worker, budget.Load)
			}
		}
	})
}

// situation is a job of clear tasks, one split task and one with a single
// answer; workers w0 to w5 are good, w6 and w7 guess.
func situation(t *testing.T) *overlap.Belief {
	t.Helper()
	var answers []label.Answer
	give := func(task string, worker int, class string) {
		answers = append(answers, label.Answer{Task: task, Worker: fmt.Sprint("w", worker), Label: class})
	}
	for i := range 60 {
		task, class, other := fmt.Sprintf("clear-%02d", i), "no", "yes"
		if i%2 == 0 {
			class, other = other, class
		}
		for j := range 6 {
			give(task, j, class)
		}
		for j := 6; j < 8; j++ {
			if i/2%2 == 0 {
				give(task, j, class)
			} else {
				give(task, j, other)
			}
		}
	}
	for j := range 2 {
		give("single", j, "yes")
		give("split", j, "yes")
		give("split", j+2, "no")
	}
	tab, err := label.NewTable(answers, label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	return overlap.Believe(tab, nil, overlap.Method())
}

func TestAPlanAsksSkilledWorkersWhereItIsDoubtful(t *testing.T) {
	b := situation(t)
	asks, err := b.Plan(usual(), overlap.Budget{Answers: 3})
	if err != nil {
		t.Fatal(err)
	}
	if len(asks) < 2 || asks[0].Task != "single" || asks[1].Task != "split" {
		t.Fatalf("asks %+v: want the task that lacks answers, then the split one", asks)
	}
	for _, a := range asks {
		if a.Task != "single" && a.Task != "split" || a.Worker == "w6" || a.Worker == "w7" {
			t.Errorf("%s is asked for %s", a.Worker, a.Task)
		}
	}
	good, guess := 0, 0
	for j, name := range b.Table.Workers {
		switch name {
		case "w0":
			good = j
		case "w7":
			guess = j
		}
	}
	split := len(b.Table.Tasks) - 1
	if b.Skill(good) < 900_000 || b.Skill(guess) > 700_000 {
		t.Errorf("skills %v and %v of a good worker and one who guesses", b.Skill(good), b.Skill(guess))
	}
	if x, y := b.Information(split, good), b.Information(split, guess); x < 10*y {
		t.Errorf("information %d and %d of a good worker and one who guesses", x, y)
	}
}

func TestMoreAnswersGainMoreAndSureTasksGainLittle(t *testing.T) {
	b := situation(t)
	split := len(b.Table.Tasks) - 1
	last := num.Ppm(0)
	for n := range 12 {
		g := b.Gain(split, n)
		if g < last || g > num.One-b.Posterior(split) {
			t.Errorf("gain of %d answers: %v after %v, at most %v", n, g, last, num.One-b.Posterior(split))
		}
		last = g
	}
	if last < 300_000 || b.Gain(0, 12) > 1_000 {
		t.Errorf("gain of 12 answers: split task %v, clear one %v", last, b.Gain(0, 12))
	}
}

// A crowd is asked by the plan; what the curve expected is what came out.
func TestTheCurveExpectsWhatComes(t *testing.T) {
	few, truth := believe(t, synth.Recipe{Tasks: 4000, Workers: 40, Classes: 4, PerTask: 3}, 2)
	asks, err := few.Plan(overlap.Rule{Target: num.One, Min: 1, Max: 20}, overlap.Budget{Answers: 8000})
	if err != nil {
		t.Fatal(err)
	}
	curve := few.Curve(asks)
	if first := curve[0]; first.Answers != few.Table.Len() {
		t.Errorf("the curve starts at %d answers, want %d", first.Answers, few.Table.Len())
	}
	for i := 1; i < len(curve); i++ {
		if curve[i].Expected < curve[i-1].Expected {
			t.Fatalf("the curve falls after %d answers", curve[i].Answers)
		}
	}
	got, _ := overlap.Accuracy(few.Result, nil, truth)
	if diff := curve[0].Expected - got; diff < -30_000 || diff > 30_000 {
		t.Errorf("three answers each: accuracy %v, expected %v", got, curve[0].Expected)
	}
	many, truth := believe(t, synth.Recipe{Tasks: 4000, Workers: 40, Classes: 4, PerTask: 5}, 2)
	got, _ = overlap.Accuracy(many.Result, nil, truth)
	end := curve[len(curve)-1]
	t.Logf("%d answers: expected %v by the plan; %d answers without a plan: %v", end.Answers, end.Expected, many.Table.Len(), got)
	if end.Expected < got-10_000 || end.Expected > got+80_000 {
		t.Errorf("%d answers where they gain most: expected %v; %d to each task alike: %v", end.Answers, end.Expected, many.Table.Len(), got)
	}
}

func TestReplaysBuyWhatTheRuleSays(t *testing.T) {
	c, err := synth.New(synth.Recipe{Tasks: 300, Workers: 20, Classes: 3, PerTask: 12}, [32]byte{3})
	if err != nil {
		t.Fatal(err)
	}
	tab, truth, err := c.Table()
	if err != nil {
		t.Fatal(err)
	}
	rule := overlap.Rule{Target: 990_000, Min: 2, Max: 7}
	for hands := 1; hands < 4; hands++ {
		o, err := overlap.Replay{Rule: rule, Method: overlap.Method(), Hands: hands}.Run(tab, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, task := range tab.Tasks {
			n := len(o.Bought.Votes(i))
			if n < rule.Min || n > rule.Max || rule.State(task, n, o.Belief.Posterior(i)) == overlap.Open {
				t.Fatalf("%d at hand: %s got %d answers, posterior %v", hands, task, n, o.Belief.Posterior(i))
			}
		}
		share, n := overlap.Accuracy(o.Belief.Result, nil, truth)
		if n != 300 || share < 900_000 || len(o.Curve) != o.Rounds || o.Curve[o.Rounds-1].Answers != o.Bought.Len() {
			t.Errorf("%d at hand: accuracy %v of %d, curve %v", hands, share, n, o.Curve)
		}
	}
	if _, err := (overlap.Replay{Rule: rule, Method: overlap.Method()}).Run(tab, nil); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("nobody at hand: error %v, want kind invalid", err)
	}
}

func TestNothingToBelieveIsNoFault(t *testing.T) {
	tab, err := label.NewTable(nil, label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	b := overlap.Believe(tab, nil, overlap.Method())
	if asks, err := b.Plan(usual(), overlap.Budget{Answers: 9}); err != nil || len(asks) != 0 {
		t.Errorf("asks %v, %v", asks, err)
	}
	if _, err := b.Plan(usual(), overlap.Budget{Answers: -1}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("a negative budget: error %v, want kind invalid", err)
	}
	one, err := label.NewTable([]label.Answer{{Task: "t", Worker: "w", Label: "l"}}, label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	b = overlap.Believe(one, nil, overlap.Method())
	asks, err := b.Plan(usual(), overlap.Budget{Answers: 9})
	if err != nil || len(asks) != 2 || asks[0].Worker != "" {
		t.Errorf("one answer of one label: asks %+v, %v; want two of nobody known", asks, err)
	}
}
