package scenarios_test

import (
	"strings"
	"testing"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/agent/worker"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/escrow"
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
	"github.com/alaya-network/alaya/wire"
)

// purse is what everybody in a story has at first.
const purse = 10 * num.ALY

// story is a campaign played by hand.
type story struct {
	yard
	t         *testing.T
	name      string
	terms     market.Terms
	gold      []work.GoldLabel
	requester *client.Account
	request   id.RequestID
	campaign  *worker.Campaign
}

// tell prepares a story of two pages of four items, three answers each.
func (y yard) tell(t *testing.T, change func(*market.Terms)) *story {
	return y.tellOf(t, task{pages: 2, page: 4}, change)
}

func (y yard) tellOf(t *testing.T, k task, change func(*market.Terms)) *story {
	t.Helper()
	s := &story{yard: y, t: t, name: t.Name()}
	var err error
	s.terms, s.gold, err = y.terms(k)
	s.must(err)
	if change != nil {
		change(&s.terms)
	}
	s.requester = s.person("requester")
	return s
}

func (s *story) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// refused checks why something failed.
func (s *story) refused(err error, kind fault.Kind, says string) {
	s.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), says) {
		s.t.Errorf("got %v (%s), want %s that says %q", err, fault.KindOf(err), kind, says)
	}
}

// person is somebody of this story with a full purse.
func (s *story) person(name string) *client.Account {
	s.t.Helper()
	return s.account(s.t, s.name+"/"+name, purse)
}

// has checks what a wallet holds beyond, or short of, a full purse.
func (s *story) has(a *client.Account, more num.Amount) {
	s.t.Helper()
	if got := s.money(s.t, a.Address()) - purse; got != more {
		s.t.Errorf("%s has %d ualy more than at first, want %d", a.Address(), got, more)
	}
}

func send(s *story, a *client.Account, msgs ...sdk.Msg) error {
	_, err := a.Send(s.ctx, msgs...)
	return err
}

// post posts the request.
func (s *story) post() error {
	res, err := s.requester.Send(s.ctx, &marketv1.MsgPostRequest{Requester: s.requester.Address().String(), Terms: *wire.TermsToProto(s.terms)})
	if err != nil {
		return err
	}
	var posted marketv1.MsgPostRequestResponse
	err = res.Response(0, &posted)
	s.request = id.RequestID(posted.Id)
	return err
}

func (s *story) bid(a *client.Account) error {
	return send(s, a, &marketv1.MsgPlaceBid{Bidder: a.Address().String(), Request: string(s.request), Price: int64(s.terms.PriceCap), Units: 1_000})
}

func (s *story) award(people ...*client.Account) error {
	m := &marketv1.MsgAward{Requester: s.requester.Address().String(), Request: string(s.request)}
	for _, a := range people {
		m.Bidders = append(m.Bidders, a.Address().String())
	}
	return send(s, s.requester, m)
}

func (s *story) accept(a *client.Account) error {
	res, err := s.Client.Market().Engagement(s.ctx, &marketv1.QueryEngagementRequest{Request: string(s.request), Contributor: a.Address().String()})
	if err != nil {
		return err
	}
	return send(s, a, &marketv1.MsgAcceptEngagement{Contributor: a.Address().String(), Request: string(s.request), TermsHash: res.Engagement.TermsHash})
}

// hire posts and binds people of these names.
func (s *story) hire(names ...string) []*worker.Worker {
	s.t.Helper()
	s.must(s.post())
	var people []*client.Account
	for _, name := range names {
		a := s.person(name)
		s.must(s.bid(a))
		people = append(people, a)
	}
	s.must(s.award(people...))
	var err error
	s.campaign, err = worker.Join(s.ctx, s.Client, s.Store, s.request)
	s.must(err)
	var hired []*worker.Worker
	for _, a := range people {
		s.must(s.accept(a))
		hired = append(hired, &worker.Worker{Campaign: s.campaign, Account: a, Source: truthful{}, Secret: id.Sum("test/secret", []byte(a.Address()))})
	}
	return hired
}

// truthful answers with the truth.
type truthful struct{}

// Answer implements worker.Source.
func (truthful) Answer(item string) work.Answer { return work.Answer{Item: item, Label: truth(item)} }

// round waits until the round is in a state.
func (s *story) round(number uint32, state work.RoundState) work.Round {
	s.t.Helper()
	var r work.Round
	s.until(s.t, "round "+state.String(), func() (bool, error) {
		res, err := s.Client.Work().Round(s.ctx, &workv1.QueryRoundRequest{Request: string(s.request), Number: number})
		if fault.Is(err, fault.KindNotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		r, err = wire.RoundFromProto(&res.Round)
		return r.State == state, err
	})
	return r
}

// commit lets workers do all the pages they get.
func (s *story) commit(workers ...*worker.Worker) {
	s.t.Helper()
	r := s.round(1, work.Committing)
	for _, w := range workers {
		s.must(w.Fill(s.ctx, r, nil))
	}
}

// closes ends the committing of a round.
func (s *story) closes(round uint32) error {
	return send(s, s.requester, &workv1.MsgCloseRound{Requester: s.requester.Address().String(), Request: string(s.request), Round: round})
}

// reveal lets workers open what they committed to.
func (s *story) reveal(workers ...*worker.Worker) {
	s.t.Helper()
	r := s.round(1, work.Revealing)
	all, err := s.Client.Submissions(s.ctx, s.request, 1)
	s.must(err)
	for _, w := range workers {
		s.must(w.Reveal(s.ctx, r, all))
	}
}

// work is the whole of round 1.
func (s *story) work(workers ...*worker.Worker) {
	s.t.Helper()
	s.commit(workers...)
	s.reveal(workers...)
}

// ends waits until the request is over and nothing but stakes is held for it.
func (s *story) ends(state market.State) market.Request {
	s.t.Helper()
	var r market.Request
	s.until(s.t, "the request "+state.String(), func() (bool, error) {
		var err error
		r, err = s.Client.Request(s.ctx, s.request)
		return r.State.Over() && r.Bids == 0 && r.Active == 0, err
	})
	if r.State != state {
		s.t.Errorf("request is %s, want %s", r.State, state)
	}
	for _, a := range []escrow.Account{escrow.Budget(s.request), escrow.Fees(s.request), escrow.Pending(s.request)} {
		if held := s.escrow(s.t, a); held != 0 {
			s.t.Errorf("%s holds %s after the end", a, held)
		}
	}
	return r
}

// unbound waits until nobody's stake is held.
func (s *story) unbound(workers ...*worker.Worker) {
	s.t.Helper()
	for _, w := range workers {
		s.until(s.t, "the stake's return", func() (bool, error) {
			return s.stake(w).State == partyv1.StakeState_STAKE_STATE_RETURNED, nil
		})
	}
}

func (s *story) stake(w *worker.Worker) partyv1.Stake {
	s.t.Helper()
	res, err := s.Client.Party().Stakes(s.ctx, &partyv1.QueryStakesRequest{Address: w.Account.Address().String()})
	s.must(err)
	if len(res.Stakes) != 1 {
		s.t.Fatalf("%d stakes of %s, want 1", len(res.Stakes), w.Account.Address())
	}
	return res.Stakes[0]
}

// verdict is the last one.
func (s *story) verdict() oracle.Verdict {
	s.t.Helper()
	all, err := s.Client.Verdicts(s.ctx, s.request)
	s.must(err)
	if len(all) == 0 {
		s.t.Fatal("no verdict")
	}
	return all[len(all)-1]
}

// pay is what somebody's payout is, 0 without one.
func (s *story) pay(w *worker.Worker) num.Amount {
	s.t.Helper()
	res, err := s.Client.Settle().Earnings(s.ctx, &settlev1.QueryEarningsRequest{Contributor: w.Account.Address().String()})
	s.must(err)
	if len(res.Payouts) == 0 {
		return 0
	}
	return num.Amount(res.Payouts[0].Entry.Amount)
}

// paid checks that each has his stake back and full pay for that many answers.
func (s *story) paid(answers int, workers ...*worker.Worker) {
	s.t.Helper()
	s.unbound(workers...)
	for _, w := range workers {
		s.has(w.Account, s.terms.PriceCap*num.Amount(answers))
	}
}

// spent checks what the requester is short of: pay and the fee on it.
func (s *story) spent(pay num.Amount) {
	s.t.Helper()
	s.has(s.requester, -pay-pay/50)
}
