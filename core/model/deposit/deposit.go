// Package deposit makes contributions cost a deposit that the model's later
// verdict returns or takes: good items earn, bad items pay for them.
//
// Words: the price is what the next deposit costs; credit is the number of a
// contributor's confirmed items; the purse is what a model holds for others:
// deposits and bonds until verdicts, rewards until they are claimed; a report
// is a confirmed contributor's bonded word that an item is bad.
//
// Use it where strangers may contribute and lies must cost money. The model
// must be right more often than not from the start: seed it. The punishment is
// only as good as the model: take a family that minds wrong labels little
// (nb), and one that can forget, so that an item has no say in its own verdict.
//
// Invariants:
//  1. What comes in goes out: deposits and bonds = open ones + what was paid,
//     to the unit; what cannot be shared goes to the community pool.
//  2. An item has one verdict, at a time its author does not choose; its deposit
//     moves once.
//  3. Who reports shares only what is lost, and a wrong report loses its bond to
//     the author. Nobody reports himself, nor one item twice.
//  4. What a lost deposit pays goes by credit alone: splitting a contributor
//     into many changes nothing.
//  5. A reward that rounds to 0 pays 0. No deadline lets anybody sweep what is
//     another's.
//  6. The price is never 0.
//
// Sources: Harris and Waggoner (2019), for deposit, refund and take; EIP-1559,
// for the price.
package deposit

import (
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/num"
)

// Purse is what a model holds for others.
type Purse struct {
	Model     id.ModelID
	Open      num.Amount // deposits and bonds; what escrow.Deposits holds
	Owed      num.Amount // rewards not claimed; what escrow.Rewards holds
	Credits   uint64     // confirmed items of all contributors
	PerCredit num.Amount // reward that one credit got since the beginning
	Pooled    num.Amount // went to the community pool so far
}

// Pay takes the deposit of a contribution that has just arrived.
func (p Purse) Pay(c model.Contribution, deposit num.Amount) (Purse, model.Contribution, []escrow.Transfer, error) {
	if c.Deposit != 0 || !c.State.Open() || deposit < 1 {
		return p, c, nil, fault.Internal("deposit: contribution %d to %s is %s with a deposit of %s: %s more", c.Number, c.Model, c.State, c.Deposit, deposit)
	}
	open, err := p.Open.Add(deposit)
	if err != nil {
		return p, c, nil, err
	}
	p.Open, c.Deposit = open, deposit
	return p, c, []escrow.Transfer{{From: escrow.Wallet(c.Author), To: escrow.Deposits(p.Model), Amount: deposit, Why: "deposit"}}, nil
}

// MaxReports bounds the reports of one item.
const MaxReports = 8

// Report is a contributor's word that an item is bad.
type Report struct {
	Model    id.ModelID
	Number   uint64 // of the contribution
	Reporter id.Address
	Bond     num.Amount
	Credit   uint64 // of the reporter, when he reported
}

// Report takes a report of an item that is not judged yet, by others than its
// author who have credit. earlier are the reports of the item so far.
func (p Purse) Report(t model.DepositTerms, c model.Contribution, by model.Contributor, earlier []Report, now id.Time) (Purse, model.Contribution, Report, []escrow.Transfer, error) {
	if c.State != model.Trained || now >= c.Deadline {
		return p, c, Report{}, nil, fault.State("deposit: contribution %d to %s is %s, reports end at %s", c.Number, c.Model, c.State, c.Deadline)
	}
	if by.Address == c.Author || by.Confirmed == 0 {
		return p, c, Report{}, nil, fault.Forbidden("deposit: contribution %d to %s: %s, with %d confirmed, cannot report %s's item", c.Number, c.Model, by.Address, by.Confirmed, c.Author)
	}
	for _, r := range earlier {
		if r.Reporter == by.Address {
			return p, c, Report{}, nil, fault.Exists("deposit: contribution %d to %s: %s has reported it", c.Number, c.Model, by.Address)
		}
	}
	if len(earlier) >= MaxReports {
		return p, c, Report{}, nil, fault.Limit("deposit: contribution %d to %s has %d reports: no more", c.Number, c.Model, MaxReports)
	}
	bond, err := t.Bond.Of(c.Deposit, num.Up)
	if err != nil {
		return p, c, Report{}, nil, err
	}
	if p.Open, err = p.Open.Add(bond); err != nil {
		return p, c, Report{}, nil, err
	}
	c.Reports++
	r := Report{Model: c.Model, Number: c.Number, Reporter: by.Address, Bond: bond, Credit: by.Confirmed}
	return p, c, r, []escrow.Transfer{{From: escrow.Wallet(by.Address), To: escrow.Deposits(p.Model), Amount: bond, Why: "report's bond"}}, nil
}

// Check holds what a stored purse must show.
func (p Purse) Check() error {
	if p.Open < 0 || p.Owed < 0 || p.PerCredit < 0 || p.Pooled < 0 {
		return fault.Internal("deposit: %s: open %d, owed %d, %d per credit, pooled %d ualy", p.Model, p.Open, p.Owed, p.PerCredit, p.Pooled)
	}
	return nil
}
