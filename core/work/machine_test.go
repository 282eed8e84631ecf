package work_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/work"
)

// what a contributor holds of a page.
type holding string

const (
	leased    holding = "leased"
	committed holding = "committed"
	opened    holding = "revealed"
	lost      holding = "forfeited"
	expired   holding = "expired"
)

// at is a contributor and a page.
type at struct {
	who  id.Address
	page uint32
}

// held is the model of one lease and what became of it.
type held struct {
	holding
	round uint32
	items uint32
}

// office is a shell around core that keeps everything in slices and maps, as
// the chain keeps it in its store, and beside it the model.
type office struct {
	brief       work.Brief
	engagements []market.Engagement
	round       work.Round
	closed      []work.Round
	progress    work.Progress
	pages       []work.Page // of all rounds
	leases      []work.Lease
	submissions []work.Submission
	assignments map[id.Address]work.Assignment
	now         id.Time

	model map[at]held
}

func newOffice(r *rapid.T) *office {
	req := request(rapid.Uint32Range(3, 6).Draw(r, "pages"))
	req.Milestone = 1
	req.Terms.Budget = num.Amount(rapid.Int64Range(100, 5_000).Draw(r, "budget"))
	if rapid.Bool().Draw(r, "gold") {
		req.Terms.Gold = market.Gold{Root: id.Sum("gold"), Count: 3}
	}
	brief, err := work.NewBrief(req)
	if err != nil {
		r.Fatal(err)
	}
	o := &office{
		brief: brief, progress: work.Progress{Request: req.ID}, now: now,
		assignments: map[id.Address]work.Assignment{}, model: map[at]held{},
	}
	for i := range 3 {
		who := id.Address(fmt.Sprintf("contributor%d", i))
		o.engagements = append(o.engagements, market.Engagement{
			Request: req.ID, Contributor: who, State: market.Active,
			Price: num.Amount(rapid.Int64Range(1, 9).Draw(r, "price")), Units: rapid.Uint64Range(1, 80).Draw(r, "units"),
		})
		o.assignments[who] = work.Assignment{Request: req.ID, Contributor: who}
	}
	o.begin(r, work.FirstOf(req))
	return o
}

func (o *office) begin(r *rapid.T, n work.Next) {
	var err error
	if o.progress, o.round, err = o.progress.Open(o.round, o.brief.Milestone, n, o.now); err != nil {
		r.Fatal(err)
	}
	for _, p := range n.Pages {
		o.pages = append(o.pages, work.NewPage(o.round, p))
		o.round.Laid++
	}
	if o.round, err = o.round.Begin(id.Sum("entropy"), o.brief.Due, o.now, o.brief.Windows); err != nil {
		r.Fatal(err)
	}
}

func (o *office) engagement(who id.Address) market.Engagement {
	i := slices.IndexFunc(o.engagements, func(e market.Engagement) bool { return e.Contributor == who })
	return o.engagements[i]
}

func (o *office) pageIndex(round, page uint32) int {
	return slices.IndexFunc(o.pages, func(p work.Page) bool { return p.Round == round && p.Number == page })
}

func (o *office) desk(who id.Address, page work.Page) work.Desk {
	return work.Desk{Round: o.round, Page: page, Assignment: o.assignments[who], Progress: o.progress}
}

func (o *office) put(d work.Desk) {
	o.round, o.progress, o.assignments[d.Assignment.Contributor] = d.Round, d.Progress, d.Assignment
	o.pages[o.pageIndex(d.Page.Round, d.Page.Number)] = d.Page
}

// Lease draws a page, and may be refused.
func (o *office) Lease(r *rapid.T) {
	e := rapid.SampledFrom(o.engagements).Draw(r, "who")
	mayHave := slices.DeleteFunc(slices.Clone(o.pages), func(p work.Page) bool {
		_, had := o.model[at{e.Contributor, p.Number}]
		return had || p.Round != o.round.Number
	})
	page, found := o.round.Draw(mayHave, o.round.Start(e.Contributor, o.assignments[e.Contributor].Units))
	if !found {
		return
	}
	d, lease, err := o.desk(e.Contributor, page).Grant(e, o.brief.Budget, o.now, o.brief.Windows)
	if err != nil {
		return
	}
	if o.round.State != work.Committing {
		r.Fatalf("a lease in a round that is %s", o.round.State)
	}
	o.put(d)
	o.round.Least = o.leastCovered()
	o.leases = append(o.leases, lease)
	o.model[at{e.Contributor, page.Number}] = held{leased, o.round.Number, page.Items}
}

// leastCovered is what the shell may remember of the ring.
func (o *office) leastCovered() uint32 {
	least := o.round.Target
	for _, p := range o.pages {
		if p.Round == o.round.Number {
			least = min(least, p.Covered)
		}
	}
	return least
}

// Commit answers a lease, in time or too late.
func (o *office) Commit(r *rapid.T) {
	if len(o.leases) == 0 {
		return
	}
	i := rapid.IntRange(0, len(o.leases)-1).Draw(r, "lease")
	l := o.leases[i]
	page := o.pages[o.pageIndex(l.Round, l.Page)]
	content, salt := o.answers(l.Contributor, l.Page)
	d, s, err := o.desk(l.Contributor, page).Commit(l, work.Commitment(content, salt), 1, o.now)
	if late := o.now > l.Expires; late != (err != nil) {
		r.Fatalf("a commitment at %d to a lease until %d: %v", o.now, l.Expires, err)
	}
	if err != nil {
		return
	}
	o.put(d)
	o.leases = slices.Delete(o.leases, i, i+1)
	o.submissions = append(o.submissions, s)
	o.mark(l.Contributor, l.Page, committed)
	o.proceed(r)
}

func (o *office) answers(who id.Address, page uint32) (id.CID, [32]byte) {
	return id.RawCID(fmt.Appendf(nil, "%s %d", who, page)), id.Sum("salt", []byte(who))
}

func (o *office) mark(who id.Address, page uint32, now holding) {
	h := o.model[at{who, page}]
	h.holding = now
	o.model[at{who, page}] = h
}

// Reveal opens a commitment, or tries to when it may not.
func (o *office) Reveal(r *rapid.T) {
	if len(o.submissions) == 0 {
		return
	}
	i := rapid.IntRange(0, len(o.submissions)-1).Draw(r, "submission")
	s := o.submissions[i]
	may := s.State == work.SubmissionCommitted && s.Round == o.round.Number && o.round.State == work.Revealing
	if s.Round != o.round.Number {
		return // the shell finds the round by its number: it is closed
	}
	content, salt := o.answers(s.Contributor, s.Page)
	s, round, progress, err := s.Reveal(o.round, o.progress, content, salt)
	if may != (err == nil) {
		r.Fatalf("a reveal while the submission is %s and the round %s: %v", s.State, o.round.State, err)
	}
	if err != nil {
		return
	}
	o.submissions[i], o.round, o.progress = s, round, progress
	o.mark(s.Contributor, s.Page, opened)
	o.proceed(r)
}

// Close is the requester's word.
func (o *office) Close(r *rapid.T) {
	round, err := o.round.CloseEarly(o.now, o.brief.Windows)
	if may := o.round.State == work.Committing && o.round.Leased == 0; may != (err == nil) {
		r.Fatalf("closed early while %s with %d leases: %v", o.round.State, o.round.Leased, err)
	}
	o.round = round
	o.proceed(r)
}

// Time passes, and what is due happens.
func (o *office) Time(r *rapid.T) {
	o.now = o.now.Add(rapid.SampledFrom([]int64{1, 500, 1_001, 10_000, 60_000}).Draw(r, "ms"))
	o.expire(r)
	if o.now < o.round.Deadline {
		return
	}
	var err error
	switch o.round.State {
	case work.Committing:
		o.round, err = o.round.EndCommitting(o.now, o.brief.Windows)
	case work.Revealing:
		o.forfeit(r)
		o.round, err = o.round.EndRevealing(o.now, o.brief.Windows, o.brief.Gold)
	case work.Gold:
		o.round, err = o.round.EndGold()
	default: // nothing ends by itself
	}
	if err != nil {
		r.Fatal(err)
	}
	o.proceed(r)
}

func (o *office) expire(r *rapid.T) {
	o.leases = slices.DeleteFunc(o.leases, func(l work.Lease) bool {
		if o.now <= l.Expires {
			return false
		}
		d, err := o.desk(l.Contributor, o.pages[o.pageIndex(l.Round, l.Page)]).Expire(o.engagement(l.Contributor).Price)
		if err != nil {
			r.Fatal(err)
		}
		o.put(d)
		o.mark(l.Contributor, l.Page, expired)
		return true
	})
}

func (o *office) forfeit(r *rapid.T) {
	for i, s := range o.submissions {
		if s.State != work.SubmissionCommitted {
			continue
		}
		s, a, p, err := s.Forfeit(o.assignments[s.Contributor], o.progress, o.engagement(s.Contributor).Price)
		if err != nil {
			r.Fatal(err)
		}
		o.submissions[i], o.assignments[s.Contributor], o.progress = s, a, p
		o.mark(s.Contributor, s.Page, lost)
	}
}

func (o *office) proceed(r *rapid.T) {
	var err error
	if o.round, err = o.round.Proceed(o.now, o.brief.Windows, o.brief.Gold); err != nil {
		r.Fatal(err)
	}
}

// Verdict closes a judged round; more answers are wanted to some pages.
func (o *office) Verdict(r *rapid.T) {
	if o.round.State != work.Judging {
		return
	}
	var err error
	if o.round, err = o.round.Close(); err != nil {
		r.Fatal(err)
	}
	o.closed = append(o.closed, o.round)
	var pages []work.PagePlan
	for _, p := range o.pages {
		if p.Round == 1 && (len(pages) == 0 || rapid.Bool().Draw(r, "contested")) {
			pages = append(pages, work.PagePlan{Page: p.Number, Items: rapid.Uint32Range(1, 10).Draw(r, "items")})
		}
	}
	o.begin(r, work.Next{Manifest: "next", Pages: pages, Target: rapid.Uint32Range(1, 2).Draw(r, "target")})
}

// books are all that the office has written down.
func (o *office) books() work.Books {
	b := work.Books{
		Briefs: []work.Brief{o.brief}, Progress: []work.Progress{o.progress}, Rounds: append(slices.Clone(o.closed), o.round),
		Pages: o.pages, Leases: o.leases, Submissions: o.submissions,
	}
	for _, e := range o.engagements {
		b.Assignments = append(b.Assignments, o.assignments[e.Contributor])
	}
	for k := range o.model {
		b.Had = append(b.Had, work.Had{Request: o.brief.Request, Contributor: k.who, Page: k.page})
	}
	slices.SortFunc(b.Had, func(x, y work.Had) int {
		return cmp.Or(cmp.Compare(x.Contributor, y.Contributor), cmp.Compare(x.Page, y.Page))
	})
	return b
}

// Check holds the books against the invariants, and against the model.
func (o *office) Check(r *rapid.T) {
	if err := o.books().Check(); err != nil {
		r.Fatal(err)
	}
	var reserved num.Amount
	units, covered := map[id.Address]uint64{}, map[uint32]uint32{}
	for k, h := range o.model {
		if h.holding == leased || h.holding == committed || h.holding == opened {
			reserved += o.engagement(k.who).Price * num.Amount(h.items)
		}
		if h.holding != expired {
			units[k.who] += uint64(h.items)
			if h.round == o.round.Number {
				covered[k.page]++
			}
		}
	}
	if o.progress.Reserved != reserved || reserved > o.brief.Budget {
		r.Fatalf("%s reserved, the model says %s of a budget of %s", o.progress.Reserved, reserved, o.brief.Budget)
	}
	for _, e := range o.engagements {
		if got := o.assignments[e.Contributor].Units; got != units[e.Contributor] || got > e.Units {
			r.Fatalf("%s used %d units, the model says %d of %d", e.Contributor, got, units[e.Contributor], e.Units)
		}
	}
	for _, p := range o.pages {
		if p.Round == o.round.Number && (p.Covered != covered[p.Number] || p.Covered > o.round.Target) {
			r.Fatalf("page %d is covered %d, the model says %d of %d", p.Number, p.Covered, covered[p.Number], o.round.Target)
		}
	}
}

func TestWhateverHappensTheBooksAreRight(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		o := newOffice(r)
		r.Repeat(map[string]func(*rapid.T){
			"lease": o.Lease, "commit": o.Commit, "reveal": o.Reveal, "close": o.Close,
			"time": o.Time, "verdict": o.Verdict, "": o.Check,
		})
	})
}

func TestFalseBooksAreFound(t *testing.T) {
	for name, spoil := range map[string]func(*work.Books){
		"a round that stands twice":        func(b *work.Books) { b.Rounds = append(b.Rounds, b.Rounds[0]) },
		"a page that stands twice":         func(b *work.Books) { b.Pages = append(b.Pages, b.Pages[0]) },
		"a page without its round":         func(b *work.Books) { b.Rounds = nil },
		"a page in another place":          func(b *work.Books) { b.Pages[0].Place++ },
		"a page covered by nobody":         func(b *work.Books) { b.Pages[0].Covered++ },
		"a lease nobody noted":             func(b *work.Books) { b.Had = nil },
		"a lease that stands twice":        func(b *work.Books) { b.Leases = append(b.Leases, b.Leases[0]) },
		"a lease that is missing":          func(b *work.Books) { b.Leases = nil },
		"a submission in no state":         func(b *work.Books) { b.Submissions[0].State = 0 },
		"a reveal before its time":         func(b *work.Books) { b.Submissions[0].State = work.SubmissionRevealed; b.Rounds[0].Revealed = 1 },
		"a commitment after all":           func(b *work.Books) { b.Rounds[0].State = work.Judging; b.Rounds[0].Leased = 0; b.Leases = nil },
		"units that are not used":          func(b *work.Books) { b.Assignments[0].Units++ },
		"an assignment that is missing":    func(b *work.Books) { b.Assignments = nil },
		"another chain of inputs":          func(b *work.Books) { b.Progress[0].Inputs = id.Sum("other") },
		"more reserved than the budget":    func(b *work.Books) { b.Progress[0].Reserved = b.Briefs[0].Budget + 1 },
		"work without a brief":             func(b *work.Books) { b.Briefs = nil },
		"more submissions than were made":  func(b *work.Books) { b.Rounds[0].Committed++ },
		"more pages laid out than written": func(b *work.Books) { b.Pages = b.Pages[:len(b.Pages)-1] },
	} {
		t.Run(name, func(t *testing.T) {
			books := smallBooks(t)
			if err := books.Check(); err != nil {
				t.Fatalf("before: %v", err)
			}
			spoil(&books)
			if err := books.Check(); err == nil {
				t.Error("passed")
			}
		})
	}
}

// smallBooks hold one lease and one commitment of one contributor.
func smallBooks(t *testing.T) work.Books {
	t.Helper()
	brief := work.Brief{Request: "r", Budget: 1_000, Windows: windows, Due: now.Add(1_000_000)}
	e := market.Engagement{Request: "r", Contributor: "c", Price: 1, Units: 100, State: market.Active}
	progress, round, err := work.Progress{Request: "r"}.Open(work.Round{}, 0, work.Next{Target: 2, Pages: []work.PagePlan{{Page: 0, Items: 5}, {Page: 1, Items: 5}}}, now)
	if err != nil {
		t.Fatal(err)
	}
	round.Laid = 2
	if round, err = round.Begin(id.Sum("entropy"), brief.Due, now, windows); err != nil {
		t.Fatal(err)
	}
	books := work.Books{Briefs: []work.Brief{brief}}
	desk := work.Desk{Round: round, Progress: progress, Assignment: work.Assignment{Request: "r", Contributor: "c"}}
	for n := range uint32(2) {
		desk.Page = work.NewPage(round, work.PagePlan{Page: n, Items: 5})
		var lease work.Lease
		if desk, lease, err = desk.Grant(e, brief.Budget, now, windows); err != nil {
			t.Fatal(err)
		}
		books.Had = append(books.Had, work.Had{Request: "r", Contributor: "c", Page: n})
		books.Pages = append(books.Pages, desk.Page)
		if n == 1 {
			books.Leases = []work.Lease{lease}
			break
		}
		var s work.Submission
		if desk, s, err = desk.Commit(lease, id.Sum("commitment"), 1, now); err != nil {
			t.Fatal(err)
		}
		books.Submissions = []work.Submission{s}
	}
	books.Rounds, books.Progress, books.Assignments = []work.Round{desk.Round}, []work.Progress{desk.Progress}, []work.Assignment{desk.Assignment}
	return books
}
