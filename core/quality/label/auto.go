package label

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/calibrate"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Auto runs a panel of methods and takes from each what the job's own data
// speak for. No method is best everywhere: whole confusion matrices win where
// classes are confused one way, plain votes where answers per worker are few,
// and what lies between them in between. So the panel reaches from one end to
// the other, and the mean of what its members believe makes fewer mistakes
// than most of them.
//
// Without gold it withholds about a tenth of the answers, and weighs members
// such that their mixture makes those answers most likely (stacking): a member
// that adds nothing to the others gets hardly any weight, and no member gets
// all of it unless the evidence is overwhelming. The same answers say how sure
// the mixture may be: its posteriors are brought to the temperature at which
// they foretell best, which changes no label.
//
// With gold of at least 50 tasks half is told to the members and half asked of
// them, then the other way round. The one right most often is taken, but the
// mixture if that is within a standard error of it. Less gold is told to all.
//
// No threshold looks at what a set is; but the panel, the strength of shrunk,
// the number of questions and EBCC's bound were settled with the accuracies on
// eight public sets in view, among many other settings. What it reaches there
// is no estimate of what it reaches elsewhere. On small sparse jobs the salt,
// which draws what is withheld and breaks ties, moves it: CF, of 300 tasks, by
// up to 1.3 points.
//
// Posteriors lean on the answers alone; where there is gold, see package
// calibrate for what they then are worth.
//
// Time: that of the panel twice, or four times with gold; up to nine times more
// where a tenth is less than 2,000 answers, since then other tenths are withheld
// in turn. EBCC takes part in jobs of less than 30,000 answers that have, on
// average, one for each cell of a worker's confusion matrix.
//
// Sources: Yao et al., Using Stacking to Average Bayesian Predictive
// Distributions, Bayesian Analysis 13(3), 2018; Clemen and Winkler, Combining
// Probability Distributions from Experts in Risk Analysis, 1999.
type Auto struct{}

// MinGold is the number of gold tasks from which Auto chooses by gold.
const MinGold = 50

// Mixture is the name of the mean of the panel.
const Mixture = "mixture"

// Choice is what Auto chose, and why.
type Choice struct {
	Result
	// Method is that of the result: Mixture, or the name of a member.
	Method string
	// Reason says why, in a sentence.
	Reason string
	// Withheld counts the answers withheld, Gold the gold tasks it chose by: 0
	// where there were too few.
	Withheld, Gold int
	// Temperature is that of the mixture, One for none.
	Temperature num.Ppm
	Members     []Member
}

// Member is how a method of the panel did.
type Member struct {
	Method string
	// Likelihood is the mean logarithm of how likely it made the answers
	// withheld, in ppm of a nat: the nearer to 0 the better.
	Likelihood num.Ppm
	// Weight is its part in the mixture.
	Weight num.Ppm
	// Right counts the gold tasks it labels right, of those chosen by.
	Right int
}

// Name returns "auto".
func (Auto) Name() string { return "auto" }

// Aggregate returns the result of Choose.
func (m Auto) Aggregate(t *Table, gold Gold) Result { return m.Choose(t, gold).Result }

// Choose runs the panel and says what it chose, and why.
func (Auto) Choose(t *Table, gold Gold) Choice {
	if t.K() < 2 || len(t.Tasks) == 0 {
		return Choice{Result: Majority{}.Aggregate(t, gold), Method: Majority{}.Name(), Reason: "there is nothing to choose between", Temperature: num.One}
	}
	p := panel{t: t, methods: autoPanel(t)}
	told := gold
	if gold.Len() >= MinGold {
		told = nil
	}
	p.examine(told)
	best := len(p.methods)
	if gold.Len() >= MinGold {
		best = p.rank(gold)
	}
	return p.choice(best, gold)
}

// autoSmall is the number of answers below which the panel may include EBCC.
const autoSmall = 30_000

// autoPanel returns the methods that the table's size allows. Most keep a
// number per class for each label of each worker, which many labels forbid.
func autoPanel(t *Table) []Method {
	methods := []Method{Wawa{}, BWA{Steps: 30}, fds()}
	if !t.Dense() {
		return methods
	}
	methods = append(methods, Shrunk{Title: "shrunk-early", Strength: 10, Steps: 2}, hierarchical())
	if cells := len(t.Workers) * t.K() * t.K(); t.Len() < autoSmall && t.Len() >= cells {
		methods = append(methods, ebcc())
	}
	return methods
}

// panel is the state of a choice.
type panel struct {
	t       *Table
	methods []Method
	weights []float64
	// fit is the mean log likelihood of each method.
	fit      []float64
	tenths   int // the temperature of the mixture
	withheld int
	right    []int // gold tasks, per method; the mixture's come last
	gold     int
}

// examine weighs the methods by answers withheld.
func (p *panel) examine(gold Gold) {
	k := p.t.K()
	sheets, likely := make([]sheet, len(p.methods)), make([][]float64, len(p.methods))
	for tenth := 0; tenth < exams && p.withheld < enoughQuestions; tenth++ {
		e := newExam(p.t, tenth)
		p.withheld += len(e.questions)
		for m, method := range p.methods {
			sheets[m].append(e.sit(method, gold))
		}
	}
	for m, s := range sheets {
		likely[m] = s.likelihoods(k, calibrate.Coldest)
		p.fit = append(p.fit, meanLog(likely[m]))
	}
	p.weights = stack(likely)
	p.tenths = temper(sheets, p.weights, k)
}

// rank returns the method that is right on the gold most often, or the mixture
// if that is nearly as good. Half of the gold is told, the other half asked;
// then the other way round.
func (p *panel) rank(gold Gold) int {
	last, best := len(p.methods), 0
	p.gold, p.right = gold.Len(), make([]int, last+1)
	for half := range 2 {
		told, asked := gold.halve(half)
		mixture := p.mix(told, func(m int, r Result) { p.right[m] += r.right(asked) })
		p.right[last] += mixture.right(asked)
	}
	for m, right := range p.right[:last] {
		if right > p.right[best] {
			best = m
		}
	}
	n := float64(p.gold)
	ahead, share := float64(p.right[best]-p.right[last]), float64(p.right[best])/n
	if ahead <= 0 || float64(ahead*ahead) < float64(n*float64(share*(1-share))) {
		return last
	}
	return best
}

// halve returns every second gold task, from the first or the second on, and
// the others.
func (g Gold) halve(from int) (half, others Gold) {
	half, others = slices.Clone(g), slices.Clone(g)
	n := from
	for i, class := range g {
		if class == None {
			continue
		}
		if n%2 == 0 {
			others[i] = None
		} else {
			half[i] = None
		}
		n++
	}
	return half, others
}

// right counts the gold tasks labelled right.
func (r Result) right(gold Gold) int {
	n := 0
	for i, class := range gold {
		if class != None && r.Labels[i] == class {
			n++
		}
	}
	return n
}

// mix returns the mean of what the methods believe, at its temperature, and
// calls see with each result.
func (p *panel) mix(gold Gold, see func(m int, r Result)) Result {
	k := p.t.K()
	mixture := Result{make([]float64, len(p.t.Tasks)*k), make([]int32, len(p.t.Tasks))}
	for m, method := range p.methods {
		r := method.Aggregate(p.t, gold)
		see(m, r)
		mixture.blend(r, p.weights[m])
	}
	mixture.decide(p.t)
	strict.EachShard(len(mixture.Labels), 8*len(mixture.Posterior), func(from, to int) {
		for i := from; i < to; i++ {
			row := mixture.Posterior[i*k:][:k]
			scale(row)
			calibrate.Heat(row, p.tenths)
			if class := gold.At(i); class != None {
				clamp(row, class)
			}
		}
	})
	return mixture
}

// choice tells what was chosen; the mixture's number is past the methods'.
func (p *panel) choice(best int, gold Gold) Choice {
	c := Choice{Method: Mixture, Withheld: p.withheld, Gold: p.gold, Temperature: calibrate.Temperature{Tenths: p.tenths}.T()}
	for m, method := range p.methods {
		member := Member{Method: method.Name(), Likelihood: strict.Ppm(p.fit[m]), Weight: strict.Ppm(p.weights[m])}
		if p.gold > 0 {
			member.Right = p.right[m]
		}
		c.Members = append(c.Members, member)
	}
	if best < len(p.methods) {
		c.Method = p.methods[best].Name()
		c.Result = p.methods[best].Aggregate(p.t, gold)
	} else {
		c.Result = p.mix(gold, func(int, Result) {})
	}
	c.Reason = p.reason(best)
	return c
}

// reason says why the best is the best.
func (p *panel) reason(best int) string {
	last := len(p.methods)
	parts := make([]string, last)
	for m, method := range p.methods {
		parts[m] = fmt.Sprintf("%s %d %%", method.Name(), int(float64(100*p.weights[m])+0.5))
	}
	mixture := fmt.Sprintf("the mixture of %s, by %d answers withheld", strings.Join(parts, ", "), p.withheld)
	switch {
	case p.gold == 0:
		return mixture
	case best == last:
		return fmt.Sprintf("%s: right on %d of %d gold tasks, and no member better by a standard error", mixture, p.right[last], p.gold)
	default:
		return fmt.Sprintf("%s is right on %d of %d gold tasks, better by a standard error than %s, with %d",
			p.methods[best].Name(), p.right[best], p.gold, mixture, p.right[last])
	}
}
