package gateway

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/gateway/api"
)

// maxQueryBody bounds the body of a request that has little to say.
const maxQueryBody = 4 << 10

// turnstile lets so many through at once and turns the others away.
type turnstile struct {
	name string
	free chan struct{}
}

func newTurnstile(name string, n int) turnstile { return turnstile{name, make(chan struct{}, n)} }

func (t turnstile) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case t.free <- struct{}{}:
			defer func() { <-t.free }()
			next.ServeHTTP(w, r)
		default:
			w.Header().Set("Retry-After", "1")
			answerError(w, http.StatusServiceUnavailable,
				fault.Limit("gateway: %d %s at once are the limit: try again later", cap(t.free), t.name))
		}
	})
}

// quick bounds the time and the body of a request that is soon done.
func (g *Gateway) quick(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), g.limits.Answer)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, g.bodyLimit(r.URL.Path))
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// bodyLimit is the most bytes that a quick request may send.
func (g *Gateway) bodyLimit(path string) int64 {
	switch path {
	case "/tx":
		return g.limits.MaxTx
	case relayPath:
		return maxOpening
	}
	if strings.HasPrefix(path, "/api/") {
		return api.MaxBody
	}
	return maxQueryBody
}

// slow gives a request the time that a blob needs: all of Limits.Transfer to
// send one, and to read one as long as it takes while it goes on.
func (g *Gateway) slow(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A writer without deadlines is that of a test or of a server that
		// bounds time in its own way.
		rc := http.NewResponseController(w)
		if r.Method == http.MethodPost || r.Method == http.MethodPatch {
			end := time.Now().Add(g.limits.Transfer)
			_ = rc.SetReadDeadline(end)
			_ = rc.SetWriteDeadline(end.Add(g.limits.Stall))
		} else {
			_ = rc.SetReadDeadline(time.Time{})
			w = &patient{ResponseWriter: w, stall: g.limits.Stall}
		}
		next.ServeHTTP(w, r)
	})
}

// patient waits for a reader as long as he reads.
type patient struct {
	http.ResponseWriter
	stall time.Duration
}

// Unwrap serves http.ResponseController.
func (p *patient) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// Write gives the reader another Limits.Stall for b.
func (p *patient) Write(b []byte) (int, error) {
	_ = http.NewResponseController(p.ResponseWriter).SetWriteDeadline(time.Now().Add(p.stall))
	return p.ResponseWriter.Write(b)
}

// harden tells browsers to take every answer for what it says it is, and to
// load, run and embed nothing.
func harden(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}
