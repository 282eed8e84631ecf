package page

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"
)

// canvas draws one plot as SVG. Colours are classes, so that the page's style
// sheet decides on them, by day and by night.
type canvas struct {
	w, h  float64
	text  strings.Builder
	x, y  scale
	label string // what a reader hears who cannot see it
}

// The size of a plot, in units of about a pixel: small, so that its letters
// stay legible on a phone.
const (
	plotWidth  = 420.0
	plotHeight = 260.0
)

// scale maps values onto a range of the canvas.
type scale struct {
	from, to float64 // values
	at, end  float64 // places
	log      bool
}

func (s scale) place(v float64) float64 {
	a, b := s.from, s.to
	if s.log {
		v, a, b = math.Log10(math.Max(v, 1e-9)), math.Log10(a), math.Log10(b)
	}
	if a == b {
		return (s.at + s.end) / 2
	}
	return s.at + (v-a)/(b-a)*(s.end-s.at)
}

// newCanvas returns a canvas with room for axes.
func newCanvas(label string, height float64) *canvas {
	c := &canvas{w: plotWidth, h: height, label: label}
	c.x.at, c.x.end = 46, c.w-12
	c.y.at, c.y.end = c.h-38, 24
	return c
}

func (c *canvas) add(format string, args ...any) { fmt.Fprintf(&c.text, format, args...) }

// line draws a line of a class.
func (c *canvas) line(class string, x1, y1, x2, y2 float64) {
	c.add(`<line class="%s" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, class, x1, y1, x2, y2)
}

// bar draws a rectangle between two corners, with a tip.
func (c *canvas) bar(class string, x1, y1, x2, y2 float64, tip string) {
	c.add(`<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f">%s</rect>`,
		class, math.Min(x1, x2), math.Min(y1, y2), math.Abs(x2-x1), math.Abs(y2-y1), title(tip))
}

// dot draws a circle with a tip.
func (c *canvas) dot(class string, x, y, r float64, tip string) {
	c.add(`<circle class="%s" cx="%.1f" cy="%.1f" r="%.1f">%s</circle>`, class, x, y, r, title(tip))
}

// point is a place on the scales.
type point struct{ x, y float64 }

// path draws a line through points.
func (c *canvas) path(class string, points []point) {
	if len(points) == 0 {
		return
	}
	c.add(`<polyline class="%s" points="%s"/>`, class, c.places(points))
}

func (c *canvas) places(points []point) string {
	words := make([]string, len(points))
	for i, p := range points {
		words[i] = fmt.Sprintf("%.1f,%.1f", c.x.place(p.x), c.y.place(p.y))
	}
	return strings.Join(words, " ")
}

// write writes text; class may be "mid", "end" or "" for where x is.
func (c *canvas) write(class string, x, y float64, text string) {
	c.add(`<text class="%s" x="%.1f" y="%.1f">%s</text>`, class, x, y, html.EscapeString(text))
}

// axes draws both axes with their names and ticks.
func (c *canvas) axes(xName, yName string, format func(x, y float64) (string, string)) {
	for _, v := range c.y.ticks(5) {
		y := c.y.place(v)
		c.line("grid", c.x.at, y, c.x.end, y)
		_, text := format(0, v)
		c.write("end", c.x.at-6, y+4, text)
	}
	for _, v := range c.x.ticks(6) {
		x := c.x.place(v)
		c.line("tick", x, c.y.at, x, c.y.at+4)
		text, _ := format(v, 0)
		c.write("mid", x, c.y.at+16, text)
	}
	c.line("axis", c.x.at, c.y.at, c.x.end, c.y.at)
	c.write("mid name", (c.x.at+c.x.end)/2, c.h-6, xName)
	c.write("name", 2, 10, yName)
}

// ticks returns about n round values.
func (s scale) ticks(n int) []float64 {
	if s.log {
		return s.powers()
	}
	span := s.to - s.from
	if span <= 0 {
		return []float64{s.from}
	}
	step := math.Pow(10, math.Floor(math.Log10(span/float64(n))))
	for _, times := range []float64{2, 2.5, 2} {
		if span/step > float64(n)+.5 {
			step *= times
		}
	}
	var list []float64
	for n := math.Ceil(s.from/step - 1e-9); n*step <= s.to+step*1e-9; n++ {
		list = append(list, n*step+0) // 0, never -0
	}
	return list
}

// powers returns the powers of ten in the range, with 2 and 5 between them
// where there are few.
func (s scale) powers() []float64 {
	var list []float64
	few := s.to/s.from < 200
	for p := math.Pow(10, math.Floor(math.Log10(s.from))); p <= s.to*1.0001; p *= 10 {
		for _, times := range []float64{1, 2, 5} {
			if v := p * times; v >= s.from*.9999 && v <= s.to*1.0001 && (few || times == 1) {
				list = append(list, v)
			}
		}
	}
	return list
}

// done returns the drawing.
func (c *canvas) done() template.HTML {
	return template.HTML(fmt.Sprintf(`<svg viewBox="0 0 %.0f %.0f" role="img" aria-label="%s">%s</svg>`,
		c.w, c.h, html.EscapeString(c.label), c.text.String()))
}

func title(tip string) string {
	if tip == "" {
		return ""
	}
	return "<title>" + html.EscapeString(tip) + "</title>"
}
