package intake

import (
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/plane/serve"
)

// Opened is the answer to a begun upload.
type Opened struct {
	ID     string `json:"id"`
	Offset int64  `json:"offset"`
	// Limit is the most bytes of any file here.
	Limit int64 `json:"limit"`
}

const (
	// Path begins all routes.
	Path = "/api/v1/uploads"
	// maxBegun bounds the body that begins an upload, in bytes.
	maxBegun = 4 << 10

	offsetHeader = "Upload-Offset"
	lengthHeader = "Upload-Length"
)

// Handler serves the routes. Time limits are up to the gateway that mounts it.
func (in *Intake) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+Path, in.post)
	mux.HandleFunc("HEAD "+Path+"/{id}", in.held(in.head))
	mux.HandleFunc("PATCH "+Path+"/{id}", in.held(in.patch))
	mux.HandleFunc("POST "+Path+"/{id}/finish", in.held(in.end))
	return mux
}

func (in *Intake) post(w http.ResponseWriter, r *http.Request) {
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBegun))
	dec.DisallowUnknownFields()
	var b Begun
	if err := dec.Decode(&b); err != nil {
		in.fail(w, r, fault.Invalid("upload: body of at most %d bytes: %w", maxBegun, err))
		return
	}
	u, err := in.begin(b, in.Visitor(r))
	if err != nil {
		in.fail(w, r, err)
		return
	}
	w.Header().Set("Location", Path+"/"+u.ID)
	serve.Answer(w, http.StatusCreated, Opened{ID: u.ID, Limit: in.MaxSize})
}

// held serves a request that has an upload for itself.
func (in *Intake) held(next func(http.ResponseWriter, *http.Request, *upload)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		u, err := in.hold(r.PathValue("id"))
		if err != nil {
			in.fail(w, r, err)
			return
		}
		defer in.release(u)
		next(w, r, u)
	}
}

func (in *Intake) head(w http.ResponseWriter, r *http.Request, u *upload) {
	at, err := in.offset(u)
	if err != nil {
		in.fail(w, r, err)
		return
	}
	tell(w, u, at)
	w.WriteHeader(http.StatusOK)
}

// tell says how far an upload is.
func tell(w http.ResponseWriter, u *upload, at int64) {
	h := w.Header()
	h.Set(offsetHeader, strconv.FormatInt(at, 10))
	h.Set(lengthHeader, strconv.FormatInt(u.Begun.Size, 10))
	h.Set("Cache-Control", "no-store")
}

func (in *Intake) patch(w http.ResponseWriter, r *http.Request, u *upload) {
	from, err := strconv.ParseInt(r.Header.Get(offsetHeader), 10, 64)
	if err != nil || from < 0 {
		in.fail(w, r, fault.Invalid("upload %s: %s %.30q: want a whole number from 0", u.ID, offsetHeader, r.Header.Get(offsetHeader)))
		return
	}
	at, err := in.add(u, from, r.Body)
	tell(w, u, at)
	if err != nil {
		in.fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (in *Intake) end(w http.ResponseWriter, r *http.Request, u *upload) {
	done, err := in.finish(r.Context(), u)
	if err != nil {
		in.fail(w, r, err)
		return
	}
	serve.Answer(w, http.StatusOK, done)
}

// fail answers with err; what went wrong inside is for the log alone.
func (in *Intake) fail(w http.ResponseWriter, r *http.Request, err error) {
	var now full
	if errors.As(err, &now) {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(now.after.Seconds()))))
		serve.Answer(w, http.StatusTooManyRequests, serve.Failed{Kind: fault.KindLimit.String(), Error: err.Error()})
		return
	}
	serve.Fail(w, r, in.Log, err)
}
