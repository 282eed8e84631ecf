package learner

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Candidate is a model that may be chosen, with items as its encoder sees
// them: the same items in the same order as those of the other candidates.
type Candidate struct {
	Config  learn.Config
	Learn   []Line // learnt before the contest
	Holdout []Line // the contest
}

// HoldoutEvery is how sparse a holdout should be drawn: every fifth item.
const HoldoutEvery = 5

// Split cuts lines into those to learn and a holdout of every fifth.
func Split(lines []Line) (rest, holdout []Line) {
	for i, line := range lines {
		if i%HoldoutEvery == HoldoutEvery-1 {
			holdout = append(holdout, line)
		} else {
			rest = append(rest, line)
		}
	}
	return rest, holdout
}

// Contest is what Choose found.
type Contest struct {
	Chosen int   // of the candidates
	Right  []int // of the holdout, by candidate
	Wins   []int // items that only the candidate has right, against the champion
	Losses []int // items that only the champion has right
}

// Choose holds candidates against the first of them, the champion, on a
// holdout that none of them has learnt. One replaces it if it is ahead by more
// than two standard errors: (wins − losses)² > 4·(wins + losses), McNemar's
// test; of several the one furthest ahead, the earlier of equals. So the
// champion should be the family that is best without further knowledge.
func Choose(candidates []Candidate) (Contest, error) {
	var c Contest
	var champion []bool
	for i, candidate := range candidates {
		l, err := learn.New(candidate.Config)
		if err != nil {
			return c, err
		}
		if len(candidate.Holdout) != len(candidates[0].Holdout) {
			return c, fault.Invalid("learner: candidate %d has a holdout of %d items, the champion of %d", i, len(candidate.Holdout), len(candidates[0].Holdout))
		}
		right := answers(l, candidate)
		if i == 0 {
			champion = right
		}
		c.add(right, champion)
		if ahead := c.Wins[i] - c.Losses[i]; ahead > c.Wins[c.Chosen]-c.Losses[c.Chosen] && ahead*ahead > 4*(c.Wins[i]+c.Losses[i]) {
			c.Chosen = i
		}
	}
	return c, nil
}

// answers says which items of the holdout the candidate gets right.
func answers(l learn.Learner, c Candidate) []bool {
	s := Train(l, c.Learn)
	right := make([]bool, len(c.Holdout))
	for i, line := range c.Holdout {
		class, _ := learn.Predict(l, s, line.Input)
		right[i] = int64(class) == line.Label
	}
	return right
}

func (c *Contest) add(right, champion []bool) {
	count, wins, losses := 0, 0, 0
	for i, r := range right {
		if r {
			count++
		}
		if r && !champion[i] {
			wins++
		}
		if !r && champion[i] {
			losses++
		}
	}
	c.Right, c.Wins, c.Losses = append(c.Right, count), append(c.Wins, wins), append(c.Losses, losses)
}

// Families returns the families that are tried for an encoder, the champion
// first.
func Families(e feature.Encoder) []string {
	switch e.Kind {
	case feature.Hashed, feature.Words:
		return []string{learn.BayesWeights, learn.Bayes, learn.Complement, learn.Logistic, learn.Arow}
	case feature.Table:
		return []string{learn.Arow, learn.Tree, learn.Logistic, learn.BayesWeights, learn.Bayes}
	default:
		return []string{learn.Logistic, learn.Arow, learn.Passive, learn.Dense, learn.Network}
	}
}

// ConfigFor returns the config of a family over an encoder's features.
func ConfigFor(family string, e feature.Encoder, classes uint32, p learn.Params) learn.Config {
	c := learn.Config{Family: family, Classes: classes, Features: e.Features(), Params: p}
	if family == learn.Tree {
		c.Params.Columns = e.Bins()
	}
	return c
}
