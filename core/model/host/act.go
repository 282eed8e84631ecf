package host

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
)

// note keeps an entry of the log, if there is one.
func (h *Host) note(e model.Entry) {
	if e.Number > 0 {
		h.Log = append(h.Log, e)
	}
}

// Give takes an item openly, or as what a market kept, and trains it.
func (h *Host) Give(author id.Address, o model.Offer, now model.Now) (model.Contribution, error) {
	take := h.Model.Take
	if h.Model.Terms.Incentive.Kind == model.Bounty {
		take = h.Model.Adopt
	}
	m, who, c, err := take(h.Contributor(author), o, now)
	if err != nil {
		return c, err
	}
	h.Model = m
	h.SetContributor(who)
	h.Items = append(h.Items, c)
	return h.train(c, now)
}

// Commit takes a commitment.
func (h *Host) Commit(author id.Address, commitment id.Hash, now model.Now) (model.Contribution, error) {
	m, who, c, err := h.Model.Commit(h.Contributor(author), commitment, now)
	if err != nil {
		return c, err
	}
	h.Model = m
	h.SetContributor(who)
	h.Items = append(h.Items, c)
	return c, nil
}

// Reveal opens a commitment and trains its item.
func (h *Host) Reveal(number uint64, o model.Offer, salt [32]byte, now model.Now) (model.Contribution, error) {
	c, err := h.Item(number)
	if err != nil {
		return c, err
	}
	if c, err = h.Model.Reveal(c, o, salt, now); err != nil {
		return c, err
	}
	h.SetItem(c)
	return h.train(c, now)
}

// train looks a given item up among the earlier ones and lets the model learn
// it, at once or with its window.
func (h *Host) train(c model.Contribution, now model.Now) (model.Contribution, error) {
	c, err := c.Find(h, h.Item)
	if err != nil {
		return c, err
	}
	h.SetItem(c)
	h.waiting = append(h.waiting, c.Number)
	if h.Model.Terms.Robust.Window > 0 {
		return c, nil
	}
	if _, err := h.Window(now); err != nil {
		return c, err
	}
	return h.Item(c.Number)
}

// Window trains what waits, if that is due, and returns the numbers of the
// items that its vote left out: the caller ends them (Trim).
func (h *Host) Window(now model.Now) (out []uint64, err error) {
	var window []model.Contribution
	for _, n := range h.waiting {
		if c := h.Items[n-1]; c.State == model.Given {
			window = append(window, c)
		}
	}
	if len(window) == 0 || !h.Model.WindowDue(len(window), window[0], now.Time) {
		return nil, nil
	}
	h.waiting = nil
	for i, left := range h.Model.Vote(window, h.Learner, h.Live) {
		if left {
			out = append(out, window[i].Number)
			continue
		}
		m, c, e, err := h.Model.Train(window[i], h.Learner, h.Live, now)
		if err != nil {
			return nil, err
		}
		h.Model = m
		h.note(e)
		h.SetItem(c)
	}
	return out, nil
}

// Trim ends an item that a vote left out, without money.
func (h *Host) Trim(number uint64) error {
	c, err := h.Item(number)
	if err != nil {
		return err
	}
	c, who, err := c.Trim(h.Contributor(c.Author))
	if err != nil {
		return err
	}
	h.SetItem(c)
	h.SetContributor(who)
	return nil
}

// Judge asks the model for its verdict; nothing changes.
func (h *Host) Judge(number uint64, now id.Time) (model.Verdict, error) {
	c, err := h.Item(number)
	if err != nil {
		return 0, err
	}
	return h.Model.Judge(c, h.Learner, h.Live, now)
}

// Settle ends an item by a verdict, without money.
func (h *Host) Settle(number uint64, v model.Verdict) error {
	c, err := h.Item(number)
	if err != nil {
		return err
	}
	c, who, err := c.Settle(h.Contributor(c.Author), v)
	if err != nil {
		return err
	}
	h.SetItem(c)
	h.SetContributor(who)
	return nil
}

// Withdraw takes an item back for its author.
func (h *Host) Withdraw(by id.Address, number uint64, now model.Now) error {
	c, err := h.Item(number)
	if err != nil {
		return err
	}
	g := model.Generations{Live: h.Live}
	if h.shadow != nil {
		g.Shadow = h.shadow
	}
	m, c, who, e, err := h.Model.Withdraw(by, c, h.Contributor(c.Author), h.Learner, g, now)
	if err != nil {
		return err
	}
	h.Model = m
	h.note(e)
	h.SetItem(c)
	h.SetContributor(who)
	return nil
}

// Rollback goes back to an entry, for the owner; Rebuild makes it true.
func (h *Host) Rollback(by id.Address, to uint64, now model.Now) error {
	m, e, err := h.Model.Rollback(by, to, now)
	if err != nil {
		return err
	}
	h.Model = m
	h.note(e)
	return nil
}

// Rebuild begins a replay that is due.
func (h *Host) Rebuild() error {
	m, err := h.Model.Rebuild(h.withdrawn())
	if err != nil {
		return err
	}
	h.Model = m
	h.layOut()
	return nil
}

// Step does some of a replay and says whether it is done.
func (h *Host) Step(budget uint64, now model.Now) (done bool, err error) {
	if h.shadow == nil {
		return false, fault.State("host: %s: no replay", h.Model.ID)
	}
	m, e, err := h.Model.Step(lineage{h}, h.Learner, h.shadow, budget, now)
	if err != nil {
		return false, err
	}
	h.Model = m
	h.note(e)
	if m.Replaying() {
		return false, nil
	}
	h.Live, h.shadow = h.shadow, nil
	return true, nil
}

// Replay does a whole replay.
func (h *Host) Replay(now model.Now) error {
	for {
		done, err := h.Step(1<<20, now)
		if err != nil || done {
			return err
		}
	}
}

// Copied says whether an input nearly equals one that the model has been given.
func (h *Host) Copied(x learn.Input) (bool, error) {
	found, err := model.CopyOf(x, h.Model.Contributions+1, h, h.Item)
	return found > 0, err
}

// Check holds the invariants over everything the host has.
func (h *Host) Check() error {
	if err := h.Model.Check(); err != nil {
		return err
	}
	root := h.start
	for i, e := range h.Log {
		if root = e.Chain(root); e.Root != root || e.Number != uint64(i)+1 {
			return fault.Internal("host: entry %d of %s: root %s, want %s", i+1, h.Model.ID, e.Root, root)
		}
	}
	if root != h.Model.Root || uint64(len(h.Log)) != h.Model.Entries || uint64(len(h.Items)) != h.Model.Contributions {
		return fault.Internal("host: %s: root %s over %d entries, %d contributions; the model says %s, %d, %d",
			h.Model.ID, root, len(h.Log), len(h.Items), h.Model.Root, h.Model.Entries, h.Model.Contributions)
	}
	return h.checkPeople()
}

func (h *Host) checkPeople() error {
	given, withdrawn := map[id.Address]uint64{}, uint64(0)
	for _, c := range h.Items {
		if err := c.Check(); err != nil {
			return err
		}
		given[c.Author]++
		if c.State == model.Withdrawn {
			withdrawn++
		}
	}
	for _, w := range h.Contributors() {
		if err := w.Check(); err != nil {
			return err
		}
		if given[w.Address] != w.Given {
			return fault.Internal("host: %s gave %d to %s, counted %d", w.Address, given[w.Address], h.Model.ID, w.Given)
		}
	}
	if withdrawn != h.Model.Withdrawn {
		return fault.Internal("host: %d withdrawn from %s, counted %d", withdrawn, h.Model.ID, h.Model.Withdrawn)
	}
	return nil
}
