package overlap

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/calibrate"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Belief is what the answers so far say, of tasks and of workers. It is read
// only.
type Belief struct {
	Table *label.Table
	// Result holds the labels, and their posteriors softened to fit gold.
	Result      label.Result
	Calibration calibrate.Temperature

	gold  label.Gold
	k     int
	blind []float64 // posteriors, those of gold as if it were not known
	crowd []float64 // true class, label given: the typical worker's share
	right []float64 // worker, true class: his share of right answers
	class []float64 // shares of the true classes
}

// Method is the one to believe by while answers are few: it does not let an
// answer vouch for its own worker.
func Method() label.Method { return label.Apart{Strength: 3, Steps: 20} }

// Believe infers labels and skills from answers and gold, and calibrates on
// the gold.
func Believe(t *label.Table, gold label.Gold, m label.Method) *Belief {
	b := &Belief{Table: t, gold: gold, k: t.K(), Result: m.Aggregate(t, gold), Calibration: calibrate.Raw()}
	b.blind = b.Result.Posterior
	if gold.Len() > 0 {
		b.blind = m.Aggregate(t, nil).Posterior
		b.Calibration = calibrate.FitTemperature(b.blind, b.k, gold)
		b.Result.Posterior = b.Calibration.Soften(b.Result.Posterior, b.k)
		b.blind = b.Calibration.Soften(b.blind, b.k)
		for i := range t.Tasks {
			if gold.At(i) == label.None {
				copy(b.row(i), b.Result.Row(i))
			}
		}
	}
	b.learn()
	return b
}

// strength is the number of answers per class that a worker is drawn to the
// crowd by, and a class of the crowd to an even share with a bonus on the right
// label.
const strength = 3

// learn finds the confusion of the crowd and the skills of each worker.
func (b *Belief) learn() {
	k, workers := b.k, len(b.Table.Workers)
	b.crowd, b.class = make([]float64, k*k), make([]float64, k)
	b.right = make([]float64, workers*k)
	seen := make([]float64, workers*k)
	for i := range b.Table.Tasks {
		row := b.Result.Row(i)
		for c, z := range row {
			b.class[c] += z / float64(len(b.Table.Tasks))
		}
		for _, v := range b.Table.Votes(i) {
			for c, z := range row {
				b.crowd[c*k+int(v.Label)] += z
				seen[int(v.Worker)*k+c] += z
			}
			b.right[int(v.Worker)*k+int(v.Label)] += row[v.Label]
		}
	}
	for c := range k {
		labels := b.crowd[c*k:][:k]
		labels[c]++
		sum := float64(0.1 * float64(k))
		for _, n := range labels {
			sum += n
		}
		for l := range labels {
			labels[l] = (labels[l] + 0.1) / sum
		}
	}
	for x := range b.right {
		c := x % k
		b.right[x] = (b.right[x] + float64(strength*b.crowd[c*k+c])) / (seen[x] + strength)
	}
}

// row returns the posterior of a task, as if it were not gold.
func (b *Belief) row(task int) []float64 { return b.blind[task*b.k:][:b.k] }

// Posterior returns that of a task's likeliest label. Gold is looked at as if
// it were not known, so that it gets as many answers as any other task.
func (b *Belief) Posterior(task int) num.Ppm {
	if b.k == 0 {
		return 0
	}
	return strict.Ppm(slices.Max(b.row(task)))
}

// Skill returns the share of a worker's answers expected to be right.
func (b *Belief) Skill(worker int) num.Ppm {
	var sum float64
	for c, share := range b.class {
		sum += float64(share * b.right[worker*b.k+c])
	}
	return strict.Ppm(sum)
}

// Gain returns what n more answers of the typical worker are expected to add
// to the probability that a task's label is right; n is at most maxAhead. The
// two likeliest classes alone are looked at.
func (b *Belief) Gain(task, n int) num.Ppm { return strict.Ppm(b.gain(task, min(n, maxAhead))) }

// maxAhead bounds the answers that are looked ahead.
const maxAhead = 16

func (b *Belief) gain(task, n int) float64 {
	if b.k < 2 {
		return 0
	}
	row := b.row(task)
	first, second := b.leaders(task)
	// Of the answers that name one of the two, these shares name the first.
	ifFirst, ifSecond := b.names(first, first, second), b.names(second, first, second)
	after := 0.0
	for named := range n + 1 {
		p, q := row[first], row[second]
		for x := range n {
			if x < named {
				ways := float64(n-x) / float64(x+1)
				p, q = float64(p*float64(ifFirst*ways)), float64(q*float64(ifSecond*ways))
			} else {
				p, q = float64(p*(1-ifFirst)), float64(q*(1-ifSecond))
			}
		}
		after += max(p, q)
	}
	return max(0, after-row[first])
}

// leaders returns the two likeliest classes of a task.
func (b *Belief) leaders(task int) (first, second int) {
	row := b.row(task)
	second = 1
	if row[1] > row[0] {
		first, second = 1, 0
	}
	for c := 2; c < len(row); c++ {
		switch {
		case row[c] > row[first]:
			first, second = c, first
		case row[c] > row[second]:
			second = c
		}
	}
	return first, second
}

// names returns how often the crowd's answers to a class name one label of two.
func (b *Belief) names(class, one, other int) float64 {
	p, q := b.crowd[class*b.k+one], b.crowd[class*b.k+other]
	return p / (p + q)
}

// rate returns the highest gain per answer among the next answers of a task,
// after it got planned ones and with room for as many more.
func (b *Belief) rate(task, planned, room int) float64 {
	best, have := 0.0, b.gain(task, planned)
	for n := 1; n <= room && planned+n <= maxAhead; n++ {
		best = max(best, (b.gain(task, planned+n)-have)/float64(n))
	}
	return best
}

// Information returns what a worker's answer to a task is expected to tell of
// its true class, in ppm of a nat.
func (b *Belief) Information(task, worker int) num.Ppm {
	return strict.Ppm(b.ask(task).information(worker))
}

// question is a task about to be asked: its likeliest classes, at most
// maxClasses, and their probabilities.
type question struct {
	*Belief
	classes []int
	p       []float64
	told    []float64 // scratch: the labels in classes, then all others
}

// maxClasses bounds the classes looked at when a worker is chosen.
const maxClasses = 8

func (b *Belief) ask(task int) question {
	row := b.row(task)
	classes := make([]int, len(row))
	for c := range classes {
		classes[c] = c
	}
	slices.SortStableFunc(classes, func(x, y int) int { return cmp.Compare(row[y], row[x]) })
	q := question{Belief: b, classes: classes[:min(len(classes), maxClasses)]}
	q.p, q.told = make([]float64, len(q.classes)), make([]float64, len(q.classes)+1)
	var sum float64
	for _, c := range q.classes {
		sum += row[c]
	}
	for x, c := range q.classes {
		q.p[x] = row[c] / sum
	}
	return q
}

// information returns the mutual information of class and a worker's answer.
func (q question) information(worker int) float64 {
	clear(q.told)
	var info float64
	for x, c := range q.classes {
		rest := 1.0
		for y, l := range q.classes {
			share := q.share(worker, c, l)
			rest -= share
			q.told[y] += float64(q.p[x] * share)
			info += float64(q.p[x] * entropy(share))
		}
		rest = max(0, rest)
		q.told[len(q.classes)] += float64(q.p[x] * rest)
		info += float64(q.p[x] * entropy(rest))
	}
	for _, share := range q.told {
		info -= entropy(share)
	}
	return max(0, info)
}

// entropy returns x·ln x.
func entropy(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return float64(x * strict.Log(x))
}

// share returns how often a worker gives a label for a class: right as often as
// he is, wrong as the crowd is.
func (b *Belief) share(worker, class, given int) float64 {
	right := b.right[worker*b.k+class]
	if given == class {
		return right
	}
	wrong := 1 - b.crowd[class*b.k+class]
	if wrong <= 0 {
		return 0
	}
	return float64((1-right)*b.crowd[class*b.k+given]) / wrong
}
