package settle_test

import (
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/pay"
	"github.com/alaya-network/alaya/core/settle"
	"github.com/alaya-network/alaya/internal/recorded"
)

const constant = "constant"

// withConstant adds a worker who gives the commonest label to 300 tasks.
func withConstant(answers []label.Answer) []label.Answer {
	count, commonest := map[string]int{}, ""
	var tasks []string
	for _, a := range answers {
		if count[a.Label]++; count[a.Label] > count[commonest] {
			commonest = a.Label
		}
		tasks = append(tasks, a.Task)
	}
	slices.Sort(tasks)
	tasks = slices.Compact(tasks)
	for _, task := range tasks[:min(len(tasks), 300)] {
		answers = append(answers, label.Answer{Task: task, Worker: constant, Label: commonest})
	}
	return answers
}

// priced pays a crowd with and without the bound by what answers tell.
func priced(t *testing.T, answers []label.Answer) (before, after map[id.Address]settle.Entry) {
	t.Helper()
	job := quality.Job{Params: quality.Defaults(), Final: true}
	for _, a := range answers {
		job.Answers = append(job.Answers, quality.Answer{Task: a.Task, Worker: a.Worker, Label: a.Label})
	}
	v, err := quality.Judge(job)
	if err != nil {
		t.Fatal(err)
	}
	items, number := map[string]quality.Item{}, map[string]int{}
	var labels []string
	for _, item := range v.Items {
		items[item.Task], labels = item, append(labels, item.Label)
	}
	slices.Sort(labels)
	labels = slices.Compact(labels)
	works := make([]settle.Work, len(v.Workers))
	for i, w := range v.Workers {
		number[w.Worker] = i
		works[i] = settle.Work{Contributor: id.Address(w.Worker), Price: 1_000_000, Answers: uint64(w.Answers), Skill: w.Skill, Informed: num.One, Worthless: w.Spam}
	}
	recalls := pay.NewRecalls(len(works), len(labels))
	for _, a := range answers {
		item := items[a.Task]
		class, _ := slices.BinarySearch(labels, item.Label)
		recalls.Add(number[a.Worker], class, item.Posterior, a.Label == item.Label)
	}
	rule := settle.Rule{Floor: num.One / num.Ppm(len(labels)), Target: 900_000, Due: num.One}
	before = byName(t, rule, works)
	for i, most := range recalls.Informed() {
		works[i].Informed = most
	}
	return before, byName(t, rule, works)
}

func byName(t *testing.T, rule settle.Rule, works []settle.Work) map[id.Address]settle.Entry {
	t.Helper()
	entries, _, err := rule.Pay(works)
	if err != nil {
		t.Fatal(err)
	}
	named := map[id.Address]settle.Entry{}
	for _, e := range entries {
		named[e.Contributor] = e
	}
	return named
}

// looks says of which workers the truth shows that they look at the tasks: an
// informedness above a fifth on ten tasks or more.
func looks(answers []label.Answer, truths []label.Truth) map[string]bool {
	truth := map[string]string{}
	for _, k := range truths {
		truth[k.Task] = k.Label
	}
	type count struct{ right, seen float64 }
	records := map[string]map[string]count{}
	for _, a := range answers {
		class, known := truth[a.Task]
		if !known {
			continue
		}
		if records[a.Worker] == nil {
			records[a.Worker] = map[string]count{}
		}
		c := records[a.Worker][class]
		c.seen++
		if a.Label == class {
			c.right++
		}
		records[a.Worker][class] = c
	}
	look := map[string]bool{}
	for worker, record := range records {
		sum, seen := 0.0, 0.0
		for _, c := range record {
			sum, seen = sum+c.right/c.seen, seen+c.seen
		}
		look[worker] = len(record) > 1 && seen >= 10 && (sum-1)/float64(len(record)-1) > .2
	}
	return look
}

// A constant answer to a skewed question was paid by how often it is right; it
// must earn nothing, and those who look must lose nothing by that.
func TestConstantAnswersEarnNothingAndThoseWhoLookKeepTheirPay(t *testing.T) {
	tests := []struct {
		set    string
		before num.Ppm // factor of the constant answer without the bound, at least
	}{
		{"rte", 0}, {"bluebird", 150_000}, {"SP_amt", 250_000}, {"D_PosSent", 0}, {"CF", 180_000}, {"S_Rel", 0},
		{"S_Adult", 750_000}, {"D_Product", 900_000},
	}
	for _, tt := range tests {
		t.Run(tt.set, func(t *testing.T) {
			given, truths := recorded.Crowd(t, tt.set)
			answers := withConstant(given)
			before, after := priced(t, answers)
			if b, a := before[constant].Factor, after[constant].Factor; b < tt.before || a != 0 {
				t.Errorf("the constant answer earned %v, want at least %v; now %v, want nothing", b, tt.before, a)
			}
			look := looks(given, truths)
			n, paid, lost := 0, num.Amount(0), num.Amount(0)
			for name, b := range before {
				if look[string(name)] {
					n++
					paid, lost = paid+b.Amount, lost+b.Amount-after[name].Amount
				}
			}
			t.Logf("constant: %v of the price, now %v; %d who look earned %s, now %s less", before[constant].Factor, after[constant].Factor, n, paid, lost)
			if n == 0 || lost > paid/1000 {
				t.Errorf("%d who look lose %s of %s, want at most a thousandth", n, lost, paid)
			}
		})
	}
}
