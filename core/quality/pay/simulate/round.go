package simulate

import (
	"fmt"
	"strconv"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// round is one job and who answered it.
type round struct {
	table    *label.Table
	gold     label.Gold
	strategy []Strategy // of the workers of the table
}

// play lets a crowd answer all jobs.
func (s Scenario) play(crowd Crowd) ([]round, error) {
	var team []Strategy
	for strategy, workers := range crowd {
		for range workers {
			team = append(team, Strategy(strategy))
		}
	}
	rounds := make([]round, s.Rounds)
	for n := range rounds {
		r, err := s.round(n, team)
		if err != nil {
			return nil, err
		}
		rounds[n] = r
	}
	return rounds, nil
}

// round draws a job and its answers.
func (s Scenario) round(n int, team []Strategy) (round, error) {
	salt := s.salt(n)
	d := draws{Scenario: s, Random: strict.NewRandom(salt, "simulate"), ring: strict.NewRandom(salt, "simulate/ring")}
	var answers []label.Answer
	var gold []label.Truth
	for from := 0; from < s.Tasks; from += s.Page {
		workers := d.some(len(team))
		for task := from; task < min(from+s.Page, s.Tasks); task++ {
			truth := d.class(&d.Random)
			if d.happens(s.Gold) {
				gold = append(gold, label.Truth{Task: taskName(task), Label: strconv.Itoa(truth)})
			}
			for at, class := range d.answers(truth, team, workers) {
				answers = append(answers, label.Answer{Task: taskName(task), Worker: workerName(workers[at]), Label: strconv.Itoa(class)})
			}
		}
	}
	labels := make([]string, s.Labels)
	for class := range labels {
		labels[class] = strconv.Itoa(class)
	}
	table, err := label.NewTable(answers, label.Rules{Salt: salt, Labels: labels})
	if err != nil {
		return round{}, err
	}
	r := round{table: table, gold: table.Gold(gold), strategy: make([]Strategy, len(table.Workers))}
	for w, name := range table.Workers {
		number, err := strconv.Atoi(name)
		if err != nil {
			return round{}, err
		}
		r.strategy[w] = team[number]
	}
	return r, nil
}

// Names of one width, so that their order is the order of numbers.
func taskName(n int) string   { return fmt.Sprintf("%06d", n) }
func workerName(n int) string { return fmt.Sprintf("%05d", n) }

// draws is what chance does in one round; the ring draws its key apart from
// everybody else.
type draws struct {
	Scenario
	strict.Random
	ring strict.Random
}

// happens draws an event of a probability.
func (d *draws) happens(p num.Ppm) bool { return num.Ppm(d.IntN(int(num.One))) < p }

// class draws a label as often as it is true.
func (d *draws) class(from *strict.Random) int {
	if num.Ppm(from.IntN(int(num.One))) < d.Skew {
		return 0
	}
	return 1 + from.IntN(d.Labels-1)
}

// some draws who answers a page, of n workers.
func (d *draws) some(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	for i := range d.Answers {
		j := i + d.IntN(n-i)
		all[i], all[j] = all[j], all[i]
	}
	return all[:d.Answers]
}

// answers returns what the workers of a page say to a task.
func (d *draws) answers(truth int, team []Strategy, workers []int) []int {
	key := d.class(&d.ring)
	classes := make([]int, len(workers))
	copied := 0
	for at, w := range workers {
		classes[at] = d.answer(team[w], truth, key)
		if team[w] == Honest {
			copied = classes[at]
		}
	}
	for at, w := range workers {
		if team[w] == Copying {
			classes[at] = copied
		}
	}
	return classes
}

// answer returns what one worker says, Copying for the time being the first
// label.
func (d *draws) answer(s Strategy, truth, key int) int {
	switch {
	case s == Honest, s == Lazy && d.happens(num.One/2):
		if d.happens(d.Accuracy) {
			return truth
		}
		return (truth + 1 + d.IntN(d.Labels-1)) % d.Labels
	case s == Random:
		return d.IntN(d.Labels)
	case s == Colluding:
		return key
	default:
		return 0
	}
}
