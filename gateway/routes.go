package gateway

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/gateway/api"
	"github.com/alaya-network/alaya/gateway/site"
	"github.com/alaya-network/alaya/index/view"
	"github.com/alaya-network/alaya/plane/intake"
	"github.com/alaya-network/alaya/plane/serve"
)

// routes puts every route behind the guards that its kind of work needs.
func (g *Gateway) routes(cfg Config) (http.Handler, error) {
	queries, err := g.queries()
	if err != nil {
		return nil, err
	}
	document, err := document()
	if err != nil {
		return nil, err
	}
	portal, err := site.Handler(cfg.Portal, http.HandlerFunc(g.unknown))
	if err != nil {
		return nil, err
	}
	blobs := serve.Handler(g.store, serve.Options{MaxUpload: g.limits.MaxUpload, Log: g.log})
	shown := promhttp.HandlerFor(g.metrics.all, promhttp.HandlerOpts{MaxRequestsInFlight: 4})

	request := newTurnstile("requests", g.limits.Requests)
	transfer := newTurnstile("transfers", g.limits.Transfers)
	follower := newTurnstile("followers", g.limits.Followers)
	mux := http.NewServeMux()
	quick := func(pattern string, h http.Handler) { mux.Handle(pattern, request.guard(g.quick(h))) }
	quick("/alaya/", queries)
	quick("/cosmos/", queries)
	quick("POST /tx", http.HandlerFunc(g.postTx))
	quick("POST /api/v1/fee", http.HandlerFunc(g.postFee))
	quick("/api/", http.HandlerFunc(g.unknown))
	if cfg.Index != nil {
		g.api(cfg).Mount(quick)
	}
	quick("GET /api/v1/samples", listSamples(cfg.Samples, g))
	mux.Handle("POST "+relayPath, transfer.guard(g.quick(http.HandlerFunc(g.postRelay))))
	quick("POST /api/v1/welcome", http.HandlerFunc(g.postWelcome))
	quick("GET /openapi.json", document)
	quick("GET /metrics", shown)
	quick("GET /healthz", g.health)
	quick("/", portal)
	mux.Handle("/blob", transfer.guard(g.slow(blobs)))
	mux.Handle("/blob/", transfer.guard(g.slow(blobs)))
	if cfg.Uploads != nil {
		mux.Handle(intake.Path, transfer.guard(g.slow(cfg.Uploads)))
		mux.Handle(intake.Path+"/", transfer.guard(g.slow(cfg.Uploads)))
	}
	mux.Handle("GET /events", follower.guard(http.HandlerFunc(g.events)))

	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.fail(w, r, fault.Forbidden("gateway: %s %s: sent by a page of another origin", r.Method, r.URL.Path))
	}))
	return g.observe(harden(sameOrigin.Handler(mux))), nil
}

// api is the read side.
func (g *Gateway) api(cfg Config) *api.API {
	return api.New(api.Config{
		Client: g.client, Store: g.store, Index: cfg.Index, Answer: answer, Fail: g.fail,
		Status: view.Status{
			Version: cfg.Version, Local: cfg.Local, FeeGrants: cfg.Welcome != nil,
			Limits: view.Limits{Upload: g.limits.MaxUpload, Submission: work.MaxAnswersSize},
		},
	})
}

func (g *Gateway) unknown(w http.ResponseWriter, r *http.Request) {
	g.fail(w, r, fault.NotFound("gateway: %s %.100q: no such route; GET /openapi.json lists them", r.Method, r.URL.Path))
}
