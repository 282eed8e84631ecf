package market

import (
	"github.com/alaya-network/alaya/core/id"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

// queryServer answers queries; one file per noun.
type queryServer struct{ k *Keeper }

var _ marketv1.QueryServer = queryServer{}

// NewQueryServer returns the module's Query service.
func NewQueryServer(k *Keeper) marketv1.QueryServer { return queryServer{k} }

// one reads the names of a request and of somebody on it.
func (q queryServer) one(request, who string) (id.RequestID, id.Address, error) {
	r, err := id.ParseRequestID(request)
	if err != nil {
		return "", "", err
	}
	a, err := q.k.address(who)
	return r, a, err
}
