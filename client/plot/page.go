package plot

import (
	_ "embed"
	"html/template"
	"io"
	"maps"
	"math"
	"strconv"

	"github.com/alaya-network/alaya/core/fault"
)

//go:embed page.html
var frame string

//go:embed style.css
var style string

// Page is a page around plots.
type Page struct {
	// Source defines the templates title and body, with an element main in it.
	Source string
	// Funcs are what Source calls besides percent.
	Funcs template.FuncMap
	// Script runs in the page; "": the page's policy allows none.
	Script string
}

// Write writes the page of some data.
func (p Page) Write(w io.Writer, data any) error {
	funcs := template.FuncMap{
		"style":   func() template.CSS { return template.CSS(style) },
		"script":  func() template.JS { return template.JS(p.Script) },
		"percent": Percent,
	}
	maps.Copy(funcs, p.Funcs)
	t, err := template.New("page").Funcs(funcs).Parse(frame)
	if err == nil {
		t, err = t.Parse(p.Source)
	}
	if err != nil {
		return fault.Internal("plot: page: %w", err)
	}
	return t.Execute(w, data)
}

// Percent writes a share, "92.9 %", or a dash for none.
func Percent(share float64) string {
	if math.IsNaN(share) {
		return "–"
	}
	return strconv.FormatFloat(100*share, 'f', 1, 64) + " %"
}

// Plain writes a number with the digits that it needs.
func Plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
