package app_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/log/v2"

	clienttx "github.com/cosmos/cosmos-sdk/client/tx"
	"github.com/cosmos/cosmos-sdk/crypto/keys/ed25519"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/alaya-network/alaya/chain/app"
)

const chainID = "alaya-test"

// bench is a chain of one validator without its engine, and one account.
type bench struct {
	*app.App
	t      *testing.T
	db     dbm.DB
	key    secp256k1.PrivKey
	number uint64
	begin  time.Time
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, db: dbm.NewMemDB(), begin: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	b.start()
	b.key = secp256k1.PrivKey{Key: bytes.Repeat([]byte{7}, 32)}
	owner := sdk.AccAddress(b.key.PubKey().Address())
	doc, err := app.Genesis{
		ChainID: chainID, Time: b.begin, Balances: []app.Balance{{Address: make(sdk.AccAddress, 20), Ualy: 1}, {Address: owner, Ualy: 1_000_000}},
		Validators: []app.Validator{{Name: "v", Key: ed25519.GenPrivKeyFromSecret([]byte("v")).PubKey(), Operator: owner, Stake: 1_000_000}},
	}.Document()
	if err != nil {
		t.Fatal(err)
	}
	params := doc.Consensus.Params.ToProto()
	params.Abci.VoteExtensionsEnableHeight = 0 // nobody votes here
	if _, err := b.InitChain(&abci.RequestInitChain{
		ChainId: chainID, Time: b.begin, ConsensusParams: &params, AppStateBytes: doc.AppState, InitialHeight: 1,
	}); err != nil {
		t.Fatal(err)
	}
	b.block()
	account := b.Keepers.Account.GetAccount(b.NewContext(true), owner)
	b.number = account.GetAccountNumber()
	return b
}

// start starts the chain from what its database holds.
func (b *bench) start() {
	b.t.Helper()
	var err error
	if b.App, err = app.New(app.Options{ChainID: chainID, DB: b.db, Logger: log.NewNopLogger()}); err != nil {
		b.t.Fatal(err)
	}
}

// pay signs a transfer to the signer himself.
func (b *bench) pay(sequence uint64) []byte {
	b.t.Helper()
	me := sdk.AccAddress(b.key.PubKey().Address())
	builder := b.Codec.Tx.NewTxBuilder()
	coins := sdk.NewCoins(sdk.NewInt64Coin("ualy", 1))
	if err := builder.SetMsgs(banktypes.NewMsgSend(me, me, coins)); err != nil {
		b.t.Fatal(err)
	}
	builder.SetGasLimit(1_000_000)
	data := authsigning.SignerData{Address: me.String(), ChainID: chainID, AccountNumber: b.number, Sequence: sequence, PubKey: b.key.PubKey()}
	empty := signing.SignatureV2{PubKey: b.key.PubKey(), Sequence: sequence, Data: &signing.SingleSignatureData{SignMode: signing.SignMode_SIGN_MODE_DIRECT}}
	if err := builder.SetSignatures(empty); err != nil {
		b.t.Fatal(err)
	}
	signed, err := clienttx.SignWithPrivKey(context.Background(), signing.SignMode_SIGN_MODE_DIRECT, data, builder, &b.key, b.Codec.Tx, sequence)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := builder.SetSignatures(signed); err != nil {
		b.t.Fatal(err)
	}
	raw, err := b.Codec.Tx.TxEncoder()(builder.GetTx())
	if err != nil {
		b.t.Fatal(err)
	}
	return raw
}

// arrive is what happens to a transaction before it is in a block.
func (b *bench) arrive(raw []byte) {
	b.t.Helper()
	res, err := b.CheckTx(&abci.RequestCheckTx{Tx: raw, Type: abci.CheckTxType_New})
	if err != nil || res.Code != 0 {
		b.t.Fatalf("refused on arrival: %v, %+v", err, res)
	}
}

func (b *bench) block(txs ...[]byte) *abci.ResponseFinalizeBlock {
	b.t.Helper()
	height := b.LastBlockHeight() + 1
	res, err := b.FinalizeBlock(&abci.RequestFinalizeBlock{
		Height: height, Time: b.begin.Add(time.Duration(height) * time.Second), Txs: txs,
		ProposerAddress: ed25519.GenPrivKeyFromSecret([]byte("v")).PubKey().Address(),
	})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.Commit(); err != nil {
		b.t.Fatal(err)
	}
	return res
}

// wait is what happens to a transaction that waits for its block.
func (b *bench) wait(raw []byte) {
	b.t.Helper()
	b.arrive(raw)
	b.block() // and not in this one
	if _, _, err := b.Simulate(raw); err != nil {
		b.t.Fatal(err)
	}
	again, err := b.CheckTx(&abci.RequestCheckTx{Tx: raw, Type: abci.CheckTxType_Recheck})
	if err != nil || again.Code != 0 {
		b.t.Fatalf("refused when checked again: %v, %+v", err, again)
	}
	proposed, err := b.PrepareProposal(&abci.RequestPrepareProposal{Height: b.LastBlockHeight() + 1, Txs: [][]byte{raw}, MaxTxBytes: 1 << 20})
	if err != nil || len(proposed.Txs) != 1 || !bytes.Equal(proposed.Txs[0], raw) {
		b.t.Fatalf("proposed %x, %v, want the transaction", proposed, err)
	}
}

func TestARememberedTransactionChangesNothing(t *testing.T) {
	met, catching := newBench(t), newBench(t)
	var states [2][]byte
	for i, b := range []*bench{met, catching} {
		raw := b.pay(0)
		if b == met {
			b.wait(raw)
		} else {
			b.block()
		}
		res := b.block(raw)
		if res.TxResults[0].Code != 0 {
			t.Fatalf("%+v", res.TxResults[0])
		}
		states[i] = append(res.AppHash, byte(res.TxResults[0].GasUsed), byte(res.TxResults[0].GasUsed>>8), byte(res.TxResults[0].GasUsed>>16))
	}
	if !bytes.Equal(states[0], states[1]) {
		t.Errorf("state and gas %x after meeting the transaction before, %x without", states[0], states[1])
	}
}

func TestARememberedSignatureExcusesNothing(t *testing.T) {
	tests := []struct {
		name string
		txs  func(b *bench) [][]byte
	}{
		{"the same transaction twice", func(b *bench) [][]byte {
			raw := b.pay(0)
			b.arrive(raw)
			return [][]byte{raw, raw}
		}},
		{"another signature under a transaction that arrived", func(b *bench) [][]byte {
			raw := b.pay(0)
			b.arrive(raw)
			forged := bytes.Clone(raw)
			forged[len(forged)-1] ^= 1
			return [][]byte{forged}
		}},
		{"a forged transaction that never arrived", func(b *bench) [][]byte {
			raw := b.pay(0)
			raw[len(raw)-1] ^= 1
			return [][]byte{raw}
		}},
		{"a sequence ahead of its turn", func(b *bench) [][]byte { return [][]byte{b.pay(5)} }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			results := b.block(tt.txs(b)...).TxResults
			if last := results[len(results)-1]; last.Code == 0 {
				t.Error("taken")
			}
		})
	}
}

func TestARefusedTransactionIsNotRemembered(t *testing.T) {
	b := newBench(t)
	raw := b.pay(0)
	raw[len(raw)-1] ^= 1
	res, err := b.CheckTx(&abci.RequestCheckTx{Tx: raw, Type: abci.CheckTxType_New})
	if err != nil || res.Code == 0 {
		t.Fatalf("a forged transaction was let in: %v, %+v", err, res)
	}
	if got := b.block(raw).TxResults[0]; got.Code == 0 {
		t.Error("a forged transaction was taken")
	}
}

func TestATransactionIsTakenBeforeTheFirstBlockAfterAStart(t *testing.T) {
	b := newBench(t)
	if b.number == 0 {
		t.Fatal("the account has number 0, as everybody has at genesis: the test shows nothing")
	}
	b.start()
	b.arrive(b.pay(0))
}
