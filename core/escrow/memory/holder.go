// Package memory keeps the ledger of escrow in memory, for simulations and for
// tests of the rules that return transfers.
//
// Words: a Holder has wallets, inside accounts and a community pool.
//
// Invariants:
//  1. Wallets, inside accounts and pool together hold what was funded.
//  2. No inside account is below zero, and one at zero does not exist.
package memory

import (
	"maps"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// Holder is an escrow.Holder in memory. Use NewHolder.
type Holder struct {
	wallets map[id.Address]num.Amount
	inside  map[escrow.Account]num.Amount
	pool    num.Amount
	funded  num.Amount
}

var _ escrow.Holder = (*Holder)(nil)

// NewHolder makes a holder without money.
func NewHolder() *Holder {
	return &Holder{wallets: map[id.Address]num.Amount{}, inside: map[escrow.Account]num.Amount{}}
}

// Clone returns a copy, for a test that undoes what failed halfway.
func (h *Holder) Clone() *Holder {
	c := *h
	c.wallets, c.inside = maps.Clone(h.wallets), maps.Clone(h.inside)
	return &c
}

// Fund gives a wallet new money.
func (h *Holder) Fund(a id.Address, amount num.Amount) {
	h.wallets[a] += amount
	h.funded += amount
}

// Wallet returns what an address has outside the ledger.
func (h *Holder) Wallet(a id.Address) num.Amount { return h.wallets[a] }

// Pool returns what the community pool was given.
func (h *Holder) Pool() num.Amount { return h.pool }

// Inside returns the sum of the inside accounts.
func (h *Holder) Inside() num.Amount {
	var sum num.Amount
	for _, amount := range h.inside {
		sum += amount
	}
	return sum
}

// Balance returns an inside account's money.
func (h *Holder) Balance(a escrow.Account) (num.Amount, error) { return h.inside[a], nil }

// SetBalance writes an inside account's money.
func (h *Holder) SetBalance(a escrow.Account, amount num.Amount) error {
	if amount == 0 {
		delete(h.inside, a)
		return nil
	}
	h.inside[a] = amount
	return nil
}

// Collect takes money out of a wallet, or fails with kind funds.
func (h *Holder) Collect(from id.Address, amount num.Amount) error {
	if h.wallets[from] < amount {
		return fault.Funds("memory: %s has %s of %s", from, h.wallets[from], amount)
	}
	h.wallets[from] -= amount
	return nil
}

// Pay puts money into a wallet.
func (h *Holder) Pay(to id.Address, amount num.Amount) error {
	h.wallets[to] += amount
	return nil
}

// Donate puts money into the community pool.
func (h *Holder) Donate(amount num.Amount) error {
	h.pool += amount
	return nil
}

// Check holds both invariants.
func (h *Holder) Check() error {
	sum := h.pool + h.Inside()
	for owner, amount := range h.wallets {
		if amount < 0 {
			return fault.Internal("memory: wallet of %s: %d", owner, amount)
		}
		sum += amount
	}
	for account, amount := range h.inside {
		if amount <= 0 {
			return fault.Internal("memory: account %s: %d", account, amount)
		}
	}
	if sum != h.funded {
		return fault.Internal("memory: %s funded, %s there", h.funded, sum)
	}
	return nil
}
