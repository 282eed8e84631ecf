package deposit_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/deposit"
	"github.com/alaya-network/alaya/core/num"
)

const (
	ann id.Address = "alaya1ann"
	bob id.Address = "alaya1bob"
	cyd id.Address = "alaya1cyd"
	dan id.Address = "alaya1dan"
)

func TestNoStoryMakesOrLosesAUnit(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		b := open(r, terms())
		who := rapid.SampledFrom(people())
		number := func(r *rapid.T) uint64 {
			if len(b.h.Items) == 0 {
				r.Skip("nothing given")
			}
			return rapid.Uint64Range(1, uint64(len(b.h.Items))).Draw(r, "item")
		}
		give := func(r *rapid.T) { b.give(who.Draw(r, "author"), b.item(rapid.Int64Range(0, 1).Draw(r, "label"))) }
		settle := func(r *rapid.T) {
			n := number(r)
			c, _ := b.h.Item(n)
			v := model.Verdict(rapid.IntRange(1, 3).Draw(r, "verdict"))
			if err := b.settle(n, v); (err == nil) != (c.State == model.Trained) {
				r.Fatalf("verdict on item %d, %s: %v", n, c.State, err)
			}
		}
		r.Repeat(map[string]func(*rapid.T){
			"give": give, "give again": give, "settle": settle, "settle again": settle,
			"report":   func(r *rapid.T) { _ = b.report(who.Draw(r, "reporter"), number(r)) },
			"claim":    func(r *rapid.T) { b.claim(who.Draw(r, "who")) },
			"wait":     func(r *rapid.T) { b.now += rapid.Int64Range(1, 30).Draw(r, "seconds") },
			"withdraw": func(r *rapid.T) { _ = b.withdraw(number(r)) },
			"":         func(*rapid.T) { b.check() },
		})
		for _, c := range b.h.Items {
			if c.State == model.Trained {
				b.ok(b.settle(c.Number, model.Undecided))
			}
		}
		for _, w := range people() {
			b.claim(w)
		}
		b.check()
		if held := b.holder.Inside(); held != 0 {
			r.Fatalf("all is over, %s held", held)
		}
	})
}

func TestAVerdictMovesTheDeposit(t *testing.T) {
	tests := []struct {
		name     string
		verdict  model.Verdict
		reported bool
		// what each has more than before the item
		bob, cyd, dan, pool num.Amount
	}{
		{"it agrees: the deposit goes back", model.Agrees, false, 0, 0, 0, 0},
		{"it agrees: the wrong report's bond goes to the author", model.Agrees, true, 100_001, -100_001, 0, 0},
		{"undecided: all goes back", model.Undecided, true, 0, 0, 0, 0},
		{"it disagrees: all share by credit, the rest to the pool", model.Disagrees, false, -1_000_003 + 333_334, 166_667, 500_001, 1},
		{"it disagrees: a third to who reported it", model.Disagrees, true, -1_000_003 + 222_222, 333_333 + 111_111, 333_333, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x := terms()
			x.Incentive.Deposit.Target = 1_000
			b := open(t, x)
			b.credit(2, bob)
			b.credit(1, cyd)
			b.credit(3, dan)
			c := b.give(bob, b.item(0))
			if tt.reported {
				b.ok(b.report(cyd, c.Number))
			}
			b.ok(b.settle(c.Number, tt.verdict))
			for _, who := range people() {
				b.claim(who)
			}
			b.check()
			b.equal("bob", b.holder.Wallet(bob), rich+tt.bob)
			b.equal("cyd", b.holder.Wallet(cyd), rich+tt.cyd)
			b.equal("dan", b.holder.Wallet(dan), rich+tt.dan)
			b.equal("pool", b.holder.Pool(), tt.pool)
		})
	}
}

func TestSplittingAContributorChangesNothing(t *testing.T) {
	play := func(second id.Address) (own num.Amount) {
		x := terms()
		x.Incentive.Deposit.Target = 1_000
		b := open(t, x)
		b.credit(2, ann, bob)
		b.credit(3, second)
		for _, who := range []id.Address{ann, bob, second, bob} {
			b.ok(b.settle(b.give(who, b.item(0)).Number, model.Disagrees))
		}
		b.claim(bob)
		b.claim(dan)
		b.check()
		return b.holder.Wallet(bob) + b.holder.Wallet(dan)
	}
	if one, two := play(bob), play(dan); one != two {
		t.Errorf("under one name %s, under two %s", one, two)
	}
}

// D4: DCAI lets an item that reporters took from be refunded and credited.
func TestWhatWasTakenIsNeverCredited(t *testing.T) {
	b := open(t, terms())
	b.credit(1, cyd)
	c := b.give(bob, b.item(0))
	b.ok(b.report(cyd, c.Number))
	b.ok(b.settle(c.Number, model.Disagrees))
	for _, v := range []model.Verdict{model.Agrees, model.Undecided, model.Disagrees} {
		if err := b.settle(c.Number, v); !fault.Is(err, fault.KindState) {
			t.Errorf("a second verdict, %s: %v, want kind state", v, err)
		}
	}
	if w := b.h.Contributor(bob); w.Confirmed != 0 || w.Rejected != 1 {
		t.Errorf("bob has %d confirmed, %d rejected", w.Confirmed, w.Rejected)
	}
	b.check()
}

// D5: DCAI lets anybody, or the owner, take a deposit that was not claimed.
func TestNobodySweepsWhatWaits(t *testing.T) {
	b := open(t, terms())
	b.credit(1, ann, cyd)
	c := b.give(bob, b.item(1))
	b.now += 1_000_000
	if err := b.report(ann, c.Number); !fault.Is(err, fault.KindState) {
		t.Errorf("a report after the verdict was due: %v, want kind state", err)
	}
	for _, who := range people() {
		b.claim(who)
	}
	b.equal("what waits for the verdict", b.balance(escrow.Deposits(b.h.Model.ID)), c.Deposit)
	b.ok(b.settle(c.Number, model.Agrees))
	b.equal("bob, years later", b.holder.Wallet(bob), rich)
}

// D6: with DCAI a reward that rounds down to 0 takes the whole deposit.
func TestARewardThatRoundsToZeroPaysZero(t *testing.T) {
	x := terms()
	x.Incentive.Deposit = model.DepositTerms{Start: 2, Floor: 1, Target: 1_000, Window: 20_000, Bond: 100_000, Share: 400_000}
	b := open(t, x)
	b.credit(1, ann, cyd, dan)
	c := b.give(bob, b.item(0))
	b.ok(b.report(cyd, c.Number))
	before := b.holder.Wallet(cyd) + 1 // the bond, 1ualy, comes back
	b.ok(b.settle(c.Number, model.Disagrees))
	b.claim(cyd)
	b.equal("cyd", b.holder.Wallet(cyd), before)
	b.equal("pool", b.holder.Pool(), 2)
	b.check()
}

func TestReportsRefuse(t *testing.T) {
	b := open(t, terms())
	b.credit(1, ann, cyd)
	c := b.give(cyd, b.item(0))
	b.ok(b.report(ann, c.Number))
	tests := []struct {
		name string
		who  id.Address
		kind fault.Kind
	}{
		{"of one's own item", cyd, fault.KindForbidden},
		{"without credit", bob, fault.KindForbidden},
		{"a second time", ann, fault.KindExists},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := b.report(tt.who, c.Number); !fault.Is(err, tt.kind) {
				t.Errorf("report: %v, want kind %s", err, tt.kind)
			}
		})
	}
	b.check()
}

func TestReportsOfOneItemAreBounded(t *testing.T) {
	p := deposit.Purse{}
	c := model.Contribution{State: model.Trained, Author: bob, Deadline: 1, Deposit: 100}
	by := model.Contributor{Address: ann, Confirmed: 1}
	if _, _, _, _, err := p.Report(terms().Incentive.Deposit, c, by, make([]deposit.Report, deposit.MaxReports), 0); !fault.Is(err, fault.KindLimit) {
		t.Errorf("report %d: %v, want kind limit", deposit.MaxReports+1, err)
	}
}

// D7: a withdrawal must not be a refund at a moment of the author's choosing.
func TestWithdrawingBeforeTheVerdictLosesTheDeposit(t *testing.T) {
	b := open(t, terms())
	b.credit(1, cyd)
	c := b.give(bob, b.item(0))
	b.ok(b.report(cyd, c.Number))
	b.ok(b.withdraw(c.Number))
	b.equal("bob", b.holder.Wallet(bob), rich-c.Deposit)
	b.equal("pool", b.holder.Pool(), c.Deposit)
	b.equal("cyd", b.holder.Wallet(cyd), rich)
	b.check()
}

func TestWithdrawingAConfirmedItemGivesItsCreditBack(t *testing.T) {
	b := open(t, terms())
	b.credit(1, bob, cyd)
	b.ok(b.settle(b.give(dan, b.item(0)).Number, model.Disagrees))
	b.ok(b.withdraw(1))
	earned := b.holder.Wallet(bob)
	if earned <= rich {
		t.Errorf("bob has %s, want what his credit earned before", earned)
	}
	b.ok(b.settle(b.give(dan, b.item(0)).Number, model.Disagrees))
	b.claim(bob)
	b.equal("bob, without credit", b.holder.Wallet(bob), earned)
	b.check()
}

func TestACommitmentThatLapsesGoesToThePool(t *testing.T) {
	x := terms()
	x.CommitWindow = 5_000
	b := open(t, x)
	c, err := b.h.Commit(bob, id.Hash{1}, b.block())
	b.ok(err)
	purse, c, moves, err := b.purse.Pay(c, 500)
	b.ok(err)
	b.carry(moves)
	b.now += 6
	purse, _, _, moves, err = purse.Lapse(c, b.h.Contributor(bob), b.block().Time)
	b.ok(err)
	b.carry(moves)
	b.equal("pool", b.holder.Pool(), 500)
	b.equal("open", purse.Open, 0)
}
