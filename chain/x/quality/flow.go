package quality

import (
	"context"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/core/oracle"
)

// Flow is what the oracle tells the other stages. An error undoes what led to
// the call.
type Flow interface {
	// Judged tells of a verdict that was taken, once each.
	Judged(context.Context, oracle.Verdict) error
	// Abandoned tells of a job that found no quorum in any attempt, once each.
	Abandoned(context.Context, oracle.Job) error
}

// Staking knows the power of validators, of the set that x/staking last gave
// to CometBFT.
type Staking interface {
	// GetLastValidatorPower returns 0 for one who is not in the set.
	GetLastValidatorPower(context.Context, sdk.ValAddress) (int64, error)
	GetLastTotalPower(context.Context) (math.Int, error)
}
