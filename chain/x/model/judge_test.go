package model_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

// taught is a model with 40 confirmed items, 20 each of bob's and cat's.
func taught(t *testing.T, kind model.Kind) (*world, id.ModelID) {
	w := newWorld(t)
	w.fund("bob", "cat", "dan", "eve")
	m := w.create("ann", terms(kind))
	w.give("bob", m, offers(20, 1)...)
	w.give("cat", m, offers(20, 2)...)
	w.judge()
	if got := w.contributor(m, "bob").Confirmed; got < 15 {
		t.Fatalf("bob has %d confirmed of 20", got)
	}
	return w, m
}

func (w *world) report(reporter string, m id.ModelID, number uint64) error {
	_, err := w.msg.Report(w.Ctx, &modelv1.MsgReport{Reporter: string(person(reporter)), Model: string(m), Number: number})
	return err
}

func (w *world) withdraw(who string, m id.ModelID, numbers ...uint64) error {
	_, err := w.msg.Withdraw(w.Ctx, &modelv1.MsgWithdraw{Author: string(person(who)), Model: string(m), Numbers: numbers})
	return err
}

func (w *world) claim(name string, m id.ModelID) int64 {
	w.t.Helper()
	res, err := w.msg.Claim(w.Ctx, &modelv1.MsgClaim{Contributor: string(person(name)), Model: string(m)})
	w.must(err)
	return res.Paid
}

func TestAGoodItemGetsItsDepositBackAndABadOneLosesIt(t *testing.T) {
	w, m := taught(t, model.Deposit)
	w.sound()
	bad := offer(0, 77)
	bad.Label = 1
	lie := w.give("eve", m, bad)
	good := w.give("dan", m, offer(1, 78))
	w.refused(w.report("eve", m, lie), fault.KindForbidden)
	w.refused(w.report("dan", m, lie), fault.KindForbidden) // has no credit
	w.must(w.report("bob", m, lie))
	w.refused(w.report("bob", m, lie), fault.KindExists)
	w.sound()
	w.judge()
	w.inState(m, lie, model.Rejected)
	w.inState(m, good, model.Confirmed)
	if eve, dan := w.money("eve"), w.money("dan"); eve >= rich || dan != rich {
		t.Errorf("eve has %d, dan %d: want less than %d, and %d", eve, dan, rich, rich)
	}
	if bob := w.money("bob"); bob <= rich {
		t.Errorf("bob reported rightly and has %d, want more than %d", bob, rich)
	}
	cat := w.money("cat")
	paid := w.claim("cat", m)
	if paid <= 0 || w.money("cat") != cat+paid {
		t.Errorf("cat claimed %d and has %d after %d", paid, w.money("cat"), cat)
	}
	if again := w.claim("cat", m); again != 0 {
		t.Errorf("a second claim paid %d", again)
	}
	w.sound()
}

func TestNobodyChoosesTheMomentOfAVerdict(t *testing.T) {
	w, m := taught(t, model.Deposit)
	bad := offer(0, 77)
	bad.Label = 1
	lie := w.give("eve", m, bad)
	w.blocks(5)
	w.inState(m, lie, model.Trained) // no message asks for a verdict, and none comes early
	w.judge()
	w.inState(m, lie, model.Rejected)
	w.blocks(3)
	w.inState(m, lie, model.Rejected)
	if got := w.money("eve"); got != rich-price {
		t.Errorf("eve has %d, want %d", got, rich-price)
	}
	w.sound()
}

func TestWithdrawingBeforeTheVerdictIsNoRefund(t *testing.T) {
	w, m := taught(t, model.Deposit)
	number := w.give("eve", m, offer(0, 77))
	w.must(w.report("bob", m, number))
	w.refused(w.withdraw("bob", m, number), fault.KindForbidden)
	before := w.money("pool")
	w.must(w.withdraw("eve", m, number))
	w.refused(w.withdraw("eve", m, number), fault.KindState)
	if got := w.money("pool") - before; got != price {
		t.Errorf("the pool got %d of the deposit, want all %d", got, price)
	}
	w.sound()
	w.judge()
	w.inState(m, number, model.Withdrawn)
	w.must(w.withdraw("bob", m, 1, 2))
	w.sound()
}

func TestUnclaimedRewardsAreSweptByNobody(t *testing.T) {
	w, m := taught(t, model.Deposit)
	bad := offer(0, 77)
	bad.Label = 1
	w.give("eve", m, bad)
	w.judge()
	due := w.contributor(m, "cat")
	w.block(model.MaxOwn)
	w.block(1)
	for _, other := range []string{"ann", "eve", "dan"} {
		if got := w.claim(other, m); got != 0 {
			t.Errorf("%s, who is owed nothing, claimed %d", other, got)
		}
	}
	if paid := w.claim("cat", m); paid <= 0 {
		t.Errorf("after a year cat, with %d confirmed, got %d", due.Confirmed, paid)
	}
	w.sound()
}

func TestACopyEarnsNoCredit(t *testing.T) {
	w, m := taught(t, model.Deposit)
	original := w.item(m, 1)
	number := w.give("eve", m, original.Offer)
	if got := w.item(m, number).CopyOf; got != 1 {
		t.Errorf("copy of %d, want 1", got)
	}
	near := original.Offer
	near.Input.Indices = append([]uint32{}, near.Input.Indices...)
	near.Input.Indices[9]++
	twice := w.give("eve", m, near)
	w.judge()
	w.inState(m, number, model.Neutral)
	w.inState(m, twice, model.Neutral)
	if w.contributor(m, "eve").Confirmed != 0 || w.money("eve") != rich {
		t.Errorf("eve has %d credit and %d", w.contributor(m, "eve").Confirmed, w.money("eve"))
	}
	w.sound()
}

func TestVotersOverruleTheModelAndTheLeaderboardIsInOrder(t *testing.T) {
	w := newWorld(t)
	rules := terms(model.Points)
	rules.Incentive.Points.Quorum = 2
	m := w.create("ann", rules)
	w.give("bob", m, offers(20, 1)...)
	w.give("cat", m, offers(12, 2)...)
	w.judge()
	vote := func(who string, number uint64, v modelv1.Verdict) error {
		_, err := w.msg.Vote(w.Ctx, &modelv1.MsgVote{Voter: string(person(who)), Model: string(m), Number: number, Verdict: v})
		return err
	}
	number := w.give("dan", m, offer(0, 99))
	w.refused(vote("dan", number, modelv1.Verdict_VERDICT_AGREES), fault.KindForbidden)
	w.refused(vote("bob", number, modelv1.Verdict_VERDICT_UNDECIDED), fault.KindInvalid)
	w.refused(vote("bob", number, 300), fault.KindInvalid)
	w.must(vote("bob", number, modelv1.Verdict_VERDICT_DISAGREES))
	w.must(vote("cat", number, modelv1.Verdict_VERDICT_DISAGREES))
	w.refused(vote("cat", number, modelv1.Verdict_VERDICT_AGREES), fault.KindExists)
	shown, err := w.query.Contribution(w.Ctx, &modelv1.QueryContributionRequest{Model: string(m), Number: number})
	w.must(err)
	if len(shown.Votes) != 2 {
		t.Errorf("%d votes shown, want 2", len(shown.Votes))
	}
	w.judge()
	w.inState(m, number, model.Rejected)
	w.refused(w.report("bob", m, number), fault.KindForbidden)
	res, err := w.query.Leaderboard(w.Ctx, &modelv1.QueryLeaderboardRequest{Model: string(m)})
	w.must(err)
	var order []string
	for _, r := range res.Ranks {
		order = append(order, r.Contributor.Address)
	}
	want := []id.Address{person("bob"), person("cat"), person("dan")}
	for i := range want {
		if len(order) != 3 || order[i] != string(want[i]) {
			t.Fatalf("leaderboard %v, want %v", order, want)
		}
	}
	if r := res.Ranks[0]; r.Points < 100 || r.Level != "regular" || len(r.Badges) == 0 {
		t.Errorf("bob has %d points, level %s, badges %v", r.Points, r.Level, r.Badges)
	}
	w.sound()
}

func TestJudgingIsBoundedPerBlockAndGoesOn(t *testing.T) {
	w := newWorld(t)
	rules := terms(model.Points)
	rules.Config.Classes = 64 // to be asked for each item
	m := w.create("ann", rules)
	const people, each = 12, 256
	for i := range people {
		w.give(string(rune('a'+i)), m, offers(each, i+1)...)
	}
	w.block(wait)
	open := func() (n uint64) {
		for i := range people {
			n += w.contributor(m, string(rune('a'+i))).Open
		}
		return n
	}
	if got := open(); got != people*each {
		t.Fatalf("%d open before their time, want %d", got, people*each)
	}
	w.block(1)
	if got := open(); got == 0 || got >= people*each {
		t.Errorf("%d open after one block, want some of %d", got, people*each)
	}
	w.blocks(3)
	if got := open(); got != 0 {
		t.Errorf("%d are never judged", got)
	}
	w.sound()
}
