package deposit_test

import (
	"slices"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/escrow/memory"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/deposit"
	"github.com/alaya-network/alaya/core/model/host"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
)

const (
	start id.Time = 1_800_000_000_000
	rich          = 1_000_000 * num.ALY
)

// people are those who have money.
func people() []id.Address {
	return []id.Address{"alaya1ann", "alaya1bob", "alaya1cyd", "alaya1dan"}
}

type fatal interface{ Fatal(...any) }

// bank is a model with a deposit, and all its money.
type bank struct {
	t       fatal
	h       *host.Host
	purse   deposit.Purse
	price   deposit.Price
	holder  *memory.Holder
	reports map[uint64][]deposit.Report
	now     int64 // seconds
}

func terms() model.Terms {
	return model.Terms{
		Name: "reviews", Licence: "CC0-1.0", Encoder: model.Encoder{Inline: []byte("{}")},
		Config: learn.Config{Family: learn.Bayes, Classes: 2, Features: 1 << 16},
		Incentive: model.Incentive{
			Kind: model.Deposit, Wait: 60_000, Margin: 1,
			Deposit: model.DepositTerms{Start: 1_000_003, Floor: 1_000, Target: 5, Window: 20_000, Bond: 100_000, Share: 333_333},
		},
	}
}

func open(t fatal, x model.Terms) *bank {
	h, err := host.New("alaya1ann", 1, x, nil, start)
	if err != nil {
		t.Fatal(err)
	}
	b := &bank{
		t: t, h: h, purse: deposit.Purse{Model: h.Model.ID}, price: deposit.NewPrice(h.Model),
		holder: memory.NewHolder(), reports: map[uint64][]deposit.Report{},
	}
	for _, who := range people() {
		b.holder.Fund(who, rich)
	}
	return b
}

func (b *bank) rule() model.DepositTerms { return b.h.Model.Terms.Incentive.Deposit }

func (b *bank) block() model.Now {
	return model.Now{Height: id.Height(b.now + 1), Time: start.Add(1_000 * b.now)}
}

func (b *bank) ok(err error) {
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bank) carry(moves []escrow.Transfer) { b.ok(escrow.Carry(b.holder, moves)) }

// item is a new one, with features of its own.
func (b *bank) item(label int64) model.Offer {
	n := uint32(len(b.h.Items))
	return model.Offer{Input: learn.Input{Indices: []uint32{uint32(label), 10 + 2*n, 11 + 2*n}}, Label: label}
}

func (b *bank) give(who id.Address, o model.Offer) model.Contribution {
	c, err := b.h.Give(who, o, b.block())
	b.ok(err)
	var amount num.Amount
	b.price, amount = b.price.Take(b.rule(), b.block().Time)
	purse, c, moves, err := b.purse.Pay(c, amount)
	b.ok(err)
	b.purse = purse
	b.h.SetItem(c)
	b.carry(moves)
	return c
}

func (b *bank) report(who id.Address, number uint64) error {
	c, err := b.h.Item(number)
	b.ok(err)
	purse, c, r, moves, err := b.purse.Report(b.rule(), c, b.h.Contributor(who), b.reports[number], b.block().Time)
	if err != nil {
		return err
	}
	b.purse = purse
	b.h.SetItem(c)
	b.reports[number] = append(b.reports[number], r)
	b.carry(moves)
	return nil
}

func (b *bank) settle(number uint64, v model.Verdict) error {
	c, err := b.h.Item(number)
	b.ok(err)
	purse, c, who, moves, err := b.purse.Settle(b.rule(), c, b.h.Contributor(c.Author), b.reports[number], v)
	if err != nil {
		return err
	}
	b.purse = purse
	b.h.SetItem(c)
	b.h.SetContributor(who)
	b.carry(moves)
	return nil
}

func (b *bank) claim(who id.Address) {
	purse, w, moves, err := b.purse.Claim(b.h.Contributor(who))
	b.ok(err)
	b.purse = purse
	b.h.SetContributor(w)
	b.carry(moves)
}

func (b *bank) withdraw(number uint64) error {
	c, err := b.h.Item(number)
	b.ok(err)
	purse, who, moves, err := b.purse.Withdraw(c, b.h.Contributor(c.Author), b.reports[number])
	b.ok(err)
	before := b.h.Contributor(c.Author)
	b.h.SetContributor(who)
	if err := b.h.Withdraw(c.Author, number, b.block()); err != nil {
		b.h.SetContributor(before)
		return err
	}
	b.purse = purse
	b.carry(moves)
	return nil
}

// check holds every invariant that the books show.
func (b *bank) check() {
	b.ok(b.h.Check())
	b.ok(b.holder.Check())
	b.ok(b.purse.Check())
	b.ok(b.price.Check(b.rule()))
	b.equal("open", b.purse.Open, b.balance(escrow.Deposits(b.h.Model.ID)))
	b.equal("owed", b.purse.Owed, b.balance(escrow.Rewards(b.h.Model.ID)))
	b.equal("pooled", b.purse.Pooled, b.holder.Pool())
	var open, owed num.Amount
	credits := uint64(0)
	for _, c := range b.h.Items {
		if c.State.Open() {
			open += c.Deposit
			for _, r := range b.reports[c.Number] {
				open += r.Bond
			}
		}
	}
	for _, w := range b.h.Contributors() {
		due, err := b.purse.Due(w)
		b.ok(err)
		owed += due
		credits += w.Confirmed
	}
	b.equal("open deposits and bonds", open, b.purse.Open)
	b.equal("claims of all contributors", owed, b.purse.Owed)
	b.equal("credits", num.Amount(credits), num.Amount(b.purse.Credits))
}

func (b *bank) balance(a escrow.Account) num.Amount {
	amount, err := b.holder.Balance(a)
	b.ok(err)
	return amount
}

func (b *bank) equal(what string, got, want num.Amount) {
	if got != want {
		b.t.Fatal(what, int64(got), "want", int64(want))
	}
}

// credit gives each of some people a confirmed item.
func (b *bank) credit(times int, all ...id.Address) {
	for _, who := range slices.Repeat(all, times) {
		b.ok(b.settle(b.give(who, b.item(1)).Number, model.Agrees))
	}
}
