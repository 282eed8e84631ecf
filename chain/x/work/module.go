package work

import (
	"context"

	gogogrpc "github.com/cosmos/gogoproto/grpc"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"
	"google.golang.org/grpc"

	"github.com/alaya-network/alaya/chain/kit"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// NewModule puts the stage into the form that the app expects.
func NewModule(k *Keeper) kit.AppModule {
	return kit.NewModule(kit.Spec[*workv1.GenesisState]{
		Name:    Name,
		Version: 1,
		Msg:     &workv1.Msg_serviceDesc,
		Services: func(r grpc.ServiceRegistrar) {
			workv1.RegisterMsgServer(r, NewMsgServer(k))
			workv1.RegisterQueryServer(r, NewQueryServer(k))
		},
		Gateway: func(ctx context.Context, mux *runtime.ServeMux, conn gogogrpc.ClientConn) error {
			return workv1.RegisterQueryHandlerClient(ctx, mux, workv1.NewQueryClient(conn))
		},
		Genesis: kit.Genesis[*workv1.GenesisState]{
			Default: DefaultGenesis, Validate: ValidateGenesis, Init: k.InitGenesis, Export: k.ExportGenesis,
		},
		EndBlock: k.EndBlock,
	})
}
