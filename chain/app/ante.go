package app

import (
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/auth/ante"

	"github.com/alaya-network/alaya/chain/kit"
)

// newAnteHandler makes the checks of a transaction: the stock ones in the stock
// order, but for the signatures.
func newAnteHandler(k Keepers, codec kit.Codec) sdk.AnteHandler {
	return sdk.ChainAnteDecorators(
		ante.NewSetUpContextDecorator(),
		ante.NewExtensionOptionsDecorator(nil),
		ante.NewValidateBasicDecorator(),
		ante.NewTxTimeoutHeightDecorator(),
		ante.NewValidateMemoDecorator(k.Account),
		ante.NewConsumeGasForTxSizeDecorator(k.Account),
		ante.NewDeductFeeDecorator(k.Account, k.Bank, k.FeeGrant, nil),
		ante.NewSetPubKeyDecorator(k.Account),
		ante.NewValidateSigCountDecorator(k.Account),
		ante.NewSigGasConsumeDecorator(k.Account, ante.DefaultSigVerificationGasConsumer),
		signatures{
			stock:    ante.NewSigVerificationDecorator(k.Account, codec.Tx.SignModeHandler()),
			accounts: k.Account,
			good:     newMemory(),
		},
		ante.NewIncrementSequenceDecorator(k.Account),
	)
}
