package market

import (
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

// MaxPage bounds the entries of one reply.
const MaxPage = 1_000

// queryServer answers queries; one file per noun.
type queryServer struct{ k *Keeper }

var _ marketv1.QueryServer = queryServer{}

// NewQueryServer returns the module's Query service.
func NewQueryServer(k *Keeper) marketv1.QueryServer { return queryServer{k} }

// checkPage refuses a page that would walk over more than MaxPage entries.
func checkPage(p *query.PageRequest) error {
	if p == nil {
		return nil
	}
	if p.Limit > MaxPage || p.Offset > MaxPage || p.CountTotal {
		return fault.Limit("page of %d entries from %d, count total %t: at most %d from %d, go on by key, without a total",
			p.Limit, p.Offset, p.CountTotal, MaxPage, MaxPage)
	}
	return nil
}

// one reads the names of a request and of somebody on it.
func (q queryServer) one(request, who string) (id.RequestID, id.Address, error) {
	r, err := id.ParseRequestID(request)
	if err != nil {
		return "", "", err
	}
	a, err := q.k.address(who)
	return r, a, err
}
