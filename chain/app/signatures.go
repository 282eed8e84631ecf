package app

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/x/auth/ante"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"
)

// signatures is the stock check of signatures, which remembers those that were
// good when a transaction arrived, so that its block need not verify them
// again. Sequence and unordered nonce are checked all the same, and gas is
// charged elsewhere: whether a signature was remembered shows in nothing but
// time. A node that is catching up remembers none and verifies all.
type signatures struct {
	stock    ante.SigVerificationDecorator
	accounts authkeeper.AccountKeeper
	good     *memory[struct{}]
}

// AnteHandle implements sdk.AnteDecorator.
func (s signatures) AnteHandle(ctx sdk.Context, tx sdk.Tx, simulate bool, next sdk.AnteHandler) (sdk.Context, error) {
	switch mode := ctx.ExecMode(); {
	case simulate || mode != sdk.ExecModeCheck && mode != sdk.ExecModeFinalize:
		return s.stock.AnteHandle(ctx, tx, simulate, next)
	case mode == sdk.ExecModeFinalize:
		if key, ok := s.key(ctx, tx); ok {
			if _, good := s.good.take(key); good {
				ctx = ctx.WithIsSigverifyTx(false)
			}
		}
		return s.stock.AnteHandle(ctx, tx, simulate, func(ctx sdk.Context, tx sdk.Tx, simulate bool) (sdk.Context, error) {
			return next(ctx.WithIsSigverifyTx(true), tx, simulate)
		})
	default:
		return s.stock.AnteHandle(ctx, tx, simulate, func(ctx sdk.Context, tx sdk.Tx, simulate bool) (sdk.Context, error) {
			if key, ok := s.key(ctx, tx); ok {
				s.good.put(key, struct{}{}, 1)
			}
			return next(ctx, tx, simulate)
		})
	}
}

// key names all that a verification depends on: chain, transaction with its
// signatures, and number, sequence and public key of each signer.
func (s signatures) key(ctx sdk.Context, tx sdk.Tx) (key [sha256.Size]byte, ok bool) {
	signed, ok := tx.(authsigning.SigVerifiableTx)
	if !ok {
		return key, false
	}
	signers, err := signed.GetSigners()
	if err != nil {
		return key, false
	}
	h := sha256.New()
	add(h, []byte(ctx.ChainID()))
	add(h, ctx.TxBytes())
	for _, signer := range signers {
		account := s.accounts.GetAccount(ctx, signer)
		if account == nil || account.GetPubKey() == nil {
			return key, false
		}
		var place [16]byte
		binary.BigEndian.PutUint64(place[:8], account.GetAccountNumber())
		binary.BigEndian.PutUint64(place[8:], account.GetSequence())
		add(h, place[:])
		add(h, account.GetPubKey().Bytes())
	}
	h.Sum(key[:0])
	return key, true
}

// add writes b with its length before it.
func add(h hash.Hash, b []byte) {
	var size [8]byte
	binary.BigEndian.PutUint64(size[:], uint64(len(b)))
	h.Write(size[:])
	h.Write(b)
}

// memoryRoom is how many signatures a generation remembers: 32 MiB or so.
const memoryRoom = 1 << 18
