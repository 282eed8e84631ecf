package gateway

import (
	"net/http"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Sample is an account of a throw-away chain for anybody to try things with.
type Sample struct {
	Name    string     `json:"name"`
	Role    string     `json:"role"`
	Address id.Address `json:"address"`
	Phrase  string     `json:"phrase"`
}

// listSamples shows the sample accounts, if the chain has any.
func listSamples(samples []Sample, g *Gateway) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(samples) == 0 {
			g.fail(w, r, fault.NotFound("gateway: this chain has no sample accounts"))
			return
		}
		answer(w, http.StatusOK, map[string][]Sample{"items": samples})
	})
}
