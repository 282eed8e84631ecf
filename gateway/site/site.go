// Package site serves a single-page application from a folder of files.
//
// Words: the page is index.html; an asset is any other file; a navigation is a
// browser's request for something to show, which gets the page whatever its
// path, as the application reads the path itself.
//
// Invariants:
//  1. The page runs scripts of its own origin only, talks to that origin only,
//     and is never framed; each answer has a nonce of its own for styles.
//  2. What lies in assets/ is named by its content and may be kept for ever;
//     everything else is asked for again each time.
//  3. A request that is neither an asset nor a navigation is not answered here.
//
// Sources: Content Security Policy Level 3, https://www.w3.org/TR/CSP3/.
package site

import (
	"bytes"
	"crypto/rand"
	"embed"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/http"
	"regexp"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

// absent is the page of a program that was compiled without the application.
//
//go:embed absent
var absent embed.FS

// policy is what a browser may load for the page, its scripts and its workers.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'%s; img-src 'self' data: blob:; " +
	"media-src 'self' data: blob:; font-src 'self'; worker-src 'self' blob:; connect-src 'self'; manifest-src 'self'; " +
	"frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// site is one application, ready to be served.
type site struct {
	before, after string // of the nonce in the page
	assets        map[string]*asset
	missed        http.Handler
}

// Handler serves the application in files; without index.html there it serves
// a page that says how to make one. missed answers what is neither an asset
// nor a navigation. An error is a page without a head or a folder that cannot
// be read.
func Handler(files fs.FS, missed http.Handler) (http.Handler, error) {
	if files == nil || !exists(files, "index.html") {
		var err error
		if files, err = fs.Sub(absent, "absent"); err != nil {
			return nil, err
		}
	}
	s := &site{missed: missed}
	if err := s.readPage(files); err != nil {
		return nil, err
	}
	var err error
	s.assets, err = readAssets(files)
	return s, err
}

func exists(files fs.FS, name string) bool {
	_, err := fs.Stat(files, name)
	return err == nil
}

// readPage cuts the page where each answer's nonce goes: into the meta element
// "csp-nonce", or a new one behind <head>.
func (s *site) readPage(files fs.FS) error {
	text, err := fs.ReadFile(files, "index.html")
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	at := regexp.MustCompile(`<meta\s+name="csp-nonce"[^>]*>`).FindIndex(text)
	if at == nil {
		head := bytes.Index(text, []byte("<head>"))
		if head < 0 {
			return fault.Invalid("site: index.html has no <head>")
		}
		at = []int{head + len("<head>"), head + len("<head>")}
	}
	s.before = string(text[:at[0]]) + `<meta name="csp-nonce" content="`
	s.after = `">` + string(text[at[1]:])
	return nil
}

// ServeHTTP implements http.Handler.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	a, known := s.assets[strings.TrimPrefix(r.URL.Path, "/")]
	switch {
	case reads && known:
		a.serve(w, r)
	case reads && (r.URL.Path == "/" || navigates(r)):
		s.page(w)
	default:
		s.missed.ServeHTTP(w, r)
	}
}

// navigates says whether a browser wants a page to show. A path whose last part
// has a dot names a file, and one under machines() is no page of ours.
func navigates(r *http.Request) bool {
	for _, prefix := range machines() {
		if strings.HasPrefix(r.URL.Path, prefix) {
			return false
		}
	}
	last := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	return !strings.Contains(last, ".") && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// machines begin the paths that only programs ask for.
func machines() []string {
	return []string{"/api/", "/alaya/", "/cosmos/", "/assets/", "/blob", "/tx", "/events"}
}

// page answers with the page under a nonce of its own.
func (s *site) page(w http.ResponseWriter) {
	nonce := rand.Text()
	h := w.Header()
	h.Set("Content-Security-Policy", fmt.Sprintf(policy, " 'nonce-"+nonce+"'"))
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte(s.before + nonce + s.after)) // a client that is gone cannot be told
}

// tag names content in an ETag.
func tag(sum [32]byte) string { return base64.RawURLEncoding.EncodeToString(sum[:16]) }
