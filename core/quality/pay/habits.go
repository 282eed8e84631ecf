package pay

import "math/bits"

// habits are how a crowd uses its labels, without one of its workers: which
// two it gives to one task more often than apart.
type habits struct {
	*crowd
	all     []int64 // ordered pairs of votes on one task, label by label
	rows    []int64 // their sums by first label
	total   int64
	own     []int64 // pairs of the one left out, his label first
	touched []int   // cells of own that are not 0
	rest    []int64 // rows without him
	left    int64   // total without him
}

// together counts the ordered pairs of votes on one task by their labels.
func (c *crowd) together() []int64 {
	k := c.K()
	pairs := make([]int64, k*k)
	for i := range c.Tasks {
		tallies := c.tally(int32(i))
		for _, x := range tallies {
			for _, y := range tallies {
				pairs[int(x.label)*k+int(y.label)] += int64(x.n) * int64(y.n)
			}
			pairs[int(x.label)*k+int(x.label)] -= int64(x.n)
		}
	}
	return pairs
}

func newHabits(c *crowd, all []int64) *habits {
	k := c.K()
	h := &habits{crowd: c, all: all, rows: make([]int64, k), rest: make([]int64, k), own: make([]int64, k*k)}
	for cell, n := range all {
		h.rows[cell/k] += n
		h.total += n
	}
	return h
}

// without leaves one worker out, in place of the last one.
func (h *habits) without(worker int) {
	for _, cell := range h.touched {
		h.own[cell] = 0
	}
	h.touched, h.left = h.touched[:0], h.total
	copy(h.rest, h.rows)
	for _, a := range h.of(worker) {
		for _, t := range h.tally(a.task) {
			n := int64(t.n)
			if t.label == a.label {
				n--
			}
			h.take(a.label, t.label, n)
		}
	}
}

// take takes away n pairs of labels, in both orders.
func (h *habits) take(mine, theirs int32, n int64) {
	cell := int(mine)*h.K() + int(theirs)
	if h.own[cell] == 0 && n > 0 {
		h.touched = append(h.touched, cell)
	}
	h.own[cell] += n
	h.rest[mine] -= n
	h.rest[theirs] -= n
	h.left -= 2 * n
}

// both returns 1 if the rest gives two labels together more often than apart,
// else 0. Counts are below 2⁶³, their products below 2¹²⁶.
func (h *habits) both(a, b int32) int64 {
	k := int32(h.K())
	together := h.all[a*k+b] - h.own[a*k+b] - h.own[b*k+a]
	hi, lo := bits.Mul64(uint64(together), uint64(h.left))
	apartHi, apartLo := bits.Mul64(uint64(h.rest[a]), uint64(h.rest[b]))
	if hi > apartHi || hi == apartHi && lo > apartLo {
		return 1
	}
	return 0
}

// agreed returns how many others on its task an answer agrees with.
func (h *habits) agreed(a answer) int64 {
	var n int64
	for _, t := range h.tally(a.task) {
		n += int64(t.n) * h.both(a.label, t.label)
	}
	return n - h.both(a.label, a.label) // not with himself
}

// across returns how many pairs of an answer of worker and one of somebody
// else, to any tasks, agree.
func (h *habits) across(worker int) int64 {
	mine := make([]int64, h.K())
	for _, a := range h.of(worker) {
		mine[a.label]++
	}
	var n int64
	for a, times := range mine {
		if times == 0 {
			continue
		}
		for b, given := range h.given {
			n += times * (given - mine[b]) * h.both(int32(a), int32(b))
		}
	}
	return n
}
