package model

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
	"github.com/alaya-network/alaya/wire"
)

// What one block does for markets at most.
const (
	callsPerBlock    = 16 // phases ended
	marketsPerBlock  = 4  // markets worked on
	releasesPerBlock = 64 // batches released, of each
	cellsPerMarket   = 1 << 17
	itemsPerStep     = 256
)

// Market returns a market of a model.
func (k *Keeper) Market(ctx context.Context, m id.ModelID, number uint64) (bounty.Market, error) {
	p, err := k.markets.Get(ctx, collections.Join(string(m), number))
	if err != nil {
		return bounty.Market{}, missing(err, "%s has no market %d", m, number)
	}
	return wire.ModelMarketFromProto(&p)
}

// lastMarket returns the newest market of a model, zero if there is none.
func (k *Keeper) lastMarket(ctx context.Context, m id.ModelID) (bounty.Market, error) {
	it, err := k.markets.Iterate(ctx, collections.NewPrefixedPairRange[string, uint64](string(m)).Descending())
	if err != nil {
		return bounty.Market{}, err
	}
	defer it.Close()
	if !it.Valid() {
		return bounty.Market{}, nil
	}
	p, err := it.Value()
	if err != nil {
		return bounty.Market{}, err
	}
	return wire.ModelMarketFromProto(&p)
}

// setMarket writes a market, and when it is to be looked at: at the end of its
// phase, and in the next block if there is work that waits for nobody.
func (k *Keeper) setMarket(ctx context.Context, before, m bounty.Market) error {
	key := collections.Join(string(m.Model), m.Number)
	if before.Due() != m.Due() {
		if before.Due() > 0 {
			if err := k.calls.Remove(ctx, before.Due().Add(1), key); err != nil {
				return err
			}
		}
		if m.Due() > 0 {
			if err := k.calls.Push(ctx, m.Due().Add(1), key); err != nil {
				return err
			}
		}
	}
	if busy(m) && !busy(before) {
		if err := k.work.Push(ctx, kit.Now(ctx), key); err != nil {
			return err
		}
	}
	return k.markets.Set(ctx, key, *wire.ModelMarketToProto(m))
}

// busy says whether a market has work that waits for nobody: a draw, scoring,
// or batches to release.
func busy(m bounty.Market) bool {
	switch m.State {
	case bounty.Sampling:
		return !m.Drawn
	case bounty.Revealing:
		return m.Settled < m.Batches-m.Opened
	case bounty.Drawing, bounty.Scoring:
		return true
	default:
		return m.State.Over() && m.Settled < m.Batches
	}
}

func (k *Keeper) batch(ctx context.Context, m bounty.Market, number uint32) (bounty.Batch, error) {
	p, err := k.batches.Get(ctx, collections.Join3(string(m.Model), m.Number, number))
	if err != nil {
		return bounty.Batch{}, missing(err, "market %d on %s has no batch %d", m.Number, m.Model, number)
	}
	return wire.BatchFromProto(&p)
}

// setBatch writes a batch, and lists it by its state while it is not settled.
func (k *Keeper) setBatch(ctx context.Context, before, b bounty.Batch) error {
	if before.State != b.State {
		if err := k.unsettled.Remove(ctx, stateOf(b, before.State)); err != nil {
			return err
		}
		if b.State <= bounty.Opened {
			if err := k.unsettled.Set(ctx, stateOf(b, b.State)); err != nil {
				return err
			}
		}
	}
	return k.batches.Set(ctx, collections.Join3(string(b.Model), b.Market, b.Number), *wire.BatchToProto(b))
}

func stateOf(b bounty.Batch, s bounty.BatchState) stateKey {
	return collections.Join4(string(b.Model), b.Market, int32(s), b.Number)
}

// inState lists the batches of a market in a state, at most limit of them.
func (k *Keeper) inState(ctx context.Context, m bounty.Market, s bounty.BatchState, limit int) ([]uint32, error) {
	var numbers []uint32
	all := collections.NewSuperPrefixedQuadRange3[string, uint64, int32, uint32](string(m.Model), m.Number, int32(s))
	err := k.unsettled.Walk(ctx, all, func(key stateKey) (bool, error) {
		numbers = append(numbers, key.K4())
		return len(numbers) == limit, nil
	})
	return numbers, err
}

// marketsDue ends phases and goes on with markets.
func (k *Keeper) marketsDue(ctx context.Context, now id.Time) error {
	if _, err := k.calls.Due(ctx, now, callsPerBlock, k.callDue); err != nil {
		return err
	}
	_, err := k.work.Due(ctx, now, marketsPerBlock, k.workDue)
	return err
}

// callDue ends a phase whose deadline is over.
func (k *Keeper) callDue(ctx context.Context, key numberKey) error {
	market, err := k.Market(ctx, id.ModelID(key.K1()), key.K2())
	if err != nil {
		return err
	}
	after, moves, err := market.Advance(kit.Now(ctx))
	if err != nil {
		return err
	}
	if err := k.flow.Carry(ctx, moves); err != nil {
		return err
	}
	(&desk{ctx: ctx, model: model.Model{ID: market.Model}}).emitMarket("phase_ended", after)
	return k.setMarket(ctx, market, after)
}

// workDue goes on with a market: it releases batches, then draws, then scores.
func (k *Keeper) workDue(ctx context.Context, key numberKey) error {
	d, err := k.open(ctx, id.ModelID(key.K1()))
	if err != nil {
		return err
	}
	market, err := k.Market(ctx, d.model.ID, key.K2())
	if err != nil {
		return err
	}
	after, err := d.goOn(market)
	if err != nil {
		return err
	}
	if busy(after) {
		if err := k.work.Push(ctx, d.now.Time, key); err != nil {
			return err
		}
	}
	if after.State != market.State {
		d.emitMarket("phase_ended", after)
	}
	if err := d.save(); err != nil {
		return err
	}
	return k.setMarket(ctx, market, after)
}

// goOn does the next thing.
func (d *desk) goOn(m bounty.Market) (bounty.Market, error) {
	m, released, err := d.releaseBatches(m)
	if err != nil || released > 0 {
		return m, err
	}
	switch m.State {
	case bounty.Sampling, bounty.Drawing:
		if d.now.Height < m.Height {
			return m, nil
		}
		opened, err := d.k.inState(d.ctx, m, bounty.Opened, bounty.MaxBatches)
		if err != nil {
			return m, err
		}
		return m.Draw(kit.Entropy(d.ctx, "alaya/model/entropy/v1"), opened, d.now)
	case bounty.Scoring:
		return d.score(m)
	default:
		return m, nil
	}
}

// releaseBatches lets some batches go that will not be scored.
func (d *desk) releaseBatches(m bounty.Market) (bounty.Market, int, error) {
	if m.State <= bounty.Opening {
		return m, 0, nil
	}
	numbers, err := d.k.inState(d.ctx, m, bounty.Committed, releasesPerBlock)
	if err == nil && len(numbers) == 0 && m.State == bounty.Failed {
		numbers, err = d.k.inState(d.ctx, m, bounty.Opened, releasesPerBlock)
	}
	if err != nil {
		return m, 0, err
	}
	for _, number := range numbers {
		b, err := d.k.batch(d.ctx, m, number)
		if err != nil {
			return m, 0, err
		}
		after, released, moves, err := m.Release(b)
		if err != nil {
			return m, 0, err
		}
		m, d.moves = after, append(d.moves, moves...)
		if err := d.k.setBatch(d.ctx, b, released); err != nil {
			return m, 0, err
		}
	}
	return m, len(numbers), nil
}

// score scores and pays as many batches as a block has time for.
func (d *desk) score(m bounty.Market) (bounty.Market, error) {
	on := bounty.Learn{Config: d.model.Terms.Config, Learner: d.learner, Live: d.live}
	cells := uint64(0)
	test := func(number uint32) (model.Item, error) {
		t, err := d.k.test(d.ctx, m, number)
		cells += d.learner.Cost(t.Input)
		return t, err
	}
	for m.State == bounty.Scoring && cells < cellsPerMarket {
		var b bounty.Batch
		var err error
		if number := m.Current(); number > 0 {
			if b, err = d.k.batch(d.ctx, m, number); err != nil {
				return m, err
			}
		}
		for _, o := range b.Offers {
			cells += d.learner.Cost(o.Input)
		}
		items, err := d.itemsNow(m)
		if err != nil {
			return m, err
		}
		after, paid, moves, err := m.Step(on, b, test, items)
		if err != nil {
			return m, err
		}
		m, d.moves = after, append(d.moves, moves...)
		if err := d.settleBatch(b, paid); err != nil {
			return m, err
		}
	}
	return m, nil
}

// itemsNow is how many test items the next step may take: what the one at the
// cursor costs says.
func (d *desk) itemsNow(m bounty.Market) (uint32, error) {
	_, first := m.Scored()
	t, err := d.k.test(d.ctx, m, first+m.Score.Item)
	if err != nil {
		return 0, err
	}
	return uint32(max(1, min(itemsPerStep, cellsPerMarket/d.learner.Cost(t.Input)))), nil
}

// settleBatch keeps what a step did to a batch; the items of one that was kept
// are learnt, unless the model has been retired meanwhile.
func (d *desk) settleBatch(before, b bounty.Batch) error {
	if b.State == before.State {
		return nil
	}
	if b.State == bounty.Kept && d.model.State == model.Live {
		for _, o := range b.Offers {
			if err := d.adopt(b, o); err != nil {
				return err
			}
		}
	}
	return d.k.setBatch(d.ctx, before, b)
}

// adopt lets the model learn an item that was paid for.
func (d *desk) adopt(b bounty.Batch, o model.Offer) error {
	who, err := d.person(b.Author)
	if err != nil {
		return err
	}
	m, who, c, err := d.model.Adopt(who, o, d.now)
	if err != nil {
		return err
	}
	d.model = m
	if c, err = c.Find(d, d.item); err != nil {
		return err
	}
	if c, err = d.learn(c); err != nil {
		return err
	}
	if c, who, err = c.Settle(who, model.Agrees); err != nil {
		return err
	}
	d.setPerson(who)
	return d.setItem(c)
}

func (k *Keeper) test(ctx context.Context, m bounty.Market, number uint32) (model.Item, error) {
	p, err := k.tests.Get(ctx, collections.Join3(string(m.Model), m.Number, number))
	if err != nil {
		return model.Item{}, missing(err, "market %d on %s has no test item %d", m.Number, m.Model, number)
	}
	return wire.ItemFromProto(&p), nil
}
