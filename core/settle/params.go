package settle

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// MaxFee bounds the network fee.
const MaxFee num.Bps = 2_000

// Params are set by governance.
type Params struct {
	Fee num.Bps // goes to the community pool on top of pay
}

// DefaultParams is what a new chain starts with.
func DefaultParams() Params { return Params{Fee: 200} }

// Validate checks the bounds of the parameters.
func (p Params) Validate() error {
	if p.Fee < 0 || p.Fee > MaxFee {
		return fault.Limit("settle: network fee of %d basis points: 0 to %d", p.Fee, MaxFee)
	}
	return nil
}
