package client_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

const mib = 1 << 20

// The ids that an independent implementation gives that many zeros:
// head -c N /dev/zero | python3 plane/testdata/unixfs.py
func TestContentIDs(t *testing.T) {
	tests := []struct {
		size int
		want id.CID
	}{
		{0, "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"},
		{1, "bafkreidogqfzz75tpkmjzjke425xqcrmpcib2p5tg44hnbirumdbpl5adu"},
		{mib, "bafkreibq4fevl27rgurgnxbp7adh42aqiyd6ouflxhj3gzmcxcxzbh6lla"},
		{mib + 1, "bafybeihd4yzq7n5umhjngdum4r6k2to7egxfkf2jz6thvwzf6djus22cmq"},
		{174 * mib, "bafybeiehkrmqsoci5u5g4pzahfhb64hzyg4wtn62vjewazp5zjcngoifca"},
		{174*mib + 1, "bafybeibvh2wc7n5urwrvmv7nxmk2htrwz3mqqs4ulqcnzwpxtpxoer6xmu"},
	}
	for _, tt := range tests {
		if tt.size > 100*mib && testing.Short() {
			continue
		}
		if got := client.CIDOf(make([]byte, tt.size)); got != tt.want {
			t.Errorf("id of %d zeros = %s, want %s", tt.size, got, tt.want)
		}
	}
}

// shelf is a gateway that keeps blobs in memory.
func shelf(t *testing.T) *client.HTTPBlobs {
	kept := map[string][]byte{}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /blob", func(w http.ResponseWriter, r *http.Request) {
		content, _ := io.ReadAll(r.Body)
		c := client.CIDOf(content)
		kept[c.String()] = content
		say(w, fmt.Sprintf(`{"cid":%q,"size":%d}`, c, len(content)))
	})
	mux.HandleFunc("GET /blob/{cid}", func(w http.ResponseWriter, r *http.Request) {
		content, ok := kept[r.PathValue("cid")]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			say(w, `{"kind":"not found","error":"no such blob"}`)
			return
		}
		_, _ = w.Write(content)
	})
	return blobsOf(t, mux)
}

// say answers a client that may be gone.
func say(w io.Writer, text string) { _, _ = io.WriteString(w, text) }

func blobsOf(t *testing.T, h http.Handler) *client.HTTPBlobs {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	b, err := client.NewHTTPBlobs(server.URL+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBlobsRoundTrip(t *testing.T) {
	b := shelf(t)
	for _, size := range []int{0, 1, mib, mib + 1, 3 * mib} {
		content := bytes.Repeat([]byte{7}, size)
		c, err := b.PutBytes(t.Context(), content)
		if err != nil {
			t.Fatalf("put %d bytes: %v", size, err)
		}
		streamed, n, err := b.Put(t.Context(), io.MultiReader(bytes.NewReader(content)))
		if err != nil || streamed != c || n != int64(size) {
			t.Errorf("put %d bytes as a stream = %s, %d, %v, want %s", size, streamed, n, err, c)
		}
		back, err := b.GetBytes(t.Context(), c, int64(size))
		if err != nil || !bytes.Equal(back, content) {
			t.Errorf("get %d bytes: %d, %v", size, len(back), err)
		}
		if size > 0 {
			if _, err := b.GetBytes(t.Context(), c, int64(size)-1); !fault.Is(err, fault.KindLimit) {
				t.Errorf("get %d bytes with a lower limit: %v, want kind limit", size, err)
			}
		}
	}
	if _, err := b.GetBytes(t.Context(), id.RawCID([]byte("absent")), 10); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("get an absent blob: %v, want kind not found", err)
	}
	if _, err := b.GetBytes(t.Context(), "../secret", 10); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("get by a path: %v, want kind invalid", err)
	}
}

func TestALyingGatewayIsFound(t *testing.T) {
	big := id.NewCID(id.DagPB, sha256.Sum256([]byte("root")))
	tests := []struct {
		name   string
		answer func(http.ResponseWriter)
		kind   fault.Kind
	}{
		{"other content", func(w http.ResponseWriter) { say(w, "other") }, fault.KindInternal},
		{"no content", func(http.ResponseWriter) {}, fault.KindInternal},
		{"endless content", func(w http.ResponseWriter) {
			for range 200 {
				_, _ = w.Write(make([]byte, 1000))
			}
		}, fault.KindLimit},
		{"less than it announces", func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "9")
			say(w, "hell")
		}, fault.KindInternal},
		{"an unknown kind", func(w http.ResponseWriter) {
			w.WriteHeader(http.StatusForbidden)
			say(w, `{"kind":"magic","error":"<script>"}`)
		}, fault.KindForbidden},
		{"an error page", func(w http.ResponseWriter) {
			w.WriteHeader(http.StatusBadGateway)
			say(w, "<html>")
		}, fault.KindInternal},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := blobsOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				tt.answer(w)
			}))
			for _, c := range []id.CID{id.RawCID([]byte("hello")), big} {
				if _, err := b.GetBytes(t.Context(), c, 100_000); !fault.Is(err, tt.kind) {
					t.Errorf("GetBytes(%s): %v, want kind %s", c, err, tt.kind)
				}
			}
			if _, err := b.PutBytes(t.Context(), []byte("hello")); err == nil {
				t.Error("PutBytes: no error")
			}
		})
	}
}

func TestGatewayAddressIsChecked(t *testing.T) {
	for _, base := range []string{"", "127.0.0.1:80", "ftp://host", "http://", "::"} {
		if _, err := client.NewHTTPBlobs(base, nil); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("NewHTTPBlobs(%q): %v, want kind invalid", base, err)
		}
	}
}
