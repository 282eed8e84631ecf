package simulation

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"strconv"

	"github.com/alaya-network/alaya/client/plot"
	"github.com/alaya-network/alaya/core/model/simulate"
	"github.com/alaya-network/alaya/core/num"
)

//go:embed page.html
var source string

// Write writes a report as a page that needs nothing else.
func Write(w io.Writer, r Report) error {
	p := plot.Page{Source: source, Funcs: template.FuncMap{"whole": whole, "class": class, "worth": r.worthText}}
	return p.Write(w, view{r})
}

type view struct{ Report }

func whole(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) }

// class is the colour of the i-th party.
func class(i int) string { return strconv.Itoa(i%8 + 1) }

// worthText writes what Party.Kept holds.
func (r Report) worthText(v float64) string {
	if r.Money() {
		return plot.Percent(v)
	}
	return whole(v)
}

// Seed is the seed of the tale that is told in full.
func (v view) Seed() uint64 { return v.Seeds[0] }

// days is the time axis.
func days(ms int64) float64 { return float64(ms) / float64(day) }

// line turns a series into points.
func line(s simulate.Series, y func(int64) float64) []plot.Point {
	points := make([]plot.Point, len(s))
	for i, p := range s {
		points[i] = plot.Point{X: days(p.Time), Y: y(p.Value)}
	}
	return points
}

// fit widens the scales of a canvas to hold points.
func fit(c *plot.Canvas, points []plot.Point) {
	for _, p := range points {
		c.X.To = math.Max(c.X.To, p.X)
		c.Y.From, c.Y.To = math.Min(c.Y.From, p.Y), math.Max(c.Y.To, p.Y)
	}
}

// AccuracyPlot draws the accuracy of every seed, the first one strong.
func (v view) AccuracyPlot() template.HTML {
	c := plot.New("Accuracy over time", plot.Height)
	c.Y.From, c.Y.To = 1, 0
	var lines [][]plot.Point
	for _, t := range v.Tales {
		points := line(t.Accuracy, func(ppmOf int64) float64 { return float64(ppmOf) / ppm })
		fit(c, points)
		lines = append(lines, points)
	}
	c.Y.From, c.Y.To = math.Max(0, math.Floor(c.Y.From*20-.2)/20), math.Min(1, math.Ceil(c.Y.To*20+.2)/20)
	c.Axes("days", "accuracy", func(x, y float64) (string, string) { return plot.Plain(x), plot.Percent(y) })
	for i := len(lines) - 1; i >= 0; i-- {
		c.Path(strength("stroke s1", i), lines[i])
	}
	return c.Done()
}

func strength(class string, tale int) string {
	if tale > 0 {
		return class + " faint"
	}
	return class
}

// BalancePlot draws what every party has.
func (v view) BalancePlot() template.HTML {
	name := "points"
	if v.Money() {
		name = "of its money"
	}
	c := plot.New("Balances over time", plot.Height)
	lines := make([][][]plot.Point, len(v.Tales))
	for i, t := range v.Tales {
		for _, p := range t.Parties {
			points := line(p.Balance, func(b int64) float64 { return v.worth(b, p.Agent.Start) })
			fit(c, points)
			lines[i] = append(lines[i], points)
		}
	}
	c.Y.To = math.Max(c.Y.To*1.05, 1)
	c.Axes("days", name, func(x, y float64) (string, string) {
		if v.Money() {
			return plot.Plain(x), whole(100*y) + " %"
		}
		return plot.Plain(x), plot.Plain(y)
	})
	for i := len(lines) - 1; i >= 0; i-- {
		for k, points := range lines[i] {
			c.Path(strength("stroke s"+class(k), i), points)
		}
	}
	for k, points := range lines[0] {
		end := points[len(points)-1]
		c.Dot("c"+class(k), c.X.Place(end.X), c.Y.Place(end.Y), 3.5, fmt.Sprintf("%s ends with %s", v.Parties[k].Name, v.worthText(end.Y)))
	}
	return c.Done()
}

// aly is money in ALY.
func aly(ualy int64) float64 { return float64(ualy) / float64(num.ALY) }

// moneyPlot draws one series of the first tale, in ALY.
func moneyPlot(label, name string, s simulate.Series) template.HTML {
	c := plot.New(label, plot.Height)
	points := line(s, aly)
	fit(c, points)
	c.Y.To = math.Max(c.Y.To*1.05, 1)
	c.Axes("days", name, func(x, y float64) (string, string) { return plot.Plain(x), plot.Plain(y) })
	c.Path("stroke s1", points)
	return c.Done()
}

// PricePlot draws what the next deposit costs.
func (v view) PricePlot() template.HTML { return moneyPlot("Price over time", "ALY", v.Tales[0].Price) }

// ItemPlot draws what became of the items of each party.
func (v view) ItemPlot() template.HTML {
	c := plot.New("Items by party and verdict", 60+38*float64(len(v.Parties)))
	c.X.At, c.X.To = 92, 1
	for _, p := range v.Parties {
		c.X.To = math.Max(c.X.To, p.Given.Mean)
	}
	for _, t := range c.X.Ticks(5) {
		c.Line("grid", c.X.Place(t), c.Y.At, c.X.Place(t), c.Y.End)
		c.Write("mid", c.X.Place(t), c.Y.At+16, plot.Plain(t))
	}
	for i, p := range v.Parties {
		y := c.Y.End + 38*float64(i)
		c.Write("end value", c.X.At-8, y+20, p.Name)
		from := 0.0
		for _, part := range []struct {
			class, what string
			n           float64
		}{
			{"c3", "rightly confirmed", p.Confirmed.Mean - p.Credited.Mean}, {"c2", "confirmed though wrong", p.Credited.Mean},
			{"c5", "rejected", p.Rejected.Mean}, {"rest", "neutral or open", p.Given.Mean - p.Confirmed.Mean - p.Rejected.Mean},
		} {
			c.Bar(part.class, c.X.Place(from), y+8, c.X.Place(from+part.n), y+26, fmt.Sprintf("%s: %.0f %s", p.Name, part.n, part.what))
			from += part.n
		}
	}
	c.Line("axis", c.X.At, c.Y.At, c.X.At, c.Y.End)
	c.Write("mid name", (c.X.At+c.X.End)/2, c.H-6, "items")
	return c.Done()
}
