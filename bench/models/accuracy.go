package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/internal/samples"
)

// column is a share of labels turned, drawn by some seeds.
type column struct {
	name  string
	share float64
	seeds int
}

func columns() []column {
	return []column{{"clean", 0, 1}, {"14 % turned", 1.0 / 7, 5}, {"30 % turned", .3, 5}}
}

// row is a line of a table: one way of learning.
type row struct {
	name   string
	set    samples.Set
	pupil  func() (pupil, error)
	family string // "": a peer
	seeds  int    // at most; 0: as many as the column
}

// family is a row of one of our families.
func family(name string, s samples.Set, suffix string) row {
	r := row{name: name + suffix, set: s, family: name}
	config := configOf(name, s.Features)
	if name == learn.Neighbours {
		r.seeds = 1
	}
	r.pupil = func() (pupil, error) {
		l, err := learn.New(config)
		return &ours{Learner: l}, err
	}
	return r
}

func configOf(name string, features uint32) learn.Config {
	c := learn.Config{Family: name, Classes: 2, Features: features}
	if name == learn.Neighbours {
		c.Params.Cap = 8192
	}
	return c
}

func peer(name string, s samples.Set, made func(uint32) pupil) row {
	return row{name: name, set: s, pupil: func() (pupil, error) { return made(s.Features), nil }}
}

// rows are all that is compared on texts.
func rows(b samples.Both) []row {
	all := []row{
		peer("DCAI Perceptron.sol", b.Words, newPerceptronSol),
		peer("DCAI NaiveBayes.sol", b.Words, newBayesSol),
		peer("DCAI SparseNearestCentroid.sol", b.Words, newCentroidSol),
	}
	for _, name := range []string{
		learn.Centroid, learn.Neighbours, learn.Perceptron, learn.Average, learn.Passive, learn.Arow, learn.Logistic,
		learn.Bayes, learn.Complement, learn.BayesWeights,
	} {
		all = append(all, family(name, b.Words, ""))
	}
	for _, name := range []string{learn.Bayes, learn.Arow, learn.Logistic, learn.BayesWeights} {
		all = append(all, family(name, b.Pairs, ", hashed pairs"))
	}
	return all
}

func reviews(_ context.Context, o options) (string, error) {
	b, err := samples.Reviews(o.data)
	if err != nil {
		return "", err
	}
	return texts(b)
}

func sentences(_ context.Context, o options) (string, error) {
	b, err := samples.Sentences(o.data)
	if err != nil {
		return "", err
	}
	return texts(b)
}

// texts is the table of a data set of texts.
func texts(b samples.Both) (string, error) {
	t := table{head: []string{"one pass"}}
	for _, c := range columns() {
		t.head = append(t.head, c.name)
	}
	best := make([]float64, len(columns()))
	for _, r := range rows(b) {
		cells := []string{r.name}
		for i, c := range columns() {
			share, err := r.measure(c)
			if err != nil {
				return "", err
			}
			if r.family != "" {
				best[i] = max(best[i], share)
			}
			cells = append(cells, thousandths(share))
		}
		t.add(cells...)
	}
	chosen, lost := []string{"**chosen on a holdout**"}, []string{"against the best family"}
	for i, c := range columns() {
		share, err := choose(b, c)
		if err != nil {
			return "", err
		}
		chosen = append(chosen, "**"+thousandths(share)+"**")
		lost = append(lost, fmt.Sprintf("%+.1f points", 100*(share-best[i])))
	}
	t.add(chosen...)
	t.add(lost...)
	return t.String(), nil
}

// measure is the share of right answers, the mean over the column's seeds.
func (r row) measure(c column) (float64, error) {
	seeds := c.seeds
	if r.seeds > 0 {
		seeds = min(seeds, r.seeds)
	}
	sum := 0
	for seed := range seeds {
		p, err := r.pupil()
		if err != nil {
			return 0, err
		}
		for _, item := range samples.Turn(r.set.Train, seed, c.share) {
			p.learn(item.Input, item.Label)
		}
		sum += right(p, r.set.Test)
	}
	return float64(sum) / float64(seeds*len(r.set.Test)), nil
}

func right(p pupil, items []samples.Item) int {
	count := 0
	for _, item := range items {
		if p.answer(item.Input) == item.Label {
			count++
		}
	}
	return count
}

// choose lets every family learn four fifths of the items, with their turned
// labels, and holds them against one another on the last fifth, whose labels
// are the creator's and true; the chosen one then learns that fifth too.
func choose(b samples.Both, c column) (float64, error) {
	sum := 0
	for seed := range c.seeds {
		candidates, tests := contestants(b, c, seed)
		contest, err := learner.Choose(candidates)
		if err != nil {
			return 0, err
		}
		chosen := candidates[contest.Chosen]
		l, err := learn.New(chosen.Config)
		if err != nil {
			return 0, err
		}
		state := learner.Train(l, append(chosen.Learn[:len(chosen.Learn):len(chosen.Learn)], chosen.Holdout...))
		sum += learner.Right(l, state, tests[contest.Chosen])
	}
	return float64(sum) / float64(c.seeds*len(b.Words.Test)), nil
}

// contestants are the families over both encodings, the champion first.
func contestants(b samples.Both, c column, seed int) (all []learner.Candidate, tests [][]learner.Line) {
	for _, s := range []samples.Set{b.Pairs, b.Words} {
		learnt, _ := learner.Split(lines(samples.Turn(s.Train, seed, c.share)))
		_, holdout := learner.Split(lines(s.Train))
		for _, name := range learner.Families(samples.Hashed()) {
			all = append(all, learner.Candidate{Config: configOf(name, s.Features), Learn: learnt, Holdout: holdout})
			tests = append(tests, lines(s.Test))
		}
	}
	return all, tests
}

func lines(items []samples.Item) []learner.Line {
	all := make([]learner.Line, len(items))
	for i, item := range items {
		all[i] = learner.Line{Input: item.Input, Label: item.Label}
	}
	return all
}

// passengers is the table of the one data set that is no text: five folds.
func passengers(_ context.Context, o options) (string, error) {
	e, items, err := samples.Passengers(o.data)
	if err != nil {
		return "", err
	}
	t := table{head: []string{"one pass, 5 folds", "right"}}
	best := 0.0
	for _, name := range []string{learn.Bayes, learn.BayesWeights, learn.Logistic, learn.Tree, learn.Arow} {
		sum := 0
		for fold := range folds {
			rest, test := cut(items, fold)
			l, err := learn.New(learner.ConfigFor(name, e, 2, learn.Params{}))
			if err != nil {
				return "", err
			}
			sum += learner.Right(l, learner.Train(l, rest), test)
		}
		share := float64(sum) / float64(len(items))
		best = max(best, share)
		t.add(name, thousandths(share))
	}
	sum := 0
	for fold := range folds {
		rest, test := cut(items, fold)
		learnt, holdout := learner.Split(rest)
		var candidates []learner.Candidate
		for _, name := range learner.Families(e) {
			candidates = append(candidates, learner.Candidate{Config: learner.ConfigFor(name, e, 2, learn.Params{}), Learn: learnt, Holdout: holdout})
		}
		contest, err := learner.Choose(candidates)
		if err != nil {
			return "", err
		}
		l, err := learn.New(candidates[contest.Chosen].Config)
		if err != nil {
			return "", err
		}
		sum += learner.Right(l, learner.Train(l, rest), test)
	}
	share := float64(sum) / float64(len(items))
	t.add("**chosen on a holdout**", "**"+thousandths(share)+"**")
	t.add("against the best family", fmt.Sprintf("%+.1f points", 100*(share-best)))
	return t.String(), nil
}

const folds = 5

// cut returns a fold and what is around it.
func cut(items []samples.Item, fold int) (rest, test []learner.Line) {
	all := lines(items)
	from, to := len(all)*fold/folds, len(all)*(fold+1)/folds
	rest = append(append(rest, all[:from]...), all[to:]...)
	return rest, all[from:to]
}

// thousandths writes a share, ".847".
func thousandths(share float64) string { return strings.TrimPrefix(fmt.Sprintf("%.3f", share), "0") }

// table is a table of Markdown.
type table struct {
	head  []string
	lines [][]string
}

func (t *table) add(cells ...string) { t.lines = append(t.lines, cells) }

func (t *table) String() string {
	var b strings.Builder
	for _, line := range append([][]string{t.head, strings.Split(strings.Repeat("--- ", len(t.head)-1)+"---", " ")}, t.lines...) {
		b.WriteString("| " + strings.Join(line, " | ") + " |\n")
	}
	return b.String()
}
