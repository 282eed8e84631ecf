// Package page shows a report as one HTML page that needs nothing else, and
// reads to those who listen too: each plot has its numbers in a table beside
// it.
//
// Invariants:
//  1. Whatever workers wrote is escaped.
package page

import (
	_ "embed"
	"html/template"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/client/appraisal"
	"github.com/alaya-network/alaya/client/plot"
)

//go:embed page.html
var source string

//go:embed script.js
var script string

// Write writes a report as a page.
func Write(w io.Writer, r *appraisal.Report) error {
	p := plot.Page{Source: source, Script: script, Funcs: template.FuncMap{
		"number": number, "real": real, "shade": shade, "seconds": seconds,
		"mark": mark, "colour": at, "cut": cut, "first": first, "picture": picture,
	}}
	return p.Write(w, view{r})
}

// view is a report with its plots.
type view struct{ *appraisal.Report }

// number writes a count with thin spaces between thousands.
func number(n int) string {
	text := strconv.Itoa(n)
	var parts []string
	for len(text) > 3 {
		parts = append([]string{text[len(text)-3:]}, parts...)
		text = text[:len(text)-3]
	}
	return strings.Join(append([]string{text}, parts...), "\u202f")
}

func real(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }

// shade returns how dark a cell of a share is, from 0 to 100.
func shade(share float64) int { return int(math.Round(100 * math.Max(0, math.Min(1, share)))) }

// seconds writes a time spent.
func seconds(ms int64) string {
	switch {
	case ms == 0:
		return "–"
	case ms < 60_000:
		return strconv.FormatFloat(float64(ms)/1000, 'f', 1, 64) + " s"
	default:
		return strconv.FormatFloat(float64(ms)/60_000, 'f', 1, 64) + " min"
	}
}
