package client

import (
	"context"
	"time"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/feegrant"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// Allowance is what a granter pays of somebody's fees.
type Allowance struct {
	Limit   num.Amount // in all
	Expires time.Time
	// Messages are the type URLs of what may be sent on it; none for all.
	Messages []string
}

// FeeGrant returns the message that grants an allowance. The grantee's account
// begins with it, if he has none.
func FeeGrant(granter, grantee id.Address, a Allowance) (*feegrant.MsgGrantAllowance, error) {
	var allowance feegrant.FeeAllowanceI = &feegrant.BasicAllowance{
		SpendLimit: sdk.Coins{{Denom: Denom, Amount: math.NewInt(int64(a.Limit))}}, Expiration: &a.Expires,
	}
	if len(a.Messages) > 0 {
		var err error
		if allowance, err = feegrant.NewAllowedMsgAllowance(allowance, a.Messages); err != nil {
			return nil, fault.Invalid("client: fee grant: %w", err)
		}
	}
	if err := allowance.ValidateBasic(); err != nil {
		return nil, fault.Invalid("client: fee grant of %s until %s: %w", a.Limit, a.Expires, err)
	}
	m, err := feegrant.NewMsgGrantAllowance(allowance, nil, nil)
	if err != nil {
		return nil, fault.Internal("client: fee grant: %w", err)
	}
	m.Granter, m.Grantee = granter.String(), grantee.String()
	return m, nil
}

// HasFeeGrant says whether granter pays fees of grantee.
func (c *Client) HasFeeGrant(ctx context.Context, granter, grantee id.Address) (bool, error) {
	res, err := feegrant.NewQueryClient(c.conn).Allowances(ctx, &feegrant.QueryAllowancesRequest{Grantee: grantee.String()})
	if err != nil {
		return false, err
	}
	for _, g := range res.Allowances {
		if g.Granter == granter.String() {
			return true, nil
		}
	}
	return false, nil
}

// ChargeTo lets another account pay the fees of those that follow, out of the
// allowance it granted.
func (a *Account) ChargeTo(granter id.Address) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.payer = granter
}
