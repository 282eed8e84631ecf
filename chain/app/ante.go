package app

import (
	"fmt"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/auth/ante"

	"github.com/alaya-network/alaya/chain/kit"
)

// newAnteHandler makes the stock checks of a transaction: size, fee, fee
// grant, signatures, sequence or unordered nonce.
func newAnteHandler(k Keepers, codec kit.Codec) sdk.AnteHandler {
	handler, err := ante.NewAnteHandler(ante.HandlerOptions{
		AccountKeeper:   k.Account,
		BankKeeper:      k.Bank,
		FeegrantKeeper:  k.FeeGrant,
		SignModeHandler: codec.Tx.SignModeHandler(),
		SigGasConsumer:  ante.DefaultSigVerificationGasConsumer,
	})
	if err != nil {
		panic(fmt.Errorf("app: ante handler: %w", err))
	}
	return handler
}
