package site_test

import (
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/alaya-network/alaya/gateway/site"
)

const script = "assets/main-BkX1.js"

func files() fs.FS {
	return fstest.MapFS{
		"index.html":   {Data: []byte(`<!doctype html><html><head><meta name="csp-nonce" content="" /></head><body>app</body></html>`)},
		script:         {Data: []byte(strings.Repeat("console.log(1);\n", 1000))},
		"icon.svg":     {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)},
		".gitkeep":     {Data: []byte("hidden")},
		"assets/a.png": {Data: make([]byte, 5000)},
	}
}

func open(t *testing.T, files fs.FS) http.Handler {
	t.Helper()
	h, err := site.Handler(files, http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func ask(h http.Handler, method, path string, header ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWhatGetsThePage(t *testing.T) {
	h := open(t, files())
	const browser = "text/html,application/xhtml+xml,*/*;q=0.8"
	for _, tt := range []struct {
		name, method, path, accept string
		code                       int
		holds                      string
	}{
		{"the root", "GET", "/", "", 200, "app"},
		{"the root's head", "HEAD", "/", "", 200, ""},
		{"a navigation to a path of the application", "GET", "/requests/1f3a5c7e9b2d4f60", browser, 200, "app"},
		{"a program on a path of the application", "GET", "/requests/1f3a5c7e9b2d4f60", "*/*", 404, "not found"},
		{"a navigation to an unknown call", "GET", "/api/v1/nothing", browser, 404, "not found"},
		{"a navigation to an unknown stage", "GET", "/alaya/nothing", browser, 404, "not found"},
		{"a navigation to an old asset", "GET", "/assets/old.js", browser, 404, "not found"},
		{"a navigation to a file", "GET", "/robots.txt", browser, 404, "not found"},
		{"the placeholder", "GET", "/.gitkeep", browser, 404, "not found"},
		{"the page by its name", "GET", "/index.html", browser, 404, "not found"},
		{"a path upwards", "GET", "/assets/../../etc/passwd", "*/*", 404, "not found"},
		{"an asset", "GET", "/" + script, "*/*", 200, "console.log"},
		{"a form", "POST", "/requests", browser, 404, "not found"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := ask(h, tt.method, tt.path, "Accept", tt.accept)
			if got := body(t, r); r.StatusCode != tt.code || !strings.Contains(got, tt.holds) {
				t.Errorf("%s %s = %d %.100q, want %d with %q", tt.method, tt.path, r.StatusCode, got, tt.code, tt.holds)
			}
		})
	}
}

func TestEveryPageHasANonceOfItsOwn(t *testing.T) {
	h := open(t, files())
	seen := map[string]bool{}
	for range 3 {
		r := ask(h, "GET", "/")
		policy := r.Header.Get("Content-Security-Policy")
		nonce := regexp.MustCompile(`style-src 'self' 'nonce-([A-Za-z0-9]{20,})';`).FindStringSubmatch(policy)
		if nonce == nil || seen[nonce[1]] {
			t.Fatalf("policy %q: want a new nonce for styles", policy)
		}
		seen[nonce[1]] = true
		if text := body(t, r); !strings.Contains(text, `<meta name="csp-nonce" content="`+nonce[1]+`">`) {
			t.Errorf("page %q: want the nonce of %q", text, policy)
		}
		for _, want := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("policy %q: want %q", policy, want)
			}
		}
		if strings.Contains(policy, "unsafe") || r.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("policy %q, Cache-Control %q", policy, r.Header.Get("Cache-Control"))
		}
	}
	bare := fstest.MapFS{"index.html": {Data: []byte(`<html><head></head></html>`)}}
	if text := body(t, ask(open(t, bare), "GET", "/")); !strings.Contains(text, `<head><meta name="csp-nonce" content="`) {
		t.Errorf("page without a place for the nonce: %q", text)
	}
}

func TestAssets(t *testing.T) {
	h := open(t, files())
	plain := ask(h, "GET", "/"+script)
	packed := ask(h, "GET", "/"+script, "Accept-Encoding", "br, gzip;q=0.8")
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatalf("Content-Encoding %q: %v", packed.Header.Get("Content-Encoding"), err)
	}
	text, err := io.ReadAll(z)
	if err != nil || string(text) != body(t, plain) {
		t.Errorf("compressed: %d bytes, %v", len(text), err)
	}
	if c := plain.Header.Get("Cache-Control"); !strings.Contains(c, "immutable") {
		t.Errorf("Cache-Control of a hashed asset = %q", c)
	}
	if c := ask(h, "GET", "/icon.svg").Header.Get("Cache-Control"); c != "no-cache" {
		t.Errorf("Cache-Control of the icon = %q", c)
	}
	if e := ask(h, "GET", "/assets/a.png", "Accept-Encoding", "gzip").Header.Get("Content-Encoding"); e != "" {
		t.Errorf("a picture is sent as %q", e)
	}
	if e := ask(h, "GET", "/"+script, "Accept-Encoding", "gzip;q=0").Header.Get("Content-Encoding"); e != "" {
		t.Errorf("who refuses gzip gets %q", e)
	}
	for _, r := range []*http.Response{plain, packed} {
		again := ask(h, "GET", "/"+script, "If-None-Match", r.Header.Get("ETag"), "Accept-Encoding", r.Header.Get("Content-Encoding"))
		if again.StatusCode != http.StatusNotModified {
			t.Errorf("asked again: %s", again.Status)
		}
	}
	if p := plain.Header.Get("Content-Security-Policy"); !strings.Contains(p, "connect-src 'self'") || strings.Contains(p, "nonce") {
		t.Errorf("policy of a script = %q", p)
	}
}

func TestWithoutABuildThePageSaysHowToMakeOne(t *testing.T) {
	for name, none := range map[string]fs.FS{"no folder": nil, "a placeholder": fstest.MapFS{".gitkeep": {}}} {
		h := open(t, none)
		if text := body(t, ask(h, "GET", "/")); !strings.Contains(text, "make build") || !strings.Contains(text, "/openapi.json") {
			t.Errorf("%s: page = %q", name, text)
		}
		if r := ask(h, "GET", "/assets/absent.css"); r.StatusCode != 200 {
			t.Errorf("%s: style: %s", name, r.Status)
		}
	}
	if _, err := site.Handler(fstest.MapFS{"index.html": {Data: []byte("x")}}, http.NotFoundHandler()); err == nil {
		t.Error("a page without a head is served")
	}
}
