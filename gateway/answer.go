package gateway

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/plane/serve"
)

// fail answers with err; what went wrong inside is for the log alone.
func (g *Gateway) fail(w http.ResponseWriter, r *http.Request, err error) {
	kind := kindOf(err)
	if kind == fault.KindInternal {
		g.log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "err", err)
		err = fault.Internal("internal error")
	}
	code := statusOf(kind)
	var long *http.MaxBytesError
	if errors.As(err, &long) {
		code = http.StatusRequestEntityTooLarge
	}
	answerError(w, code, err)
}

// kindOf returns an error's kind; what grpc-gateway finds wrong in a request
// has a gRPC status instead.
func kindOf(err error) fault.Kind {
	var kinded *fault.Error
	if errors.As(err, &kinded) {
		return kinded.Kind
	}
	switch status.Code(err) {
	case codes.InvalidArgument:
		return fault.KindInvalid
	case codes.NotFound, codes.Unimplemented:
		return fault.KindNotFound
	default:
		return fault.KindInternal
	}
}

func statusOf(k fault.Kind) int {
	switch k {
	case fault.KindInvalid:
		return http.StatusBadRequest
	case fault.KindNotFound:
		return http.StatusNotFound
	case fault.KindExists, fault.KindState, fault.KindFunds:
		return http.StatusConflict
	case fault.KindForbidden:
		return http.StatusForbidden
	case fault.KindLimit:
		return http.StatusTooManyRequests
	case fault.KindNone, fault.KindInternal:
		return http.StatusInternalServerError
	}
	return http.StatusInternalServerError
}

func answerError(w http.ResponseWriter, code int, err error) {
	text := err.Error()
	var kinded *fault.Error
	if s, ok := status.FromError(err); ok && !errors.As(err, &kinded) {
		text = s.Message()
	}
	answer(w, code, serve.Failed{Kind: kindOf(err).String(), Error: text})
}

// readJSON reads the body of a request, whose fields must all be known. A body
// beyond the route's bound is of kind limit.
func readJSON(r *http.Request, into any) error {
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	err := dec.Decode(into)
	if err == nil {
		if _, err = dec.Token(); errors.Is(err, io.EOF) {
			return nil
		}
		err = errors.New("more text after its end")
	}
	var long *http.MaxBytesError
	if errors.As(err, &long) {
		return fault.Limit("gateway: body beyond %d bytes: %w", long.Limit, err)
	}
	return fault.Invalid("gateway: body: %w", err)
}

func answer(w http.ResponseWriter, code int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(body) // a client that is gone cannot be told
}
