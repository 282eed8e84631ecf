package party

import (
	"context"

	gogogrpc "github.com/cosmos/gogoproto/grpc"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"
	"google.golang.org/grpc"

	"github.com/alaya-network/alaya/chain/kit"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
)

// NewModule returns the module of a keeper.
func NewModule(k *Keeper) kit.Module[*partyv1.GenesisState] {
	return kit.NewModule(kit.Spec[*partyv1.GenesisState]{
		Name:    Name,
		Version: 1,
		Msg:     &partyv1.Msg_serviceDesc,
		Services: func(r grpc.ServiceRegistrar) {
			partyv1.RegisterMsgServer(r, NewMsgServer(k))
			partyv1.RegisterQueryServer(r, NewQueryServer(k))
		},
		Gateway: func(ctx context.Context, mux *runtime.ServeMux, conn gogogrpc.ClientConn) error {
			return partyv1.RegisterQueryHandlerClient(ctx, mux, partyv1.NewQueryClient(conn))
		},
		Genesis:  k.Genesis(),
		EndBlock: k.EndBlock,
	})
}
