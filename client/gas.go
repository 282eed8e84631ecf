package client

import (
	"context"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"

	"github.com/alaya-network/alaya/core/fault"
)

// Where gas is free, a limit only guards the chain against a message that
// never ends, so it is set far above what any message of ours takes.
const (
	freeGasPerTx      = 10_000_000
	freeGasPerMessage = 50_000_000
	freeGasPerByte    = 10_000
	// Room above what a simulation took, in percent.
	gasRoom = 30
)

// gasPrice is the price of a unit of gas; none when zero.
type gasPrice struct{ coins sdk.DecCoins }

func parseGasPrice(s string) (gasPrice, error) {
	coins, err := sdk.ParseDecCoins(s)
	if err != nil {
		return gasPrice{}, fault.Invalid("client: gas price %q: want a price such as \"0.001ualy\": %w", s, err)
	}
	return gasPrice{coins}, nil
}

// fee returns what limit units of gas cost, rounded up.
func (p gasPrice) fee(limit uint64) *txtypes.Fee {
	fee := &txtypes.Fee{GasLimit: limit}
	for _, price := range p.coins {
		amount := price.Amount.MulInt(math.NewIntFromUint64(limit)).Ceil().TruncateInt()
		fee.Amount = append(fee.Amount, sdk.NewCoin(price.Denom, amount))
	}
	return fee
}

// fee returns the gas limit of a transaction and what it costs.
func (a *Account) fee(ctx context.Context, d draft) (*txtypes.Fee, error) {
	price := a.client.price
	if price.coins.IsZero() {
		limit := freeGasPerTx + freeGasPerMessage*uint64(d.messages) + freeGasPerByte*uint64(len(d.body))
		return a.charged(price.fee(limit)), nil
	}
	used, err := a.simulate(ctx, d)
	if err != nil {
		return nil, err
	}
	return a.charged(price.fee(used + used*gasRoom/100)), nil
}

// charged names who pays a fee, if it is another.
func (a *Account) charged(fee *txtypes.Fee) *txtypes.Fee {
	fee.Granter = string(a.payer)
	return fee
}

// simulate returns the gas that the transaction would take on the last
// committed state.
func (a *Account) simulate(ctx context.Context, d draft) (uint64, error) {
	_, sequence, err := a.query(ctx)
	if err != nil {
		return 0, err
	}
	raw, err := d.unsigned(a.key.PublicKey(), sequence, a.charged(&txtypes.Fee{}))
	if err != nil {
		return 0, err
	}
	res, err := txtypes.NewServiceClient(a.client.conn).Simulate(ctx, &txtypes.SimulateRequest{TxBytes: raw})
	if err != nil {
		return 0, err
	}
	return res.GasInfo.GasUsed, nil
}
