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

// Each calls f(0) … f(n-1), several at a time when the work, in single
// operations, is worth it. The calls must not touch each other's results.
func Each(n, work int, f func(i int)) {
	threads := min(n, runtime.GOMAXPROCS(0))
	if threads < 2 || work < 1<<14 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	var group sync.WaitGroup
	for range threads {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	group.Wait()
}

// EachShard calls f with the bounds of every shard of an index of n entries.
func EachShard(n, work int, f func(from, to int)) {
	Each(Shards, work, func(s int) { f(Range(n, s)) })
}
