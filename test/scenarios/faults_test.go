package scenarios_test

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/alaya-network/alaya/agent/worker"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/work"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// TestFaultsAndBadFaith plays all its stories side by side on one station.
func TestFaultsAndBadFaith(t *testing.T) {
	y := open(t, hasty)
	var running sync.WaitGroup // not t.Parallel, which runs no more than there are cores: stories mostly wait
	for name, tell := range map[string]func(*testing.T, yard){
		"a request that cannot be paid or judged is not posted": impossibleRequests,
		"only the qualified bid, and not the requester":         unqualifiedBids,
		"a page is committed to once and opened as committed":   brokenPromises,
		"who reveals late forfeits his page":                    lateReveal,
		"withheld, false and broken blobs earn nothing":         badBlobs,
		"who hoards leases is suspended":                        hoarder,
		"nobody is awarded: all is refunded":                    noAward,
		"nobody signs: all is refunded":                         noSignature,
		"nobody works: all is refunded":                         noWork,
		"no gold is opened: contributors are paid":              noGold,
		"false gold is opened: contributors are paid":           falseGold,
		"nobody closes the round: contributors are paid":        noClose,
		"a contest freezes pay until its deadline":              contest,
		"guidelines nobody can read harm nobody":                darkGuidelines,
	} {
		running.Go(func() {
			t.Run(name, func(t *testing.T) { tell(t, y) })
		})
	}
	running.Wait()
	y.sound(t)
}

func impossibleRequests(t *testing.T, y yard) {
	s := y.tell(t, nil)
	good := s.terms
	for _, tt := range []struct {
		name   string
		change func(*market.Terms)
		kind   fault.Kind
		says   string
	}{
		{"a budget below the least answers", func(t *market.Terms) { t.Budget = 23_999 }, fault.KindFunds, "need"},
		{"a budget beyond the purse", func(t *market.Terms) { t.Budget = purse }, fault.KindFunds, ""},
		{"a budget beyond all money", func(t *market.Terms) { t.Budget = math.MaxInt64 }, fault.KindLimit, "budget"},
		{"a negative budget", func(t *market.Terms) { t.Budget = -1 }, fault.KindInvalid, "below zero"},
		{"a price that overflows", func(t *market.Terms) { t.PriceCap = math.MaxInt64 / 2 }, fault.KindLimit, "answers at"},
		{"a stake beyond all money", func(t *market.Terms) { t.Stake = math.MaxInt64 }, fault.KindLimit, "stake"},
		{"a negative deposit", func(t *market.Terms) { t.Deposit = math.MinInt64 }, fault.KindInvalid, "below zero"},
		{"windows that never end", func(t *market.Terms) { t.Windows.Commit = math.MaxInt64 }, fault.KindLimit, "commit window"},
		{"a delivery that never comes", func(t *market.Terms) { t.DeliveryDeadline = math.MaxInt64 }, fault.KindInvalid, "within a year"},
		{"a bid deadline in the past", func(t *market.Terms) { t.BidDeadline = 1 }, fault.KindInvalid, "in this order"},
		{"a method nobody knows", func(t *market.Terms) { t.Method = "guess" }, fault.KindInvalid, "guess"},
		{"a version nobody knows", func(t *market.Terms) { t.MethodVersion = 2 }, fault.KindInvalid, "version"},
		{"a target that is a coin toss", func(t *market.Terms) { t.Redundancy.Target = num.One / 2 }, fault.KindInvalid, "target"},
		{"a clause that rests on nothing", func(t *market.Terms) { t.Clause.MinEvidence = 0 }, fault.KindInvalid, "evidence"},
	} {
		s.terms = good
		tt.change(&s.terms)
		if err := s.post(); !fault.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v (%s), want %s that says %q", tt.name, err, fault.KindOf(err), tt.kind, tt.says)
		}
	}
	s.has(s.requester, 0)
}

func unqualifiedBids(t *testing.T, y yard) {
	s := y.tell(t, func(t *market.Terms) {
		t.Qualification = market.Qualification{Skill: "animals", Score: 300_000, Languages: []string{"bo"}}
	})
	s.must(s.post())
	ann := s.person("ann")
	s.refused(s.bid(s.requester), fault.KindForbidden, "his own request")
	s.refused(s.bid(ann), fault.KindForbidden, "score")
	s.refused(send(s, ann, &marketv1.MsgPlaceBid{Bidder: ann.Address().String(), Request: string(s.request), Price: math.MaxInt64, Units: math.MaxUint64}), fault.KindForbidden, "score")
	s.has(ann, 0)

	open := y.again(s, "languages", func(t *market.Terms) { t.Qualification = market.Qualification{Languages: []string{"bo"}} })
	open.refused(open.bid(ann), fault.KindForbidden, "languages")
	s.must(send(s, ann, &partyv1.MsgSetProfile{Address: ann.Address().String(), Profile: partyv1.Profile{Languages: []string{"bo"}}}))
	open.must(open.bid(ann))

	invited := y.again(s, "invited", func(t *market.Terms) {
		t.Qualification = market.Qualification{Invited: []id.Address{s.requester.Address()}}
	})
	invited.refused(invited.bid(ann), fault.KindForbidden, "invitation")

	plain := y.again(s, "plain", func(t *market.Terms) { t.Qualification = market.Qualification{} })
	for _, offer := range []struct {
		price int64
		units uint64
		kind  fault.Kind
		says  string
	}{
		{1_001, 1, fault.KindLimit, "cap"}, {math.MaxInt64, 1, fault.KindLimit, "cap"}, {0, 1, fault.KindLimit, "cap"},
		{-1, 1, fault.KindInvalid, "below zero"}, {1, 0, fault.KindLimit, "units"}, {1, math.MaxUint64, fault.KindLimit, "units"},
	} {
		plain.refused(send(s, ann, &marketv1.MsgPlaceBid{Bidder: ann.Address().String(), Request: string(plain.request), Price: offer.price, Units: offer.units}), offer.kind, offer.says)
	}
	s.has(ann, -s.terms.Deposit) // of the one bid that was taken
}

// again is another request of the same requester, posted.
func (y yard) again(s *story, name string, change func(*market.Terms)) *story {
	s.t.Helper()
	next := &story{yard: y, t: s.t, name: s.name + "/" + name, terms: s.terms, requester: s.requester}
	change(&next.terms)
	next.must(next.post())
	return next
}

func brokenPromises(t *testing.T, y yard) {
	s := y.tell(t, nil)
	w := s.hire("ann", "bob", "eve")
	ann, who := w[0], w[0].Account.Address().String()
	s.round(1, work.Committing)
	leases, err := ann.Lease(s.ctx, 1)
	s.must(err)
	salt, content := id.Sum("salt"), id.RawCID([]byte("answers"))
	commitment := work.Commitment(content, salt)
	commit := &workv1.MsgCommitPage{Contributor: who, Request: string(s.request), Round: 1, Page: leases[0].Page, Commitment: commitment[:]}
	reveal := func(c id.CID, salt id.Hash) error {
		return send(s, ann.Account, &workv1.MsgRevealPage{Sender: who, Contributor: who, Request: string(s.request), Round: 1, Page: leases[0].Page, Content: string(c), Salt: salt[:]})
	}
	s.refused(reveal(content, salt), fault.KindNotFound, "")
	other := *commit
	other.Page = 1 - leases[0].Page
	s.refused(send(s, ann.Account, &other), fault.KindNotFound, "no lease")
	s.must(send(s, ann.Account, commit))
	s.refused(send(s, ann.Account, commit), fault.KindExists, "already")
	s.refused(reveal(content, salt), fault.KindState, "no reveals")
	s.must(s.closes(1))
	s.round(1, work.Revealing)
	s.refused(reveal(content, id.Sum("other")), fault.KindInvalid, "does not open")
	s.refused(reveal(id.RawCID([]byte("other answers")), salt), fault.KindInvalid, "does not open")
	s.refused(reveal("no cid", salt), fault.KindInvalid, "")
	if _, err := w[1].Lease(s.ctx, 1); err != nil {
		t.Errorf("a lease after committing: %v, want none and no error", err)
	}
	s.must(reveal(content, salt))
	s.refused(reveal(content, salt), fault.KindState, "")
}

func lateReveal(t *testing.T, y yard) {
	s := y.tell(t, func(t *market.Terms) { t.Windows.Reveal = 2 * second })
	w := s.hire("ann", "bob", "late")
	s.commit(w...)
	s.reveal(w[:2]...)
	all, err := s.Client.Submissions(s.ctx, s.request, 1)
	s.must(err)
	r := s.round(1, work.Closed)
	err = w[2].Reveal(s.ctx, r, all)
	s.refused(err, fault.KindState, "no reveals")
	s.round(2, work.Committing) // for another answer, which nobody is left to give
	s.must(s.closes(2))
	s.ends(market.Closed)
	s.paid(8, w[:2]...)
	s.paid(0, w[2])
	s.spent(16 * s.terms.PriceCap)
}

// forge commits to what blob gives for each page that w gets, and returns how
// to open it.
func (s *story) forge(w *worker.Worker, blob func(work.Lease) id.CID) (open func()) {
	s.t.Helper()
	s.round(1, work.Committing)
	leases, err := w.Lease(s.ctx, len(s.terms.Manifest.Pages))
	s.must(err)
	who, salt := w.Account.Address().String(), id.Sum("test/forged", []byte(w.Account.Address()))
	var reveals []*workv1.MsgRevealPage
	for _, l := range leases {
		content := blob(l)
		commitment := work.Commitment(content, salt)
		s.must(send(s, w.Account, &workv1.MsgCommitPage{Contributor: who, Request: string(s.request), Round: 1, Page: l.Page, Commitment: commitment[:]}))
		reveals = append(reveals, &workv1.MsgRevealPage{Sender: who, Contributor: who, Request: string(s.request), Round: 1, Page: l.Page, Content: string(content), Salt: salt[:]})
	}
	return func() {
		s.t.Helper()
		for _, m := range reveals {
			s.must(send(s, w.Account, m))
		}
	}
}

func badBlobs(t *testing.T, y yard) {
	s := y.tell(t, func(t *market.Terms) { t.Redundancy.Min, t.Redundancy.Max = 8, 8 })
	w := s.hire("ann", "bob", "eve", "withholds", "garbage", "copies", "huge", "foreign")
	honest := w[:3]
	put := func(content []byte) id.CID {
		c, err := s.Store.PutBytes(s.ctx, content)
		s.must(err)
		return c
	}
	garbage := put(bytes.Repeat([]byte("{\"item\":\"item 0000\",\"label\":\"\\u0000\xff\"}\n"), 10_000))
	huge := put(bytes.Repeat([]byte("x"), work.MaxAnswersSize+1))
	copied := func(l work.Lease) id.CID { return put(s.answers(honest[0], l, "")) }
	foreign := func(l work.Lease) id.CID { return put(s.answers(w[7], l, "no such label")) }
	s.commit(honest...)
	opens := []func(){
		s.forge(w[3], func(l work.Lease) id.CID { return id.RawCID([]byte{byte(l.Page), 'x'}) }),
		s.forge(w[4], func(work.Lease) id.CID { return garbage }),
		s.forge(w[5], copied),
		s.forge(w[6], func(work.Lease) id.CID { return huge }),
		s.forge(w[7], foreign),
	}
	s.reveal(honest...)
	for _, open := range opens {
		open()
	}
	s.round(2, work.Committing) // for what is missing, which nobody is left to give
	s.must(s.closes(2))
	s.ends(market.Closed)
	job, err := s.Client.Job(s.ctx, s.request, 1)
	s.must(err)
	v := s.verdict()
	if job.Attempt < 2 || job.State != oracle.JobDone || len(v.Missing) != 4 {
		t.Errorf("%s at attempt %d with submissions %v missing; want done after the first attempt, without the 2 pages withheld and the 2 too long", job.State, job.Attempt, v.Missing)
	}
	s.paid(8, honest...)
	s.paid(0, w[3:]...)
	s.spent(24 * s.terms.PriceCap)
}

// answers is a submission of w to the page of a lease; each answer is label, or
// the truth.
func (s *story) answers(w *worker.Worker, l work.Lease, label string) []byte {
	s.t.Helper()
	pages, err := s.campaign.Pages(s.ctx, s.round(1, work.Committing))
	s.must(err)
	var list []work.Answer
	for _, item := range pages[l.Page] {
		a := truthful{}.Answer(item)
		if label != "" {
			a.Label = label
		}
		list = append(list, a)
	}
	return work.EncodeAnswers(work.Sheet{Request: s.request, Round: 1, Page: l.Page, Contributor: w.Account.Address(), Guideline: 1}, list)
}

func hoarder(t *testing.T, y yard) {
	s := y.tellOf(t, task{pages: 20, page: 1}, func(t *market.Terms) { t.Windows.Lease = 6 * second })
	w := s.hire("ann", "bob", "eve", "hoarder")
	greedy := w[3]
	s.round(1, work.Committing)
	err := send(s, greedy.Account, &workv1.MsgLeasePages{Contributor: greedy.Account.Address().String(), Request: string(s.request), Count: work.MaxOpenLeases + 1})
	s.refused(err, fault.KindLimit, "pages wanted")
	leases, err := greedy.Lease(s.ctx, work.MaxOpenLeases)
	s.must(err)
	if len(leases) != 20 {
		t.Errorf("%d leases, want all 20 pages", len(leases))
	}
	s.refused(s.closes(1), fault.KindState, "leases are open")
	s.until(t, "the leases' end", func() (bool, error) {
		left, err := s.Client.Leases(s.ctx, greedy.Account.Address(), s.request)
		return len(left) == 0, err
	})
	err = send(s, greedy.Account, &workv1.MsgLeasePages{Contributor: greedy.Account.Address().String(), Request: string(s.request), Count: 1})
	s.refused(err, fault.KindForbidden, "suspended")
	s.work(w[:3]...)
	s.ends(market.Closed)
	s.paid(20, w[:3]...)
	s.paid(0, greedy)
}

// now is the time of the last block.
func (y yard) now() id.Time {
	b, err := y.Client.Block(y.ctx, y.Client.Height())
	if err != nil {
		return 0
	}
	return b.Time
}

func noAward(t *testing.T, y yard) {
	s := y.tell(t, func(t *market.Terms) { t.BidDeadline = y.now().Add(10 * second) })
	s.must(s.post())
	ann := s.person("ann")
	s.must(s.bid(ann))
	s.has(ann, -s.terms.Deposit)
	s.ends(market.Expired)
	s.has(ann, 0)
	s.spent(0)
	s.refused(s.award(ann), fault.KindState, "")
}

func noSignature(t *testing.T, y yard) {
	s := y.tell(t, func(t *market.Terms) { t.Windows.Accept = 2 * second })
	s.must(s.post())
	ann := s.person("ann")
	s.must(s.bid(ann))
	s.must(s.award(ann))
	s.ends(market.Expired)
	s.has(ann, 0)
	s.spent(0)
	s.refused(s.accept(ann), fault.KindState, "")
}

func noWork(t *testing.T, y yard) {
	s := y.tell(t, func(t *market.Terms) { t.Windows.Commit = 3 * second })
	w := s.hire("ann", "bob")
	s.ends(market.Closed)
	s.paid(0, w...)
	s.spent(0)
	if v := s.verdict(); v.RecordsCount != 0 || v.Payouts != 0 || !v.Final {
		t.Errorf("verdict %+v on no work", v)
	}
}

func noGold(t *testing.T, y yard) {
	s := y.tellOf(t, task{pages: 2, page: 4, gold: 3}, func(t *market.Terms) { t.Windows.Gold = second })
	w := s.hire("ann", "bob", "eve")
	s.work(w...)
	s.ends(market.Closed)
	s.paid(8, w...)
	s.spent(24 * s.terms.PriceCap)
}

func falseGold(t *testing.T, y yard) {
	s := y.tellOf(t, task{pages: 2, page: 4, gold: 3}, nil)
	w := s.hire("ann", "bob", "eve")
	s.work(w...)
	s.round(1, work.Gold)
	lies := slices.Clone(s.gold)
	for i := range lies {
		lies[i].Label = labels()[(slices.Index(labels(), lies[i].Label)+1)%len(labels())]
	}
	text, err := work.OpenGold(lies, func(work.GoldLabel) bool { return true })
	s.must(err)
	content, err := s.Store.PutBytes(s.ctx, text)
	s.must(err)
	s.must(send(s, s.requester, &workv1.MsgRevealGold{Requester: s.requester.Address().String(), Request: string(s.request), Round: 1, Content: string(content)}))
	s.ends(market.Closed)
	s.paid(8, w...)
	s.spent(24 * s.terms.PriceCap)
}

// noClose also has a contributor who takes a page and falls silent.
func noClose(t *testing.T, y yard) {
	s := y.tell(t, func(t *market.Terms) { t.Windows.Commit, t.Windows.Lease = 12*second, 4*second })
	w := s.hire("ann", "bob", "eve", "silent")
	s.round(1, work.Committing)
	if leases, err := w[3].Lease(s.ctx, 1); err != nil || len(leases) != 1 {
		t.Fatalf("%d leases, %v; want 1", len(leases), err)
	}
	s.commit(w[:2]...) // one answer short, each
	s.reveal(w[:2]...)
	s.ends(market.Closed)
	s.paid(8, w[:2]...)
	s.paid(0, w[2:]...)
	s.spent(16 * s.terms.PriceCap)
}

func contest(t *testing.T, y yard) {
	s := y.tell(t, func(t *market.Terms) { t.Windows.Review, t.Windows.Contest = 6*second, 12*second })
	w := s.hire("ann", "bob", "eve")
	s.work(w...)
	ann := w[0].Account.Address()
	s.until(t, "ann's payout", func() (bool, error) { return s.pay(w[0]) > 0, nil })
	evidence, err := s.Store.PutBytes(s.ctx, []byte("a cat is no dog"))
	s.must(err)
	m := &settlev1.MsgContest{Requester: s.requester.Address().String(), Request: string(s.request), Contributor: ann.String(), Reason: "wrong_labels", Evidence: string(evidence)}
	bad := *m
	bad.Reason = "because"
	s.refused(send(s, s.requester, &bad), fault.KindInvalid, "because")
	bad = *m
	bad.Evidence = "none"
	s.refused(send(s, s.requester, &bad), fault.KindInvalid, "evidence")
	bad = *m
	bad.Requester = w[1].Account.Address().String()
	s.refused(send(s, w[1].Account, &bad), fault.KindForbidden, "belongs to")
	s.must(send(s, s.requester, m))
	s.refused(send(s, s.requester, m), fault.KindState, "")

	s.until(t, "the others' pay", func() (bool, error) {
		return s.money(t, w[1].Account.Address()) > purse-s.terms.Stake && s.money(t, w[2].Account.Address()) > purse-s.terms.Stake, nil
	})
	s.has(w[0].Account, -s.terms.Stake) // hers is frozen
	s.ends(market.Closed)
	s.paid(8, w...)
	s.spent(24 * s.terms.PriceCap)
	standing, err := s.Client.Party().Standing(s.ctx, &partyv1.QueryStandingRequest{Address: s.requester.Address().String()})
	s.must(err)
	if c := standing.Conduct; c.Contests != 1 || c.Overturned != 1 {
		t.Errorf("conduct of the requester %+v, want 1 contest, overturned", c)
	}
}

// darkGuidelines: the requester puts a version in force that he shows nobody,
// and answers that were given under the first one keep their worth.
func darkGuidelines(t *testing.T, y yard) {
	s := y.tell(t, nil)
	w := s.hire("ann", "bob", "eve")
	s.commit(w[:2]...)
	dark := id.RawCID([]byte(s.name))
	s.must(send(s, s.requester, &marketv1.MsgReviseGuidelines{Requester: s.requester.Address().String(), Request: string(s.request), Spec: string(dark)}))
	s.commit(w[2])
	s.reveal(w...)
	s.ends(market.Closed)
	s.paid(8, w...)
}
