package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Blobs keeps bytes under their content id. All methods may be called
// concurrently. A store in this process satisfies it as it is.
type Blobs interface {
	// PutBytes keeps content and returns its id.
	PutBytes(ctx context.Context, content []byte) (id.CID, error)
	// Put keeps what r gives up to its end, and returns its id and length.
	Put(ctx context.Context, r io.Reader) (id.CID, int64, error)
	// GetBytes returns the content, which must match its id. More than limit
	// bytes are an error of kind limit, an absent blob one of kind not found.
	GetBytes(ctx context.Context, c id.CID, limit int64) ([]byte, error)
}

// errorTextLen is how much of a gateway's error an error repeats.
const errorTextLen = 500

// HTTPBlobs are the blobs of a gateway. What comes from it is checked against
// its id, what goes there against the id that the gateway gives back, so the
// gateway need not be trusted.
type HTTPBlobs struct {
	base   string
	client *http.Client
}

var _ Blobs = (*HTTPBlobs)(nil)

// NewHTTPBlobs returns the blobs of the gateway at base, "http://host:port".
// A nil client means one that waits up to 30 s for an answer to begin.
func NewHTTPBlobs(base string, client *http.Client) (*HTTPBlobs, error) {
	u, err := url.Parse(base)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, fault.Invalid("client: gateway %q: want http://host:port", base)
	}
	if client == nil {
		client = &http.Client{Transport: &http.Transport{
			ResponseHeaderTimeout: requestTimeout, MaxIdleConnsPerHost: 16,
		}}
	}
	return &HTTPBlobs{base: strings.TrimSuffix(base, "/"), client: client}, nil
}

// PutBytes sends content.
func (b *HTTPBlobs) PutBytes(ctx context.Context, content []byte) (id.CID, error) {
	c, _, err := b.Put(ctx, bytes.NewReader(content))
	return c, err
}

// Put sends what r gives. An id that the content does not have is an error of
// kind internal.
func (b *HTTPBlobs) Put(ctx context.Context, r io.Reader) (id.CID, int64, error) {
	sum := newSummer()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, b.base+"/blob", io.TeeReader(r, sum))
	if err != nil {
		return "", 0, fault.Invalid("client: put blob: %w", err)
	}
	request.Header.Set("Content-Type", "application/octet-stream")
	if sized, ok := r.(interface{ Len() int }); ok {
		request.ContentLength = int64(sized.Len())
	}
	answer, err := b.do(request, errorTextLen)
	if err != nil {
		return "", 0, fmt.Errorf("client: put blob: %w", err)
	}
	var kept struct{ CID id.CID }
	if err := json.Unmarshal(answer, &kept); err != nil {
		return "", 0, fault.Internal("client: put blob: the gateway's answer: %w", err)
	}
	want := sum.cid()
	if kept.CID != want {
		return "", 0, fault.Internal("client: put blob: the gateway says %.80q, the content is %s", kept.CID, want)
	}
	return want, sum.size, nil
}

// GetBytes fetches a blob.
func (b *HTTPBlobs) GetBytes(ctx context.Context, c id.CID, limit int64) ([]byte, error) {
	if _, err := id.ParseCID(c.String()); err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, b.base+"/blob/"+c.String(), http.NoBody)
	if err != nil {
		return nil, fault.Invalid("client: get blob %s: %w", c, err)
	}
	content, err := b.do(request, limit)
	if err != nil {
		return nil, fmt.Errorf("client: get blob %s: %w", c, err)
	}
	if got := CIDOf(content); got != c {
		return nil, fault.Internal("client: get blob %s: the gateway's %d bytes are %s", c, len(content), got)
	}
	return content, nil
}

// do returns the body of a successful answer of at most limit bytes.
func (b *HTTPBlobs) do(request *http.Request, limit int64) ([]byte, error) {
	answer, err := b.client.Do(request)
	if err != nil {
		return nil, unwrapURL(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		return nil, refusal(answer)
	}
	if answer.ContentLength > limit {
		return nil, fault.Limit("%d bytes exceed the limit of %d", answer.ContentLength, limit)
	}
	content, err := io.ReadAll(io.LimitReader(answer.Body, limit+1))
	if err != nil {
		return nil, fault.Internal("read answer: %w", err)
	}
	if int64(len(content)) > limit {
		return nil, fault.Limit("more than the limit of %d bytes", limit)
	}
	return content, nil
}

// unwrapURL keeps the kind of an error that came out of a request's body.
func unwrapURL(err error) error {
	var kinded *fault.Error
	if errors.As(err, &kinded) {
		return err
	}
	return fault.Internal("%w", err)
}

// refusal reads why a gateway refused: {"kind":…,"error":…}.
func refusal(answer *http.Response) error {
	text, _ := io.ReadAll(io.LimitReader(answer.Body, errorTextLen)) // what arrived is told
	var why struct{ Kind, Error string }
	if json.Unmarshal(text, &why) != nil {
		why.Error = string(text)
	}
	for kind := fault.KindInvalid; kind <= fault.KindInternal; kind++ {
		if kind.String() == why.Kind {
			return fault.Errorf(kind, "%s: %s", answer.Status, why.Error)
		}
	}
	return fault.Errorf(kindOfStatus(answer.StatusCode), "%s: %s", answer.Status, why.Error)
}

// kindOfStatus serves for answers that come from something before the gateway.
func kindOfStatus(status int) fault.Kind {
	switch status {
	case http.StatusBadRequest:
		return fault.KindInvalid
	case http.StatusNotFound:
		return fault.KindNotFound
	case http.StatusUnauthorized, http.StatusForbidden:
		return fault.KindForbidden
	case http.StatusRequestEntityTooLarge, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return fault.KindLimit
	}
	return fault.KindInternal
}
