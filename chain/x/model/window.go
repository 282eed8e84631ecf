package model

import (
	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/core/model"
)

// enqueue keeps an item that is learnt together with those around it. Every
// time enough of them wait, the block's end trains them: who fills a window
// does not pay for its work.
func (d *desk) enqueue(c model.Contribution) error {
	if err := d.countWaiting(); err != nil {
		return err
	}
	d.waiting++
	key := collections.Join(string(c.Model), c.Number)
	if err := d.k.waiting.Set(d.ctx, key); err != nil {
		return err
	}
	if err := d.setItem(c); err != nil {
		return err
	}
	if d.waiting%uint64(d.model.Terms.Robust.Window) == 0 {
		if err := d.k.due.Push(d.ctx, d.now.Time, key); err != nil {
			return err
		}
	}
	return d.await(c)
}

func (d *desk) countWaiting() error {
	if d.counted {
		return nil
	}
	d.counted = true
	return d.k.waiting.Walk(d.ctx, collections.NewPrefixedPairRange[string, uint64](string(d.model.ID)), func(numberKey) (bool, error) {
		d.waiting++
		return false, nil
	})
}

// window returns the items that wait, the earliest first, at most a window of
// them.
func (d *desk) window() (window []model.Contribution, err error) {
	err = d.k.waiting.Walk(d.ctx, collections.NewPrefixedPairRange[string, uint64](string(d.model.ID)), func(key numberKey) (bool, error) {
		c, err := d.item(key.K2())
		window = append(window, c)
		return len(window) >= int(d.model.Terms.Robust.Window), err
	})
	return window, err
}

// windowDue trains the items that wait, if it is time. c is the item whose
// entry in the queue has come. A model that takes nothing more leaves all of
// them out.
func (d *desk) windowDue(c model.Contribution, left *budget) error {
	window, err := d.window()
	if err != nil || len(window) == 0 {
		return err
	}
	if !d.model.WindowDue(len(window), c, d.now.Time) {
		return nil
	}
	trained, over := false, d.model.Learning() != nil
	for i, out := range d.model.Vote(window, d.learner, d.live) {
		left.take(3 * d.learner.Cost(window[i].Offer.Input))
		trained = trained || window[i].Number == c.Number
		if err := d.leaveWindow(window[i], out || over); err != nil {
			return err
		}
	}
	if !trained && d.now.Time >= c.Deadline {
		if err := d.await(c); err != nil { // comes with the next window
			return err
		}
	}
	return d.save()
}

// leaveWindow trains an item of a window, or ends one that its vote left out.
func (d *desk) leaveWindow(c model.Contribution, out bool) error {
	if err := d.forget(c); err != nil {
		return err
	}
	if err := d.k.waiting.Remove(d.ctx, collections.Join(string(c.Model), c.Number)); err != nil {
		return err
	}
	if out {
		return d.trim(c)
	}
	c, err := d.learn(c)
	if err != nil {
		return err
	}
	return d.setItem(c)
}

// trim ends an item that a vote left out.
func (d *desk) trim(c model.Contribution) error {
	author, err := d.person(c.Author)
	if err != nil {
		return err
	}
	if d.model.Terms.Incentive.Kind == model.Deposit {
		purse, trimmed, person, moves, err := d.purse.Trim(c, author)
		if err != nil {
			return err
		}
		c, author, d.purse, d.moves = trimmed, person, purse, append(d.moves, moves...)
	} else if c, author, err = c.Trim(author); err != nil {
		return err
	}
	d.setPerson(author)
	d.emitItem(c.State.String(), c)
	return d.setItem(c)
}
