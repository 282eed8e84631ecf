package model_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/codec/address"
	"github.com/cosmos/cosmos-sdk/runtime"
	"github.com/cosmos/cosmos-sdk/store/v2"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	"github.com/alaya-network/alaya/chain/kit"
	xmodel "github.com/alaya-network/alaya/chain/x/model"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// The benchmarks are of items of 64 features, of few and of many.
const (
	indices = 64
	few     = 1_000
	many    = 1 << 18
)

// BenchmarkContribute is one item's way through the keeper, one and 100 in a
// message. Messages run in branches of a block's state and blocks are saved, as
// in a chain; the time is that of the messages (keeper) or of all, verdicts and
// saving included (chain).
func BenchmarkContribute(b *testing.B) {
	for _, config := range benched() {
		for _, batch := range []int{1, 100} {
			b.Run(fmt.Sprintf("%s/%d/%d", config.Family, config.Features, batch), func(b *testing.B) {
				c := newChain(b, config)
				random, began, authors := rand.New(rand.NewPCG(1, 2)), time.Now(), 0
				b.ResetTimer()
				for done := 0; done < b.N; done += batch {
					list := protos(c.random(random, min(batch, b.N-done)))
					if done%100 == 0 {
						authors++
					}
					c.tx(func() error {
						_, err := c.msg.Contribute(c.Ctx, &modelv1.MsgContribute{
							Author: string(person(fmt.Sprint("author", authors))), Model: string(c.model), Offers: list,
						})
						return err
					})
					if (done+batch)%1_000 == 0 {
						c.save(1_000)
					}
				}
				b.ReportMetric(float64(b.N)/c.spent.Seconds(), "items/keeper-s")
				b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "items/s")
			})
		}
	}
}

// BenchmarkPredict is one answer to a query, alone and in a batch of 1,000.
func BenchmarkPredict(b *testing.B) {
	for _, config := range benched() {
		for _, batch := range []int{1, 1_000} {
			b.Run(fmt.Sprintf("%s/%d/%d", config.Family, config.Features, batch), func(b *testing.B) {
				c := newChain(b, config)
				random := rand.New(rand.NewPCG(1, 2))
				for i := range 10 {
					list := protos(c.random(random, 100))
					c.tx(func() error {
						_, err := c.msg.Contribute(c.Ctx, &modelv1.MsgContribute{
							Author: string(person(fmt.Sprint("author", i))), Model: string(c.model), Offers: list,
						})
						return err
					})
				}
				c.save(1_000)
				var inputs []modelv1.Input
				for _, o := range c.random(random, 1_000) {
					inputs = append(inputs, wire.InputToProto(o.Input))
				}
				b.ResetTimer()
				for done := 0; done < b.N; done += batch {
					c.begin() // a query's context is new
					if batch == 1 {
						_, err := c.query.Predict(c.Ctx, &modelv1.QueryPredictRequest{Model: string(c.model), Input: inputs[done%1_000]})
						c.must(err)
						continue
					}
					_, err := c.query.PredictBatch(c.Ctx, &modelv1.QueryPredictBatchRequest{Model: string(c.model), Inputs: inputs})
					c.must(err)
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "answers/s")
			})
		}
	}
}

func benched() (all []learn.Config) {
	for _, features := range []uint32{few, many} {
		for _, family := range []string{learn.Perceptron, learn.Bayes, learn.Arow} {
			all = append(all, learn.Config{Family: family, Classes: 2, Features: features})
		}
	}
	return all
}

// chain is a world that saves its state block by block.
type chain struct {
	*world
	model  id.ModelID
	config learn.Config
	spent  time.Duration
	stores storetypes.CommitMultiStore
	block  storetypes.CacheMultiStore
}

func newChain(b *testing.B, config learn.Config) *chain {
	key := storetypes.NewKVStoreKey(xmodel.Name)
	stores := store.NewCommitMultiStore(dbm.NewMemDB(), log.NewNopLogger())
	stores.MountStoreWithDB(key, storetypes.StoreTypeIAVL, nil)
	w := newWorld(b)
	w.must(stores.LoadLatestVersion())
	w.keeper = xmodel.NewKeeper(w.Codec.Proto, runtime.NewKVStoreService(key), w.flow, address.Bech32Codec{Bech32Prefix: kit.Prefix})
	w.msg, w.query = xmodel.NewMsgServer(w.keeper), xmodel.NewQueryServer(w.keeper)
	c := &chain{world: w, stores: stores, config: config}
	c.begin()
	rules := terms(model.Points)
	rules.Config = config
	rules.Incentive.Wait = 2_000
	c.model = c.create("ann", rules)
	c.save(1)
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
func (c *chain) tx(do func() error) {
	began, block := time.Now(), c.Ctx
	branch, write := block.CacheContext()
	c.Ctx = branch
	c.must(do())
	c.Ctx = block
	write()
	c.spent += time.Since(began)
}

// random are items of 64 features each, low ones more often, as words are.
func (c *chain) random(r *rand.Rand, n int) []model.Offer {
	var list []model.Offer
	for range n {
		x := learn.Input{}
		for len(x.Indices) < indices {
			spread := 1 << (7 + r.IntN(bits.Len32(c.config.Features)-7))
			if i := uint32(r.IntN(min(spread, int(c.config.Features)))); !slices.Contains(x.Indices, i) {
				x.Indices = append(x.Indices, i)
			}
		}
		slices.Sort(x.Indices)
		list = append(list, model.Offer{Input: x, Label: int64(r.IntN(2))})
	}
	return list
}
