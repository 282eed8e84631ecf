package model

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
	"github.com/alaya-network/alaya/core/model/deposit"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// books is a whole state, read and indexed for cross checks.
type books struct {
	order   []id.ModelID
	models  map[id.ModelID]*ledger
	markets []bounty.Market
}

// ledger is what belongs to one model.
type ledger struct {
	model     model.Model
	price     *deposit.Price
	purse     *deposit.Purse
	entries   uint64 // of the log, read so far
	root      id.Hash
	items     uint64 // contributions read so far
	withdrawn uint64
	given     map[id.Address]uint64
	last      map[id.Address]uint64
	people    uint64
	open      num.Amount // deposits and bonds of open items
	reports   map[uint64]uint32
	waiting   map[uint64]uint32 // reports that open items count
	credits   uint64
	owed      num.Amount
	held      map[uint64]*stakes // by market
}

// stakes is what a market's batches add up to.
type stakes struct {
	batches, opened, settled uint32
	sum                      num.Amount
}

// readBooks reads a state, and refuses what does not parse, stands in the wrong
// place or breaks a rule by itself.
func readBooks(g *modelv1.GenesisState) (*books, error) {
	b := &books{models: map[id.ModelID]*ledger{}}
	for _, read := range []func(*modelv1.GenesisState) error{
		b.readModels, b.readMoney, b.readLog, b.readContributions, b.readReports, b.readPeople, b.readMarkets, b.readBatches, b.readRest,
	} {
		if err := read(g); err != nil {
			return b, err
		}
	}
	return b, nil
}

func (b *books) readModels(g *modelv1.GenesisState) error {
	for i := range g.Models {
		m, err := wire.ModelFromProto(&g.Models[i])
		if err != nil {
			return err
		}
		if err := m.Check(); err != nil {
			return err
		}
		if b.models[m.ID] != nil {
			return fault.Invalid("model: %s stands twice", m.ID)
		}
		b.order = append(b.order, m.ID)
		b.models[m.ID] = &ledger{
			model: m, root: m.FirstRoot(), given: map[id.Address]uint64{}, last: map[id.Address]uint64{}, reports: map[uint64]uint32{}, waiting: map[uint64]uint32{},
			held: map[uint64]*stakes{},
		}
	}
	return nil
}

// of returns the ledger of a model.
func (b *books) of(m id.ModelID) (*ledger, error) {
	if l := b.models[m]; l != nil {
		return l, nil
	}
	return nil, fault.Invalid("model: no model %.40q", m)
}

func (b *books) readMoney(g *modelv1.GenesisState) error {
	for i := range g.Prices {
		p, err := wire.PriceFromProto(&g.Prices[i])
		if err != nil {
			return err
		}
		l, err := b.of(p.Model)
		if err != nil {
			return err
		}
		if err := p.Check(l.model.Terms.Incentive.Deposit); err != nil {
			return err
		}
		l.price = &p
	}
	for i := range g.Purses {
		p, err := wire.PurseFromProto(&g.Purses[i])
		if err != nil {
			return err
		}
		l, err := b.of(p.Model)
		if err != nil {
			return err
		}
		if err := p.Check(); err != nil {
			return err
		}
		l.purse = &p
	}
	return nil
}

// readLog holds invariant 1.
func (b *books) readLog(g *modelv1.GenesisState) error {
	for i := range g.Entries {
		e, err := wire.ModelEntryFromProto(&g.Entries[i])
		if err != nil {
			return err
		}
		l, err := b.of(e.Model)
		if err != nil {
			return err
		}
		l.entries++
		if l.root = e.Chain(l.root); e.Number != l.entries || e.Root != l.root {
			return fault.Internal("model: entry %d of %s in place %d: root %s, want %s", e.Number, e.Model, l.entries, e.Root, l.root)
		}
	}
	return nil
}

func (b *books) readContributions(g *modelv1.GenesisState) error {
	for i := range g.Contributions {
		c, err := wire.ContributionFromProto(&g.Contributions[i])
		if err != nil {
			return err
		}
		l, err := b.of(c.Model)
		if err != nil {
			return err
		}
		if err := c.Check(); err != nil {
			return err
		}
		if l.items++; c.Number != l.items {
			return fault.Internal("model: contribution %d to %s in place %d", c.Number, c.Model, l.items)
		}
		if c.Previous != l.last[c.Author] {
			return fault.Internal("model: contribution %d to %s: the author's one before is %d, want %d", c.Number, c.Model, c.Previous, l.last[c.Author])
		}
		l.last[c.Author] = c.Number
		l.given[c.Author]++
		if c.State == model.Withdrawn {
			l.withdrawn++
		}
		if c.State.Open() {
			if l.open, err = l.open.Add(c.Deposit); err != nil {
				return err
			}
			l.waiting[c.Number] = c.Reports
		}
	}
	return nil
}

func (b *books) readReports(g *modelv1.GenesisState) error {
	for i := range g.Reports {
		r, err := wire.ReportFromProto(&g.Reports[i])
		if err != nil {
			return err
		}
		l, err := b.of(r.Model)
		if err != nil {
			return err
		}
		l.reports[r.Number]++
		if l.reports[r.Number] > l.waiting[r.Number] {
			return fault.Internal("model: contribution %d to %s: more reports than its %d", r.Number, r.Model, l.waiting[r.Number])
		}
		if l.open, err = l.open.Add(r.Bond); err != nil {
			return err
		}
	}
	return nil
}

func (b *books) readPeople(g *modelv1.GenesisState) error {
	for i := range g.Contributors {
		w, err := wire.ContributorFromProto(&g.Contributors[i])
		if err != nil {
			return err
		}
		l, err := b.of(w.Model)
		if err != nil {
			return err
		}
		if err := w.Check(); err != nil {
			return err
		}
		if l.given[w.Address] != w.Given || l.last[w.Address] != w.Last {
			return fault.Internal("model: %s gave %d to %s, the last %d; counted %d, %d",
				w.Address, l.given[w.Address], w.Model, l.last[w.Address], w.Given, w.Last)
		}
		l.people++
		l.credits += w.Confirmed
		if l.purse == nil {
			continue
		}
		due, err := l.purse.Due(w)
		if err != nil {
			return err
		}
		if l.owed, err = l.owed.Add(due); err != nil {
			return err
		}
	}
	return nil
}

func (b *books) readMarkets(g *modelv1.GenesisState) error {
	for i := range g.Markets {
		m, err := wire.ModelMarketFromProto(&g.Markets[i])
		if err != nil {
			return err
		}
		l, err := b.of(m.Model)
		if err != nil {
			return err
		}
		if err := m.Check(); err != nil {
			return err
		}
		l.held[m.Number] = &stakes{}
		b.markets = append(b.markets, m)
	}
	return nil
}

func (b *books) readBatches(g *modelv1.GenesisState) error {
	for i := range g.Batches {
		batch, err := wire.BatchFromProto(&g.Batches[i])
		if err != nil {
			return err
		}
		l, err := b.of(batch.Model)
		if err != nil {
			return err
		}
		s := l.held[batch.Market]
		if s == nil {
			return fault.Invalid("model: batch %d of market %d on %s: no such market", batch.Number, batch.Market, batch.Model)
		}
		if err := batch.Check(); err != nil {
			return err
		}
		s.batches++
		if batch.State > bounty.Opened {
			s.settled++
			continue
		}
		if s.sum, err = s.sum.Add(batch.Stake); err != nil {
			return err
		}
		if batch.State == bounty.Opened {
			s.opened++
		}
	}
	return nil
}

// readRest reads what is checked by itself.
func (b *books) readRest(g *modelv1.GenesisState) error {
	for i := range g.Challenges {
		c, err := wire.ModelChallengeFromProto(&g.Challenges[i])
		if err != nil {
			return err
		}
		if err := c.Check(); err != nil {
			return err
		}
	}
	for i := range g.Ballots {
		ballot, err := wire.BallotFromProto(&g.Ballots[i])
		if err != nil {
			return err
		}
		if err := ballot.Check(); err != nil {
			return err
		}
	}
	for _, b := range g.Bands {
		if err := checkBandNode(b.Key, b.Value); err != nil {
			return err
		}
	}
	var values wire.Chunk
	for _, c := range g.Chunks {
		if _, _, err := wire.ParseChunkKey(c.Key); err != nil {
			return err
		}
		if err := wire.DecodeChunk(c.Value, &values); err != nil {
			return err
		}
	}
	return nil
}

// check holds what hangs together.
func (b *books) check() error {
	for _, m := range b.order {
		if err := b.models[m].check(); err != nil {
			return err
		}
	}
	for _, m := range b.markets {
		s := b.models[m.Model].held[m.Number]
		if s.batches != m.Batches || s.settled != m.Settled || m.Held < s.sum {
			return fault.Internal("model: market %d on %s counts %d batches, %d settled, %s held; there are %d, %d settled, %s staked",
				m.Number, m.Model, m.Batches, m.Settled, m.Held, s.batches, s.settled, s.sum)
		}
	}
	return nil
}

func (l *ledger) check() error {
	m := l.model
	if l.entries != m.Entries || l.root != m.Root || l.items != m.Contributions || l.withdrawn != m.Withdrawn || l.people != uint64(len(l.given)) {
		return fault.Internal("model: %s counts %d entries, root %s, %d contributions, %d withdrawn; there are %d, root %s, %d, %d withdrawn; %d authors, %d contributors",
			m.ID, m.Entries, m.Root, m.Contributions, m.Withdrawn, l.entries, l.root, l.items, l.withdrawn, len(l.given), l.people)
	}
	if (m.Terms.Incentive.Kind == model.Deposit) != (l.purse != nil && l.price != nil) {
		return fault.Internal("model: %s has %s: purse %t, price %t", m.ID, m.Terms.Incentive.Kind, l.purse != nil, l.price != nil)
	}
	if l.purse == nil {
		return nil
	}
	if l.purse.Open != l.open || l.purse.Credits != l.credits || l.purse.Owed != l.owed {
		return fault.Internal("model: purse of %s: %s open, %s owed on %d credits; items and people say %s, %s, %d",
			m.ID, l.purse.Open, l.purse.Owed, l.purse.Credits, l.open, l.owed, l.credits)
	}
	return nil
}

// Invariants walks the whole state and checks every invariant.
func (k *Keeper) Invariants(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	b, err := readBooks(g)
	if err != nil {
		return err
	}
	if err := b.check(); err != nil {
		return err
	}
	for _, check := range []func(context.Context, *books, *modelv1.GenesisState) error{k.checkEscrow, k.checkWaiting, k.checkRanks} {
		if err := check(ctx, b, g); err != nil {
			return err
		}
	}
	return nil
}

// checkEscrow holds invariant 3 against the ledger of promises.
func (k *Keeper) checkEscrow(ctx context.Context, b *books, _ *modelv1.GenesisState) error {
	holds := func(a escrow.Account, want num.Amount) error {
		have, err := k.flow.Balance(ctx, a)
		if err == nil && have != want {
			err = fault.Internal("model: %s holds %s, want %s", a, have, want)
		}
		return err
	}
	for _, m := range b.order {
		purse := b.models[m].purse
		if purse == nil {
			continue
		}
		if err := holds(escrow.Deposits(m), purse.Open); err != nil {
			return err
		}
		if err := holds(escrow.Rewards(m), purse.Owed); err != nil {
			return err
		}
	}
	for _, m := range b.markets {
		if err := holds(m.Account(), m.Held); err != nil {
			return err
		}
	}
	return nil
}

// checkWaiting holds invariants 2 and 4. A deadline that failed waits under a
// later time, so one that is over may be missing.
func (k *Keeper) checkWaiting(ctx context.Context, _ *books, g *modelv1.GenesisState) error {
	for i := range g.Contributions {
		c, err := wire.ContributionFromProto(&g.Contributions[i])
		if err != nil {
			return err
		}
		key := collections.Join(string(c.Model), c.Number)
		listed, err := k.waiting.Has(ctx, key)
		if err != nil {
			return err
		}
		if listed != (c.State == model.Given) {
			return fault.Internal("model: contribution %d to %s is %s: waits for a window %t", c.Number, c.Model, c.State, listed)
		}
		if err := k.checkDue(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// checkDue holds invariant 2 for one contribution.
func (k *Keeper) checkDue(ctx context.Context, c model.Contribution) error {
	if !c.State.Open() || dueAt(c) <= kit.Now(ctx) {
		return nil
	}
	waits, err := false, error(nil)
	if c.State == model.Trained {
		judged, failure := k.judgedOf(ctx, c.Model)
		if waits, err = k.verdicts.Has(ctx, c.Deadline, string(c.Model)); failure != nil {
			return failure
		}
		waits = waits && judged < c.Entry
	} else {
		waits, err = k.due.Has(ctx, dueAt(c), collections.Join(string(c.Model), c.Number))
	}
	if err == nil && !waits {
		err = fault.Internal("model: contribution %d to %s is %s and waits for nothing", c.Number, c.Model, c.State)
	}
	return err
}

// checkRanks holds invariant 5.
func (k *Keeper) checkRanks(ctx context.Context, _ *books, g *modelv1.GenesisState) error {
	for i := range g.Contributors {
		w, err := wire.ContributorFromProto(&g.Contributors[i])
		if err != nil {
			return err
		}
		listed, err := k.ranks.Has(ctx, rankKey(w))
		if err != nil {
			return err
		}
		if !listed {
			return fault.Internal("model: %s is not in the leaderboard of %s where it belongs", w.Address, w.Model)
		}
	}
	left := len(g.Contributors)
	return k.ranks.Walk(ctx, nil, func(key []byte) (bool, error) {
		if left--; left < 0 {
			return true, fault.Internal("model: rank %x: nobody's", key)
		}
		return false, nil
	})
}
