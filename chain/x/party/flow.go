package party

import (
	"context"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/num"
)

// Flow is what party needs of the other stages.
type Flow interface {
	// Carry carries transfers out, all or none.
	Carry(context.Context, []escrow.Transfer) error
	// Balance returns what an inside account of escrow holds.
	Balance(context.Context, escrow.Account) (num.Amount, error)
}
