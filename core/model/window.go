package model

import (
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/robust"
)

// WindowDue says whether the items that were given and wait are to be trained:
// at once without a window, else when it is full or its first item's deadline
// is there.
func (m Model) WindowDue(waiting int, first Contribution, now id.Time) bool {
	return waiting > 0 && (waiting >= int(m.Terms.Robust.Window) || now >= first.Deadline)
}

// Vote says which items of a window to leave out (Contribution.Trim): the share
// that surprises the live generation most. The others are trained in order.
func (m Model) Vote(window []Contribution, l learn.Learner, live learn.State) []bool {
	losses := make([]int64, len(window))
	for i, c := range window {
		losses[i] = m.Terms.Config.Loss(l.Scores(live, m.input(c.Offer)), c.Offer.Label)
	}
	return robust.Trim(losses, m.Terms.Robust.Trim)
}
