package gateway

import (
	"net"
	"net/http"
	"time"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// Guest is the body of POST /api/v1/welcome.
type Guest struct {
	Address id.Address `json:"address"`
}

// Grant is the answer: who pays which fees, and until when. Times are Unix
// milliseconds.
type Grant struct {
	Granter    id.Address `json:"granter"`
	SpendLimit num.Amount `json:"spend_limit,string"`
	Expires    int64      `json:"expires"`
}

// NewGrant returns the answer to a guest.
func NewGrant(granter id.Address, limit num.Amount, expires time.Time) Grant {
	return Grant{granter, limit, expires.UnixMilli()}
}

// postWelcome lets the host of the network pay an address's first fees.
func (g *Gateway) postWelcome(w http.ResponseWriter, r *http.Request) {
	if g.welcome == nil {
		g.fail(w, r, fault.NotFound("gateway: this node pays nobody's fees"))
		return
	}
	var guest Guest
	if err := readJSON(r, &guest); err != nil {
		g.fail(w, r, err)
		return
	}
	grant, err := g.welcome(r.Context(), guest.Address, Visitor(r))
	if err != nil {
		g.fail(w, r, err)
		return
	}
	answer(w, http.StatusCreated, grant)
}

// Visitor is the network address of whoever asks: of the last proxy, if there
// is one.
func Visitor(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
