package party

import (
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
)

// queryServer answers queries; one file per noun.
type queryServer struct{ k *Keeper }

var _ partyv1.QueryServer = queryServer{}

// NewQueryServer returns the module's Query service.
func NewQueryServer(k *Keeper) partyv1.QueryServer { return queryServer{k} }
