package load

import (
	"context"
	"errors"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/app"
	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/station"
)

// Start starts a node of one validator below an empty folder, and returns the
// account that has all its money. The caller stops the station.
func Start(ctx context.Context, home string) (*station.Station, *client.Account, error) {
	key := client.KeyFromSeed(id.Sum("alaya/bench/owner/v1"))
	address := sdk.AccAddress(key.PublicKey().Address())
	chain := node.Chain{
		ID: "alaya-bench", Operators: []sdk.AccAddress{address},
		Balances: []app.Balance{{Address: address, Ualy: int64(10_000_000 * num.ALY)}},
	}
	if err := node.Create(chain, home); err != nil {
		return nil, nil, err
	}
	st, err := station.Start(ctx, station.Config{Home: home})
	if err != nil {
		return nil, nil, err
	}
	owner, err := st.Client.Account(key)
	if err == nil {
		err = st.Client.WaitHeight(ctx, 2)
	}
	if err != nil {
		return nil, nil, errors.Join(err, st.Stop())
	}
	return st, owner, nil
}
