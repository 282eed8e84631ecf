// Package plot draws plots as SVG, and writes the pages around them, which need
// nothing else: no other file, no server, no network. Colours are classes of
// the pages' style sheet, which reads by day and by night, on paper and on a
// phone.
//
// Words: a canvas is one plot; a scale maps values onto a range of it; a tip is
// what a shape says when it is pointed at.
//
// Invariants:
//  1. Text and tips are escaped; classes are the caller's and are not.
//  2. A page makes no request, and its policy forbids it to.
package plot

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"
)

// Canvas draws one plot as SVG. Colours are classes, so that the page's style
// sheet decides on them, by day and by night.
type Canvas struct {
	W, H  float64
	text  strings.Builder
	X, Y  Scale
	Label string // what a reader hears who cannot see it
}

// The size of a plot, in units of about a pixel: small, so that its letters
// stay legible on a phone.
const (
	Width  = 420.0
	Height = 260.0
)

// Scale maps values onto a range of the canvas.
type Scale struct {
	From, To float64 // values
	At, End  float64 // places
	Log      bool
}

// Place returns where a value is.
func (s Scale) Place(v float64) float64 {
	a, b := s.From, s.To
	if s.Log {
		v, a, b = math.Log10(math.Max(v, 1e-9)), math.Log10(a), math.Log10(b)
	}
	if a == b {
		return (s.At + s.End) / 2
	}
	return s.At + (v-a)/(b-a)*(s.End-s.At)
}

// New returns a canvas with room for axes.
func New(label string, height float64) *Canvas {
	c := &Canvas{W: Width, H: height, Label: label}
	c.X.At, c.X.End = 46, c.W-12
	c.Y.At, c.Y.End = c.H-38, 24
	return c
}

// Add writes SVG; its arguments must be escaped.
func (c *Canvas) Add(format string, args ...any) { fmt.Fprintf(&c.text, format, args...) }

// Line draws a line of a class.
func (c *Canvas) Line(class string, x1, y1, x2, y2 float64) {
	c.Add(`<line class="%s" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, class, x1, y1, x2, y2)
}

// Bar draws a rectangle between two corners, with a tip.
func (c *Canvas) Bar(class string, x1, y1, x2, y2 float64, tip string) {
	c.Add(`<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f">%s</rect>`,
		class, math.Min(x1, x2), math.Min(y1, y2), math.Abs(x2-x1), math.Abs(y2-y1), Title(tip))
}

// Dot draws a circle with a tip.
func (c *Canvas) Dot(class string, x, y, r float64, tip string) {
	c.Add(`<circle class="%s" cx="%.1f" cy="%.1f" r="%.1f">%s</circle>`, class, x, y, r, Title(tip))
}

// Point is a place on the scales.
type Point struct{ X, Y float64 }

// Path draws a line through points.
func (c *Canvas) Path(class string, points []Point) {
	if len(points) == 0 {
		return
	}
	c.Add(`<polyline class="%s" points="%s"/>`, class, c.places(points))
}

func (c *Canvas) places(points []Point) string {
	words := make([]string, len(points))
	for i, p := range points {
		words[i] = fmt.Sprintf("%.1f,%.1f", c.X.Place(p.X), c.Y.Place(p.Y))
	}
	return strings.Join(words, " ")
}

// Write writes text; class may be "mid", "end" or "" for where x is.
func (c *Canvas) Write(class string, x, y float64, text string) {
	c.Add(`<text class="%s" x="%.1f" y="%.1f">%s</text>`, class, x, y, html.EscapeString(text))
}

// Axes draws both axes with their names and ticks.
func (c *Canvas) Axes(xName, yName string, format func(x, y float64) (string, string)) {
	for _, v := range c.Y.Ticks(5) {
		y := c.Y.Place(v)
		c.Line("grid", c.X.At, y, c.X.End, y)
		_, text := format(0, v)
		c.Write("end", c.X.At-6, y+4, text)
	}
	for _, v := range c.X.Ticks(6) {
		x := c.X.Place(v)
		c.Line("tick", x, c.Y.At, x, c.Y.At+4)
		text, _ := format(v, 0)
		c.Write("mid", x, c.Y.At+16, text)
	}
	c.Line("axis", c.X.At, c.Y.At, c.X.End, c.Y.At)
	c.Write("mid name", (c.X.At+c.X.End)/2, c.H-6, xName)
	c.Write("name", 2, 10, yName)
}

// Ticks returns about n round values.
func (s Scale) Ticks(n int) []float64 {
	if s.Log {
		return s.powers()
	}
	span := s.To - s.From
	if span <= 0 {
		return []float64{s.From}
	}
	step := math.Pow(10, math.Floor(math.Log10(span/float64(n))))
	for _, times := range []float64{2, 2.5, 2} {
		if span/step > float64(n)+.5 {
			step *= times
		}
	}
	var list []float64
	for n := math.Ceil(s.From/step - 1e-9); n*step <= s.To+step*1e-9; n++ {
		list = append(list, n*step+0) // 0, never -0
	}
	return list
}

// powers returns the powers of ten in the range, with 2 and 5 between them
// where there are few.
func (s Scale) powers() []float64 {
	var list []float64
	few := s.To/s.From < 200
	for p := math.Pow(10, math.Floor(math.Log10(s.From))); p <= s.To*1.0001; p *= 10 {
		for _, times := range []float64{1, 2, 5} {
			if v := p * times; v >= s.From*.9999 && v <= s.To*1.0001 && (few || times == 1) {
				list = append(list, v)
			}
		}
	}
	return list
}

// Done returns the drawing.
func (c *Canvas) Done() template.HTML {
	return template.HTML(fmt.Sprintf(`<svg viewBox="0 0 %.0f %.0f" role="img" aria-label="%s">%s</svg>`,
		c.W, c.H, html.EscapeString(c.Label), c.text.String()))
}

// Title writes the tip of a shape, "" for none.
func Title(tip string) string {
	if tip == "" {
		return ""
	}
	return "<title>" + html.EscapeString(tip) + "</title>"
}
