package kit_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"google.golang.org/grpc"

	"cosmossdk.io/core/appmodule"

	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/chain/kit/kittest"
)

func isFailure(e abci.Event) bool { return e.Type == kit.EventDeadlineFailed }

// probe is a module that borrows the bank's messages and keeps its genesis.
type probe struct {
	state  *banktypes.GenesisState
	begun  int
	served []string
}

// ServiceDesc and methods of a registrar that only notes names.
func (p *probe) RegisterService(desc *grpc.ServiceDesc, _ any) {
	p.served = append(p.served, desc.ServiceName)
}

func (p *probe) module() kit.Module[*banktypes.GenesisState] {
	return kit.NewModule(kit.Spec[*banktypes.GenesisState]{
		Name:    "probe",
		Version: 3,
		Msg:     &banktypes.Msg_serviceDesc,
		Services: func(r grpc.ServiceRegistrar) {
			r.RegisterService(&banktypes.Msg_serviceDesc, nil)
		},
		Genesis: kit.Genesis[*banktypes.GenesisState]{
			Default:  banktypes.DefaultGenesisState,
			Validate: func(g *banktypes.GenesisState) error { return g.Validate() },
			Init: func(_ context.Context, g *banktypes.GenesisState) error {
				p.state = g
				return nil
			},
			Export: func(context.Context) (*banktypes.GenesisState, error) { return p.state, nil },
		},
		BeginBlock: func(context.Context) error {
			p.begun++
			return nil
		},
		EndBlock: func(context.Context) error { return errors.New("end") },
	})
}

func TestModuleIsWhatTheManagerExpects(t *testing.T) {
	var m any = (&probe{}).module()
	_, ours := m.(kit.AppModule)
	_, services := m.(appmodule.HasServices)
	_, begin := m.(appmodule.HasBeginBlocker)
	_, end := m.(appmodule.HasEndBlocker)
	if !ours || !services || !begin || !end {
		t.Errorf("AppModule %t, services %t, begin %t, end %t; want all", ours, services, begin, end)
	}
}

func TestModuleDoesWhatItsSpecSays(t *testing.T) {
	env, p := kittest.New(t), &probe{}
	m := p.module()
	if m.Name() != "probe" || m.ConsensusVersion() != 3 {
		t.Errorf("name %q version %d, want probe 3", m.Name(), m.ConsensusVersion())
	}
	m.RegisterInterfaces(env.Codec.Registry)
	if _, err := env.Codec.Registry.Resolve(sdk.MsgTypeURL(&banktypes.MsgSend{})); err != nil {
		t.Errorf("the message is not registered: %v", err)
	}
	if err := m.RegisterServices(p); err != nil || len(p.served) != 1 {
		t.Errorf("services %v, %v; want one", p.served, err)
	}
	if err := m.BeginBlock(env.Ctx); err != nil || p.begun != 1 {
		t.Errorf("BeginBlock ran %d times, %v", p.begun, err)
	}
	if err := m.EndBlock(env.Ctx); err == nil {
		t.Error("EndBlock lost its error")
	}
}

func TestModuleGenesisGoesRound(t *testing.T) {
	env, p := kittest.New(t), &probe{}
	m, cdc := p.module(), env.Codec.Proto
	raw := m.DefaultGenesis(cdc)
	if err := m.ValidateGenesis(cdc, nil, raw); err != nil {
		t.Fatalf("default genesis: %v", err)
	}
	m.InitGenesis(env.Ctx, cdc, raw)
	if out := m.ExportGenesis(env.Ctx, cdc); string(out) != string(raw) {
		t.Errorf("exported %s, want %s", out, raw)
	}
}

func TestModuleRefusesABadGenesis(t *testing.T) {
	env := kittest.New(t)
	m, cdc := (&probe{}).module(), env.Codec.Proto
	for name, raw := range map[string]string{
		"text that is not JSON":     `{`,
		"a state that is not valid": `{"params":{},"supply":[{"denom":"","amount":"1"}]}`,
	} {
		if err := m.ValidateGenesis(cdc, nil, json.RawMessage(raw)); err == nil {
			t.Errorf("%s: validated", name)
		}
		func() {
			defer func() {
				if r := recover(); r == nil || !strings.Contains(r.(error).Error(), "probe: ") {
					t.Errorf("%s: InitGenesis panicked with %v, want an error naming the module", name, r)
				}
			}()
			m.InitGenesis(env.Ctx, cdc, json.RawMessage(raw))
		}()
	}
}
