package kit

import (
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/fault"
)

// MaxPage bounds the entries of one reply to a query of a list.
const MaxPage = 1_000

// CheckPage refuses a page that would walk over more than MaxPage entries.
func CheckPage(p *query.PageRequest) error {
	if p == nil {
		return nil
	}
	if p.Limit > MaxPage || p.Offset > MaxPage || p.CountTotal {
		return fault.Limit("page of %d entries from %d, count total %t: at most %d from %d, go on by key, without a total",
			p.Limit, p.Offset, p.CountTotal, MaxPage, MaxPage)
	}
	return nil
}
