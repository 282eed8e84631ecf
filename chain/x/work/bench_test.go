package work_test

import (
	"testing"
	"time"

	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/runtime"
	"github.com/cosmos/cosmos-sdk/store/v2"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	xwork "github.com/alaya-network/alaya/chain/x/work"
	"github.com/alaya-network/alaya/core/id"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// BenchmarkPage is one page's way through the keeper: lease (one by one, and
// ten in a message), commitment and reveal, of 4,000 pages with 5 answers each,
// 10 pages a contributor. Messages run in branches of a block's state and
// blocks are saved, as in a chain.
func BenchmarkPage(b *testing.B) {
	for _, phase := range []string{"lease", "commit", "reveal"} {
		b.Run(phase, func(b *testing.B) { benchmark(b, phase, 1) })
	}
	b.Run("lease by tens", func(b *testing.B) { benchmark(b, "lease", pagesEach) })
}

const (
	pagesEach  = 10
	partyBlock = 20 // contributors who lease and commit in one block
)

func benchmark(b *testing.B, phase string, atOnce uint32) {
	var spent time.Duration
	for done := 0; done < b.N; {
		c := newChain(b, phase)
		var given []workv1.Lease
		for i := 0; i < 1_000 && done+len(given) < b.N; i++ {
			who := c.engage(string(rune('a'+i%26))+string(rune('a'+i/26)), 100)
			for range pagesEach / atOnce {
				var leases []workv1.Lease
				c.tx("lease", func() (err error) {
					leases, err = c.lease(who, atOnce)
					return err
				})
				for _, l := range leases {
					c.tx("commit", func() error { return c.commit(who, 1, l.Page) })
				}
				given = append(given, leases...)
			}
			if i%partyBlock == partyBlock-1 {
				c.save(1)
			}
		}
		c.save(commitMs)
		c.save(1)
		for i, l := range given {
			c.tx("reveal", func() error { return c.reveal(id.Address(l.Contributor), l.Round, l.Page) })
			if i%(2*partyBlock*pagesEach) == 0 {
				c.save(1)
			}
		}
		done += len(given)
		spent += c.spent
	}
	b.ReportMetric(float64(spent.Nanoseconds())/float64(b.N), "ns/op") // of the phase alone
}

// chain is a world that saves its state block by block and times one phase.
type chain struct {
	*world
	phase  string
	spent  time.Duration
	stores storetypes.CommitMultiStore
	block  storetypes.CacheMultiStore
}

func newChain(b *testing.B, phase string) *chain {
	key := storetypes.NewKVStoreKey(xwork.Name)
	stores := store.NewCommitMultiStore(dbm.NewMemDB(), log.NewNopLogger())
	stores.MountStoreWithDB(key, storetypes.StoreTypeIAVL, nil)
	w := newWorld(b, 4_000, 5)
	w.must(stores.LoadLatestVersion())
	w.keeper = xwork.NewKeeper(w.Codec.Proto, runtime.NewKVStoreService(key), w.stages)
	w.msg, w.query = xwork.NewMsgServer(w.keeper), xwork.NewQueryServer(w.keeper)
	c := &chain{world: w, phase: phase, stores: stores}
	c.begin()
	w.must(w.keeper.Open(w.Ctx, w.request))
	for range 4 {
		c.save(1)
	}
	return c
}

func (c *chain) begin() {
	c.block = c.stores.CacheMultiStore()
	c.Ctx = c.Ctx.WithMultiStore(c.block)
}

// save ends a block and begins the next, ms milliseconds later.
func (c *chain) save(ms int64) {
	c.must(c.keeper.EndBlock(c.Ctx))
	c.block.Write()
	c.stores.Commit()
	c.Advance(ms)
	c.begin()
}

// tx runs a message in a branch of the block's state.
func (c *chain) tx(phase string, do func() error) {
	began, block := time.Now(), c.Ctx
	branch, write := block.CacheContext()
	c.Ctx = branch
	c.must(do())
	c.Ctx = block
	write()
	if phase == c.phase {
		c.spent += time.Since(began)
	}
}
