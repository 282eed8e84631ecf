// Package fetch brings blobs from peers into the local store.
//
// Words: a peer is the base URL of a gateway that serves /blob/{cid}, see
// package serve.
//
// Invariants:
//  1. Peers are not trusted. What one sends is laid out again by the store, and
//     only content whose own CID is the one asked for counts as fetched.
//  2. One peer can cost at most Options.Timeout, Options.Stall without a byte,
//     and the bytes of the stated limit; then the next peer is asked.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
)

// Options are the settings of a Fetcher. Start from Defaults.
type Options struct {
	// Timeout bounds one attempt at one peer.
	Timeout time.Duration
	// Stall bounds the wait for the answer to begin, and for each next bytes.
	Stall time.Duration
	// Transport carries the requests.
	Transport http.RoundTripper
}

// Defaults returns ten minutes, ten seconds, and a transport without
// compression, so that a peer cannot inflate what it sends.
func Defaults() Options {
	return Options{
		Timeout: 10 * time.Minute,
		Stall:   10 * time.Second,
		Transport: &http.Transport{
			DisableCompression:     true,
			MaxIdleConnsPerHost:    8,
			IdleConnTimeout:        90 * time.Second,
			MaxResponseHeaderBytes: 16 << 10,
		},
	}
}

// Fetcher brings blobs into one store. Its methods may be called concurrently.
type Fetcher struct {
	store   *plane.Store
	peers   []*url.URL
	options Options
	client  *http.Client
}

// New returns a fetcher that asks peers in their order. A peer that is no http
// or https base URL is an error of kind invalid.
func New(store *plane.Store, peers []string, options Options) (*Fetcher, error) {
	f := &Fetcher{store: store, options: options}
	for _, p := range peers {
		u, err := url.Parse(p)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			return nil, fault.Invalid("fetch: peer %q: want a base URL such as http://127.0.0.1:8080", p)
		}
		f.peers = append(f.peers, u)
	}
	if options.Timeout <= 0 || options.Stall <= 0 || options.Transport == nil {
		return nil, fault.Invalid("fetch: timeout %s, stall %s, transport %T: want all set",
			options.Timeout, options.Stall, options.Transport)
	}
	f.client = &http.Client{Transport: options.Transport, CheckRedirect: refuseRedirect}
	return f, nil
}

// Fetch returns when the blob is in the store, which asks no peer if it is
// there already, and says how many bytes it has. limit is the most it may
// have: the size that the chain records, if it does. When all peers fail the
// error joins what each did, and has kind not found if none has the blob.
func (f *Fetcher) Fetch(ctx context.Context, c id.CID, limit int64) (int64, error) {
	if ok, err := f.store.Has(ctx, c); err == nil && ok {
		stat, err := f.store.Stat(ctx, c)
		return stat.Size, err
	} else if fault.Is(err, fault.KindInvalid) {
		return 0, err
	}
	var failed []error
	for _, peer := range f.peers {
		size, err := f.from(ctx, peer, c, limit)
		if err == nil {
			return size, nil
		}
		failed = append(failed, fmt.Errorf("peer %s: %w", peer.Redacted(), err))
		if ctx.Err() != nil {
			break
		}
	}
	return 0, f.failure(c, failed)
}

// failure joins what the peers did; its kind is that of the first who did more
// than not have the blob.
func (f *Fetcher) failure(c id.CID, failed []error) error {
	if len(failed) == 0 {
		return fault.NotFound("fetch: blob %s: not here, and no peers to ask", c)
	}
	kind := fault.KindNotFound
	for _, err := range failed {
		if kind = fault.KindOf(err); kind != fault.KindNotFound {
			break
		}
	}
	return fault.Errorf(kind, "fetch: blob %s: %w", c, errors.Join(failed...))
}

// from makes one attempt at one peer.
func (f *Fetcher) from(ctx context.Context, peer *url.URL, c id.CID, limit int64) (int64, error) {
	o := f.options
	ctx, cancel := context.WithTimeoutCause(ctx, o.Timeout, fmt.Errorf("took longer than %s", o.Timeout))
	defer cancel()
	ctx, giveUp := context.WithCancelCause(ctx)
	stall := time.AfterFunc(o.Stall, func() { giveUp(fmt.Errorf("sent nothing for %s", o.Stall)) })
	defer stall.Stop()

	b := &body{limit: limit, alive: func() { stall.Reset(o.Stall) }}
	size, err := f.receive(ctx, peer.JoinPath("blob", c.String()).String(), c, b)
	if err != nil && ctx.Err() != nil {
		return 0, fmt.Errorf("%w: %w", context.Cause(ctx), ctx.Err())
	}
	return size, err
}

// receive asks for the blob at address and puts the answer into the store.
func (f *Fetcher) receive(ctx context.Context, address string, c id.CID, b *body) (int64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	response, err := f.client.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { _ = response.Body.Close() }()
	switch {
	case response.StatusCode == http.StatusNotFound:
		return 0, fault.NotFound("answered %s", response.Status)
	case response.StatusCode != http.StatusOK:
		return 0, fault.Internal("answered %s", response.Status)
	case response.ContentLength > b.limit:
		return 0, b.tooLong()
	}
	b.r = response.Body
	return f.store.PutAs(ctx, c, b)
}

// body bounds what a peer sends and notes that it is alive.
type body struct {
	r           io.Reader
	read, limit int64
	alive       func()
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.read += int64(n); b.read > b.limit {
		return 0, b.tooLong()
	}
	if n > 0 {
		b.alive()
	}
	return n, err
}

func (b *body) tooLong() error {
	return fault.Limit("content exceeds the limit of %d bytes", b.limit)
}

// refuseRedirect keeps a peer from sending the fetcher elsewhere.
func refuseRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
