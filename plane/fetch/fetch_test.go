package fetch_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/fetch"
	"github.com/alaya-network/alaya/plane/memory"
	"github.com/alaya-network/alaya/plane/serve"
)

const large = 2*plane.ChunkSize + 77

func TestFetch(t *testing.T) {
	for _, size := range []int{0, 3000, plane.ChunkSize, large} {
		t.Run(fmt.Sprintf("%d bytes", size), func(t *testing.T) {
			want := content(size)
			c, peer := servePeer(t, want)
			store := newStore(t)
			f := newFetcher(t, store, peer.URL+"/")
			for range 2 { // the second time it is here already
				if n, err := f.Fetch(t.Context(), c, int64(size)); err != nil || n != int64(size) {
					t.Fatalf("Fetch = %d, %v, want %d", n, err, size)
				}
				peer.Close()
			}
			if got, err := store.GetBytes(t.Context(), c, int64(size)); err != nil || !bytes.Equal(got, want) {
				t.Errorf("fetched %d bytes, %v", len(got), err)
			}
		})
	}
}

func TestHostilePeers(t *testing.T) {
	tests := []struct {
		name    string
		kind    fault.Kind
		says    string
		handler http.HandlerFunc
	}{
		{"that has nothing", fault.KindNotFound, "404", http.NotFound},
		{"that fails", fault.KindInternal, "500", func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "no", http.StatusInternalServerError)
		}},
		{"that answers a part", fault.KindInternal, "206", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusPartialContent)
		}},
		{"that sends elsewhere", fault.KindInternal, "302", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/secret", http.StatusFound)
		}},
		{"that sends other content", fault.KindInvalid, "want ", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte("other content"))
		}},
		{"that sends nothing", fault.KindInvalid, "want ", func(http.ResponseWriter, *http.Request) {}},
		{"that announces too much", fault.KindLimit, "limit", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99999999999")
		}},
		{"that sends without end", fault.KindLimit, "limit", func(w http.ResponseWriter, _ *http.Request) {
			for err := error(nil); err == nil; {
				_, err = w.Write(make([]byte, 1<<16))
			}
		}},
		{"that stops in the middle", fault.KindInternal, "EOF", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("half"))
		}},
		{"that stops in the middle of chunks", fault.KindInternal, "EOF", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(content(100_000))
			panic(http.ErrAbortHandler)
		}},
		{"that never answers", fault.KindInternal, "sent nothing", func(_ http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
		}},
		{"that falls silent", fault.KindInternal, "sent nothing", func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write([]byte("half"))
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}},
		{"that speaks no HTTP", fault.KindInternal, "malformed", func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_, _ = io.WriteString(conn, "SSH-2.0\r\n\r\n")
				_ = conn.Close()
			}
		}},
	}
	for _, tt := range tests {
		for _, size := range []int{3000, large} {
			t.Run(fmt.Sprintf("%s for %d bytes", tt.name, size), func(t *testing.T) {
				bad := httptest.NewServer(tt.handler)
				defer bad.Close()
				c, good := servePeer(t, content(size))

				store := newStore(t)
				_, err := newFetcher(t, store, bad.URL).Fetch(t.Context(), c, large)
				if fault.KindOf(err) != tt.kind {
					t.Errorf("Fetch: %v, want kind %s", err, tt.kind)
				}
				for _, part := range []string{bad.URL, c.String(), tt.says} {
					if err == nil || !strings.Contains(err.Error(), part) {
						t.Errorf("Fetch: %v, want it to say %q", err, part)
					}
				}
				if ok, err := store.Has(t.Context(), c); ok || err != nil {
					t.Errorf("Has after a failed Fetch = %v, %v", ok, err)
				}
				if n, err := newFetcher(t, store, bad.URL, good.URL).Fetch(t.Context(), c, large); err != nil || n != int64(size) {
					t.Errorf("Fetch with a good peer behind = %d, %v", n, err)
				}
			})
		}
	}
}

func TestAnAttemptIsBoundedInTime(t *testing.T) {
	trickle := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for err := error(nil); err == nil; {
			_, err = w.Write([]byte("a"))
			w.(http.Flusher).Flush()
		}
	}))
	defer trickle.Close()
	o := fetch.Defaults()
	o.Timeout, o.Stall = 50*time.Millisecond, time.Minute
	f, err := fetch.New(newStore(t), []string{trickle.URL}, o)
	if err != nil {
		t.Fatal(err)
	}
	c := id.NewCID(id.DagPB, id.Hash{1})
	if _, err := f.Fetch(t.Context(), c, 1<<40); err == nil || !strings.Contains(err.Error(), "took longer than 50ms") {
		t.Errorf("Fetch of a trickle: %v, want it to take too long", err)
	}
}

func TestFetchEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}))
	defer silent.Close()
	f := newFetcher(t, newStore(t), silent.URL, "http://127.0.0.1:1")
	_, err := f.Fetch(ctx, id.RawCID([]byte("x")), 10)
	if !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "127.0.0.1:1/") {
		t.Errorf("Fetch: %v, want canceled at the first peer", err)
	}
}

func TestFetchMendsABrokenBlob(t *testing.T) {
	want := content(large)
	c, peer := servePeer(t, want)
	d := memory.New()
	store, err := plane.New(d, plane.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.PutBytes(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	if err := d.Put(t.Context(), c.Digest(), []byte("broken")); err != nil {
		t.Fatal(err)
	}
	if _, err := newFetcher(t, store, peer.URL).Fetch(t.Context(), c, large); err != nil {
		t.Fatal(err)
	}
	if err := store.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestFetchRefuses(t *testing.T) {
	for _, peer := range []string{"", "localhost:80", "ftp://host", "http://", "http://host?x=1", "http://host#x", "http://%zz"} {
		if _, err := fetch.New(newStore(t), []string{peer}, fetch.Defaults()); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("New with peer %q: %v, want kind invalid", peer, err)
		}
	}
	if _, err := fetch.New(newStore(t), nil, fetch.Options{}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("New without options: %v, want kind invalid", err)
	}
	f := newFetcher(t, newStore(t))
	if _, err := f.Fetch(t.Context(), "../../etc/passwd", 10); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("Fetch of a bad CID: %v, want kind invalid", err)
	}
	if _, err := f.Fetch(t.Context(), id.RawCID(nil), 10); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("Fetch without peers: %v, want kind not found", err)
	}
}

// servePeer is a gateway that has one blob.
func servePeer(t *testing.T, b []byte) (id.CID, *httptest.Server) {
	t.Helper()
	store := newStore(t)
	c, err := store.PutBytes(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(serve.Handler(store, serve.Options{}))
	t.Cleanup(server.Close)
	return c, server
}

func newStore(t *testing.T) *plane.Store {
	t.Helper()
	s, err := plane.New(memory.New(), plane.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func newFetcher(t *testing.T, s *plane.Store, peers ...string) *fetch.Fetcher {
	t.Helper()
	o := fetch.Defaults()
	o.Stall = 500 * time.Millisecond
	f, err := fetch.New(s, peers, o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func content(size int) []byte {
	b := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}
