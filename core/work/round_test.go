package work_test

import (
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/work"
)

const now id.Time = 1_000_000

var windows = market.Windows{Lease: 1_000, Commit: 60_000, Reveal: 10_000, Gold: 5_000}

// request asks for pages of 10 items in two milestones of 2 pages and the rest.
func request(pages uint32) market.Request {
	sizes := make([]uint32, pages)
	for i := range sizes {
		sizes[i] = 10
	}
	return market.Request{
		ID: id.NewRequestID("requester", 1), Requester: "requester", State: market.Working,
		Guidelines: []market.Guideline{{Version: 1}, {Version: 2}},
		Terms: market.Terms{
			Manifest:   market.Manifest{CID: id.RawCID([]byte("manifest")), Root: id.Sum("root"), Count: uint64(pages) * 10, Pages: sizes},
			Redundancy: market.Redundancy{Min: 2, Max: 5, Step: 1},
			Budget:     10_000, Windows: windows, DeliveryDeadline: now.Add(1_000_000),
			Milestones: []market.Milestone{{Pages: 2, Due: now.Add(100_000)}, {Pages: pages - 2, Due: now.Add(900_000)}},
		},
	}
}

func TestABriefSumsUpTheMilestoneInWork(t *testing.T) {
	r := request(8)
	first, err := work.NewBrief(r)
	if err != nil {
		t.Fatal(err)
	}
	want := work.Brief{
		Request: r.ID, Requester: "requester", Due: now.Add(100_000), Budget: 2_500, Windows: windows, Guideline: 2,
	}
	if first != want {
		t.Errorf("brief of the first milestone %+v, want %+v", first, want)
	}
	r.Milestone = 1
	second, err := work.NewBrief(r)
	if want.Milestone, want.Due, want.Budget = 1, now.Add(900_000), 10_000; err != nil || second != want {
		t.Errorf("brief of the second milestone %+v, %v, want %+v", second, err, want)
	}
	if first.Own("requester") != nil || !fault.Is(first.Own("stranger"), fault.KindForbidden) {
		t.Error("the brief belongs to somebody else than the requester")
	}
}

func TestTheFirstRoundAsksAboutTheMilestonesPages(t *testing.T) {
	r := request(5)
	r.Milestone = 1
	n := work.FirstOf(r)
	want := []work.PagePlan{{Page: 2, Items: 10}, {Page: 3, Items: 10}, {Page: 4, Items: 10}}
	if !slices.Equal(n.Pages, want) || n.Target != 2 || n.Manifest != r.Terms.Manifest.CID || n.Root != r.Terms.Manifest.Root {
		t.Errorf("first round %+v, want pages %v with 2 answers each", n, want)
	}
}

func TestRoundsFollowOneAnother(t *testing.T) {
	r := request(4)
	p := work.Progress{Request: r.ID, Inputs: id.Sum("so far"), Submissions: 7}
	p, first, err := p.Open(work.Round{}, 0, work.FirstOf(r), now)
	if err != nil {
		t.Fatal(err)
	}
	if first.Number != 1 || first.State != work.Preparing || first.Pages != 2 || first.Inputs != p.Inputs || first.Submissions != 7 {
		t.Errorf("first round %+v", first)
	}
	if _, _, err := p.Open(first, 0, work.FirstOf(r), now); !fault.Is(err, fault.KindState) {
		t.Errorf("a round beside another: %v", err)
	}
	first.State = work.Closed
	for name, n := range map[string]work.Next{
		"no pages":         {Target: 1},
		"no answers":       {Pages: []work.PagePlan{{Page: 1, Items: 1}}},
		"too many answers": {Pages: []work.PagePlan{{Page: 1, Items: 1}}, Target: market.MaxAnswers + 1},
		"too many pages":   {Pages: make([]work.PagePlan, market.MaxPages+1), Target: 1},
	} {
		if _, _, err := p.Open(first, 0, n, now); !fault.Is(err, fault.KindLimit) {
			t.Errorf("a round with %s: %v", name, err)
		}
	}
	if p, second, err := p.Open(first, 1, work.FirstOf(r), now); err != nil || second.Number != 2 || second.Milestone != 1 || p.Round != 2 {
		t.Errorf("second round %+v, %v", second, err)
	}
}

func TestCommittingEndsWhenTheMilestoneIsDueButNeverAtOnce(t *testing.T) {
	r := work.Round{Request: "r", Number: 1, State: work.Preparing, Pages: 1, Laid: 1, Target: 1}
	for name, c := range map[string]struct{ due, want id.Time }{
		"after the window":       {now.Add(1_000_000), now.Add(60_000)},
		"when due before that":   {now.Add(30_000), now.Add(30_000)},
		"at least a moment long": {now.Add(-5), now.Add(market.MinWindow)},
	} {
		got, err := r.Begin(id.Sum("entropy"), c.due, now, windows)
		if err != nil || got.State != work.Committing || got.Deadline != c.want {
			t.Errorf("%s: %s until %d, %v; want committing until %d", name, got.State, got.Deadline, err, c.want)
		}
	}
	r.Laid = 0
	if _, err := r.Begin(id.Sum("entropy"), now, now, windows); !fault.Is(err, fault.KindState) {
		t.Errorf("began without its pages: %v", err)
	}
}

func TestTheSeedDiffersByRoundAndEntropy(t *testing.T) {
	seen := map[id.Hash]bool{}
	for _, number := range []uint32{1, 2} {
		for _, entropy := range []string{"a", "b"} {
			r := work.Round{Request: "r", Number: number, State: work.Preparing}
			r, err := r.Begin(id.Sum(entropy), now, now, windows)
			if err != nil || seen[r.Seed] || r.Seed.IsZero() {
				t.Errorf("round %d, entropy %s: seed %s, %v", number, entropy, r.Seed, err)
			}
			seen[r.Seed] = true
		}
	}
}

func TestARoundProceedsAsFarAsNothingIsLeftToWaitFor(t *testing.T) {
	gold := market.Gold{Root: id.Sum("gold"), Count: 1}
	for name, c := range map[string]struct {
		round work.Round
		gold  market.Gold
		want  work.RoundState
		until id.Time
	}{
		"it waits for commitments":        {round: work.Round{State: work.Committing, Pages: 1, Target: 2, Committed: 1, Deadline: 7}, want: work.Committing, until: 7},
		"it waits for reveals when full":  {round: work.Round{State: work.Committing, Pages: 1, Target: 2, Committed: 2}, want: work.Revealing, until: now.Add(10_000)},
		"it waits for the last reveal":    {round: work.Round{State: work.Revealing, Committed: 2, Revealed: 1, Deadline: 7}, want: work.Revealing, until: 7},
		"it goes to the oracle":           {round: work.Round{State: work.Revealing, Committed: 2, Revealed: 2, Submissions: 2}, want: work.Judging},
		"it asks for gold":                {round: work.Round{State: work.Revealing, Committed: 2, Revealed: 2, Submissions: 2}, gold: gold, want: work.Gold, until: now.Add(5_000)},
		"it asks for no gold for nothing": {round: work.Round{State: work.Revealing}, gold: gold, want: work.Judging},
		"it waits for gold":               {round: work.Round{State: work.Gold, Deadline: 7}, gold: gold, want: work.Gold, until: 7},
		"it waits for the verdict":        {round: work.Round{State: work.Judging}, want: work.Judging},
	} {
		got, err := c.round.Proceed(now, windows, c.gold)
		if err != nil || got.State != c.want || got.Deadline != c.until {
			t.Errorf("%s: %s until %d, %v; want %s until %d", name, got.State, got.Deadline, err, c.want, c.until)
		}
	}
}

func TestTheRequesterClosesOnlyWhereNobodyHoldsALease(t *testing.T) {
	r := work.Round{State: work.Committing, Pages: 2, Target: 1, Leased: 1}
	if _, err := r.CloseEarly(now, windows); !fault.Is(err, fault.KindState) {
		t.Errorf("closed over a lease: %v", err)
	}
	r.Leased = 0
	if r, err := r.CloseEarly(now, windows); err != nil || r.State != work.Revealing {
		t.Errorf("round %s, %v; want revealing", r.State, err)
	}
}

func TestGoldIsTakenOnceAndOnlyAsAContentID(t *testing.T) {
	r := work.Round{State: work.Gold}
	if _, err := r.OpenGold("gold"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("took a word for a content id: %v", err)
	}
	content := id.RawCID([]byte("gold"))
	opened, err := r.OpenGold(content)
	if err != nil || opened.State != work.Judging || opened.GoldContent != content {
		t.Errorf("opened %+v, %v", opened, err)
	}
	if none, err := r.OpenGold(""); err != nil || none.State != work.Judging || none.GoldContent != "" {
		t.Errorf("no gold was used: %+v, %v", none, err)
	}
	if _, err := opened.OpenGold(content); !fault.Is(err, fault.KindState) {
		t.Errorf("took gold twice: %v", err)
	}
	if silent, err := r.EndGold(); err != nil || silent.State != work.Judging {
		t.Errorf("silent gold: %+v, %v", silent, err)
	}
}

func TestTheLastRoundIsKnown(t *testing.T) {
	for name, c := range map[string]struct {
		round work.Round
		now   id.Time
		want  bool
	}{
		"more may follow":          {work.Round{Number: 1, Revealed: 1}, now, false},
		"nothing came in":          {work.Round{Number: 1}, now, true},
		"the milestone is due":     {work.Round{Number: 1, Revealed: 1}, now.Add(10), true},
		"the rounds are used up":   {work.Round{Number: work.MaxRounds, Revealed: 1}, now, true},
		"one round is still to go": {work.Round{Number: work.MaxRounds - 1, Revealed: 1}, now, false},
	} {
		if got := c.round.Last(now.Add(10), c.now); got != c.want {
			t.Errorf("%s: %t, want %t", name, got, c.want)
		}
	}
}

func TestARoundThatContradictsItselfIsFound(t *testing.T) {
	good := work.Round{State: work.Committing, Pages: 2, Laid: 2, Target: 2, Leased: 1, Committed: 3}
	if err := good.Check(); err != nil {
		t.Errorf("refused %+v: %v", good, err)
	}
	for name, spoil := range map[string]func(*work.Round){
		"without a state":             func(r *work.Round) { r.State = 0 },
		"in an unknown state":         func(r *work.Round) { r.State = work.Closed + 1 },
		"more laid out than there is": func(r *work.Round) { r.Laid = 3 },
		"more revealed than there is": func(r *work.Round) { r.Revealed = 4 },
		"more given out than allowed": func(r *work.Round) { r.Leased = 2 },
		"leases after committing":     func(r *work.Round) { r.State = work.Revealing },
		"a start beyond the target":   func(r *work.Round) { r.Least = 3 },
	} {
		bad := good
		spoil(&bad)
		if err := bad.Check(); !fault.Is(err, fault.KindInternal) {
			t.Errorf("%s: %+v passed: %v", name, bad, err)
		}
	}
}

func TestLeasesAreRefusedWithTheReason(t *testing.T) {
	e := market.Engagement{Request: "r", Contributor: "c", Price: 10, Units: 25, State: market.Active, Pages: []uint32{1, 4}}
	desk := work.Desk{
		Round: work.Round{Request: "r", Number: 1, State: work.Committing, Pages: 5, Target: 2, Deadline: now.Add(500)},
		Page:  work.Page{Request: "r", Round: 1, Number: 4, Items: 10},
	}
	for name, c := range map[string]struct {
		spoil func(*work.Desk, *market.Engagement)
		want  fault.Kind
	}{
		"outside committing":          {func(d *work.Desk, _ *market.Engagement) { d.Round.State = work.Revealing }, fault.KindState},
		"when the engagement is over": {func(_ *work.Desk, e *market.Engagement) { e.State = market.Completed }, fault.KindState},
		"to the suspended":            {func(d *work.Desk, _ *market.Engagement) { d.Assignment.Suspended = true }, fault.KindForbidden},
		"beyond the open leases":      {func(d *work.Desk, _ *market.Engagement) { d.Assignment.Open = work.MaxOpenLeases }, fault.KindLimit},
		"beyond the units":            {func(d *work.Desk, _ *market.Engagement) { d.Assignment.Units = 16 }, fault.KindLimit},
		"beyond the budget":           {func(d *work.Desk, _ *market.Engagement) { d.Progress.Reserved = 401 }, fault.KindFunds},
		"of a page not agreed on":     {func(d *work.Desk, _ *market.Engagement) { d.Page.Number = 2 }, fault.KindForbidden},
		"of a page that has enough":   {func(d *work.Desk, _ *market.Engagement) { d.Page.Covered = 2 }, fault.KindLimit},
		"at a price beyond all money": {func(_ *work.Desk, e *market.Engagement) { e.Price = 1 << 62 }, fault.KindLimit},
	} {
		d, bad := desk, e
		c.spoil(&d, &bad)
		if got, _, err := d.Grant(bad, 500, now, windows); !fault.Is(err, c.want) || got != d {
			t.Errorf("%s: %v, want %s and nothing changed", name, err, c.want)
		}
	}
	got, lease, err := desk.Grant(e, 500, now, windows)
	if err != nil || lease.Expires != now.Add(500) || lease.Page != 4 {
		t.Errorf("lease %+v, %v; want page 4 until the round's deadline", lease, err)
	}
	if got.Round.Leased != 1 || got.Page.Covered != 1 || got.Assignment.Open != 1 || got.Assignment.Units != 10 || got.Progress.Reserved != num.Amount(100) {
		t.Errorf("desk after the lease: %+v", got)
	}
	if back, err := got.Expire(e.Price); err != nil || back.Page != desk.Page || back.Progress != desk.Progress || back.Assignment.Units != 0 || back.Assignment.Expired != 1 {
		t.Errorf("desk after the lease ran out: %+v, %v", back, err)
	}
}

func TestTheSixteenthExpiredLeaseSuspends(t *testing.T) {
	d := work.Desk{Page: work.Page{Items: 1, Covered: 1}, Assignment: work.Assignment{Open: 1, Units: 1, Expired: work.MaxExpiredLeases - 2}, Progress: work.Progress{Reserved: 1}, Round: work.Round{Leased: 1}}
	d, err := d.Expire(1)
	if err != nil || d.Assignment.Suspended {
		t.Errorf("after %d: %+v, %v", d.Assignment.Expired, d.Assignment, err)
	}
	d.Page.Covered, d.Assignment.Open, d.Assignment.Units, d.Progress.Reserved, d.Round.Leased = 1, 1, 1, 1, 1
	if d, err = d.Expire(1); err != nil || !d.Assignment.Suspended {
		t.Errorf("after %d: %+v, %v", d.Assignment.Expired, d.Assignment, err)
	}
	if _, err := d.Expire(1); err == nil {
		t.Error("a page was uncovered below zero")
	}
}
