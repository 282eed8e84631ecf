package strict

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Shards is the number of ranges every long index is cut into. It is part of
// the results: sums are rounded once per shard.
const Shards = 16

// Range returns the bounds of shard s of an index of n entries.
func Range(n, s int) (from, to int) {
	return s * n / Shards, (s + 1) * n / Shards
}

// Threads returns how many calls Each makes at a time. It may decide how much
// memory is used, never what comes out.
func Threads() int { return runtime.GOMAXPROCS(0) }

// Each calls f(0) … f(n-1), several at a time when the work, in single
// operations, is worth it. The calls must not touch each other's results.
func Each(n, work int, f func(i int)) {
	var t Team
	defer t.Close()
	t.Each(n, work, f)
}

// EachShard calls f with the bounds of every shard of an index of n entries.
func EachShard(n, work int, f func(from, to int)) {
	Each(Shards, work, func(s int) { f(Range(n, s)) })
}

// Team does what Each does, time and again: its threads stay, so that a loop
// allocates nothing. The zero value is ready; it must be closed, and is for
// one user at a time.
type Team struct {
	wake    chan struct{}
	helpers int

	f    func(i int)
	n    int64
	next atomic.Int64
	busy sync.WaitGroup
}

// Each calls f(0) … f(n-1) as the function Each does.
func (t *Team) Each(n, work int, f func(i int)) {
	helpers := min(n, Threads()) - 1
	if helpers < 1 || work < 1<<14 {
		for i := range n {
			f(i)
		}
		return
	}
	t.hire(helpers)
	t.f, t.n = f, int64(n)
	t.next.Store(0)
	t.busy.Add(helpers)
	for range helpers {
		t.wake <- struct{}{}
	}
	t.help()
	t.busy.Wait()
	t.f = nil // waiting threads should not keep what it holds
}

// hire starts threads until there are enough.
func (t *Team) hire(helpers int) {
	if t.wake == nil {
		t.wake = make(chan struct{})
	}
	for ; t.helpers < helpers; t.helpers++ {
		go func() {
			for range t.wake {
				t.help()
				t.busy.Done()
			}
		}()
	}
}

// help takes calls until none is left.
func (t *Team) help() {
	for i := t.next.Add(1) - 1; i < t.n; i = t.next.Add(1) - 1 {
		t.f(int(i))
	}
}

// Close ends the threads.
func (t *Team) Close() {
	if t.wake != nil {
		close(t.wake)
	}
}
