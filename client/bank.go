package client

import (
	"context"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// Bank queries the SDK's bank.
func (c *Client) Bank() banktypes.QueryClient { return banktypes.NewQueryClient(c.conn) }

// Balance returns the money of an address; one that the chain has never seen
// has none.
func (c *Client) Balance(ctx context.Context, a id.Address) (num.Amount, error) {
	res, err := c.Bank().Balance(ctx, &banktypes.QueryBalanceRequest{Address: a.String(), Denom: Denom})
	if err != nil {
		return 0, err
	}
	if res.Balance == nil || !res.Balance.Amount.IsInt64() {
		return 0, fault.Internal("client: balance of %s: no whole number of 64 bits", a)
	}
	return num.Amount(res.Balance.Amount.Int64()), nil
}

// Payment returns the message that sends money.
func Payment(from, to id.Address, amount num.Amount) *banktypes.MsgSend {
	return &banktypes.MsgSend{
		FromAddress: from.String(), ToAddress: to.String(),
		Amount: sdk.Coins{{Denom: Denom, Amount: math.NewInt(int64(amount))}},
	}
}

// Share is one receiver of Payments.
type Share struct {
	To     id.Address
	Amount num.Amount
}

// Payments returns the message that sends money to many at once.
func Payments(from id.Address, shares []Share) *banktypes.MsgMultiSend {
	total := math.ZeroInt()
	m := &banktypes.MsgMultiSend{}
	for _, s := range shares {
		amount := math.NewInt(int64(s.Amount))
		total = total.Add(amount)
		m.Outputs = append(m.Outputs, banktypes.Output{
			Address: s.To.String(), Coins: sdk.Coins{{Denom: Denom, Amount: amount}},
		})
	}
	m.Inputs = []banktypes.Input{{Address: from.String(), Coins: sdk.Coins{{Denom: Denom, Amount: total}}}}
	return m
}
