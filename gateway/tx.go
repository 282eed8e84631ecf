package gateway

import (
	"errors"
	"io"
	"net/http"

	"github.com/alaya-network/alaya/core/fault"
)

// Sent is the answer to POST /tx.
type Sent struct {
	// Hash names the transaction; /events shows it when it is in a block.
	Hash string `json:"hash"`
}

// postTx hands the bytes of a signed transaction, a TxRaw, to the node.
func (g *Gateway) postTx(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		answerError(w, http.StatusRequestEntityTooLarge,
			fault.Limit("gateway: transaction exceeds the limit of %d bytes", long.Limit))
		return
	case err != nil:
		g.fail(w, r, fault.Invalid("gateway: transaction: %w", err))
		return
	case len(raw) == 0:
		g.fail(w, r, fault.Invalid("gateway: transaction: no bytes"))
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
