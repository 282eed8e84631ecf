package site

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// worthwhile is the length from which text is compressed, in bytes.
const worthwhile = 1 << 10

// asset is one file with all that its answers need.
type asset struct {
	content []byte
	kind    string // media type
	cache   string // Cache-Control
	tag     string
	// small returns the content compressed, nil when that gains nothing; it
	// compresses once.
	small func() []byte
}

func readAssets(files fs.FS) (map[string]*asset, error) {
	all := map[string]*asset{}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		hidden := strings.HasPrefix(path.Base(name), ".")
		if err != nil || entry.IsDir() || hidden || name == "index.html" {
			return err
		}
		content, err := fs.ReadFile(files, name)
		if err == nil {
			all[name] = newAsset(name, content)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	return all, nil
}

func newAsset(name string, content []byte) *asset {
	a := &asset{content: content, kind: kindOf(name), cache: "no-cache", tag: tag(sha256.Sum256(content))}
	if strings.HasPrefix(name, "assets/") {
		a.cache = "public, max-age=31536000, immutable"
	}
	a.small = sync.OnceValue(func() []byte { return compress(a.kind, content) })
	return a
}

// kindOf returns the media type of a file by its name. The table is ours: the
// system's differs from machine to machine.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json", ".map":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".svg":
		return "image/svg+xml"
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".wasm":
		return "application/wasm"
	case ".png":
		return "image/png"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	}
	return "application/octet-stream"
}

// compress returns text compressed, nil for what is short or compressed already.
func compress(kind string, content []byte) []byte {
	packed := strings.HasPrefix(kind, "image/") && kind != "image/svg+xml" || kind == "font/woff2"
	if packed || len(content) < worthwhile {
		return nil
	}
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil
	}
	if _, err := z.Write(content); err != nil || z.Close() != nil || out.Len() >= len(content) {
		return nil
	}
	return out.Bytes()
}

// serve answers with the asset, compressed for those who take it so. A worker
// is under the policy that its own script came with.
func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", fmt.Sprintf(policy, ""))
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", a.cache)
	h.Set("Vary", "Accept-Encoding")
	content, name := a.content, a.tag
	if takesGzip(r.Header.Get("Accept-Encoding")) {
		if small := a.small(); small != nil {
			h.Set("Content-Encoding", "gzip")
			content, name = small, a.tag+"-gzip"
		}
	}
	h.Set("ETag", `"`+name+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// takesGzip reads an Accept-Encoding.
func takesGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		name, weight, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) == "gzip" {
			return !strings.HasPrefix(strings.TrimSpace(weight), "q=0") || strings.HasPrefix(strings.TrimSpace(weight), "q=0.")
		}
	}
	return false
}
