package work_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/chain/kit/kittest"
	xwork "github.com/alaya-network/alaya/chain/x/work"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// machine does at random what strangers and time may do to a request in work.
type machine struct {
	*world
	names []string
	given map[string]uint32 // name and page, with the round it was given in
}

func newMachine(t *testing.T, r *rapid.T) *machine {
	w := newWorld(t, rapid.Uint32Range(1, 8).Draw(r, "pages"), rapid.Uint32Range(1, 3).Draw(r, "target"))
	w.request.Terms.Budget /= 40 // sometimes too little
	if rapid.Bool().Draw(r, "gold") {
		w.request.Terms.Gold = market.Gold{Root: id.Sum("gold"), Count: 3}
	}
	m := &machine{world: w, names: []string{"a", "b", "c", "d"}, given: map[string]uint32{}}
	for _, name := range m.names {
		m.engage(name, rapid.Uint64Range(5, 100).Draw(r, "units"))
	}
	w.must(w.keeper.Open(w.Ctx, w.request))
	return m
}

func (m *machine) anybody(r *rapid.T) id.Address {
	return address(rapid.SampledFrom(m.names).Draw(r, "who"))
}

func (m *machine) Lease(r *rapid.T) {
	who := m.anybody(r)
	leases, err := m.lease(who, rapid.Uint32Range(1, 4).Draw(r, "count"))
	if err != nil {
		return
	}
	for _, l := range leases {
		key := string(who) + string(rune(l.Page))
		if before, twice := m.given[key]; twice {
			r.Fatalf("page %d was given to %s in rounds %d and %d", l.Page, who, before, l.Round)
		}
		m.given[key] = l.Round
	}
}

func (m *machine) Commit(r *rapid.T) {
	who := m.anybody(r)
	res, err := m.query.Leases(m.Ctx, &workv1.QueryLeasesRequest{Contributor: string(who), Request: string(m.request.ID)})
	m.must(err)
	for _, l := range res.Leases {
		if rapid.Bool().Draw(r, "commit") {
			_ = m.commit(who, l.Round, l.Page) // may come too late
		}
	}
}

func (m *machine) Reveal(r *rapid.T) {
	round := m.round()
	res, err := m.query.Submissions(m.Ctx, &workv1.QuerySubmissionsRequest{Request: string(m.request.ID), Round: round.Number})
	m.must(err)
	for _, s := range res.Submissions {
		if !rapid.Bool().Draw(r, "reveal") {
			continue
		}
		err := m.reveal(id.Address(s.Contributor), round.Number, s.Page)
		sealed := work.SubmissionState(s.State) == work.SubmissionCommitted
		if may := sealed && round.State == work.Revealing; may != (err == nil) {
			r.Fatalf("reveal of a submission that is %s in a round that is %s: %v", s.State, round.State, err)
		}
		round = m.round()
	}
}

func (m *machine) Close(r *rapid.T) {
	round := m.round()
	_, err := m.msg.CloseRound(m.Ctx, &workv1.MsgCloseRound{Requester: string(m.request.Requester), Request: string(m.request.ID), Round: round.Number})
	if may := round.State == work.Committing && round.Leased == 0; may != (err == nil) {
		r.Fatalf("closing a round that is %s with %d leases: %v", round.State, round.Leased, err)
	}
}

func (m *machine) Gold(*rapid.T) { _ = m.gold(m.request.Requester, id.RawCID([]byte("gold"))) }

func (m *machine) Time(r *rapid.T) {
	m.Advance(rapid.SampledFrom([]int64{1, leaseMs, goldMs, revealMs, commitMs}).Draw(r, "ms"))
	m.block(0)
}

// Verdict closes a judged round and asks for more answers to some pages.
func (m *machine) Verdict(r *rapid.T) {
	round := m.round()
	if round.State != work.Judging {
		return
	}
	m.must(m.keeper.CloseRound(m.Ctx, m.request.ID, round.Number))
	var pages []work.PagePlan
	for page := range uint32(len(m.request.Terms.Manifest.Pages)) {
		if rapid.Bool().Draw(r, "contested") {
			pages = append(pages, work.PagePlan{Page: page, Items: rapid.Uint32Range(1, 10).Draw(r, "items")})
		}
	}
	if len(pages) == 0 {
		pages = []work.PagePlan{{Page: 0, Items: 1}}
	}
	m.must(m.keeper.Follow(m.Ctx, m.request, work.Next{
		Manifest: id.RawCID([]byte("next")), Root: id.Sum("next"), Pages: pages, Target: rapid.Uint32Range(1, 2).Draw(r, "target"),
	}))
}

// check holds the state against the invariants, and the invariants against a
// copy of the state made by export and import.
func (m *machine) check(r *rapid.T) {
	if err := m.keeper.Invariants(m.Ctx); err != nil {
		r.Fatal(err)
	}
	if judged, round := len(m.stages.judged), m.progress().Round; judged > int(round) {
		r.Fatalf("%d rounds were judged %d times", round, judged)
	}
}

func TestAnythingThatMayHappenKeepsTheInvariants(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		m := newMachine(t, r)
		r.Repeat(map[string]func(*rapid.T){
			"lease": m.Lease, "commit": m.Commit, "reveal": m.Reveal, "close": m.Close,
			"gold": m.Gold, "time": m.Time, "verdict": m.Verdict, "": m.check,
		})
		m.roundTrip(r)
		m.runsOut(r)
	})
}

// roundTrip exports the state, imports it elsewhere and exports it again.
func (m *machine) roundTrip(r *rapid.T) {
	state, err := m.keeper.ExportGenesis(m.Ctx)
	m.must(err)
	if err := xwork.ValidateGenesis(state); err != nil {
		r.Fatalf("the exported state is refused: %v", err)
	}
	env := kittest.New(m.t, xwork.Name)
	copied := xwork.NewKeeper(env.Codec.Proto, env.Store(xwork.Name), m.stages)
	m.must(copied.InitGenesis(env.Ctx, state))
	if err := copied.Invariants(env.Ctx); err != nil {
		r.Fatalf("after import: %v", err)
	}
	again, err := copied.ExportGenesis(env.Ctx)
	m.must(err)
	if state.String() != again.String() {
		r.Fatalf("exported %s\nafter import %s", state, again)
	}
}

// runsOut shows that time alone brings the round in work to the oracle.
func (m *machine) runsOut(r *rapid.T) {
	for range 10 {
		if m.round().State == work.Judging {
			return
		}
		m.Advance(commitMs)
		m.block(0)
	}
	r.Fatalf("round %+v waits for ever", m.round())
}
