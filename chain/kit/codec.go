package kit

import (
	"fmt"
	"sync"

	"github.com/cosmos/gogoproto/proto"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/std"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtx "github.com/cosmos/cosmos-sdk/x/auth/tx"
	"github.com/cosmos/cosmos-sdk/x/tx/signing"
)

const (
	// Prefix begins every address in text: alaya1…, alayavaloper1….
	Prefix = "alaya"
	// Denom is the base unit of money, 10⁻⁶ ALY.
	Denom = "ualy"
)

// SetPrefixes tells the SDK, which keeps them in process-wide state, our
// address prefixes and denom. The first thing a process does with the SDK, and
// from one goroutine; later calls do nothing.
func SetPrefixes() {
	config := sdk.GetConfig()
	if config.GetBech32AccountAddrPrefix() == Prefix {
		return
	}
	config.SetBech32PrefixForAccount(Prefix, Prefix+"pub")
	config.SetBech32PrefixForValidator(Prefix+"valoper", Prefix+"valoperpub")
	config.SetBech32PrefixForConsensusNode(Prefix+"valcons", Prefix+"valconspub")
	config.Seal()
	sdk.DefaultBondDenom = Denom
}

// Codec encodes state, messages and transactions.
type Codec struct {
	Registry codectypes.InterfaceRegistry
	Proto    *codec.ProtoCodec
	Amino    *codec.LegacyAmino
	Tx       client.TxConfig
}

// NewCodec makes a codec that knows the SDK's own types; a module's are added
// by its RegisterInterfaces. It panics if the linked proto files contradict
// each other.
func NewCodec() Codec {
	SetPrefixes()
	registry, err := codectypes.NewInterfaceRegistryWithOptions(codectypes.InterfaceRegistryOptions{
		ProtoFiles: proto.HybridResolver,
		SigningOptions: signing.Options{
			AddressCodec:          address.NewBech32Codec(Prefix),
			ValidatorAddressCodec: address.NewBech32Codec(Prefix + "valoper"),
		},
	})
	if err != nil {
		panic(fmt.Errorf("interface registry: %w", err))
	}
	c := Codec{Registry: registry, Proto: codec.NewProtoCodec(registry), Amino: codec.NewLegacyAmino()}
	std.RegisterInterfaces(registry)
	std.RegisterLegacyAminoCodec(c.Amino)
	c.Tx = authtx.NewTxConfig(lean{c.Proto, &sync.Map{}}, authtx.DefaultSignModes)
	return c
}
