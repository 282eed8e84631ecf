package text

import (
	"github.com/alaya-network/alaya/core/quality/strict"
)

// crowd is a table read for comparison: who agrees with whom.
type crowd struct {
	table       *Table
	tasks       []task
	reliability []float64 // by worker
	answers     []int     // by worker
}

// task holds the answers to one task, in the order of its votes.
type task struct {
	vocabulary []string
	words      [][]int32 // numbers in the vocabulary
	// similarity of answer i to its peer d, the answer i+d+1 or, past the end,
	// from the start again, is similarity[i*peers+d].
	similarity []float64
	peers      int
	agreement  []float64
}

// newCrowd reads a table and estimates agreement and reliability.
func newCrowd(t *Table, rules Rules, s Similarity) *crowd {
	c := &crowd{table: t, tasks: make([]task, len(t.Tasks))}
	c.reliability, c.answers = make([]float64, len(t.Workers)), make([]int, len(t.Workers))
	strict.EachShard(len(c.tasks), t.Len()<<10, func(from, to int) {
		for i := from; i < to; i++ {
			c.tasks[i] = newTask(t, i, rules, s)
		}
	})
	for i := range c.tasks {
		for _, v := range t.Votes(i) {
			c.answers[v.Worker]++
		}
	}
	c.rely()
	return c
}

func newTask(t *Table, i int, rules Rules, s Similarity) task {
	votes := t.Votes(i)
	n := len(votes)
	k := task{peers: max(0, min(n-1, MaxPeers)), words: make([][]int32, n), agreement: make([]float64, n)}
	number, letters := numbering[string]{}, make([][]int32, n)
	for a, v := range votes {
		for _, w := range rules.Words(v.Value) {
			id := number.of(w)
			if int(id) == len(k.vocabulary) {
				k.vocabulary = append(k.vocabulary, w)
			}
			k.words[a] = append(k.words[a], id)
			if s == ChrF {
				letters[a] = append(letters[a], []rune(w)...)
			}
		}
	}
	k.similarity = make([]float64, n*k.peers)
	if s == ChrF {
		k.compare(profiles(letters, chrfOrders), chrf)
	} else {
		k.compare(profiles(k.words, gleuOrders), gleu)
	}
	return k
}

// compare fills in the similarities.
func (k *task) compare(all []profile, similarity func(a, b profile) float64) {
	for a := range all {
		for d := range k.peers {
			k.similarity[a*k.peers+d] = similarity(all[a], all[k.peer(a, d)])
		}
	}
}

// peer returns the d-th answer that answer a is compared with.
func (k *task) peer(a, d int) int { return (a + d + 1) % len(k.words) }

// Constants of reliability: rounds of estimating it and agreement in turn, and
// the answers that the mean of all workers is worth in each worker's.
const (
	relyRounds   = 3
	relyStrength = 5
)

// rely estimates the agreement of answers and the reliability of workers in
// turn.
func (c *crowd) rely() {
	for j := range c.reliability {
		c.reliability[j] = 1
	}
	for range relyRounds {
		strict.EachShard(len(c.tasks), c.table.Len()<<6, func(from, to int) {
			for i := from; i < to; i++ {
				c.agree(i)
			}
		})
		c.average()
	}
}

// agree sets the agreement of each answer to a task.
func (c *crowd) agree(i int) {
	k, votes := &c.tasks[i], c.table.Votes(i)
	for a := range k.agreement {
		var sum, weights float64
		for d := range k.peers {
			w := c.reliability[votes[k.peer(a, d)].Worker]
			sum += float64(w * k.similarity[a*k.peers+d])
			weights += w
		}
		if weights > 0 {
			k.agreement[a] = sum / weights
		}
	}
}

// average sets each worker's reliability; answers without peers do not count.
func (c *crowd) average() {
	sum, n := make([]float64, len(c.reliability)), make([]float64, len(c.reliability))
	var total, count float64
	for i, k := range c.tasks {
		if k.peers == 0 {
			continue
		}
		for a, v := range c.table.Votes(i) {
			sum[v.Worker] += k.agreement[a]
			n[v.Worker]++
			total += k.agreement[a]
			count++
		}
	}
	if count == 0 {
		return // nobody met
	}
	mean := total / count
	for j := range c.reliability {
		c.reliability[j] = (sum[j] + float64(relyStrength*mean)) / (n[j] + relyStrength)
	}
}

// leastWeight keeps answers that nothing speaks for from weighing nothing.
const leastWeight = 1e-6

// weights returns what each answer to a task counts: its agreement, to which
// the worker's reliability adds one more peer.
func (c *crowd) weights(i int) []float64 {
	k := &c.tasks[i]
	peers := float64(k.peers)
	weight := make([]float64, len(k.words))
	for a, v := range c.table.Votes(i) {
		own := (float64(peers*k.agreement[a]) + c.reliability[v.Worker]) / (peers + 1)
		weight[a] = max(own, leastWeight)
	}
	return weight
}
