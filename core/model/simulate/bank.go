package simulate

import (
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// bank is an escrow.Holder in memory, with the wallets.
type bank struct {
	wallets map[id.Address]num.Amount
	inside  map[escrow.Account]num.Amount
	pool    num.Amount
}

func newBank() *bank {
	return &bank{wallets: map[id.Address]num.Amount{}, inside: map[escrow.Account]num.Amount{}}
}

func (b *bank) Balance(a escrow.Account) (num.Amount, error) { return b.inside[a], nil }

func (b *bank) SetBalance(a escrow.Account, amount num.Amount) error {
	b.inside[a] = amount
	return nil
}

func (b *bank) Collect(from id.Address, amount num.Amount) error {
	if b.wallets[from] < amount {
		return fault.Funds("simulate: %s has %s of %s", from, b.wallets[from], amount)
	}
	b.wallets[from] -= amount
	return nil
}

func (b *bank) Pay(to id.Address, amount num.Amount) error {
	b.wallets[to] += amount
	return nil
}

func (b *bank) Donate(amount num.Amount) error {
	b.pool += amount
	return nil
}
