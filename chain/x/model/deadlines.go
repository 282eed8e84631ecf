package model

import (
	"context"
	"strconv"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/wire"
)

// What one block does at most; the rest comes with the next one.
const (
	itemsPerBlock    = 8_192   // entries of logs gone through, contributions lapsed
	itemsAtOnce      = 16      // of the latter between two looks at what they cost
	cellsPerBlock    = 1 << 22 // parameters looked at to judge
	modelsPerBlock   = 64      // whose items are judged
	contestsPerBlock = 16
	replaysPerBlock  = 4
	cellsPerReplay   = 1 << 16
	chunksPerBlock   = 512 // dropped with obsolete generations
)

// EndBlock does what is due.
func (k *Keeper) EndBlock(ctx context.Context) error {
	for _, part := range []func(context.Context, id.Time) error{k.judgeDue, k.contestsDue, k.replaysDue, k.dropObsolete, k.marketsDue} {
		if err := part(ctx, kit.Now(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// budget is what is left of a block's work on items.
type budget struct {
	items int
	cells uint64
}

// take takes an item and its parameters, as far as they go.
func (b *budget) take(cells uint64) { b.items, b.cells = b.items-1, b.cells-min(b.cells, cells) }

func (b *budget) spent() bool { return b.items <= 0 || b.cells == 0 }

// judgeDue ends contributions whose deadline has come.
func (k *Keeper) judgeDue(ctx context.Context, now id.Time) error {
	left := &budget{itemsPerBlock, cellsPerBlock}
	for !left.spent() {
		n, err := k.due.Due(ctx, now, itemsAtOnce, func(ctx context.Context, key numberKey) error { return k.itemDue(ctx, key, left) })
		if err != nil {
			return err
		}
		if n < itemsAtOnce {
			break
		}
	}
	_, err := k.verdicts.Due(ctx, now, modelsPerBlock, func(ctx context.Context, key string) error { return k.verdictsDue(ctx, key, left) })
	return err
}

// itemDue ends a contribution that was not trained in time, or whose verdict
// was put off.
func (k *Keeper) itemDue(ctx context.Context, key numberKey, left *budget) error {
	d, err := k.open(ctx, id.ModelID(key.K1()))
	if err != nil {
		return err
	}
	c, err := d.item(key.K2())
	if err != nil {
		return err
	}
	switch c.State {
	case model.Given:
		return d.windowDue(c, left)
	case model.Committed, model.Trained:
		if err := d.finish(c, left); err != nil {
			return err
		}
		return d.save()
	default:
		return nil
	}
}

// verdictsDue judges a model's items in the order of its log, as far as their
// time has come and the block has time. An item that cannot be judged is put
// off, and holds up no other.
func (k *Keeper) verdictsDue(ctx context.Context, key string, left *budget) error {
	d, err := k.open(ctx, id.ModelID(key))
	if err != nil {
		return err
	}
	judged, err := k.judgedOf(ctx, d.model.ID)
	if err != nil {
		return err
	}
	for ; judged < d.model.Entries; judged++ {
		e, err := entry(d.entries, d.model.ID, judged+1)
		if err != nil {
			return err
		}
		if due := d.verdictAt(e); due > d.now.Time || left.spent() {
			if err := k.verdicts.Push(ctx, due, key); err != nil {
				return err
			}
			break
		}
		if err := d.entryDue(e, left); err != nil {
			return err
		}
	}
	if err := k.judged.Set(ctx, key, judged); err != nil {
		return err
	}
	return d.save()
}

func (k *Keeper) judgedOf(ctx context.Context, m id.ModelID) (uint64, error) {
	n, err := k.judged.Get(ctx, string(m))
	if isMissing(err) {
		return 0, nil
	}
	return n, err
}

// verdictAt is when the item of an entry is judged.
func (d *desk) verdictAt(e model.Entry) id.Time { return e.At.Add(d.model.Terms.Incentive.Wait) }

// entryDue judges what an entry taught, if that still waits for it.
func (d *desk) entryDue(e model.Entry, left *budget) error {
	left.take(0)
	if e.Kind != model.EntryTrain {
		return nil
	}
	c, err := d.item(e.Contribution)
	if err != nil || c.State != model.Trained {
		return err
	}
	failure := d.finish(c, left)
	if failure == nil {
		return nil
	}
	d.emitItem("verdict_put_off", c, "error", failure.Error())
	return d.k.due.Push(d.ctx, d.now.Time.Add(kit.RetryAfter), collections.Join(string(c.Model), c.Number))
}

// finish ends a contribution by the rules of its incentive.
func (d *desk) finish(c model.Contribution, left *budget) error {
	author, err := d.person(c.Author)
	if err != nil {
		return err
	}
	if c.State == model.Committed {
		left.take(0)
		c, err = d.lapse(c, author)
	} else {
		left.take(2 * d.learner.Cost(c.Offer.Input))
		c, err = d.judge(c, author)
	}
	if err != nil {
		return err
	}
	d.emitItem(c.State.String(), c)
	if err := d.clear(c); err != nil {
		return err
	}
	return d.setItem(c)
}

// await puts a contribution that is not trained into the queue of deadlines, or
// takes it out.
func (d *desk) await(c model.Contribution) error {
	return d.k.due.Push(d.ctx, dueAt(c), collections.Join(string(c.Model), c.Number))
}

func (d *desk) forget(c model.Contribution) error {
	return d.k.due.Remove(d.ctx, dueAt(c), collections.Join(string(c.Model), c.Number))
}

// dueAt is when something is to be done about a contribution that is not
// trained: for a window at its deadline, an end of waiting after it.
func dueAt(c model.Contribution) id.Time {
	if c.State == model.Committed {
		return c.Deadline.Add(1)
	}
	return c.Deadline
}

// awaitVerdicts sees to it that the items of this block are judged.
func (d *desk) awaitVerdicts() error {
	if d.queued || d.model.Terms.Incentive.Kind == model.Bounty {
		return nil
	}
	d.queued = true
	return d.k.verdicts.Push(d.ctx, d.now.Time.Add(d.model.Terms.Incentive.Wait), string(d.model.ID))
}

// lapse ends a commitment that was not opened in time.
func (d *desk) lapse(c model.Contribution, author model.Contributor) (model.Contribution, error) {
	if d.model.Terms.Incentive.Kind != model.Deposit {
		c, author, err := c.Lapse(author, d.now.Time)
		d.setPerson(author)
		return c, err
	}
	purse, c, author, moves, err := d.purse.Lapse(c, author, d.now.Time)
	if err != nil {
		return c, err
	}
	d.setPerson(author)
	d.purse, d.moves = purse, append(d.moves, moves...)
	return c, nil
}

// judge gives a trained item its one verdict, by the rules of the incentive.
func (d *desk) judge(c model.Contribution, author model.Contributor) (model.Contribution, error) {
	verdict, err := d.model.Judge(c, d.learner, d.live, d.now.Time)
	if err != nil {
		return c, err
	}
	if d.model.Terms.Incentive.Kind == model.Points {
		return d.settlePoints(c, author, verdict)
	}
	reports, err := d.reports(c)
	if err != nil {
		return c, err
	}
	purse, c, author, moves, err := d.purse.Settle(d.model.Terms.Incentive.Deposit, c, author, reports, verdict)
	if err != nil {
		return c, err
	}
	d.setPerson(author)
	d.purse, d.moves = purse, append(d.moves, moves...)
	return c, nil
}

// settlePoints counts a verdict, which voters may overrule, for all of them.
func (d *desk) settlePoints(c model.Contribution, author model.Contributor, own model.Verdict) (model.Contribution, error) {
	ballot, err := d.ballot(c)
	if err != nil {
		return c, err
	}
	voters := make([]model.Contributor, len(ballot.Votes))
	for i, v := range ballot.Votes {
		if voters[i], err = d.person(v.Voter); err != nil {
			return c, err
		}
	}
	verdict := ballot.Verdict(d.model.Terms.Incentive.Points, c, own)
	c, author, voters, err = ballot.Settle(c, author, verdict, voters)
	if err != nil {
		return c, err
	}
	for _, w := range append(voters, author) {
		d.setPerson(w)
	}
	return c, nil
}

// emitItem tells what happened to a contribution.
func (d *desk) emitItem(action string, c model.Contribution, pairs ...string) {
	pairs = append([]string{attributeNumber, strconv.FormatUint(c.Number, 10), "author", string(c.Author)}, pairs...)
	d.emit(action, pairs...)
}

func (k *Keeper) contestsDue(ctx context.Context, now id.Time) error {
	_, err := k.contests.Due(ctx, now, contestsPerBlock, k.contestDue)
	return err
}

func (k *Keeper) replaysDue(ctx context.Context, now id.Time) error {
	_, err := k.replays.Due(ctx, now, replaysPerBlock, k.replayDue)
	return err
}

// replayDue does some of a replay, and comes back for the rest.
func (k *Keeper) replayDue(ctx context.Context, key string) error {
	d, err := k.open(ctx, id.ModelID(key))
	if err != nil || !d.model.Replaying() {
		return err
	}
	old := d.model.Generation
	m, e, err := d.model.Step(source{ctx, k}, d.learner, d.shadow, cellsPerReplay, d.now)
	if err != nil {
		return err
	}
	d.model = m
	if err := d.note(e); err != nil {
		return err
	}
	if m.Replaying() {
		if err := k.replays.Push(ctx, d.now.Time, key); err != nil {
			return err
		}
		return d.save()
	}
	d.emit("rebuilt", "generation", strconv.FormatUint(uint64(m.Generation), 10), "root", m.Root.String())
	if err := k.obsolete.Set(ctx, collections.Join(key, old)); err != nil {
		return err
	}
	return d.save()
}

// source is the keeper as a model.Source.
type source struct {
	ctx context.Context
	k   *Keeper
}

// Model implements model.Source.
func (s source) Model(m id.ModelID) (model.Model, error) { return s.k.Model(s.ctx, m) }

// Entry implements model.Source.
func (s source) Entry(m id.ModelID, number uint64) (model.Entry, error) {
	return s.k.Entry(s.ctx, m, number)
}

// Contribution implements model.Source.
func (s source) Contribution(m id.ModelID, number uint64) (model.Contribution, error) {
	return s.k.Contribution(s.ctx, m, number)
}

// dropObsolete drops the parameters of the first generation that nobody asks
// any more, some at a time.
func (k *Keeper) dropObsolete(ctx context.Context, _ id.Time) error {
	var found *placeKey
	err := k.obsolete.Walk(ctx, nil, func(key placeKey) (bool, error) {
		found = &key
		return true, nil
	})
	if err != nil || found == nil {
		return err
	}
	keys, err := k.chunksOf(ctx, wire.Generation{Model: id.ModelID(found.K1()), Number: found.K2()}, chunksPerBlock)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if err := k.chunks.Remove(ctx, key); err != nil {
			return err
		}
	}
	if len(keys) < chunksPerBlock {
		return k.obsolete.Remove(ctx, *found)
	}
	return nil
}

// chunksOf returns the keys of a generation's chunks, at most limit of them.
func (k *Keeper) chunksOf(ctx context.Context, g wire.Generation, limit int) (keys [][]byte, err error) {
	err = k.chunks.Walk(ctx, ofGeneration(g), func(key, _ []byte) (bool, error) {
		keys = append(keys, key)
		return len(keys) == limit, nil
	})
	return keys, err
}

// ofGeneration ranges over a generation's chunks.
func ofGeneration(g wire.Generation) *collections.Range[[]byte] {
	end := g
	end.Number++
	return new(collections.Range[[]byte]).StartInclusive(g.Bytes()).EndExclusive(end.Bytes())
}
