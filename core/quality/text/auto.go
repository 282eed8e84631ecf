package text

import "github.com/alaya-network/alaya/core/num"

// Auto takes the method that Choose found nearer to held-out answers.
type Auto struct {
	Rules Rules
}

// Name returns "auto".
func (Auto) Name() string { return "auto" }

// Aggregate chooses a method and runs it.
func (m Auto) Aggregate(t *Table) Result {
	chosen, _ := Choose(t, m.Rules)
	return chosen.Aggregate(t)
}

// Trial is how a method did at meeting held-out answers: word errors per word.
type Trial struct {
	Method string
	WER    num.Ppm
}

// Choose holds out one answer of every task that has three or more, and
// returns the method whose texts are nearest to those, Rover if equal, with
// the trial of each. The word error against answers is not that against the
// truth, but what is nearer to the one is nearer to the other.
func Choose(t *Table, rules Rules) (Method, []Trial) {
	out := func(i int) int { return i % max(1, len(t.Votes(i))) } // no worker is always the one
	rest := t.Where(func(i, n int) bool { return n != out(i) })
	var chosen Method
	var trials []Trial
	for _, m := range []Method{Rover{rules}, Medoid{rules, GLEU}} {
		var wrong, words int
		for i, text := range m.Aggregate(rest).Texts {
			if text.Answers < 2 {
				continue // any method returns an only answer
			}
			want := rules.Words(t.Votes(i)[out(i)].Value)
			wrong += Distance(want, rules.Words(text.Text))
			words += len(want)
		}
		trial := Trial{m.Name(), rate(wrong, words)}
		if chosen == nil || trial.WER < trials[0].WER {
			chosen = m
		}
		trials = append(trials, trial)
	}
	return chosen, trials
}
