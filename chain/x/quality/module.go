package quality

import (
	"context"

	gogogrpc "github.com/cosmos/gogoproto/grpc"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"
	"google.golang.org/grpc"

	"github.com/alaya-network/alaya/chain/kit"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
)

// NewModule puts the stage into the form that the app expects.
func NewModule(k *Keeper) kit.AppModule {
	return kit.NewModule(kit.Spec[*qualityv1.GenesisState]{
		Name:    Name,
		Version: 1,
		Msg:     &qualityv1.Msg_serviceDesc,
		Services: func(r grpc.ServiceRegistrar) {
			qualityv1.RegisterMsgServer(r, NewMsgServer(k))
			qualityv1.RegisterQueryServer(r, NewQueryServer(k))
		},
		Gateway: func(ctx context.Context, mux *runtime.ServeMux, conn gogogrpc.ClientConn) error {
			return qualityv1.RegisterQueryHandlerClient(ctx, mux, qualityv1.NewQueryClient(conn))
		},
		Genesis: kit.Genesis[*qualityv1.GenesisState]{
			Default: DefaultGenesis, Validate: ValidateGenesis, Init: k.InitGenesis, Export: k.ExportGenesis,
		},
		EndBlock: k.EndBlock,
	})
}
