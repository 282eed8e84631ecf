package app

import (
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/auth/ante"

	"github.com/alaya-network/alaya/chain/kit"
)

// newAnteHandler makes the checks of a transaction: the stock ones in the stock
// order, but for the signatures. last is the height of the last block.
func newAnteHandler(k Keepers, codec kit.Codec, last func() int64) sdk.AnteHandler {
	return sdk.ChainAnteDecorators(
		restarted{last},
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
			good:     newMemory[struct{}](memoryRoom),
		},
		ante.NewIncrementSequenceDecorator(k.Account),
	)
}

// restarted puts right what BaseApp forgets: between the start of a node and
// its first block, transactions are checked as if at genesis, where accounts
// have no numbers, and no signature fits.
type restarted struct{ last func() int64 }

// AnteHandle implements sdk.AnteDecorator.
func (r restarted) AnteHandle(ctx sdk.Context, tx sdk.Tx, simulate bool, next sdk.AnteHandler) (sdk.Context, error) {
	if ctx.IsCheckTx() && ctx.BlockHeight() == 0 { // asking for the last height is dear
		ctx = ctx.WithBlockHeight(r.last())
	}
	return next(ctx, tx, simulate)
}
