// Package escrow is the ledger of promises: who holds whose money until a rule
// lets it go. Rules return transfers; carrying them out is the shell's work.
//
// Words: an account is outside (a wallet, the community pool) or inside
// (held by the ledger under a name such as budget/1f3a5b7c9d2e4f60); a transfer
// moves an amount between two accounts for a stated reason.
//
// Invariants:
//  1. Inside accounts never go below zero, and one at zero does not exist.
//  2. The sum of the inside accounts equals what the outside paid in less what
//     it was paid out; the holder's bank balance is exactly that sum.
package escrow

import (
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// Account names a place where money is. Inside accounts are keys of the
// ledger; their text is stable.
type Account string

// Pool is the community pool, outside the ledger.
const Pool Account = "pool"

const walletPrefix = "wallet/"

// Wallet is an address's own money, outside the ledger.
func Wallet(a id.Address) Account { return Account(walletPrefix + string(a)) }

// Budget holds what a request may still pay for answers.
func Budget(r id.RequestID) Account { return Account("budget/" + string(r)) }

// Fees holds the network fee that goes with the budget.
func Fees(r id.RequestID) Account { return Account("fees/" + string(r)) }

// Pending holds pay that is due but not yet released.
func Pending(r id.RequestID) Account { return Account("pending/" + string(r)) }

// Deposit holds what goes with a bid.
func Deposit(r id.RequestID, bidder id.Address) Account {
	return Account("deposit/" + string(r) + "/" + string(bidder))
}

// Stake holds what answers for an engagement.
func Stake(r id.RequestID, owner id.Address) Account {
	return Account("stake/" + string(r) + "/" + string(owner))
}

// Deposits holds what answers for contributions to a model and for reports of
// them, until the verdict.
func Deposits(m id.ModelID) Account { return Account("deposits/" + string(m)) }

// Rewards holds what a model's confirmed contributors may claim.
func Rewards(m id.ModelID) Account { return Account("rewards/" + string(m)) }

// Bounty holds all money of a model's loss-improvement market number n: bounty,
// bond and stakes.
func Bounty(m id.ModelID, n uint64) Account {
	return Account("bounty/" + string(m) + "/" + strconv.FormatUint(n, 10))
}

// Owner returns the address of a wallet, and whether a is one.
func (a Account) Owner() (id.Address, bool) {
	text, ok := strings.CutPrefix(string(a), walletPrefix)
	return id.Address(text), ok
}

// Request returns the request or model that an inside account belongs to, ""
// if none.
func (a Account) Request() id.RequestID {
	if !a.Inside() {
		return ""
	}
	_, rest, _ := strings.Cut(string(a), "/")
	r, _, _ := strings.Cut(rest, "/")
	return id.RequestID(r)
}

// Inside says whether the ledger holds a.
func (a Account) Inside() bool {
	_, wallet := a.Owner()
	return !wallet && a != Pool
}

// Transfer moves Amount from one account to another. A transfer of zero is
// allowed and does nothing.
type Transfer struct {
	From, To Account
	Amount   num.Amount
	Why      string
}

// Holder keeps the inside balances and pays across the border. Balance returns
// zero for an account that does not exist; SetBalance of zero removes it.
// Collect must fail, changing nothing, when the wallet does not cover it.
type Holder interface {
	Balance(Account) (num.Amount, error)
	SetBalance(Account, num.Amount) error
	Collect(from id.Address, amount num.Amount) error
	Pay(to id.Address, amount num.Amount) error
	Donate(amount num.Amount) error
}

// Carry carries the transfers out in order. It stops at the first that fails:
// funds when an inside account does not cover it, invalid when a transfer does
// not touch the ledger. The caller drops what was done so far.
func Carry(h Holder, transfers []Transfer) error {
	for _, t := range transfers {
		if t.Amount == 0 {
			continue
		}
		if err := carry(h, t); err != nil {
			return err
		}
	}
	return nil
}

func carry(h Holder, t Transfer) error {
	if t.Amount < 0 || t.From == t.To || !t.From.Inside() && !t.To.Inside() {
		return fault.Invalid("escrow: transfer of %s from %s to %s: not across the ledger", t.Amount, t.From, t.To)
	}
	if err := take(h, t); err != nil {
		return err
	}
	return give(h, t)
}

func take(h Holder, t Transfer) error {
	if owner, ok := t.From.Owner(); ok {
		return h.Collect(owner, t.Amount)
	}
	if !t.From.Inside() {
		return fault.Invalid("escrow: transfer of %s from %s: the pool pays by governance only", t.Amount, t.From)
	}
	have, err := h.Balance(t.From)
	if err != nil {
		return err
	}
	left, err := have.Sub(t.Amount)
	if err != nil {
		return fault.Funds("escrow: %s holds %s, %s wanted for %s", t.From, have, t.Amount, t.Why)
	}
	return h.SetBalance(t.From, left)
}

func give(h Holder, t Transfer) error {
	if owner, ok := t.To.Owner(); ok {
		return h.Pay(owner, t.Amount)
	}
	if !t.To.Inside() {
		return h.Donate(t.Amount)
	}
	have, err := h.Balance(t.To)
	if err != nil {
		return err
	}
	sum, err := have.Add(t.Amount)
	if err != nil {
		return err
	}
	return h.SetBalance(t.To, sum)
}
