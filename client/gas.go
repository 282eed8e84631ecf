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
	// Room above what a simulation took, in percent, and for what it leaves
	// out: taking the fee, by a grant too, and checking the signature.
	gasRoom     = 30
	gasOfPaying = 50_000
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

// Fee returns what an unsigned transaction, a TxRaw, may take and what that
// costs at this client's price of gas: simulated on the node's newest state,
// or, where gas is free, far above what any message of ours takes.
func (c *Client) Fee(ctx context.Context, unsigned []byte) (*txtypes.Fee, error) {
	if c.price.coins.IsZero() {
		limit, err := freeGas(unsigned)
		return c.price.fee(limit), err
	}
	res, err := txtypes.NewServiceClient(c.conn).Simulate(ctx, &txtypes.SimulateRequest{TxBytes: unsigned})
	if err != nil {
		return nil, err
	}
	used := res.GasInfo.GasUsed
	return c.price.fee(used + used*gasRoom/100 + gasOfPaying), nil
}

func freeGas(unsigned []byte) (uint64, error) {
	var raw txtypes.TxRaw
	if err := raw.Unmarshal(unsigned); err != nil {
		return 0, fault.Invalid("client: transaction of %d bytes: %w", len(unsigned), err)
	}
	var body txtypes.TxBody
	if err := body.Unmarshal(raw.BodyBytes); err != nil {
		return 0, fault.Invalid("client: transaction's body of %d bytes: %w", len(raw.BodyBytes), err)
	}
	return freeGasPerTx + freeGasPerMessage*uint64(len(body.Messages)) + freeGasPerByte*uint64(len(raw.BodyBytes)), nil
}

// fee returns the gas limit of a transaction, what it costs, and who pays it.
// A simulation counts what waits for a block, or while one is being committed
// does not: it is done again at the sequence that it wants. It may also know
// less than what was asked before it: other failures get a second chance, at
// the next block.
func (a *Account) fee(ctx context.Context, d draft) (*txtypes.Fee, error) {
	if a.client.price.coins.IsZero() {
		return a.simulate(ctx, d, 0) // no sequence in particular
	}
	if err := a.load(ctx); err != nil {
		return nil, err
	}
	waited, sequence := false, a.sequence
	for tries := 1; ; tries++ {
		at := a.client.Height()
		fee, err := a.simulate(ctx, d, sequence)
		if err == nil || tries == maxResigned {
			return fee, err
		}
		if want, _, other := readMismatch(err.Error()); other {
			sequence = want
			continue
		}
		if waited {
			return nil, err
		}
		if err := a.client.WaitHeight(ctx, at+1); err != nil {
			return nil, err
		}
		waited = true
	}
}

func (a *Account) simulate(ctx context.Context, d draft, sequence uint64) (*txtypes.Fee, error) {
	unsigned, err := d.unsigned(a.key.PublicKey(), sequence, a.charged(&txtypes.Fee{}))
	if err != nil {
		return nil, err
	}
	fee, err := a.client.Fee(ctx, unsigned)
	if err != nil {
		return nil, err
	}
	return a.charged(fee), nil
}

// charged names who pays a fee, if it is another.
func (a *Account) charged(fee *txtypes.Fee) *txtypes.Fee {
	fee.Granter = string(a.payer)
	return fee
}
