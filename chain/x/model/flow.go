package model

import (
	"context"

	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/num"
)

// Flow is what models need of the other stages. An error undoes what led to the
// call.
type Flow interface {
	// Carry moves money through escrow.
	Carry(context.Context, []escrow.Transfer) error
	// Balance is what an account of escrow holds.
	Balance(context.Context, escrow.Account) (num.Amount, error)
	// Publish makes the next version of a dataset.
	Publish(context.Context, dataset.Dataset) error
}
