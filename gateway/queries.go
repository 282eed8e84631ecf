package gateway

import (
	"context"
	"net/http"
	"strings"

	gogogateway "github.com/cosmos/gogogateway"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"

	"github.com/cosmos/cosmos-sdk/client/grpc/cmtservice"
	grpctypes "github.com/cosmos/cosmos-sdk/types/grpc"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/client"
)

// queries translates REST into queries of the node. The header
// X-Cosmos-Block-Height asks for the state at a height.
func (g *Gateway) queries() (http.Handler, error) {
	mux := runtime.NewServeMux(
		runtime.WithMarshalerOption(runtime.MIMEWildcard, &gogogateway.JSONPb{
			OrigName: true, EmitDefaults: true, AnyResolver: client.NewRegistry(),
		}),
		runtime.WithProtoErrorHandler(func(
			_ context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, r *http.Request, err error,
		) {
			g.fail(w, r, err)
		}),
		runtime.WithIncomingHeaderMatcher(heightHeader),
		runtime.WithDisablePathLengthFallback(),
	)
	ctx, conn, c := context.Background(), g.client.Conn(), g.client
	for _, register := range []func() error{
		func() error { return partyv1.RegisterQueryHandlerClient(ctx, mux, c.Party()) },
		func() error { return marketv1.RegisterQueryHandlerClient(ctx, mux, c.Market()) },
		func() error { return workv1.RegisterQueryHandlerClient(ctx, mux, c.Work()) },
		func() error { return qualityv1.RegisterQueryHandlerClient(ctx, mux, c.Quality()) },
		func() error { return settlev1.RegisterQueryHandlerClient(ctx, mux, c.Settle()) },
		func() error { return datasetv1.RegisterQueryHandlerClient(ctx, mux, c.Dataset()) },
		func() error { return authtypes.RegisterQueryHandlerClient(ctx, mux, authtypes.NewQueryClient(conn)) },
		func() error { return banktypes.RegisterQueryHandlerClient(ctx, mux, banktypes.NewQueryClient(conn)) },
		func() error {
			return stakingtypes.RegisterQueryHandlerClient(ctx, mux, stakingtypes.NewQueryClient(conn))
		},
		func() error {
			return cmtservice.RegisterServiceHandlerClient(ctx, mux, cmtservice.NewServiceClient(conn))
		},
	} {
		if err := register(); err != nil {
			return nil, err
		}
	}
	return mux, nil
}

// heightHeader lets one header through to the query.
func heightHeader(name string) (string, bool) {
	return grpctypes.GRPCBlockHeightHeader, strings.EqualFold(name, grpctypes.GRPCBlockHeightHeader)
}
