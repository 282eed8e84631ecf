package market

import (
	"context"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/party"
)

// Flow is what the market needs of the other stages. An error undoes what led
// to the call.
type Flow interface {
	// Carry carries transfers out, all or none.
	Carry(context.Context, []escrow.Transfer) error
	// Balance returns what an inside account of escrow holds.
	Balance(context.Context, escrow.Account) (num.Amount, error)
	// Fee returns the network fee of requests posted now.
	Fee(context.Context) (num.Bps, error)
	// Applicant returns what is known of an address, its score in the skill.
	Applicant(ctx context.Context, a id.Address, skill string) (market.Applicant, error)
	// Locked keeps a stake whose money is in escrow.
	Locked(context.Context, party.Stake) error
	// Unbond lets the stake of a completed engagement go.
	Unbond(context.Context, id.RequestID, id.Address) error
	// StartWork begins the first milestone; the roster is complete.
	StartWork(context.Context, market.Request) error
	// Revised tells which guideline version answers are given under from now on.
	Revised(ctx context.Context, r id.RequestID, version uint32) error
}
