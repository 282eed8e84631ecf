package client

import (
	"fmt"

	"github.com/cosmos/gogoproto/proto"

	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/address"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/std"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/bech32"
	"github.com/cosmos/cosmos-sdk/types/msgservice"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/feegrant"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/cosmos-sdk/x/tx/signing"

	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

const (
	// Prefix begins every address in text.
	Prefix = "alaya"
	// Denom is the base unit of money, 10⁻⁶ ALY.
	Denom = "ualy"
)

// NewRegistry returns the types that may stand where a message holds "any
// type": keys, accounts, and the transactions of our stages, bank,
// staking and feegrant.
// It panics if the linked proto files contradict each other.
func NewRegistry() codectypes.InterfaceRegistry {
	registry, err := codectypes.NewInterfaceRegistryWithOptions(codectypes.InterfaceRegistryOptions{
		ProtoFiles: proto.HybridResolver,
		SigningOptions: signing.Options{
			AddressCodec:          address.NewBech32Codec(Prefix),
			ValidatorAddressCodec: address.NewBech32Codec(Prefix + "valoper"),
		},
	})
	if err != nil {
		panic(fmt.Errorf("client: interface registry: %w", err))
	}
	std.RegisterInterfaces(registry)
	authtypes.RegisterInterfaces(registry)
	banktypes.RegisterInterfaces(registry)
	stakingtypes.RegisterInterfaces(registry)
	feegrant.RegisterInterfaces(registry)
	msgservice.RegisterMsgServiceDesc(registry, &partyv1.Msg_serviceDesc)
	msgservice.RegisterMsgServiceDesc(registry, &marketv1.Msg_serviceDesc)
	msgservice.RegisterMsgServiceDesc(registry, &workv1.Msg_serviceDesc)
	msgservice.RegisterMsgServiceDesc(registry, &qualityv1.Msg_serviceDesc)
	msgservice.RegisterMsgServiceDesc(registry, &settlev1.Msg_serviceDesc)
	msgservice.RegisterMsgServiceDesc(registry, &datasetv1.Msg_serviceDesc)
	msgservice.RegisterMsgServiceDesc(registry, &modelv1.Msg_serviceDesc)
	return registry
}

func newCodec() codec.Codec { return codec.NewProtoCodec(NewRegistry()) }

// AddressOf returns the text form of an address's bytes. Unlike the SDK's
// own, it reads no process-wide setting.
func AddressOf(b sdk.AccAddress) (id.Address, error) {
	text, err := bech32.ConvertAndEncode(Prefix, b)
	if err != nil {
		return "", fault.Invalid("client: address of %d bytes: %w", len(b), err)
	}
	return id.ParseAddress(text)
}

// ParseAddress returns the bytes of an address, whose prefix and checksum must
// be right.
func ParseAddress(a id.Address) (sdk.AccAddress, error) {
	b, err := address.NewBech32Codec(Prefix).StringToBytes(a.String())
	if err != nil {
		return nil, fault.Invalid("client: address %q: %w", a, err)
	}
	return b, nil
}
