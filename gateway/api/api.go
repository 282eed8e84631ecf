// Package api is the read side of the gateway: /api/v1/…, answered from the
// read model, the node and its store.
//
// Invariants:
//  1. Every value of a request is checked against the table of its route; what
//     the table does not know is refused by name.
//  2. What it answers with is described by the types of index/view, from which
//     the OpenAPI document is made: description and answer cannot differ.
//  3. A list gives at most 100 items, each once, and a cursor for the next.
//  4. Gold and answers of others never leave before the chain has opened them.
package api

import (
	"context"
	"io"
	"net/http"
	"slices"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/index"
	"github.com/alaya-network/alaya/index/view"
	"github.com/alaya-network/alaya/plane"
)

// Store is what the API asks of the node's blobs.
type Store interface {
	Get(ctx context.Context, c id.CID) (io.ReadSeekCloser, error)
	Pins(ctx context.Context) ([]plane.Pin, error)
	Usage(ctx context.Context) (plane.Usage, error)
}

// Config is what an API is made of.
type Config struct {
	Client *client.Client
	Store  Store
	Index  *index.Index
	// Status is what GET /api/v1/status tells of the gateway itself.
	Status view.Status
	// Answer and Fail write what a route came to.
	Answer func(w http.ResponseWriter, code int, body any)
	Fail   func(w http.ResponseWriter, r *http.Request, err error)
}

// API serves the routes.
type API struct {
	Config
	census census
}

// New makes an API.
func New(c Config) *API { return &API{Config: c} }

// Mount hands every route to handle, as a pattern of http.ServeMux.
func (a *API) Mount(handle func(pattern string, h http.Handler)) {
	for _, r := range a.routes() {
		handle(r.method+" "+r.path, a.handler(r))
	}
}

func (a *API) handler(route route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := newCall(r, route.params)
		var body any
		if err == nil {
			body, err = route.serve(c)
		}
		if err != nil {
			a.Fail(w, r, err)
			return
		}
		a.Answer(w, http.StatusOK, body)
	})
}

// routes are all routes, by noun.
func (a *API) routes() []route {
	return slices.Concat(a.statusRoutes(), a.requestRoutes(), a.partyRoutes(), a.datasetRoutes(),
		a.proofRoutes(), a.chainRoutes(), a.modelRoutes(), a.askRoutes(), a.planRoutes())
}
