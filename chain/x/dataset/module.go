package dataset

import (
	"context"

	gogogrpc "github.com/cosmos/gogoproto/grpc"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"
	"google.golang.org/grpc"

	"github.com/alaya-network/alaya/chain/kit"
	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
)

// NewModule puts the stage into the form that the app expects.
func NewModule(k *Keeper) kit.AppModule {
	return kit.NewModule(kit.Spec[*datasetv1.GenesisState]{
		Name:    Name,
		Version: 1,
		Msg:     &datasetv1.Msg_serviceDesc,
		Services: func(r grpc.ServiceRegistrar) {
			datasetv1.RegisterMsgServer(r, NewMsgServer(k))
			datasetv1.RegisterQueryServer(r, NewQueryServer(k))
		},
		Gateway: func(ctx context.Context, mux *runtime.ServeMux, conn gogogrpc.ClientConn) error {
			return datasetv1.RegisterQueryHandlerClient(ctx, mux, datasetv1.NewQueryClient(conn))
		},
		Genesis: kit.Genesis[*datasetv1.GenesisState]{
			Default: DefaultGenesis, Validate: ValidateGenesis, Init: k.InitGenesis, Export: k.ExportGenesis,
		},
	})
}
