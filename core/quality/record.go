package quality

import (
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/watch"
)

// Gold below guessing plus dropMargin, on at least minGold answers, drops a
// worker; guessing plus spamMargin is what the sequential test takes for spam.
const (
	dropMargin num.Ppm = 150_000
	spamMargin num.Ppm = 50_000
	minGold            = 5
)

// record is what gold says of one worker.
type record struct {
	right, seen int
	walk        watch.Walk
	dropped     bool
}

// records holds every worker's answers to gold, in the order of the tasks,
// against the sequential test and the rule for dropping.
func records(t *label.Table, gold label.Gold, p Params) ([]record, error) {
	all := make([]record, len(t.Workers))
	if t.K() == 0 {
		return all, nil
	}
	guess := num.One / num.Ppm(t.K())
	spam := p.Spam
	if spam == 0 {
		spam = min(guess+spamMargin, p.Honest-1)
	}
	test, err := watch.NewTest(p.Honest, spam, p.Risk)
	if err != nil {
		return nil, err
	}
	for i := range t.Tasks {
		class := gold.At(i)
		if class == label.None {
			continue
		}
		for _, v := range t.Votes(i) {
			r := &all[v.Worker]
			r.seen++
			if v.Label == class {
				r.right++
			}
			r.walk = test.Step(r.walk, v.Label == class)
		}
	}
	for j := range all {
		r := &all[j]
		poor := r.seen >= minGold && smoothed(*r) < guess+dropMargin
		r.dropped = t.K() > 1 && (poor || r.walk.Spam)
	}
	return all, nil
}

// smoothed returns the share of right gold answers, drawn by two towards a
// half.
func smoothed(r record) num.Ppm {
	return num.Ppm(r.right+1) * num.One / num.Ppm(r.seen+2)
}
