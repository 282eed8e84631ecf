package work_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/work"
)

// BenchmarkPage is one page's way through the keeper: lease, commitment and
// reveal, of 2,000 pages with 5 answers each from 1,000 contributors. Each
// message runs in a branch of the block's state, as in a chain.
func BenchmarkPage(b *testing.B) {
	for _, phase := range []string{"lease", "commit", "reveal"} {
		b.Run(phase, func(b *testing.B) { benchmark(b, phase) })
	}
}

func benchmark(b *testing.B, phase string) {
	b.StopTimer()
	timed := func(now string, do func() error) {
		if now == phase {
			b.StartTimer()
			defer b.StopTimer()
		}
		if err := do(); err != nil {
			b.Fatal(err)
		}
	}
	for done := 0; done < b.N; {
		w := opened(b, 2_000, 5)
		var given []work.Lease
		for i := 0; i < 1_000 && done+len(given) < b.N; i++ {
			who := w.engage(string(rune('a'+i%26))+string(rune('a'+i/26)), 100)
			for range 10 {
				timed("lease", func() error {
					return w.tx(func() error {
						leases, err := w.lease(who, 1)
						if err == nil {
							given = append(given, work.Lease{Contributor: who, Page: leases[0].Page})
						}
						return err
					})
				})
				l := given[len(given)-1]
				timed("commit", func() error { return w.tx(func() error { return w.commit(who, 1, l.Page) }) })
			}
			w.block(1)
		}
		for w.round().State == work.Committing {
			w.Advance(commitMs)
			w.block(0)
		}
		for _, l := range given {
			timed("reveal", func() error { return w.tx(func() error { return w.reveal(l.Contributor, 1, l.Page) }) })
		}
		done += len(given)
	}
}

// tx runs do in a branch of the state and keeps what it wrote.
func (w *world) tx(do func() error) error {
	ctx := w.Ctx
	branch, write := ctx.CacheContext()
	w.Ctx = branch
	err := do()
	w.Ctx = ctx
	if err == nil {
		write()
	}
	return err
}
