// Package gateway is the node's HTTP face: everything that a browser, a
// script or another node asks of it.
//
//	GET  /                 the portal, on any path that a browser navigates to
//	GET  /api/v1/…         what people look at, from the read model
//	GET  /alaya/…          queries of our stages, as the OpenAPI document says
//	GET  /cosmos/…         queries of the SDK's auth, bank, staking and blocks
//	POST /tx               hands a signed transaction to the node
//	…    /api/v1/uploads   takes in files piece by piece
//	POST /api/v1/relay     takes over what a contributor will reveal
//	POST /api/v1/fee       says what a transaction would cost
//	POST /api/v1/welcome   lets the host pay the first fees of an address
//	GET  /events           what happens, live, as server-sent events
//	GET  /blob/{cid}       bytes by content id; also HEAD and ranges
//	POST /blob             keeps bytes
//	GET  /openapi.json     the description of all this
//	GET  /healthz          200 while blocks come and the store takes bytes
//	GET  /metrics          Prometheus
//
// Words: a follower is a reader of /events.
//
// Invariants:
//  1. What strangers send is bounded: header, body, time, number at once;
//     Limits has the figures, and what is beyond them is refused, not queued.
//  2. A failed request is answered with {"kind":…,"error":…}, the kind being
//     one of package fault; what went wrong inside goes to the log only.
//  3. The log holds paths, never query strings, headers or bodies.
//  4. No answer carries another origin's resources or lets a browser run what
//     a stranger has stored, and no page of another origin can send anything
//     through its visitor.
//
// There is no authentication: the gateway listens on loopback unless told
// otherwise. It signs nothing itself: what the node's own key pays for is bounded
// by the agents behind Config.Relay and Config.Welcome.
package gateway

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/index"
	"github.com/alaya-network/alaya/plane"
)

// DefaultAddress is where a gateway listens unless told otherwise.
const DefaultAddress = "127.0.0.1:8080"

// Config is what a gateway is made of.
type Config struct {
	Client *client.Client
	Store  *plane.Store
	// Metrics are shown besides the gateway's own; nil: none.
	Metrics prometheus.Gatherer
	// Portal is the web application's folder; without index.html in it, or
	// nil, a page tells how to make one.
	Portal fs.FS
	// Index is the read model behind /api/v1; nil: there is no such route.
	Index *index.Index
	// Version is the program's; Local says that the chain has sample accounts.
	Version string
	Local   bool
	// Samples are accounts for anybody to try things with: on a throw-away chain
	// that only this machine reaches.
	Samples []Sample
	// Uploads takes files in, see plane/intake; nil: there are none.
	Uploads http.Handler
	// Relay takes over what a contributor will reveal; nil: nobody does. Both
	// functions may be called concurrently.
	Relay func(context.Context, Opening) error
	// Welcome grants an address an allowance for fees, at the wish of a visitor;
	// nil: nobody does.
	Welcome func(ctx context.Context, guest id.Address, visitor string) (Grant, error)
	// Log; nil: silence.
	Log *slog.Logger
	// Limits; zero fields have their defaults.
	Limits Limits
}

// Limits bound what strangers may ask at once.
type Limits struct {
	// MaxUpload is the most bytes of a blob; 0: 256 MiB.
	MaxUpload int64
	// MaxTx is the most bytes of a transaction; 0: 1 MiB, as the node's own.
	MaxTx int64
	// Requests, Transfers and Followers are how many queries, blobs and event
	// streams may be in progress at once; 0: 256, 64, 256.
	Requests, Transfers, Followers int
	// Answer is how long a query may take, and a client to send or read one;
	// 0: 15 s.
	Answer time.Duration
	// Transfer is how long a client may take to send a blob; 0: 10 min.
	Transfer time.Duration
	// Stall is how long a client may read nothing of a blob or an event; 0: 30 s.
	Stall time.Duration
	// Heartbeat is how often a follower hears something; 0: 15 s.
	Heartbeat time.Duration
	// Stale is the age of the last block from which the chain counts as stuck;
	// 0: 30 s.
	Stale time.Duration
}

func (l Limits) withDefaults() Limits {
	setDefault(&l.MaxUpload, 256<<20)
	setDefault(&l.MaxTx, 1<<20)
	setDefault(&l.Requests, 256)
	setDefault(&l.Transfers, 64)
	setDefault(&l.Followers, 256)
	setDefault(&l.Answer, 15*time.Second)
	setDefault(&l.Transfer, 10*time.Minute)
	setDefault(&l.Stall, 30*time.Second)
	setDefault(&l.Heartbeat, 15*time.Second)
	setDefault(&l.Stale, 30*time.Second)
	return l
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

const (
	maxHeaderBytes = 16 << 10
	idleTimeout    = time.Minute
	// shutdownGrace is how long requests in progress may take to end.
	shutdownGrace = 5 * time.Second
)

// Gateway serves one node.
type Gateway struct {
	client  *client.Client
	store   *plane.Store
	log     *slog.Logger
	limits  Limits
	metrics *metrics
	handler http.Handler
	health  *health
	relay   func(context.Context, Opening) error
	welcome func(context.Context, id.Address, string) (Grant, error)
}

// New makes a gateway. An error is a broken promise of this program: routes
// that contradict each other, or a config without client or store.
func New(cfg Config) (*Gateway, error) {
	if cfg.Client == nil || cfg.Store == nil {
		return nil, fault.Invalid("gateway: want a client and a store")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	g := &Gateway{
		client: cfg.Client, store: cfg.Store, log: cfg.Log, limits: cfg.Limits.withDefaults(),
		relay: cfg.Relay, welcome: cfg.Welcome,
	}
	g.metrics = newMetrics(cfg.Client, cfg.Metrics)
	g.health = &health{client: cfg.Client, store: cfg.Store, stale: g.limits.Stale}
	var err error
	if g.handler, err = g.routes(cfg); err != nil {
		return nil, fmt.Errorf("gateway: %w", err)
	}
	return g, nil
}

// Handler returns the handler of all routes, for a server of one's own; such
// a server must bound the time to read a header.
func (g *Gateway) Handler() http.Handler { return g.handler }

// Serve answers on listener, which it closes, until ctx ends; then it lets
// requests in progress end, for a few seconds. It returns nil after ctx.
func (g *Gateway) Serve(ctx context.Context, listener net.Listener) error {
	requests, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	server := &http.Server{
		Handler:           g.handler,
		ReadHeaderTimeout: g.limits.Answer,
		ReadTimeout:       g.limits.Answer,
		WriteTimeout:      2 * g.limits.Answer,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		BaseContext:       func(net.Listener) context.Context { return requests },
		ErrorLog:          slog.NewLogLogger(g.log.Handler(), slog.LevelDebug),
	}
	server.RegisterOnShutdown(stop) // followers never end by themselves
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return fmt.Errorf("gateway: serve on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("gateway: shut down: %w", err), server.Close())
	}
	return nil
}
