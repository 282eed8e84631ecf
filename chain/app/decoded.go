package app

import (
	"crypto/sha256"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/baseapp/txnrunner"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
)

// decoded remembers transactions as they were decoded when they arrived, for
// the checks, the proposal and the block that follow: a transaction waits in
// the mempool as bytes, and would be read again for each. Bytes are read one way
// only, so whether they were remembered shows in nothing but time. The engine
// calls for these one at a time; queries and simulations decode for themselves.
type decoded struct {
	*baseapp.BaseApp
	waiting *memory[sdk.Tx]
}

// decodedRoom is how many bytes of transactions a generation remembers; decoded
// they take about ten times as many.
const decodedRoom = 8 << 20

func newDecoded(base *baseapp.BaseApp) decoded {
	return decoded{base, newMemory[sdk.Tx](decodedRoom)}
}

// install makes the engine's calls go by what is remembered.
func (d decoded) install() {
	d.SetCheckTxHandler(d.check)
	d.SetBlockSTMTxRunner(txnrunner.NewDefaultRunner(d.last))
}

// check does what BaseApp does by itself, but for the events, which nobody reads.
func (d decoded) check(run sdk.RunTx, req *abci.RequestCheckTx) (*abci.ResponseCheckTx, error) {
	tx, err := d.TxDecode(req.Tx)
	if err != nil {
		return sdkerrors.ResponseCheckTxWithEvents(sdkerrors.ErrTxDecode.Wrap(err.Error()), 0, 0, nil, false), nil
	}
	gas, result, events, err := run(req.Tx, tx)
	if err != nil {
		return sdkerrors.ResponseCheckTxWithEvents(err, gas.GasWanted, gas.GasUsed, events, false), nil
	}
	if req.Type == abci.CheckTxType_New {
		d.waiting.put(sha256.Sum256(req.Tx), tx, len(req.Tx))
	}
	return &abci.ResponseCheckTx{GasWanted: int64(gas.GasWanted), GasUsed: int64(gas.GasUsed), Log: result.Log, Data: result.Data}, nil
}

// TxDecode implements baseapp.ProposalTxVerifier.
func (d decoded) TxDecode(raw []byte) (sdk.Tx, error) {
	if tx, ok := d.waiting.get(sha256.Sum256(raw)); ok {
		return tx, nil
	}
	return d.BaseApp.TxDecode(raw)
}

// last decodes for the block, after which nobody asks for a transaction again.
func (d decoded) last(raw []byte) (sdk.Tx, error) {
	if tx, ok := d.waiting.take(sha256.Sum256(raw)); ok {
		return tx, nil
	}
	return d.BaseApp.TxDecode(raw)
}
