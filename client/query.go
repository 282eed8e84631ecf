package client

import (
	"context"
	"strconv"

	rpcclient "github.com/cometbft/cometbft/rpc/client"
	"github.com/cosmos/gogoproto/proto"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	grpctypes "github.com/cosmos/cosmos-sdk/types/grpc"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Conn returns the connection that generated query clients take: each call is
// one ABCI query, answered from the last committed state or that of AtHeight.
// Its errors have a fault.Kind and a gRPC status.
func (c *Client) Conn() grpc.ClientConnInterface { return c.conn }

// AtHeight makes the queries under ctx read the state after the block of
// height h.
func AtHeight(ctx context.Context, h id.Height) context.Context {
	return metadata.AppendToOutgoingContext(ctx, grpctypes.GRPCBlockHeightHeader, h.String())
}

type conn struct {
	rpc      rpcclient.ABCIClient
	registry codectypes.InterfaceRegistry
}

// Invoke answers one query.
func (c conn) Invoke(ctx context.Context, method string, args, reply any, opts ...grpc.CallOption) error {
	height, err := heightOf(ctx)
	if err != nil {
		return err
	}
	request, ok := args.(proto.Message)
	if !ok {
		return newQueryError(fault.KindInvalid, "client: query "+method+": request is no proto message")
	}
	data, err := proto.Marshal(request)
	if err != nil {
		return newQueryError(fault.KindInvalid, "client: query "+method+": "+err.Error())
	}
	result, err := c.rpc.ABCIQueryWithOptions(ctx, method, data, rpcclient.ABCIQueryOptions{Height: height})
	if err != nil {
		return newQueryError(fault.KindInternal, "client: query "+method+": "+err.Error())
	}
	if r := result.Response; !r.IsOK() {
		return newQueryError(kindOfCode(r.Codespace, r.Code), r.Log)
	}
	tellHeight(opts, result.Response.Height)
	return c.decode(method, result.Response.Value, reply)
}

func (c conn) decode(method string, value []byte, reply any) error {
	response, ok := reply.(proto.Message)
	if !ok {
		return newQueryError(fault.KindInvalid, "client: query "+method+": reply is no proto message")
	}
	err := proto.Unmarshal(value, response)
	if err == nil {
		err = codectypes.UnpackInterfaces(reply, c.registry)
	}
	if err != nil {
		return newQueryError(fault.KindInternal, "client: query "+method+": reply: "+err.Error())
	}
	return nil
}

// NewStream refuses: a query is one question and one answer.
func (conn) NewStream(
	_ context.Context, _ *grpc.StreamDesc, method string, _ ...grpc.CallOption,
) (grpc.ClientStream, error) {
	return nil, newQueryError(fault.KindInvalid, "client: query "+method+": streams are not offered")
}

// heightOf returns the height that AtHeight asked for, 0 for the last one.
func heightOf(ctx context.Context) (int64, error) {
	md, _ := metadata.FromOutgoingContext(ctx)
	values := md.Get(grpctypes.GRPCBlockHeightHeader)
	if len(values) == 0 {
		return 0, nil
	}
	height, err := strconv.ParseInt(values[len(values)-1], 10, 64)
	if err != nil || height < 0 {
		return 0, newQueryError(fault.KindInvalid, "client: height "+strconv.Quote(values[len(values)-1])+": want a whole number from 0")
	}
	return height, nil
}

// tellHeight hands the answer's height to a caller who asked for the header.
func tellHeight(opts []grpc.CallOption, height int64) {
	md := metadata.Pairs(grpctypes.GRPCBlockHeightHeader, strconv.FormatInt(height, 10))
	for _, o := range opts {
		if header, ok := o.(grpc.HeaderCallOption); ok {
			*header.HeaderAddr = md
		}
	}
}
