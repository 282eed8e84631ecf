// Package page shows a report as one HTML page that needs nothing else: no
// other file, no server, no network. Plots are SVG, drawn here; the page reads
// by day and by night, on paper, on a phone and to those who listen: each plot
// has its numbers in a table beside it.
//
// Invariants:
//  1. The page makes no request, and its policy forbids it to.
//  2. Whatever workers wrote is escaped.
package page

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/client/appraisal"
	"github.com/alaya-network/alaya/client/plot"
	"github.com/alaya-network/alaya/core/fault"
)

//go:embed page.html
var source string

//go:embed script.js
var script string

// Write writes a report as a page.
func Write(w io.Writer, r *appraisal.Report) error {
	t, err := template.New("page").Funcs(template.FuncMap{
		"style":   plot.Style,
		"script":  func() template.JS { return template.JS(script) },
		"percent": percent, "number": number, "real": real, "signed": signed,
		"shade": shade, "seconds": seconds, "mark": mark, "colour": at,
		"cut": cut, "first": first, "picture": picture,
	}).Parse(source)
	if err != nil {
		return fault.Internal("page: %w", err)
	}
	return t.Execute(w, view{r})
}

// view is a report with its plots.
type view struct{ *appraisal.Report }

// percent writes a share, "92.9 %".
func percent(share float64) string {
	if math.IsNaN(share) {
		return "–"
	}
	return strconv.FormatFloat(100*share, 'f', 1, 64) + " %"
}

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

func signed(x float64) string { return fmt.Sprintf("%+.1f", x) }

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
