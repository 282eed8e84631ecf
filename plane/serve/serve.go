// Package serve hands out and takes in blobs over HTTP.
//
//	GET, HEAD /blob/{cid}  the content; ranges; a blob never changes, so it
//	                       may be cached for ever
//	POST      /blob        keeps the body, answers {"cid":…,"size":…}
//
// A failed request is answered with {"kind":…,"error":…}, the kind being one
// of package fault.
//
// Invariants:
//  1. Content is a stranger's: a browser is told to save it, never to show or
//     run it.
//  2. No content is sent under a CID that it does not match; when a block
//     turns out broken on the way, the connection is cut short of the
//     announced length.
//
// There is no authentication: who may reach the handler is up to the gateway
// that mounts it, as are time limits.
package serve

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
)

// Options are the settings of a Handler.
type Options struct {
	// MaxUpload is the most bytes a POST may have. 0 refuses all.
	MaxUpload int64
	// Log receives what internal errors do not tell the client.
	Log *slog.Logger
}

// Uploaded is the answer to a POST.
type Uploaded struct {
	CID  id.CID `json:"cid"`
	Size int64  `json:"size"`
}

// Failed is the answer to a request that failed.
type Failed struct {
	Kind  string `json:"kind"`
	Error string `json:"error"`
}

// Handler serves the blobs of store. A nil Options.Log drops the log.
func Handler(store *plane.Store, options Options) http.Handler {
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	h := &handler{store: store, options: options}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /blob/{cid}", h.get)
	mux.HandleFunc("POST /blob", h.post)
	return mux
}

type handler struct {
	store   *plane.Store
	options Options
}

func (h *handler) get(w http.ResponseWriter, r *http.Request) {
	c, err := id.ParseCID(r.PathValue("cid"))
	if err != nil {
		Fail(w, r, h.options.Log, err)
		return
	}
	blob, err := h.store.Get(r.Context(), c)
	if err != nil {
		Fail(w, r, h.options.Log, err)
		return
	}
	defer func() { _ = blob.Close() }()
	header := w.Header()
	header.Set("Content-Type", "application/octet-stream")
	header.Set("Content-Disposition", `attachment; filename="`+c.String()+`"`)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("ETag", `"`+c.String()+`"`)
	http.ServeContent(w, r, "", time.Time{}, blob)
}

func (h *handler) post(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength > h.options.MaxUpload {
		Fail(w, r, h.options.Log, tooLong(h.options.MaxUpload))
		return
	}
	body := upload{http.MaxBytesReader(w, r.Body, h.options.MaxUpload)}
	c, size, err := h.store.Put(r.Context(), body)
	if err != nil {
		Fail(w, r, h.options.Log, err)
		return
	}
	w.Header().Set("Location", "/blob/"+c.String())
	Answer(w, http.StatusCreated, Uploaded{CID: c, Size: size})
}

// upload gives the errors of a request body their kind.
type upload struct{ io.Reader }

func (u upload) Read(b []byte) (int, error) {
	n, err := u.Reader.Read(b)
	var long *http.MaxBytesError
	switch {
	case err == nil || err == io.EOF:
		return n, err
	case errors.As(err, &long):
		return n, tooLong(long.Limit)
	}
	return n, fault.Invalid("upload: %w", err)
}

func tooLong(limit int64) error {
	return fault.Limit("upload: body exceeds the limit of %d bytes", limit)
}

// Fail answers with err; what went wrong inside is for the log alone.
func Fail(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	kind, text := fault.KindOf(err), err.Error()
	if kind == fault.KindInternal {
		log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "err", err)
		text = "internal error"
	}
	Answer(w, status(kind), Failed{Kind: kind.String(), Error: text})
}

func status(k fault.Kind) int {
	switch k {
	case fault.KindInvalid:
		return http.StatusBadRequest
	case fault.KindNotFound:
		return http.StatusNotFound
	case fault.KindState:
		return http.StatusConflict
	case fault.KindLimit:
		return http.StatusRequestEntityTooLarge
	default:
		return http.StatusInternalServerError
	}
}

// Answer writes a value as JSON.
func Answer(w http.ResponseWriter, code int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(body) // a client that is gone cannot be told
}
