package label_test

import (
	"math"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/internal/recorded"
)

// number reads a number of a table in testdata.
func number(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// The values are cleanlab 2.9.0's: testdata/crowdlab.py.
func TestCrowdLabSaysWhatCleanlabSays(t *testing.T) {
	var answers []label.Answer
	for _, f := range recorded.Lines(t, filepath.Join("testdata", "crowdlab_answers.tsv")) {
		answers = append(answers, label.Answer{Task: f[0], Worker: f[1], Label: f[2]})
	}
	var items []label.Prediction
	for _, f := range recorded.Lines(t, filepath.Join("testdata", "crowdlab_model.tsv")) {
		items = append(items, label.Prediction{Task: f[0], Shares: []float64{number(t, f[1]), number(t, f[2]), number(t, f[3])}})
	}
	tab := table(t, answers)
	model, err := tab.Predictions([]string{"ant", "bee", "cat"}, items)
	if err != nil {
		t.Fatal(err)
	}
	s := label.CrowdLab{Model: model}.Score(tab, nil)
	got := map[[2]string]string{{"weight", "model"}: strconv.FormatFloat(s.Model, 'g', -1, 64)}
	for j, w := range tab.Workers {
		got[[2]string{"weight", w}] = strconv.FormatFloat(s.Weights[j], 'g', -1, 64)
		got[[2]string{"worker", w}] = strconv.FormatFloat(s.Workers[j], 'g', -1, 64)
	}
	for i, task := range tab.Tasks {
		got[[2]string{"label", task}] = tab.Labels[s.Labels[i]]
		got[[2]string{"quality", task}] = strconv.FormatFloat(s.Row(i)[s.Labels[i]], 'g', -1, 64)
	}
	for _, f := range recorded.Lines(t, filepath.Join("testdata", "crowdlab_want.tsv")) {
		text := got[[2]string{f[0], f[1]}]
		if f[0] == "label" {
			if text != f[2] {
				t.Errorf("label of %s: %s, want %s", f[1], text, f[2])
			}
		} else if x, want := number(t, text), number(t, f[2]); math.Abs(x-want) > 1e-9 {
			t.Errorf("%s of %s: %v, want %v", f[0], f[1], x, want)
		}
	}
}

func TestPredictionsComeInTheOrderOfTheTable(t *testing.T) {
	tab := table(t, []label.Answer{{"t1", "w", "a"}, {"t2", "w", "b"}, {"t3", "w", "a"}})
	p, err := tab.Predictions([]string{"b", "x", "a"}, []label.Prediction{
		{"t2", []float64{1, 5, 3}}, {"t1", []float64{0, 1, 0}}, {"t2", []float64{9, 0, 0}}, {"unasked", []float64{1, 1, 1}},
	})
	want := []float64{0, 0, 0.75, 0.25, 0, 0}
	if err != nil || len(p) != len(want) {
		t.Fatalf("predictions %v, %v; want %v", p, err, want)
	}
	for x := range want {
		if p[x] != want[x] {
			t.Errorf("predictions %v, want %v", p, want)
		}
	}
	for _, tt := range []struct {
		name   string
		labels []string
		shares []float64
	}{
		{"too few shares", []string{"a", "b"}, []float64{1}},
		{"a negative share", []string{"a", "b"}, []float64{1, -1}},
		{"no number", []string{"a", "b"}, []float64{1, math.NaN()}},
		{"an endless share", []string{"a", "b"}, []float64{1, math.Inf(1)}},
		{"a label named twice", []string{"a", "a"}, []float64{1, 1}},
	} {
		if _, err := tab.Predictions(tt.labels, []label.Prediction{{"t1", tt.shares}}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: error %v, want kind invalid", tt.name, err)
		}
	}
}

// model makes up predictions for a table: four in five are right, and the right
// ones surer.
func model(t *testing.T, tab *label.Table, truth label.Gold) label.Predictions {
	t.Helper()
	r := rand.New(rand.NewPCG(3, 0))
	var items []label.Prediction
	for i, task := range tab.Tasks {
		shares := make([]float64, tab.K())
		for c := range shares {
			shares[c] = 0.2 * r.Float64()
		}
		if r.Float64() < 0.8 {
			shares[truth[i]] += 0.3 + 0.5*r.Float64()
		} else {
			shares[r.IntN(tab.K())] += 0.1 + 0.3*r.Float64()
		}
		items = append(items, label.Prediction{Task: task, Shares: shares})
	}
	p, err := tab.Predictions(tab.Labels, items)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCrowdLabJoinsVotesAndModelToBetterThanEither(t *testing.T) {
	s := load(t, "rte")
	order, of := ballots(s.answers)
	var few []label.Answer
	for _, task := range order {
		for _, b := range of[task][:3] {
			few = append(few, label.Answer{Task: task, Worker: b.Worker, Label: b.Label})
		}
	}
	tab := table(t, few)
	p := model(t, tab, tab.Gold(s.gold))
	votes := accuracy(tab, label.Majority{}.Aggregate(tab, nil), s.gold)
	workers := accuracy(tab, label.DawidSkene{Prior: label.Pooled, Soft: 30}.Aggregate(tab, nil), s.gold)
	best := label.Result{Posterior: p, Labels: make([]int32, len(tab.Tasks))}
	for i := range best.Labels {
		if row := best.Row(i); row[1] > row[0] {
			best.Labels[i] = 1
		}
	}
	alone := accuracy(tab, best, s.gold)
	if got := accuracy(tab, label.CrowdLab{Model: p}.Aggregate(tab, nil), s.gold); got < max(votes, workers, alone)+.01 {
		t.Errorf("accuracy %.4f; votes %.4f, Dawid-Skene %.4f, model %.4f", got, votes, workers, alone)
	}
}

func TestCrowdLabAtItsEnds(t *testing.T) {
	one := []label.Answer{{"t1", "w1", "a"}, {"t2", "w2", "b"}}
	tests := []struct {
		name    string
		answers []label.Answer
		model   []label.Prediction
		labels  string
	}{
		{"no model: the votes decide", []label.Answer{{"t1", "w1", "a"}, {"t1", "w2", "a"}, {"t1", "w3", "b"}}, nil, "a"},
		{"no two answers to a task: a sure model outweighs a vote",
			append(one, label.Answer{"t3", "w1", "a"}, label.Answer{"t4", "w2", "b"}),
			[]label.Prediction{{"t1", []float64{.9, .1}}, {"t2", []float64{.2, .8}}, {"t3", []float64{.8, .2}}, {"t4", []float64{.99, .01}}}, "abaa"},
		{"no prediction for a task: its votes decide", one, []label.Prediction{{"t1", []float64{.9, .1}}}, "ab"},
		{"one label", []label.Answer{{"t1", "w1", "a"}}, nil, "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tab := table(t, tt.answers)
			p, err := tab.Predictions([]string{"a", "b"}, tt.model)
			if err != nil {
				t.Fatal(err)
			}
			s := label.CrowdLab{Model: p}.Score(tab, nil)
			var labels string
			for _, class := range s.Labels {
				labels += tab.Labels[class]
			}
			if labels != tt.labels {
				t.Errorf("labels %s of %v, want %s", labels, s.Posterior, tt.labels)
			}
			for j, score := range s.Workers {
				if !(score >= 0 && score <= 1 && s.Weights[j] > 0) {
					t.Errorf("worker %d: score %v, weight %v", j, score, s.Weights[j])
				}
			}
		})
	}
}
