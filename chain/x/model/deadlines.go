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
	itemsPerBlock    = 512     // contributions judged or lapsed
	itemsAtOnce      = 16      // of them between two looks at what they cost
	cellsPerBlock    = 1 << 20 // parameters looked at to judge
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

// judgeDue ends contributions whose deadline has come.
func (k *Keeper) judgeDue(ctx context.Context, now id.Time) error {
	cells := uint64(0)
	for done := 0; done < itemsPerBlock && cells < cellsPerBlock; done += itemsAtOnce {
		n, err := k.due.Due(ctx, now, itemsAtOnce, func(ctx context.Context, key numberKey) error {
			cost, err := k.itemDue(ctx, key)
			cells += cost
			return err
		})
		if err != nil || n < itemsAtOnce {
			return err
		}
	}
	return nil
}

// itemDue ends one contribution, and returns how many parameters it touched.
func (k *Keeper) itemDue(ctx context.Context, key numberKey) (cost uint64, err error) {
	d, err := k.open(ctx, id.ModelID(key.K1()))
	if err != nil {
		return 0, err
	}
	c, err := d.item(key.K2())
	if err != nil {
		return 0, err
	}
	author, err := d.person(c.Author)
	if err != nil {
		return 0, err
	}
	switch c.State {
	case model.Committed:
		c, err = d.lapse(c, author)
	case model.Given:
		return d.windowDue(c)
	case model.Trained:
		cost = 2 * d.learner.Cost(c.Offer.Input)
		c, err = d.judge(c, author)
	default:
		return 0, nil
	}
	if err != nil {
		return cost, err
	}
	d.emitItem(c.State.String(), c)
	if err := d.clear(c); err != nil {
		return cost, err
	}
	if err := d.setItem(c); err != nil {
		return cost, err
	}
	return cost, d.save()
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
