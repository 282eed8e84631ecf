package app

import (
	"github.com/grpc-ecosystem/grpc-gateway/runtime"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/client/grpc/cmtservice"
	authtx "github.com/cosmos/cosmos-sdk/x/auth/tx"
)

// RegisterNodeServices adds to the app's queries those that need the node
// around it: transactions (simulate, get, broadcast), blocks and validators.
func (a *App) RegisterNodeServices(node client.Context) {
	authtx.RegisterTxService(a.GRPCQueryRouter(), node, a.Simulate, a.Codec.Registry)
	cmtservice.RegisterTendermintService(node, a.GRPCQueryRouter(), a.Codec.Registry, a.Query)
}

// RegisterGateway puts the REST routes of all modules, transactions and blocks
// on a gateway; node is the connection they use.
func (a *App) RegisterGateway(node client.Context, mux *runtime.ServeMux) {
	a.basics.RegisterGRPCGatewayRoutes(node, mux)
	authtx.RegisterGRPCGatewayRoutes(node, mux)
	cmtservice.RegisterGRPCGatewayRoutes(node, mux)
}
