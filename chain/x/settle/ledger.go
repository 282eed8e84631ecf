package settle

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// Carry carries transfers out in order: inside ones in the ledger, those across
// its border with the bank and the community pool. On an error the caller must
// drop the state.
func (k *Keeper) Carry(ctx context.Context, transfers []escrow.Transfer) error {
	return escrow.Carry(ledger{ctx, k}, transfers)
}

// Balance returns what an inside account holds, zero if it does not exist.
func (k *Keeper) Balance(ctx context.Context, a escrow.Account) (num.Amount, error) {
	held, err := k.balances.Get(ctx, balanceKey(a))
	if errors.Is(err, collections.ErrNotFound) {
		return 0, nil
	}
	return num.Amount(held), err
}

func balanceKey(a escrow.Account) collections.Pair[string, string] {
	return collections.Join(string(a.Request()), string(a))
}

// ledger is the keeper as an escrow.Holder, within one context.
type ledger struct {
	ctx context.Context
	k   *Keeper
}

// Balance returns what an inside account holds.
func (l ledger) Balance(a escrow.Account) (num.Amount, error) { return l.k.Balance(l.ctx, a) }

// SetBalance keeps what an inside account holds; an empty one is removed.
func (l ledger) SetBalance(a escrow.Account, amount num.Amount) error {
	if amount == 0 {
		return l.k.balances.Remove(l.ctx, balanceKey(a))
	}
	return l.k.balances.Set(l.ctx, balanceKey(a), int64(amount))
}

// Collect takes money from a wallet into the module account.
func (l ledger) Collect(from id.Address, amount num.Amount) error {
	sender, err := l.k.money.Addresses.StringToBytes(string(from))
	if err != nil {
		return err
	}
	return l.k.money.Bank.SendCoinsFromAccountToModule(l.ctx, sender, Name, coins(amount))
}

// Pay gives money of the module account to a wallet.
func (l ledger) Pay(to id.Address, amount num.Amount) error {
	recipient, err := l.k.money.Addresses.StringToBytes(string(to))
	if err != nil {
		return err
	}
	return l.k.money.Bank.SendCoinsFromModuleToAccount(l.ctx, Name, recipient, coins(amount))
}

// Donate gives money of the module account to the community pool.
func (l ledger) Donate(amount num.Amount) error {
	return l.k.money.Pool.FundCommunityPool(l.ctx, coins(amount), l.k.account)
}

func coins(amount num.Amount) sdk.Coins {
	return sdk.NewCoins(sdk.NewInt64Coin(kit.Denom, int64(amount)))
}
