package party

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
)

// MaxReturns bounds the stakes that return in one block; the rest follow in
// the next.
const MaxReturns = 500

// EndBlock returns the stakes whose delay is over.
func (k *Keeper) EndBlock(ctx context.Context) error {
	_, err := k.returns.Due(ctx, kit.Now(ctx), MaxReturns, k.giveBack)
	return err
}
