package settle

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/settle"
)

// Flow is what settlement needs of the other stages. An error undoes what led
// to the call.
type Flow interface {
	// Request returns the request that a settlement is about.
	Request(context.Context, id.RequestID) (market.Request, error)
	// Posted tells of a payout of a vector, once each.
	Posted(context.Context, settle.Payout) error
	// Released tells that a payout was paid, once each.
	Released(context.Context, settle.Payout) error
	// Contested tells that a payout was frozen.
	Contested(context.Context, settle.Contest) error
	// ContestEnded tells that a payout is free again; overturned: the contest
	// ended at its deadline, in the contributor's favour.
	ContestEnded(ctx context.Context, c settle.Contest, overturned bool) error
	// Done tells that all of a milestone is paid, once each.
	Done(context.Context, settle.Settlement) error
}

// Bank moves money between accounts and the ledger's module account, and shows
// what that holds.
type Bank interface {
	GetBalance(ctx context.Context, of sdk.AccAddress, denom string) sdk.Coin
	SendCoinsFromAccountToModule(ctx context.Context, from sdk.AccAddress, module string, amount sdk.Coins) error
	SendCoinsFromModuleToAccount(ctx context.Context, module string, to sdk.AccAddress, amount sdk.Coins) error
}

// Pool is the community pool.
type Pool interface {
	FundCommunityPool(ctx context.Context, amount sdk.Coins, from sdk.AccAddress) error
}
