package party

import "github.com/alaya-network/alaya/core/fault"

// Params are set by governance; both are lengths of chain time in milliseconds.
type Params struct {
	Unbonding int64 // how long a stake stays after its engagement ended
	HalfLife  int64 // of verified answers in a standing
}

const day = int64(24 * 60 * 60 * 1000)

// Bounds of the parameters, in milliseconds.
const (
	MaxUnbonding = 90 * day
	MinHalfLife  = day
	MaxHalfLife  = 3650 * day
)

// DefaultParams unbond in a week and halve a standing in 90 days.
func DefaultParams() Params { return Params{Unbonding: 7 * day, HalfLife: 90 * day} }

// Validate checks both bounds.
func (p Params) Validate() error {
	if p.Unbonding < 0 || p.Unbonding > MaxUnbonding {
		return fault.Limit("party: unbonding of %d ms: 0 to %d", p.Unbonding, MaxUnbonding)
	}
	if p.HalfLife < MinHalfLife || p.HalfLife > MaxHalfLife {
		return fault.Limit("party: half-life of %d ms: %d to %d", p.HalfLife, MinHalfLife, MaxHalfLife)
	}
	return nil
}
