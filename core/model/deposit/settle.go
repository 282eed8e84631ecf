package deposit

import (
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/num"
)

// settlement collects the moves of one item's end.
type settlement struct {
	purse Purse
	moves []escrow.Transfer
}

// pay moves money out of deposits and bonds.
func (s *settlement) pay(to escrow.Account, amount num.Amount, why string) {
	s.purse.Open -= amount
	if to == escrow.Pool {
		s.purse.Pooled += amount
	}
	s.moves = append(s.moves, escrow.Transfer{From: escrow.Deposits(s.purse.Model), To: to, Amount: amount, Why: why})
}

// claim pays a contributor's rewards out, up to now.
func (s *settlement) claim(who model.Contributor) (model.Contributor, error) {
	due, err := s.purse.Due(who)
	if err != nil {
		return who, err
	}
	if s.purse.Owed, err = s.purse.Owed.Sub(due); err != nil {
		return who, err
	}
	if who.Claimed, err = who.Claimed.Add(due); err != nil {
		return who, err
	}
	who.Mark = s.purse.PerCredit
	s.moves = append(s.moves, escrow.Transfer{From: escrow.Rewards(s.purse.Model), To: escrow.Wallet(who.Address), Amount: due, Why: "reward"})
	return who, nil
}

// Due is what a contributor may claim.
func (p Purse) Due(who model.Contributor) (num.Amount, error) {
	return (p.PerCredit - who.Mark).Mul(int64(who.Confirmed))
}

// Claim pays a contributor his rewards; nothing due is no error.
func (p Purse) Claim(who model.Contributor) (Purse, model.Contributor, []escrow.Transfer, error) {
	s := settlement{purse: p}
	who, err := s.claim(who)
	if err != nil {
		return p, who, nil, err
	}
	return s.purse, who, s.moves, nil
}

// Settle ends an item by its one verdict. It agrees: the deposit goes back and
// counts as credit, bonds of wrong reports go to the author. It is undecided:
// deposit and bonds go back. It disagrees: the deposit goes to those who
// reported it and to all confirmed contributors, by credit, and bonds go back.
func (p Purse) Settle(t model.DepositTerms, c model.Contribution, author model.Contributor, reports []Report, v model.Verdict) (Purse, model.Contribution, model.Contributor, []escrow.Transfer, error) {
	if err := checkReports(c, reports); err != nil {
		return p, c, author, nil, err
	}
	s := settlement{purse: p}
	author, err := s.claim(author)
	if err != nil {
		return p, c, author, nil, err
	}
	if c, author, err = c.Settle(author, v); err != nil {
		return p, c, author, nil, err
	}
	switch v {
	case model.Agrees:
		s.purse.Credits++
		s.pay(escrow.Wallet(author.Address), c.Deposit, "deposit returned")
		s.bonds(reports, func(Report) id.Address { return author.Address })
	case model.Disagrees:
		s.bonds(reports, func(r Report) id.Address { return r.Reporter })
		err = s.share(t, c, reports)
	default:
		s.pay(escrow.Wallet(author.Address), c.Deposit, "deposit returned")
		s.bonds(reports, func(r Report) id.Address { return r.Reporter })
	}
	return s.purse, c, author, s.moves, err
}

func checkReports(c model.Contribution, reports []Report) error {
	if len(reports) != int(c.Reports) {
		return fault.Internal("deposit: contribution %d to %s: %d of %d reports given", c.Number, c.Model, len(reports), c.Reports)
	}
	for _, r := range reports {
		if r.Model != c.Model || r.Number != c.Number {
			return fault.Internal("deposit: contribution %d to %s: report of %d to %s given", c.Number, c.Model, r.Number, r.Model)
		}
	}
	return nil
}

func (s *settlement) bonds(reports []Report, to func(Report) id.Address) {
	for _, r := range reports {
		s.pay(escrow.Wallet(to(r)), r.Bond, "report's bond")
	}
}

// share gives a lost deposit away: the reporters' share by credit, the rest to
// all who have credit, what does not divide to the pool. Who lost it gets his
// part by his own credit, like everybody: else he would get it by another name.
func (s *settlement) share(t model.DepositTerms, c model.Contribution, reports []Report) error {
	left := c.Deposit
	if len(reports) > 0 {
		given, err := s.reporters(t, c.Deposit, reports)
		if err != nil {
			return err
		}
		left -= given
	}
	if credits := num.Amount(s.purse.Credits); credits > 0 {
		each := left / credits
		var err error
		if s.purse.PerCredit, err = s.purse.PerCredit.Add(each); err != nil {
			return err
		}
		s.purse.Owed += each * credits
		s.pay(escrow.Rewards(s.purse.Model), each*credits, "lost deposit, for all who have credit")
		left -= each * credits
	}
	s.pay(escrow.Pool, left, "lost deposit, what is left")
	return nil
}

func (s *settlement) reporters(t model.DepositTerms, deposit num.Amount, reports []Report) (num.Amount, error) {
	whole, err := t.Share.Of(deposit, num.Down)
	if err != nil {
		return 0, err
	}
	weights := make([]int64, len(reports))
	for i, r := range reports {
		weights[i] = int64(r.Credit)
	}
	parts, rest, err := num.Split(whole, weights)
	if err != nil {
		return 0, err
	}
	for i, r := range reports {
		s.pay(escrow.Wallet(r.Reporter), parts[i], "lost deposit, for who reported it")
	}
	return whole - rest, nil
}

// Lapse takes the deposit of a commitment that was not opened to the pool.
func (p Purse) Lapse(c model.Contribution, author model.Contributor, now id.Time) (Purse, model.Contribution, model.Contributor, []escrow.Transfer, error) {
	c, author, err := c.Lapse(author, now)
	if err != nil {
		return p, c, author, nil, err
	}
	s := settlement{purse: p}
	s.pay(escrow.Pool, c.Deposit, "never revealed")
	return s.purse, c, author, s.moves, nil
}

// Trim returns the deposit of an item that its window's vote left out.
func (p Purse) Trim(c model.Contribution, author model.Contributor) (Purse, model.Contribution, model.Contributor, []escrow.Transfer, error) {
	c, author, err := c.Trim(author)
	if err != nil {
		return p, c, author, nil, err
	}
	s := settlement{purse: p}
	s.pay(escrow.Wallet(author.Address), c.Deposit, "deposit returned")
	return s.purse, c, author, s.moves, nil
}

// Withdraw settles money before model.Withdraw takes the item c out: c and
// author are as they were before. An item not judged yet leaves its deposit to
// the pool, or else withdrawing would be a refund at a moment of the author's
// choosing; a confirmed one gives its credit back, what it earned so far stays.
func (p Purse) Withdraw(c model.Contribution, author model.Contributor, reports []Report) (Purse, model.Contributor, []escrow.Transfer, error) {
	s := settlement{purse: p}
	author, err := s.claim(author)
	if err != nil {
		return p, author, nil, err
	}
	switch c.State {
	case model.Given, model.Trained:
		if err := checkReports(c, reports); err != nil {
			return p, author, nil, err
		}
		s.pay(escrow.Pool, c.Deposit, "withdrawn before its verdict")
		s.bonds(reports, func(r Report) id.Address { return r.Reporter })
	case model.Confirmed:
		s.purse.Credits--
	default:
	}
	return s.purse, author, s.moves, nil
}
