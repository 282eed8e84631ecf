package market

import (
	"context"

	gogogrpc "github.com/cosmos/gogoproto/grpc"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"
	"google.golang.org/grpc"

	"github.com/alaya-network/alaya/chain/kit"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

// NewModule returns the module of a keeper.
func NewModule(k *Keeper) kit.Module[*marketv1.GenesisState] {
	return kit.NewModule(kit.Spec[*marketv1.GenesisState]{
		Name:    Name,
		Version: 1,
		Msg:     &marketv1.Msg_serviceDesc,
		Services: func(r grpc.ServiceRegistrar) {
			marketv1.RegisterMsgServer(r, NewMsgServer(k))
			marketv1.RegisterQueryServer(r, NewQueryServer(k))
		},
		Gateway: func(ctx context.Context, mux *runtime.ServeMux, conn gogogrpc.ClientConn) error {
			return marketv1.RegisterQueryHandlerClient(ctx, mux, marketv1.NewQueryClient(conn))
		},
		Genesis:  k.Genesis(),
		EndBlock: k.EndBlock,
	})
}
