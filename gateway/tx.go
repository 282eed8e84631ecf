package gateway

import (
	"errors"
	"io"
	"net/http"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
)

// Sent is the answer to POST /tx.
type Sent struct {
	// Hash names the transaction; /events shows it when it is in a block.
	Hash string `json:"hash"`
}

// Outlay is the answer to POST /api/v1/fee: what a transaction may take of the
// chain, and what that costs in ualy.
type Outlay struct {
	Gas    uint64 `json:"gas,string"`
	Amount int64  `json:"amount,string"`
}

// postTx hands the bytes of a signed transaction, a TxRaw, to the node.
func (g *Gateway) postTx(w http.ResponseWriter, r *http.Request) {
	raw, ok := g.readTx(w, r)
	if !ok {
		return
	}
	p, err := g.client.Broadcast(r.Context(), raw)
	if err != nil && r.Context().Err() != nil {
		err = fault.Limit("gateway: transaction: the node has no room or is busy: try again later")
	}
	if err != nil {
		g.fail(w, r, err)
		return
	}
	p.Abandon()
	answer(w, http.StatusAccepted, Sent{Hash: p.Hash()})
}

// postFee says what a transaction, a TxRaw with an empty signature, would cost.
func (g *Gateway) postFee(w http.ResponseWriter, r *http.Request) {
	raw, ok := g.readTx(w, r)
	if !ok {
		return
	}
	fee, err := g.client.Fee(r.Context(), raw)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	answer(w, http.StatusOK, Outlay{Gas: fee.GasLimit, Amount: fee.Amount.AmountOf(client.Denom).Int64()})
}

// readTx reads the bytes of a transaction, or answers why it cannot.
func (g *Gateway) readTx(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
	raw, err := io.ReadAll(r.Body)
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		answerError(w, http.StatusRequestEntityTooLarge,
			fault.Limit("gateway: transaction exceeds the limit of %d bytes", long.Limit))
	case err != nil:
		g.fail(w, r, fault.Invalid("gateway: transaction: %w", err))
	case len(raw) == 0:
		g.fail(w, r, fault.Invalid("gateway: transaction: no bytes"))
	default:
		return raw, true
	}
	return nil, false
}
