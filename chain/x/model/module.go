package model

import (
	"context"

	gogogrpc "github.com/cosmos/gogoproto/grpc"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"
	"google.golang.org/grpc"

	"github.com/alaya-network/alaya/chain/kit"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

// NewModule puts the stage into the form that the app expects.
func NewModule(k *Keeper) kit.AppModule {
	return kit.NewModule(kit.Spec[*modelv1.GenesisState]{
		Name:    Name,
		Version: 1,
		Msg:     &modelv1.Msg_serviceDesc,
		Services: func(r grpc.ServiceRegistrar) {
			modelv1.RegisterMsgServer(r, NewMsgServer(k))
			modelv1.RegisterQueryServer(r, NewQueryServer(k))
		},
		Gateway: func(ctx context.Context, mux *runtime.ServeMux, conn gogogrpc.ClientConn) error {
			return modelv1.RegisterQueryHandlerClient(ctx, mux, modelv1.NewQueryClient(conn))
		},
		Genesis: kit.Genesis[*modelv1.GenesisState]{
			Default: DefaultGenesis, Validate: ValidateGenesis, Init: k.InitGenesis, Export: k.ExportGenesis,
		},
		EndBlock: k.EndBlock,
	})
}
