package text

// Medoid returns, of the answers to a task, the one most like the others,
// likeness to reliable workers counting more. Use it where the text must read
// well, or answers share few words: translation, summary, questions.
type Medoid struct {
	Rules      Rules
	Similarity Similarity
}

// Name returns "medoid", or "chrf" by that similarity.
func (m Medoid) Name() string {
	if m.Similarity == ChrF {
		return "chrf"
	}
	return "medoid"
}

// Aggregate picks an answer for each task.
func (m Medoid) Aggregate(t *Table) Result {
	c := newCrowd(t, m.Rules, m.Similarity)
	return c.newResult(func(i int) (string, float64) {
		weight, votes := c.weights(i), t.Votes(i)
		best := 0
		for a := 1; a < len(votes); a++ {
			if weight[a] > weight[best] ||
				weight[a] == weight[best] && m.Rules.before(t.Tasks[i], votes[a].Value, votes[best].Value) {
				best = a
			}
		}
		if len(votes) == 1 {
			return votes[best].Value, 1
		}
		return votes[best].Value, c.tasks[i].agreement[best]
	})
}
