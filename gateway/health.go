package gateway

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
)

// checkEvery is how long a finding about the store holds.
const checkEvery = 5 * time.Second

// Health is the answer to GET /healthz: 200 when Chain and Store are "ok",
// else 503 and what is wrong.
type Health struct {
	Chain  string    `json:"chain"`
	Store  string    `json:"store"`
	Height id.Height `json:"height"`
	// Age is the age of the last block in seconds.
	Age float64 `json:"age"`
}

type health struct {
	client *client.Client
	store  *plane.Store
	stale  time.Duration

	mu      sync.Mutex
	checked time.Time
	broken  bool
}

// ServeHTTP answers GET /healthz.
func (h *health) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	found := h.look(r.Context())
	code := http.StatusOK
	if found.Chain != "ok" || found.Store != "ok" {
		code = http.StatusServiceUnavailable
	}
	answer(w, code, found)
}

func (h *health) look(ctx context.Context) Health {
	found := Health{Chain: "ok", Store: "ok", Height: h.client.Height()}
	last, err := h.client.Block(ctx, found.Height)
	age := time.Since(time.UnixMilli(int64(last.Time)))
	found.Age = age.Seconds()
	switch {
	case err != nil:
		found.Chain, found.Age = "last block unreadable", 0
	case age > h.stale:
		found.Chain = fmt.Sprintf("no block for more than %s", h.stale)
	}
	if !h.writable(ctx) {
		found.Store = "takes no bytes"
	}
	return found
}

// writable puts a few bytes that collection removes again; no more than one
// such blob a minute comes into being.
func (h *health) writable(ctx context.Context) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	if now.Sub(h.checked) < checkEvery {
		return !h.broken
	}
	_, err := h.store.PutBytes(ctx, fmt.Appendf(nil, "alaya/gateway/health %d", now.Unix()/60))
	h.checked, h.broken = now, err != nil
	return !h.broken
}
