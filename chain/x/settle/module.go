package settle

import (
	"context"

	gogogrpc "github.com/cosmos/gogoproto/grpc"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"
	"google.golang.org/grpc"

	"github.com/alaya-network/alaya/chain/kit"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
)

// NewModule puts the stage into the form that the app expects.
func NewModule(k *Keeper) kit.AppModule {
	return kit.NewModule(kit.Spec[*settlev1.GenesisState]{
		Name:    Name,
		Version: 1,
		Msg:     &settlev1.Msg_serviceDesc,
		Services: func(r grpc.ServiceRegistrar) {
			settlev1.RegisterMsgServer(r, NewMsgServer(k))
			settlev1.RegisterQueryServer(r, NewQueryServer(k))
		},
		Gateway: func(ctx context.Context, mux *runtime.ServeMux, conn gogogrpc.ClientConn) error {
			return settlev1.RegisterQueryHandlerClient(ctx, mux, settlev1.NewQueryClient(conn))
		},
		Genesis: kit.Genesis[*settlev1.GenesisState]{
			Default: DefaultGenesis, Validate: ValidateGenesis, Init: k.InitGenesis, Export: k.ExportGenesis,
		},
		EndBlock: k.EndBlock,
	})
}
