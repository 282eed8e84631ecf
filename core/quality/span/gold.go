package span

// Truth is the right spans of a task, over the places the workers marked.
type Truth struct {
	Task  string
	Spans []Span
}

// WithGold returns a crowd in which the right spans of some tasks are known,
// and of how many: methods take them for certain, and learn from them what
// workers are worth. Tasks without answers are passed over, and so are those
// whose spans cannot be right here: that Check refuses, that have labels nobody
// gave or, of texts, edges where nobody's span begins or ends.
func (c *Crowd) WithGold(truths []Truth) (with *Crowd, known int) {
	crowd := *c
	crowd.gold = make([][]uint8, len(c.Tasks))
	index := make(map[string]int, len(c.Tasks))
	for i, task := range c.Tasks {
		index[task] = i
	}
	for _, truth := range truths {
		i, answered := index[truth.Task]
		if !answered || crowd.gold[i] != nil {
			continue
		}
		if spans, ok := c.pieces(i, truth.Spans); ok {
			crowd.gold[i] = vocabulary(c.Labels).number(spans, c.length(i))
			known++
		}
	}
	return &crowd, known
}

// truth returns the right tags of a task, nil if they are not known.
func (c *Crowd) truth(task int) []uint8 {
	if c.gold == nil {
		return nil
	}
	return c.gold[task]
}
