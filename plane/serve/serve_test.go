package serve_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/memory"
	"github.com/alaya-network/alaya/plane/serve"
)

func TestGet(t *testing.T) {
	want := content(plane.ChunkSize + 100)
	s := newStore(t, memory.New())
	c := put(t, s, want)
	tests := []struct {
		name, method, header, value string
		code                        int
		body                        []byte
	}{
		{"the whole blob", "GET", "", "", 200, want},
		{"the head alone", "HEAD", "", "", 200, nil},
		{"a range over two blocks", "GET", "Range", "bytes=1048570-1048580", 206, want[1048570:1048581]},
		{"the last bytes", "GET", "Range", "bytes=-5", 206, want[len(want)-5:]},
		{"a range behind the end", "GET", "Range", "bytes=9999999-", 416, nil},
		{"what the client has", "GET", "If-None-Match", `"` + c.String() + `"`, 304, []byte{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			request := httptest.NewRequest(tt.method, "/blob/"+c.String(), nil)
			if tt.header != "" {
				request.Header.Set(tt.header, tt.value)
			}
			got := send(s, request)
			if got.Code != tt.code {
				t.Errorf("code %d, want %d", got.Code, tt.code)
			}
			if tt.body != nil && !bytes.Equal(got.Body.Bytes(), tt.body) {
				t.Errorf("body of %d bytes, want %d", got.Body.Len(), len(tt.body))
			}
			if got.Code == 416 {
				return
			}
			for name, value := range map[string]string{
				"X-Content-Type-Options": "nosniff",
				"Cache-Control":          "public, max-age=31536000, immutable",
				"Etag":                   `"` + c.String() + `"`,
			} {
				if got.Header().Get(name) != value {
					t.Errorf("%s: %q, want %q", name, got.Header().Get(name), value)
				}
			}
		})
	}
}

func TestContentIsNeverShown(t *testing.T) {
	s := newStore(t, memory.New())
	c := put(t, s, []byte("<html><script>alert(1)</script>"))
	got := send(s, httptest.NewRequest("GET", "/blob/"+c.String(), nil)).Header()
	for name, value := range map[string]string{
		"Content-Type":            "application/octet-stream",
		"Content-Disposition":     `attachment; filename="` + c.String() + `"`,
		"X-Content-Type-Options":  "nosniff",
		"Content-Security-Policy": "default-src 'none'; sandbox",
	} {
		if got.Get(name) != value {
			t.Errorf("%s: %q, want %q", name, got.Get(name), value)
		}
	}
}

func TestGetRefuses(t *testing.T) {
	d := memory.New()
	s := newStore(t, d)
	broken := put(t, s, []byte("content"))
	if err := d.Put(t.Context(), broken.Digest(), []byte("Content")); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, method, path string
		code               int
		kind               string
	}{
		{"a malformed CID", "GET", "/blob/nonsense", 400, "invalid"},
		{"a path", "GET", "/blob/..%2f..%2fetc%2fpasswd", 400, "invalid"},
		{"an absent blob", "GET", "/blob/" + id.RawCID([]byte("absent")).String(), 404, "not found"},
		{"a broken blob", "GET", "/blob/" + broken.String(), 500, "internal"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := send(s, httptest.NewRequest(tt.method, tt.path, nil))
			var failed serve.Failed
			if err := json.Unmarshal(got.Body.Bytes(), &failed); err != nil {
				t.Fatalf("body %q: %v", got.Body, err)
			}
			if got.Code != tt.code || failed.Kind != tt.kind || failed.Error == "" {
				t.Errorf("answer %d %+v, want %d %s", got.Code, failed, tt.code, tt.kind)
			}
			if tt.code == 500 && failed.Error != "internal error" {
				t.Errorf("internal error tells the client %q", failed.Error)
			}
			if cache := got.Header().Get("Cache-Control"); cache != "" {
				t.Errorf("a failure may be cached: %q", cache)
			}
		})
	}
	for _, method := range []string{"PUT", "DELETE", "PATCH"} {
		if got := send(s, httptest.NewRequest(method, "/blob/"+broken.String(), nil)); got.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s: code %d, want 405", method, got.Code)
		}
	}
}

func TestInternalErrorsAreLogged(t *testing.T) {
	d := memory.New()
	s := newStore(t, d)
	c := put(t, s, []byte("content"))
	if err := d.Put(t.Context(), c.Digest(), []byte("Content")); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	h := serve.Handler(s, serve.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/blob/"+c.String(), nil))
	if !strings.Contains(log.String(), c.String()) || !strings.Contains(log.String(), "corrupt") {
		t.Errorf("log %q does not name the blob and its fault", log.String())
	}
}

// A block that breaks on the way must not end in a download that looks whole.
func TestABrokenBlockCutsTheDownload(t *testing.T) {
	d := memory.New()
	s := newStore(t, d)
	want := content(2 * plane.ChunkSize)
	c := put(t, s, want)
	if err := d.Put(t.Context(), id.RawCID(want[plane.ChunkSize:]).Digest(), make([]byte, plane.ChunkSize)); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(serve.Handler(s, serve.Options{}))
	defer server.Close()
	response, err := http.Get(server.URL + "/blob/" + c.String())
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if got, err := io.ReadAll(response.Body); err == nil || !bytes.HasPrefix(want, got) {
		t.Errorf("read %d bytes, %v, want a cut after right bytes", len(got), err)
	}
}

func TestPost(t *testing.T) {
	s := newStore(t, memory.New())
	for _, size := range []int{0, 3000, plane.ChunkSize + 1} {
		got := send(s, httptest.NewRequest("POST", "/blob", bytes.NewReader(content(size))))
		var up serve.Uploaded
		if err := json.Unmarshal(got.Body.Bytes(), &up); err != nil || got.Code != http.StatusCreated {
			t.Fatalf("POST of %d bytes: code %d, body %q, %v", size, got.Code, got.Body, err)
		}
		if up.Size != int64(size) || got.Header().Get("Location") != "/blob/"+up.CID.String() {
			t.Errorf("POST of %d bytes = %+v at %q", size, up, got.Header().Get("Location"))
		}
		if b, err := s.GetBytes(t.Context(), up.CID, int64(size)); err != nil || !bytes.Equal(b, content(size)) {
			t.Errorf("the store has %d bytes, %v", len(b), err)
		}
	}
}

func TestPostRefuses(t *testing.T) {
	tests := []struct {
		name string
		body io.Reader
		code int
		kind string
	}{
		{"an announced body above the limit", bytes.NewReader(content(maxUpload + 1)), 413, "limit"},
		{"a stream above the limit", io.MultiReader(bytes.NewReader(content(maxUpload + 1))), 413, "limit"},
		{"a body that breaks off", io.MultiReader(strings.NewReader("half"), iotest.ErrReader(io.ErrUnexpectedEOF)), 400, "invalid"},
		{"a long body that breaks off", io.MultiReader(bytes.NewReader(content(maxUpload)), iotest.ErrReader(io.ErrUnexpectedEOF)), 400, "invalid"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := send(newStore(t, memory.New()), httptest.NewRequest("POST", "/blob", tt.body))
			var failed serve.Failed
			if err := json.Unmarshal(got.Body.Bytes(), &failed); err != nil || got.Code != tt.code || failed.Kind != tt.kind {
				t.Errorf("answer %d %+v, %v, want %d %s", got.Code, failed, err, tt.code, tt.kind)
			}
		})
	}
}

const maxUpload = 2 * plane.ChunkSize

func send(s *plane.Store, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	serve.Handler(s, serve.Options{MaxUpload: maxUpload}).ServeHTTP(w, r)
	return w
}

func newStore(t *testing.T, d plane.Driver) *plane.Store {
	t.Helper()
	s, err := plane.New(d, plane.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, s *plane.Store, b []byte) id.CID {
	t.Helper()
	c, err := s.PutBytes(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func content(size int) []byte {
	b := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}
