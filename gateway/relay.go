package gateway

import (
	"net/http"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
)

const relayPath = "/api/v1/relay"

// maxOpening bounds the body of POST /api/v1/relay: the content in base64 and
// room for the rest.
const maxOpening = work.MaxAnswersSize*4/3 + 4<<10

// Opening is the body of POST /api/v1/relay: what opens a commitment.
type Opening struct {
	Request     id.RequestID `json:"request"`
	Round       uint32       `json:"round"`
	Page        uint32       `json:"page"`
	Contributor id.Address   `json:"contributor"`
	Content     []byte       `json:"content"` // base64
	Salt        id.Hash      `json:"salt"`
}

// postRelay takes over what a contributor will reveal, so that his browser may
// be closed.
func (g *Gateway) postRelay(w http.ResponseWriter, r *http.Request) {
	if g.relay == nil {
		g.fail(w, r, fault.NotFound("gateway: this node reveals for nobody: it has no key to pay with"))
		return
	}
	var o Opening
	if err := readJSON(r, &o); err != nil {
		g.fail(w, r, err)
		return
	}
	if err := g.relay(r.Context(), o); err != nil {
		g.fail(w, r, err)
		return
	}
	answer(w, http.StatusAccepted, struct{}{})
}
