package settle

import (
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/settle"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/wire"
)

// books is a whole state, read and indexed for cross checks.
type books struct {
	accounts    []escrow.Account
	balances    map[escrow.Account]num.Amount
	settlements []settle.Settlement
	payouts     map[milestone][]settle.Payout
	contested   map[place]bool
}

type milestone struct {
	request id.RequestID
	number  uint32
}

type place struct {
	milestone
	contributor id.Address
}

// readBooks reads a state. It refuses what does not parse or stands twice.
func readBooks(g *settlev1.GenesisState) (books, error) {
	b := books{
		balances: map[escrow.Account]num.Amount{}, payouts: map[milestone][]settle.Payout{}, contested: map[place]bool{},
	}
	for _, read := range []func(*settlev1.GenesisState) error{b.readBalances, b.readSettlements, b.readPayouts, b.readContests} {
		if err := read(g); err != nil {
			return b, err
		}
	}
	return b, nil
}

func (b *books) readBalances(g *settlev1.GenesisState) error {
	for i := range g.Balances {
		account, amount, err := wire.BalanceFromProto(&g.Balances[i])
		if err != nil {
			return err
		}
		if _, twice := b.balances[account]; twice {
			return fault.Invalid("settle: account %s stands twice", account)
		}
		b.accounts = append(b.accounts, account)
		b.balances[account] = amount
	}
	return nil
}

func (b *books) readSettlements(g *settlev1.GenesisState) error {
	for i := range g.Settlements {
		s, err := wire.SettlementFromProto(&g.Settlements[i])
		if err != nil {
			return err
		}
		at := milestone{s.Request, s.Milestone}
		if _, twice := b.payouts[at]; twice {
			return fault.Invalid("settle: settlement of request %s, milestone %d stands twice", s.Request, s.Milestone)
		}
		b.payouts[at] = nil
		b.settlements = append(b.settlements, s)
	}
	return nil
}

func (b *books) readPayouts(g *settlev1.GenesisState) error {
	seen := map[place]bool{}
	for i := range g.Payouts {
		p, err := wire.PayoutFromProto(&g.Payouts[i])
		if err != nil {
			return err
		}
		at := place{milestone{p.Request, p.Milestone}, p.Contributor}
		_, settled := b.payouts[at.milestone]
		if !settled || seen[at] {
			return fault.Invalid("settle: payout of %s, request %s, milestone %d stands twice or without a settlement", p.Contributor, p.Request, p.Milestone)
		}
		seen[at] = true
		b.payouts[at.milestone] = append(b.payouts[at.milestone], p)
	}
	return nil
}

func (b *books) readContests(g *settlev1.GenesisState) error {
	for i := range g.Contests {
		c, err := wire.ContestFromProto(&g.Contests[i])
		if err != nil {
			return err
		}
		b.contested[place{milestone{c.Request, c.Milestone}, c.Contributor}] = true
	}
	return nil
}

// check holds invariants 2 to 4.
func (b *books) check() error {
	owed := map[id.RequestID]num.Amount{}
	frozen := 0
	for _, s := range b.settlements {
		contested, err := b.checkSettlement(s)
		if err != nil {
			return err
		}
		frozen += contested
		if owed[s.Request], err = owed[s.Request].Add(s.Held()); err != nil {
			return err
		}
	}
	if frozen != len(b.contested) {
		return fault.Internal("settle: %d contests of %d contested payouts", len(b.contested), frozen)
	}
	return b.checkPending(owed)
}

// checkSettlement holds a settlement against its payouts, and counts those that
// are contested, each of which must have its contest.
func (b *books) checkSettlement(s settle.Settlement) (contested int, err error) {
	if err := s.Check(); err != nil {
		return 0, err
	}
	var posted, released num.Amount
	var open uint32
	payouts := b.payouts[milestone{s.Request, s.Milestone}]
	for _, p := range payouts {
		if err := p.Check(); err != nil {
			return 0, err
		}
		posted += p.Amount
		switch p.State {
		case settle.Released:
			released += p.Amount
			continue
		case settle.Contested:
			contested++
			if !b.contested[place{milestone{s.Request, s.Milestone}, p.Contributor}] {
				return 0, fault.Internal("settle: contested payout of %s, request %s, milestone %d without a contest", p.Contributor, s.Request, s.Milestone)
			}
		case settle.Pending:
		}
		open++
	}
	if uint32(len(payouts)) != s.Posted || posted != s.PostedTotal || released != s.Released || open != s.Open {
		return 0, fault.Internal("settle: request %s, milestone %d: %d payouts of %s, %d open, %s released; settlement says %d, %s, %d, %s",
			s.Request, s.Milestone, len(payouts), posted, open, released, s.Posted, s.PostedTotal, s.Open, s.Released)
	}
	return contested, nil
}

// checkPending holds the pending accounts against what settlements owe.
func (b *books) checkPending(owed map[id.RequestID]num.Amount) error {
	for _, s := range b.settlements {
		if held := b.balances[escrow.Pending(s.Request)]; held != owed[s.Request] {
			return fault.Internal("settle: %s holds %s, %s is owed", escrow.Pending(s.Request), held, owed[s.Request])
		}
	}
	for _, a := range b.accounts {
		if r := a.Request(); a == escrow.Pending(r) && b.balances[a] != owed[r] {
			return fault.Internal("settle: %s holds %s, %s is owed", a, b.balances[a], owed[r])
		}
	}
	return nil
}
