package kit

import (
	"context"
	"encoding/json"
	"fmt"

	gogogrpc "github.com/cosmos/gogoproto/grpc"
	"github.com/cosmos/gogoproto/proto"
	"github.com/grpc-ecosystem/grpc-gateway/runtime"
	"google.golang.org/grpc"

	"cosmossdk.io/core/appmodule"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/types/msgservice"
)

// Spec declares a module of ours; G is its genesis message, a pointer type.
type Spec[G proto.Message] struct {
	// Name is the stage's word; also the name of its store.
	Name string
	// Version is the consensus version; 1 at first, +1 per migration.
	Version uint64
	// Msg describes the Msg service: &marketv1.Msg_serviceDesc.
	Msg *grpc.ServiceDesc
	// Services puts the Msg and the Query server on the routers.
	Services func(grpc.ServiceRegistrar)
	// Gateway puts the Query routes on the REST gateway; nil: none.
	Gateway func(context.Context, *runtime.ServeMux, gogogrpc.ClientConn) error
	// Genesis reads and writes the module's whole state.
	Genesis Genesis[G]
	// BeginBlock and EndBlock run once a block; an error halts the chain, so
	// neither may return one for anything a stranger can cause. nil: nothing.
	BeginBlock, EndBlock func(context.Context) error
}

// Genesis reads and writes a module's whole state.
type Genesis[G proto.Message] struct {
	// Default returns the state of a new chain.
	Default func() G
	// Validate checks a state by itself, without a store.
	Validate func(G) error
	// Init writes a valid state into an empty store.
	Init func(context.Context, G) error
	// Export returns what Init would need to rebuild the store.
	Export func(context.Context) (G, error)
}

// Module is a Spec in the form that the SDK's module manager expects.
type Module[G proto.Message] struct{ spec Spec[G] }

// NewModule wraps a complete Spec.
func NewModule[G proto.Message](spec Spec[G]) Module[G] { return Module[G]{spec} }

// AppModule is what the app needs of a Module, whatever its genesis type.
type AppModule interface {
	appmodule.AppModule
	module.AppModuleBasic
	module.HasGenesis
	module.HasConsensusVersion
}

// Name returns the module's name.
func (m Module[G]) Name() string { return m.spec.Name }

// IsAppModule marks an SDK module.
func (Module[G]) IsAppModule() {}

// IsOnePerModuleType marks a module that an app holds once.
func (Module[G]) IsOnePerModuleType() {}

// ConsensusVersion returns the version of the module's state.
func (m Module[G]) ConsensusVersion() uint64 { return m.spec.Version }

// RegisterLegacyAminoCodec registers nothing: amino JSON is derived from proto.
func (Module[G]) RegisterLegacyAminoCodec(*codec.LegacyAmino) {}

// RegisterInterfaces registers the requests and responses of the Msg service.
func (m Module[G]) RegisterInterfaces(r codectypes.InterfaceRegistry) {
	msgservice.RegisterMsgServiceDesc(r, m.spec.Msg)
}

// RegisterServices puts the Msg and the Query server on the routers.
func (m Module[G]) RegisterServices(r grpc.ServiceRegistrar) error {
	m.spec.Services(r)
	return nil
}

// RegisterGRPCGatewayRoutes puts the Query routes on the REST gateway. It
// panics on a route that cannot be registered, which only a wrong proto causes.
func (m Module[G]) RegisterGRPCGatewayRoutes(conn client.Context, mux *runtime.ServeMux) {
	if m.spec.Gateway == nil {
		return
	}
	if err := m.spec.Gateway(context.Background(), mux, conn); err != nil {
		panic(fmt.Errorf("%s: gateway routes: %w", m.spec.Name, err))
	}
}

// DefaultGenesis returns the state of a new chain.
func (m Module[G]) DefaultGenesis(cdc codec.JSONCodec) json.RawMessage {
	return cdc.MustMarshalJSON(m.spec.Genesis.Default())
}

// ValidateGenesis checks a state by itself.
func (m Module[G]) ValidateGenesis(cdc codec.JSONCodec, _ client.TxEncodingConfig, raw json.RawMessage) error {
	g, err := m.decode(cdc, raw)
	if err != nil {
		return err
	}
	return m.spec.Genesis.Validate(g)
}

// InitGenesis writes the state into the store. It panics, as the SDK asks, on
// a state that is not valid: a chain must not start from it.
func (m Module[G]) InitGenesis(ctx sdk.Context, cdc codec.JSONCodec, raw json.RawMessage) {
	g, err := m.decode(cdc, raw)
	if err == nil {
		err = m.spec.Genesis.Validate(g)
	}
	if err == nil {
		err = m.spec.Genesis.Init(ctx, g)
	}
	if err != nil {
		panic(fmt.Errorf("%s: genesis: %w", m.spec.Name, err))
	}
}

// ExportGenesis returns the store's content; it panics if that is unreadable.
func (m Module[G]) ExportGenesis(ctx sdk.Context, cdc codec.JSONCodec) json.RawMessage {
	g, err := m.spec.Genesis.Export(ctx)
	if err != nil {
		panic(fmt.Errorf("%s: export genesis: %w", m.spec.Name, err))
	}
	return cdc.MustMarshalJSON(g)
}

// BeginBlock runs the module's part of the start of a block.
func (m Module[G]) BeginBlock(ctx context.Context) error {
	if m.spec.BeginBlock == nil {
		return nil
	}
	return m.spec.BeginBlock(ctx)
}

// EndBlock runs the module's part of the end of a block.
func (m Module[G]) EndBlock(ctx context.Context) error {
	if m.spec.EndBlock == nil {
		return nil
	}
	return m.spec.EndBlock(ctx)
}

func (m Module[G]) decode(cdc codec.JSONCodec, raw json.RawMessage) (G, error) {
	g := m.spec.Genesis.Default()
	g.Reset()
	if err := cdc.UnmarshalJSON(raw, g); err != nil {
		return g, fmt.Errorf("%s: genesis: %w", m.spec.Name, err)
	}
	return g, nil
}
