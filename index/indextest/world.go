// Package indextest makes a chain up, for tests and benchmarks of the read
// model: requests that are posted, bid on, worked on, judged and paid, a stage
// a block, with the state that a node would tell.
//
// Invariants:
//  1. Equal seeds and sizes give equal chains.
//  2. State is that of the last block, as a node's is that forgets the past.
package indextest

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// Config says how large a world is.
type Config struct {
	Seed uint64
	// AtOnce is how many requests begin in a block; People how many addresses
	// there are; Crew how many bid on each request, Pages what each of them
	// answers.
	AtOnce, People, Crew, Pages int
	// Every is which requests are worked on: every second, third and so on; the
	// others stay open. 0: all.
	Every int
	// Final is the number of requests after which no new ones begin; 0: never.
	Final int
}

// World is a chain that exists in memory. It may be read concurrently with
// itself, but not with Advance.
type World struct {
	config Config
	rng    *rand.Rand
	blocks []client.Ledger
	people []string
	open   []*campaign // in work
	begun  int

	requests    map[string]*marketv1.Request
	bids        map[string]*marketv1.Bid
	engagements map[string]*marketv1.Engagement
	rounds      map[string]*workv1.Round
	jobs        map[string]*qualityv1.Job
	verdicts    map[string]*qualityv1.Verdict
	settlements map[string]*settlev1.Settlement
	payouts     map[string][]settlev1.Payout
	answers     map[string]uint64 // by request
	right       map[string]int64  // by address
	settled     map[string]int64
}

// New makes a world of no blocks.
func New(c Config) *World {
	w := &World{
		config: c, rng: rand.New(rand.NewPCG(c.Seed, 7)),
		requests: map[string]*marketv1.Request{}, bids: map[string]*marketv1.Bid{}, engagements: map[string]*marketv1.Engagement{},
		rounds: map[string]*workv1.Round{}, jobs: map[string]*qualityv1.Job{}, verdicts: map[string]*qualityv1.Verdict{},
		settlements: map[string]*settlev1.Settlement{}, payouts: map[string][]settlev1.Payout{}, answers: map[string]uint64{},
		right: map[string]int64{}, settled: map[string]int64{},
	}
	for i := range c.People {
		w.people = append(w.people, address(c.Seed, i))
	}
	return w
}

func address(seed uint64, i int) string {
	sum := id.Sum("alaya/indextest/person", binary.BigEndian.AppendUint64(nil, seed), binary.BigEndian.AppendUint64(nil, uint64(i)))
	a, err := client.AddressOf(sum[:20])
	if err != nil {
		panic(err) // twenty bytes are an address
	}
	return string(a)
}

// start is the time of block 1, blockMs how long after it the next is.
const start, blockMs = 1_800_000_000_000, 1000

// now is the time of the block being made.
func (w *World) now() int64 { return start + int64(len(w.blocks))*blockMs }

// Advance makes n blocks.
func (w *World) Advance(n int) {
	for range n {
		b := &builder{world: w}
		for range w.config.AtOnce {
			if w.config.Final == 0 || w.begun < w.config.Final {
				w.open = append(w.open, w.begin())
			}
		}
		left := w.open[:0]
		for _, c := range w.open {
			if c.next(b) {
				left = append(left, c)
			}
		}
		w.open = left
		w.blocks = append(w.blocks, b.close())
	}
}

// Idle says that nothing is in work.
func (w *World) Idle() bool {
	return len(w.open) == 0 && w.config.Final > 0 && w.begun >= w.config.Final
}

// Events counts the events of all blocks.
func (w *World) Events() int {
	n := 0
	for i := range w.blocks {
		n += len(w.blocks[i].Events)
	}
	return n
}

// Requests counts the requests.
func (w *World) Requests() int { return len(w.requests) }

// Person returns an address.
func (w *World) Person(i int) string { return w.people[i%len(w.people)] }

// builder collects one block.
type builder struct {
	world *World
	block client.Ledger
}

// tx adds a transaction of somebody with one message.
func (b *builder) tx(signer, stage, verb, fields string) string {
	height := uint64(len(b.world.blocks) + 1)
	sum := id.Sum("alaya/indextest/tx", binary.BigEndian.AppendUint64(nil, height), binary.BigEndian.AppendUint64(nil, uint64(len(b.block.Transactions))))
	hash := strings.ToUpper(hex.EncodeToString(sum[:]))
	b.block.Transactions = append(b.block.Transactions, client.Transaction{
		Hash: hash, Index: len(b.block.Transactions), GasUsed: 50_000, Signers: []id.Address{id.Address(signer)},
		Messages: []client.Message{{Stage: stage, Verb: verb, Fields: []byte(fields)}},
	})
	return hash
}

// event adds an event with pairs of attributes.
func (b *builder) event(tx, stage, action string, pairs ...string) {
	e := client.Event{
		Height: id.Height(len(b.world.blocks) + 1), Time: id.Time(b.world.now()), Index: len(b.block.Events), Tx: tx,
		Stage: stage, Action: action, Attributes: map[string]string{},
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		e.Attributes[pairs[i]] = pairs[i+1]
	}
	b.block.Events = append(b.block.Events, e)
}

func (b *builder) close() client.Ledger {
	l := b.block
	l.Height, l.Time, l.Txs = id.Height(len(b.world.blocks)+1), id.Time(b.world.now()), len(l.Transactions)
	sum := id.Sum("alaya/indextest/block", binary.BigEndian.AppendUint64(nil, b.world.config.Seed), binary.BigEndian.AppendUint64(nil, uint64(l.Height)))
	l.Hash, l.AppHash, l.Proposer = hex.EncodeToString(sum[:]), hex.EncodeToString(sum[:]), fmt.Sprintf("%040X", b.world.config.Seed)
	return l
}

// ChainID implements index.Chain.
func (w *World) ChainID() string { return "alaya-made-up" }

// Height implements index.Chain.
func (w *World) Height() id.Height { return id.Height(len(w.blocks)) }

// WaitHeight implements index.Chain; what is not there never comes.
func (w *World) WaitHeight(ctx context.Context, h id.Height) error {
	if h <= w.Height() {
		return ctx.Err()
	}
	return fault.Internal("indextest: block %d: the world ends at %d", h, w.Height())
}

// Ledger implements index.Chain.
func (w *World) Ledger(ctx context.Context, h id.Height) (client.Ledger, error) {
	if h < 1 || h > w.Height() {
		return client.Ledger{}, fault.NotFound("indextest: block %d: not there", h)
	}
	return w.blocks[h-1], ctx.Err()
}

// Earliest implements index.Chain.
func (w *World) Earliest(context.Context) (id.Height, error) { return 1, nil }
