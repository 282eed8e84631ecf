package work

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Had marks that a contributor was given a page.
type Had struct {
	Request     id.RequestID
	Contributor id.Address
	Page        uint32
}

// Books are all that the stage has written down, in any order.
type Books struct {
	Briefs      []Brief
	Rounds      []Round
	Pages       []Page
	Leases      []Lease
	Submissions []Submission
	Assignments []Assignment
	Progress    []Progress
	Had         []Had
}

type (
	roundKey struct {
		request id.RequestID
		round   uint32
	}
	pageKey struct {
		roundKey
		page uint32
	}
	partyKey struct {
		request     id.RequestID
		contributor id.Address
	}
	tally struct{ pages, leases, committed, revealed, forfeited uint32 }
	hand  struct {
		open, forfeited uint32
		units           uint64
	}
)

// audit counts in the books what rounds, pages and assignments claim.
type audit struct {
	rounds map[roundKey]Round
	pages  map[pageKey]Page
	had    map[Had]bool // true once a lease or submission is found for it
	held   map[pageKey]uint32
	counts map[roundKey]tally
	hands  map[partyKey]hand
}

// Check holds the books against the invariants of the package.
func (b Books) Check() error {
	a := audit{
		rounds: make(map[roundKey]Round), pages: make(map[pageKey]Page), had: make(map[Had]bool),
		held: make(map[pageKey]uint32), counts: make(map[roundKey]tally), hands: make(map[partyKey]hand),
	}
	for _, step := range []func(Books) error{a.index, a.count, a.compareRounds, a.comparePages, a.compareHands, checkChains, checkBudgets} {
		if err := step(b); err != nil {
			return err
		}
	}
	return nil
}

func (a *audit) index(b Books) error {
	for _, r := range b.Rounds {
		k := roundKey{r.Request, r.Number}
		if _, twice := a.rounds[k]; twice {
			return fault.Internal("work: round %s stands twice", r.Key())
		}
		a.rounds[k] = r
	}
	for _, p := range b.Pages {
		k := pageKey{roundKey{p.Request, p.Round}, p.Number}
		if _, twice := a.pages[k]; twice {
			return fault.Internal("work: page %d of round %s stands twice", p.Number, key(p.Request, p.Round))
		}
		a.pages[k] = p
		t := a.counts[k.roundKey]
		t.pages++
		a.counts[k.roundKey] = t
	}
	for _, h := range b.Had {
		a.had[h] = false
	}
	return nil
}

func (a *audit) count(b Books) error {
	for _, l := range b.Leases {
		k := pageKey{roundKey{l.Request, l.Round}, l.Page}
		if err := a.take(k, l.Contributor); err != nil {
			return err
		}
		t, h := a.counts[k.roundKey], a.hands[partyKey{l.Request, l.Contributor}]
		t.leases++
		h.open++
		h.units += uint64(a.pages[k].Items)
		a.counts[k.roundKey], a.hands[partyKey{l.Request, l.Contributor}] = t, h
	}
	for _, s := range b.Submissions {
		k := pageKey{roundKey{s.Request, s.Round}, s.Page}
		if err := a.take(k, s.Contributor); err != nil {
			return err
		}
		t, h := a.counts[k.roundKey], a.hands[partyKey{s.Request, s.Contributor}]
		h.units += uint64(s.Items)
		t.committed++
		switch s.State {
		case SubmissionCommitted:
		case SubmissionRevealed:
			t.revealed++
		case SubmissionForfeited:
			t.forfeited++
			h.forfeited++
		default:
			return fault.Internal("work: submission of %s for page %d of round %s is %s", s.Contributor, s.Page, key(s.Request, s.Round), s.State)
		}
		a.counts[k.roundKey], a.hands[partyKey{s.Request, s.Contributor}] = t, h
	}
	return nil
}

// take notes one lease or submission on a page: the contributor must have been
// given it, and hold it only once in all rounds.
func (a *audit) take(k pageKey, who id.Address) error {
	h := Had{Request: k.request, Contributor: who, Page: k.page}
	used, given := a.had[h]
	if !given || used {
		return fault.Internal("work: page %d of round %s: %s was given it %t, holds it already %t", k.page, key(k.request, k.round), who, given, used)
	}
	a.had[h] = true
	a.held[k]++
	return nil
}

func (a *audit) compareRounds(b Books) error {
	for _, r := range b.Rounds {
		if err := r.Check(); err != nil {
			return err
		}
		t := a.counts[roundKey{r.Request, r.Number}]
		if t.pages != r.Laid || t.leases != r.Leased || t.committed != r.Committed || t.revealed != r.Revealed {
			return fault.Internal("work: round %s says %d pages, %d leased, %d committed, %d revealed; there are %d, %d, %d, %d",
				r.Key(), r.Laid, r.Leased, r.Committed, r.Revealed, t.pages, t.leases, t.committed, t.revealed)
		}
		if r.State < Revealing && t.revealed+t.forfeited > 0 {
			return fault.Internal("work: round %s is %s with %d reveals and %d forfeits", r.Key(), r.State, t.revealed, t.forfeited)
		}
		if r.State > Revealing && t.revealed+t.forfeited != t.committed {
			return fault.Internal("work: round %s is %s with %d commitments, of them %d revealed and %d forfeited", r.Key(), r.State, t.committed, t.revealed, t.forfeited)
		}
	}
	return nil
}

func (a *audit) comparePages(b Books) error {
	for _, p := range b.Pages {
		k := roundKey{p.Request, p.Round}
		r, known := a.rounds[k]
		held := a.held[pageKey{k, p.Number}]
		if !known || p.Covered != held || held > r.Target || held < r.Least {
			return fault.Internal("work: page %d of round %s: covered %d, %d leases and submissions, %d to %d allowed", p.Number, key(p.Request, p.Round), p.Covered, held, r.Least, r.Target)
		}
		if p != (Page{p.Request, p.Round, p.Number, p.Items, p.Covered, NewPage(r, PagePlan{p.Number, p.Items}).Place}) {
			return fault.Internal("work: page %d of round %s: place %d on the ring is not its own", p.Number, key(p.Request, p.Round), p.Place)
		}
	}
	return nil
}

func (a *audit) compareHands(b Books) error {
	for _, as := range b.Assignments {
		k := partyKey{as.Request, as.Contributor}
		h := a.hands[k]
		if as.Open != h.open || as.Units != h.units || as.Forfeited != h.forfeited || as.Open > MaxOpenLeases {
			return fault.Internal("work: assignment of %s on request %s says %d open, %d units, %d forfeited; there are %d, %d, %d",
				as.Contributor, as.Request, as.Open, as.Units, as.Forfeited, h.open, h.units, h.forfeited)
		}
		delete(a.hands, k)
	}
	if len(a.hands) > 0 {
		return fault.Internal("work: %d contributors hold pages without an assignment", len(a.hands))
	}
	return nil
}

// checkChains recomputes every chain of inputs from its submissions.
func checkChains(b Books) error {
	revealed := make(map[id.RequestID][]Submission)
	for _, s := range b.Submissions {
		if s.State == SubmissionRevealed {
			revealed[s.Request] = append(revealed[s.Request], s)
		}
	}
	for _, p := range b.Progress {
		chain := revealed[p.Request]
		slices.SortFunc(chain, func(x, y Submission) int { return cmp.Compare(x.Ordinal, y.Ordinal) })
		var inputs id.Hash
		var answers uint64
		for i, s := range chain {
			if s.Ordinal != uint64(i)+1 {
				return fault.Internal("work: request %s: submission %d of the chain has ordinal %d", p.Request, i+1, s.Ordinal)
			}
			inputs = s.Chain(inputs)
			answers += uint64(s.Items)
		}
		if p.Inputs != inputs || p.Submissions != uint64(len(chain)) || p.Answers != answers {
			return fault.Internal("work: request %s says %d submissions, %d answers, inputs %s; there are %d, %d, %s",
				p.Request, p.Submissions, p.Answers, p.Inputs, len(chain), answers, inputs)
		}
	}
	return nil
}

func checkBudgets(b Books) error {
	budgets := make(map[id.RequestID]Brief, len(b.Briefs))
	for _, brief := range b.Briefs {
		budgets[brief.Request] = brief
	}
	for _, p := range b.Progress {
		brief, known := budgets[p.Request]
		if !known || p.Reserved < 0 || p.Reserved > brief.Budget {
			return fault.Internal("work: request %s: %s reserved of a budget of %s", p.Request, p.Reserved, brief.Budget)
		}
	}
	return nil
}
