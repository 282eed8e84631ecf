package text

import (
	"cmp"
	"slices"
)

// Rover lays the answers to a task side by side, word by word, and takes the
// word of most weight at each place; the place may stay empty. Use it where
// answers are noisy copies of one string, as in transcription. An answer's
// weight is its agreement with the others; the best one is laid down first,
// since the order counts. Of very long answers the worst may be left out: see
// MaxCells.
type Rover struct {
	Rules Rules
}

// Name returns "rover".
func (Rover) Name() string { return "rover" }

// Aggregate votes on the words of each task.
func (m Rover) Aggregate(t *Table) Result {
	c := newCrowd(t, m.Rules, GLEU)
	return c.newResult(func(i int) (string, float64) {
		k, weight := &c.tasks[i], c.weights(i)
		var net network
		for _, a := range m.ranked(t, i, weight) {
			net.add(k.words[a], weight[a])
		}
		words, support := net.best(k.vocabulary)
		return m.Rules.join(words), support
	})
}

// ranked returns the answers to a task by descending weight, ties by hash.
func (m Rover) ranked(t *Table, i int, weight []float64) []int {
	votes := t.Votes(i)
	order := make([]int, len(votes))
	for a := range order {
		order[a] = a
	}
	slices.SortFunc(order, func(a, b int) int {
		switch by := cmp.Compare(weight[b], weight[a]); {
		case by != 0 || a == b:
			return by
		case m.Rules.before(t.Tasks[i], votes[a].Value, votes[b].Value):
			return -1
		default:
			return 1
		}
	})
	return order
}

// none is the word of a place left empty.
const none int32 = -1

// ballot is the weight for a word at a place.
type ballot struct {
	word   int32
	weight float64
}

// slot is a place in the text with the words proposed for it, each once.
type slot []ballot

func (s slot) has(word int32) bool {
	return slices.ContainsFunc(s, func(b ballot) bool { return b.word == word })
}

func (s slot) vote(word int32, weight float64) slot {
	for n := range s {
		if s[n].word == word {
			s[n].weight += weight
			return s
		}
	}
	return append(s, ballot{word, weight})
}

// network is a sequence of slots, each with the votes of all answers added.
type network struct {
	slots []slot
	total float64 // weight of all answers
	cost  []int32 // of aligning words[:a] with slots[:b], at a*(len(slots)+1)+b
}

// add aligns words with the slots at the least cost, one for each word changed,
// added or dropped, and casts a vote in each slot. Equal costs: change, then
// drop, then add. Words that would take more than MaxCells costs are left out.
func (n *network) add(words []int32, weight float64) {
	if (len(words)+1)*(len(n.slots)+1) > MaxCells {
		return
	}
	n.align(words)
	width := len(n.slots) + 1
	var back []slot // from the last
	for a, b := len(words), len(n.slots); a > 0 || b > 0; {
		cost := n.cost[a*width+b]
		switch {
		case a > 0 && b > 0 && cost == n.cost[(a-1)*width+b-1]+n.price(b-1, words[a-1]):
			a, b = a-1, b-1
			back = append(back, n.slots[b].vote(words[a], weight))
		case b > 0 && cost == n.cost[a*width+b-1]+n.price(b-1, none):
			b--
			back = append(back, n.slots[b].vote(none, weight))
		default:
			a--
			var s slot
			if n.total > 0 {
				s = append(s, ballot{none, n.total})
			}
			back = append(back, s.vote(words[a], weight))
		}
	}
	slices.Reverse(back)
	n.slots = back
	n.total += weight
}

// price is the cost of a word in a slot.
func (n *network) price(b int, word int32) int32 {
	if n.slots[b].has(word) {
		return 0
	}
	return 1
}

// align fills in the costs.
func (n *network) align(words []int32) {
	width := len(n.slots) + 1
	n.cost = slices.Grow(n.cost[:0], (len(words)+1)*width)[:(len(words)+1)*width]
	empty := make([]int32, len(n.slots))
	n.cost[0] = 0
	for b := range n.slots {
		empty[b] = n.price(b, none)
		n.cost[b+1] = n.cost[b] + empty[b]
	}
	for a, word := range words {
		above, row := n.cost[a*width:][:width], n.cost[(a+1)*width:][:width]
		row[0] = int32(a + 1)
		for b := range n.slots {
			row[b+1] = min(above[b]+n.price(b, word), row[b]+empty[b], above[b+1]+1)
		}
	}
}

// best returns the words of most weight and their share of it; ties go to the
// longer word, then to the higher bytes.
func (n *network) best(vocabulary []string) (words []string, support float64) {
	text := func(b ballot) string {
		if b.word == none {
			return ""
		}
		return vocabulary[b.word]
	}
	var won, all float64
	for _, s := range n.slots {
		top := slices.MaxFunc(s, func(x, y ballot) int {
			a, b := text(x), text(y)
			return cmp.Or(cmp.Compare(x.weight, y.weight), cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
		})
		won += top.weight
		all += n.total
		if top.word != none {
			words = append(words, vocabulary[top.word])
		}
	}
	if all == 0 {
		return words, 1
	}
	return words, won / all
}
