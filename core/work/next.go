package work

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
)

// Next says what the next round of a request asks: its manifest, the pages in
// ascending order, and how many answers each of them gets.
type Next struct {
	Manifest id.CID
	Root     id.Hash
	Pages    []PagePlan
	Target   uint32
}

// FirstOf is the first round of the request's milestone: all its pages, each
// to be answered by the least redundancy.
func FirstOf(r market.Request) Next {
	t := r.Terms
	from, to := t.PageRange(r.Milestone)
	n := Next{Manifest: t.Manifest.CID, Root: t.Manifest.Root, Target: t.Redundancy.Min}
	for page := from; page < to; page++ {
		n.Pages = append(n.Pages, PagePlan{Page: page, Items: t.Manifest.Pages[page]})
	}
	return n
}

// Open starts the next round, after last, which is the zero Round if there was
// none. It waits in Preparing until its pages are laid out.
func (p Progress) Open(last Round, milestone uint32, n Next, now id.Time) (Progress, Round, error) {
	if p.Round > 0 && last.State != Closed {
		return p, Round{}, fault.State("work: round %s is %s: no round can follow yet", last.Key(), last.State)
	}
	if pages := len(n.Pages); pages == 0 || pages > market.MaxPages || n.Target == 0 || n.Target > market.MaxAnswers {
		return p, Round{}, fault.Limit("work: round %s: %d pages of %d answers: 1 to %d pages, 1 to %d answers",
			key(p.Request, p.Round+1), pages, n.Target, market.MaxPages, market.MaxAnswers)
	}
	p.Round++
	return p, Round{
		Request: p.Request, Number: p.Round, Milestone: milestone, State: Preparing, Manifest: n.Manifest, Root: n.Root,
		Pages: uint32(len(n.Pages)), Target: n.Target, Deadline: now, Inputs: p.Inputs, Submissions: p.Submissions,
	}, nil
}
