package work_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/alaya-network/alaya/chain/kit/kittest"
	xwork "github.com/alaya-network/alaya/chain/x/work"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// Windows of every test's request, in milliseconds.
const (
	leaseMs  = 1_000
	commitMs = 60_000
	revealMs = 10_000
	goldMs   = 5_000
)

// judged is a call of Judge.
type judged struct {
	round work.Round
	last  bool
}

// stages stands for the stages around work.
type stages struct {
	engagements map[id.Address]market.Engagement
	judged      []judged
}

func (s *stages) Engagement(_ context.Context, r id.RequestID, who id.Address) (market.Engagement, error) {
	e, found := s.engagements[who]
	if !found || e.Request != r {
		return e, fault.NotFound("market: %s is not engaged on request %s", who, r)
	}
	return e, nil
}

func (s *stages) Judge(_ context.Context, r work.Round, last bool) error {
	s.judged = append(s.judged, judged{r, last})
	return nil
}

// world is one request in work.
type world struct {
	*kittest.Env
	t       testing.TB
	keeper  *xwork.Keeper
	msg     workv1.MsgServer
	query   workv1.QueryServer
	stages  *stages
	request market.Request
}

func address(name string) id.Address { return id.Address(kittest.Address(name).String()) }

// newWorld makes a request of pages with 10 items each, of which every page
// gets target answers; nothing is open yet.
func newWorld(t testing.TB, pages, target uint32) *world {
	env := kittest.New(t, xwork.Name)
	flow := &stages{engagements: map[id.Address]market.Engagement{}}
	keeper := xwork.NewKeeper(env.Codec.Proto, env.Store(xwork.Name), flow)
	sizes := make([]uint32, pages)
	for i := range sizes {
		sizes[i] = 10
	}
	requester := address("requester")
	spec := id.RawCID([]byte("spec"))
	return &world{
		Env: env, t: t, keeper: keeper, stages: flow,
		msg: xwork.NewMsgServer(keeper), query: xwork.NewQueryServer(keeper),
		request: market.Request{
			ID: id.NewRequestID(requester, 1), Requester: requester, State: market.Working,
			Guidelines: []market.Guideline{{Version: 1, Spec: spec}},
			Terms: market.Terms{
				Manifest: market.Manifest{
					CID: id.RawCID([]byte("manifest")), Root: id.Sum("root"), Count: uint64(pages) * 10, Pages: sizes,
				},
				Redundancy:       market.Redundancy{Min: target, Max: 10, Step: 1},
				Budget:           num.Amount(pages) * 10 * 100 * 100,
				Windows:          market.Windows{Lease: leaseMs, Commit: commitMs, Reveal: revealMs, Gold: goldMs},
				DeliveryDeadline: env.Now().Add(1_000_000),
			},
		},
	}
}

// opened is a world whose first round takes commitments.
func opened(t testing.TB, pages, target uint32) *world {
	w := newWorld(t, pages, target)
	w.open()
	return w
}

func (w *world) open() {
	w.t.Helper()
	w.must(w.keeper.Open(w.Ctx, w.request))
	for w.round().State == work.Preparing {
		w.block(100)
	}
}

// engage binds a contributor at 100 ualy an answer; without pages, on all.
func (w *world) engage(name string, units uint64, pages ...uint32) id.Address {
	who := address(name)
	w.stages.engagements[who] = market.Engagement{
		Request: w.request.ID, Contributor: who, Price: 100, Units: units, Pages: pages, State: market.Active,
	}
	return who
}

// block ends this block and goes to the next, ms milliseconds later.
func (w *world) block(ms int64) {
	w.t.Helper()
	w.must(w.keeper.EndBlock(w.Ctx))
	w.Advance(ms)
}

func (w *world) lease(who id.Address, count uint32) ([]workv1.Lease, error) {
	res, err := w.msg.LeasePages(w.Ctx, &workv1.MsgLeasePages{Contributor: string(who), Request: string(w.request.ID), Count: count})
	if err != nil {
		return nil, err
	}
	return res.Leases, nil
}

func (w *world) mustLease(who id.Address, count uint32) []workv1.Lease {
	w.t.Helper()
	leases, err := w.lease(who, count)
	w.must(err)
	return leases
}

// answers are what a contributor found on a page.
func answers(who id.Address, page uint32) (id.CID, [32]byte) {
	return id.RawCID(fmt.Appendf(nil, "answers of %s to %d", who, page)), id.Sum("salt", []byte(who))
}

func (w *world) commit(who id.Address, round, page uint32) error {
	content, salt := answers(who, page)
	commitment := work.Commitment(content, salt)
	_, err := w.msg.CommitPage(w.Ctx, &workv1.MsgCommitPage{
		Contributor: string(who), Request: string(w.request.ID), Round: round, Page: page, Commitment: commitment[:],
	})
	return err
}

func (w *world) reveal(who id.Address, round, page uint32) error {
	content, salt := answers(who, page)
	return w.revealAs(who, round, page, opening{content, salt})
}

type opening struct {
	content id.CID
	salt    [32]byte
}

func (w *world) revealAs(who id.Address, round, page uint32, o opening) error {
	_, err := w.msg.RevealPage(w.Ctx, &workv1.MsgRevealPage{
		Sender: string(address("relay")), Contributor: string(who), Request: string(w.request.ID), Round: round, Page: page,
		Content: string(o.content), Salt: o.salt[:],
	})
	return err
}

// commitAll leases and commits to pages until none is left for the contributor.
func (w *world) commitAll(who id.Address) (pages []uint32) {
	w.t.Helper()
	for {
		leases, err := w.lease(who, work.MaxOpenLeases)
		if fault.Is(err, fault.KindNotFound) || len(leases) == 0 {
			return pages
		}
		for _, l := range leases {
			w.must(w.commit(who, l.Round, l.Page))
			pages = append(pages, l.Page)
		}
	}
}

func (w *world) progress() work.Progress {
	w.t.Helper()
	p, err := w.keeper.Progress(w.Ctx, w.request.ID)
	w.must(err)
	return p
}

// round is the one in work.
func (w *world) round() work.Round {
	w.t.Helper()
	r, err := w.keeper.Round(w.Ctx, w.request.ID, w.progress().Round)
	w.must(err)
	return r
}

func (w *world) assignment(who id.Address) work.Assignment {
	w.t.Helper()
	a, err := w.keeper.Assignment(w.Ctx, w.request.ID, who)
	w.must(err)
	return a
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// refused fails the test unless err is of the kind.
func (w *world) refused(err error, want fault.Kind) {
	w.t.Helper()
	if got := fault.KindOf(err); got != want {
		w.t.Errorf("got %s (%v), want %s", got, err, want)
	}
}

// inState fails the test unless the round in work is in that state.
func (w *world) inState(want work.RoundState) {
	w.t.Helper()
	if r := w.round(); r.State != want {
		w.t.Errorf("round %s is %s, want %s", r.Key(), r.State, want)
	}
}

// sound fails the test unless all invariants hold.
func (w *world) sound() {
	w.t.Helper()
	w.must(w.keeper.Invariants(w.Ctx))
}
