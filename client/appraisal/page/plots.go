package page

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/client/appraisal"
	"github.com/alaya-network/alaya/client/plot"
)

func share(v float64) string { return strconv.Itoa(int(math.Round(100*v))) + " %" }

func short(n float64) string {
	switch {
	case n >= 1e6:
		return plot.Plain(n/1e6) + " M"
	case n >= 1e4:
		return plot.Plain(n/1e3) + " k"
	default:
		return plot.Plain(n)
	}
}

// AgreementPlot draws each measure with its interval.
func (v view) AgreementPlot() template.HTML {
	low := -.2
	for _, m := range v.Agreement {
		low = math.Min(low, m.Lower-.05)
	}
	c := plot.New("Measures of agreement with intervals", 70+34*float64(len(v.Agreement)))
	c.X.At, c.X.From, c.X.To = 12, low, 1
	c.Bar("band bad", c.X.Place(low), c.Y.At, c.X.Place(.3), c.Y.End, "")
	c.Bar("band warn", c.X.Place(.3), c.Y.At, c.X.Place(.667), c.Y.End, "")
	c.Bar("band info", c.X.Place(.667), c.Y.At, c.X.Place(.8), c.Y.End, "")
	c.Bar("band good", c.X.Place(.8), c.Y.At, c.X.Place(1), c.Y.End, "")
	for i, m := range v.Agreement {
		y := c.Y.End + 34*float64(i) + 26
		c.Write("value", 14, y-9, m.Name)
		c.Line("interval", c.X.Place(m.Lower), y, c.X.Place(m.Upper), y)
		c.Dot("dot", c.X.Place(m.Value), y, 5, fmt.Sprintf("%s %.3f, 95 %%: %.3f to %.3f", m.Name, m.Value, m.Lower, m.Upper))
	}
	for _, t := range []float64{0, .3, .667, .8, 1} {
		c.Write("mid", c.X.Place(t), c.Y.At+16, plot.Plain(t))
	}
	c.Line("axis", c.X.At, c.Y.At, c.X.End, c.Y.At)
	c.Write("mid name", (c.X.At+c.X.End)/2, c.H-6, "0 is chance, 1 full agreement")
	return c.Done()
}

// LabelPlot draws how often each label is given, found and known.
func (v view) LabelPlot() template.HTML {
	const most = 12
	labels := v.Labels[:min(len(v.Labels), most)]
	answers, tasks, gold := 0, 0, 0
	for _, l := range v.Labels {
		answers, tasks, gold = answers+l.Answers, tasks+l.Tasks, gold+l.Gold
	}
	c := plot.New("Shares of labels", 50+38*float64(len(labels)))
	c.X.At, c.X.From, c.X.To = 92, 0, 1
	top := 0.0
	for _, l := range labels {
		top = math.Max(top, math.Max(part(l.Answers, answers), math.Max(part(l.Tasks, tasks), part(l.Gold, gold))))
	}
	c.X.To = math.Ceil(top*10+.5) / 10
	for _, t := range c.X.Ticks(5) {
		c.Line("grid", c.X.Place(t), c.Y.At, c.X.Place(t), c.Y.End)
		c.Write("mid", c.X.Place(t), c.Y.At+16, share(t))
	}
	for i, l := range labels {
		y := c.Y.End + 38*float64(i)
		c.Write("end value", c.X.At-8, y+18, cut(l.Label, 12))
		bars := []struct {
			class, what string
			n, of       int
		}{{"c1", "answers", l.Answers, answers}, {"c2", "labels found", l.Tasks, tasks}, {"c3", "gold", l.Gold, gold}}
		for k, b := range bars {
			if b.of > 0 {
				at := y + 3 + 9*float64(k)
				c.Bar(b.class, c.X.At, at, c.X.Place(part(b.n, b.of)), at+7, fmt.Sprintf("%s: %d of %d %s, %s", l.Label, b.n, b.of, b.what, plot.Percent(part(b.n, b.of))))
			}
		}
	}
	c.Line("axis", c.X.At, c.Y.At, c.X.At, c.Y.End)
	return c.Done()
}

func part(n, of int) float64 { return float64(n) / math.Max(1, float64(of)) }

// cut shortens text to n letters.
func cut(text string, n int) string {
	letters := []rune(text)
	if len(letters) <= n {
		return text
	}
	return string(letters[:n-1]) + "…"
}

// CertaintyPlot draws how many labels are how sure.
func (v view) CertaintyPlot() template.HTML {
	bins := v.Certainty.Histogram
	c := plot.New("Confidences of the labels", plot.Height)
	first, top := len(bins), 0
	for i, n := range bins {
		if n > 0 && i < first {
			first = i
		}
		top = max(top, n)
	}
	first = min(first, len(bins)/2)
	c.X.From, c.X.To = float64(first)/float64(len(bins)), 1
	c.Y.To = float64(top) * 1.05
	c.Axes("confidence", "labels", func(x, y float64) (string, string) { return share(x), short(y) })
	for i := first; i < len(bins); i++ {
		a, b := float64(i)/float64(len(bins)), float64(i+1)/float64(len(bins))
		c.Bar("c1", c.X.Place(a)+1, c.Y.At, c.X.Place(b)-1, c.Y.Place(float64(bins[i])), fmt.Sprintf("%s to %s: %d labels", share(a), share(b), bins[i]))
	}
	return c.Done()
}

// ReliabilityPlot draws the accuracy on gold at each confidence.
func (v view) ReliabilityPlot() template.HTML {
	c := plot.New("Accuracy on gold by confidence", plot.Height)
	first, most := 1.0, 0
	for _, b := range v.Scores.Bins {
		if b.Labels > 0 {
			first = math.Min(first, math.Min(b.From, math.Floor(b.Accuracy*10)/10))
			most = max(most, b.Labels)
		}
	}
	c.X.From, c.X.To, c.Y.From, c.Y.To = first, 1, first, 1
	c.Axes("confidence", "accuracy", func(x, y float64) (string, string) { return share(x), share(y) })
	c.Path("ideal", []plot.Point{{X: first, Y: first}, {X: 1, Y: 1}})
	for _, b := range v.Scores.Bins {
		if b.Labels > 0 {
			x := c.X.Place(b.Confidence)
			c.Line("whisker", x, c.Y.Place(math.Max(first, b.Lower)), x, c.Y.Place(b.Upper))
			r := 3 + 8*math.Sqrt(part(b.Labels, most))
			c.Dot("dot", x, c.Y.Place(b.Accuracy), r, fmt.Sprintf("%d labels: confidence %s, accuracy %s (%s to %s)", b.Labels, plot.Percent(b.Confidence), plot.Percent(b.Accuracy), plot.Percent(b.Lower), plot.Percent(b.Upper)))
		}
	}
	return c.Done()
}

// WorkerPlot draws each worker by his answers and his skill.
func (v view) WorkerPlot() template.HTML {
	c := plot.New("Workers by answers and skill", plot.Height)
	most, least := 2, 1.0
	for _, w := range v.Workers {
		most = max(most, w.Answers)
		least = math.Min(least, w.Skill)
	}
	c.X.From, c.X.To, c.X.Log = 1, float64(most)*1.15, true
	c.Y.From, c.Y.To = math.Max(0, math.Floor(least*10-.5)/10), 1
	c.Axes("answers", "skill", func(x, y float64) (string, string) { return short(x), share(y) })
	for _, flagged := range []bool{false, true} { // those that stand out lie on top
		for _, w := range v.Workers {
			if (w.Flags != "") != flagged {
				continue
			}
			class := "worker"
			switch {
			case strings.Contains(w.Flags, "dropped"):
				class = "worker dropped"
			case flagged:
				class = "worker flagged"
			}
			c.Dot(class, c.X.Place(float64(w.Answers)), c.Y.Place(w.Skill), 4, tipOf(w))
		}
	}
	return c.Done()
}

func tipOf(w appraisal.ReportWorker) string {
	tip := fmt.Sprintf("%s: %d answers, skill %s", w.Worker.Worker, w.Answers, plot.Percent(w.Skill))
	if w.Flags != "" {
		tip += ", " + strings.ReplaceAll(w.Flags, ";", ", ")
	}
	return tip
}

// PairPlot draws the matrix of agreement between workers.
func (v view) PairPlot() template.HTML {
	n := len(v.Pairs.Workers)
	const left, top = 62.0, 52.0
	c := plot.New("Agreement of pairs of workers", top+plot.Width-left)
	side := (c.W - left - 6) / float64(n)
	for i, name := range v.Pairs.Workers {
		at := side * (float64(i) + .5)
		c.Write("end small", left-4, top+at+3, cut(name, 9))
		c.Add(`<text class="small" transform="translate(%.1f %.1f) rotate(-60)">%s</text>`, left+at+2, top-4, template.HTMLEscapeString(cut(name, 9)))
		for j, k := range v.Pairs.Kappa[i] {
			x, y := left+side*float64(j), top+side*float64(i)
			switch {
			case i == j:
				c.Bar("none", x, y, x+side-1, y+side-1, "")
			case k == nil:
				c.Bar("void", x, y, x+side-1, y+side-1, "")
			default:
				c.Add(`<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f" style="--s:%d">%s</rect>`,
					warmth(k.Value), x, y, side-1, side-1, shade(math.Abs(k.Value)),
					plot.Title(fmt.Sprintf("%s and %s: κ %.2f on %d tasks", name, v.Pairs.Workers[j], k.Value, k.Shared)))
			}
		}
	}
	return c.Done()
}

func warmth(kappa float64) string {
	if kappa < 0 {
		return "heat cold"
	}
	return "heat"
}

// DriftPlot draws agreement with the label found, block by block.
func (v view) DriftPlot() template.HTML {
	c := plot.New("Agreement with the labels found while work went on", plot.Height)
	low := 1.0
	for _, b := range v.Drift.Blocks {
		low = math.Min(low, b.Agrees)
	}
	c.X.From, c.X.To = 1, float64(len(v.Drift.Blocks))
	c.Y.From, c.Y.To = math.Max(0, math.Floor(low*10-.5)/10), 1
	c.Axes("block of the work, in order", "agrees", func(x, y float64) (string, string) { return plot.Plain(x), share(y) })
	var line []plot.Point
	for i, b := range v.Drift.Blocks {
		line = append(line, plot.Point{X: float64(i + 1), Y: b.Agrees})
	}
	c.Path("stroke", line)
	for i, b := range v.Drift.Blocks {
		c.Dot("dot", c.X.Place(float64(i+1)), c.Y.Place(b.Agrees), 4, fmt.Sprintf("block %d from %s: %s of %d answers by %d workers", i+1, b.From, plot.Percent(b.Agrees), b.Answers, b.Workers))
	}
	return c.Done()
}

// MixPlot draws the shares of the labels, block by block.
func (v view) MixPlot() template.HTML {
	c := plot.New("Shares of labels while work went on", plot.Height)
	n := len(v.Drift.Blocks)
	c.X.From, c.X.To, c.Y.To = .5, float64(n)+.5, 1
	c.Axes("block of the work, in order", "share", func(x, y float64) (string, string) { return plot.Plain(x), share(y) })
	for i, b := range v.Drift.Blocks {
		from := 0.0
		for k, part := range b.Mix {
			c.Bar(fmt.Sprintf("c%d", k%8+1), c.X.Place(float64(i)+.55), c.Y.Place(from), c.X.Place(float64(i)+1.45), c.Y.Place(math.Min(1, from+part)),
				fmt.Sprintf("block %d: %s %s", i+1, v.Labels[k].Label, plot.Percent(part)))
			from += part
		}
	}
	return c.Done()
}

// CurvePlot draws what answers buy.
func (v view) CurvePlot() template.HTML {
	c := plot.New("Quality by answers per task", plot.Height)
	low, high, most := 1.0, 0.0, 1.0
	for _, p := range v.Curve {
		low, high, most = math.Min(low, p.Quality), math.Max(high, p.Quality), math.Max(most, p.Answers)
	}
	c.X.From, c.X.To = 1, most*1.03
	c.Y.From, c.Y.To = math.Max(0, math.Floor(low*20-.2)/20), math.Min(1, math.Ceil(high*20+.2)/20)
	c.Axes("answers per task", v.CurveName(), func(x, y float64) (string, string) { return plot.Plain(x), share(y) })
	var fixed, rules []plot.Point
	for _, p := range v.Curve {
		at := plot.Point{X: p.Answers, Y: p.Quality}
		if p.Target > 0 {
			rules = append(rules, at)
			continue
		}
		fixed = append(fixed, at)
	}
	c.Path("stroke second", fixed)
	c.Path("stroke", rules)
	for _, p := range v.Curve {
		class, tip := "dot second", fmt.Sprintf("%.1f answers for every task: %s", p.Answers, plot.Percent(p.Quality))
		if p.Target > 0 {
			class, tip = "dot", fmt.Sprintf("until %s sure: %.2f answers per task, %s of all: %s", plot.Percent(p.Target), p.Answers, plot.Percent(p.Share), plot.Percent(p.Quality))
		}
		c.Dot(class, c.X.Place(p.Answers), c.Y.Place(p.Quality), 4, tip)
	}
	return c.Done()
}

// CurveName says what the curve measures.
func (v view) CurveName() string {
	if v.Scores != nil {
		return "accuracy"
	}
	return "same label as with all"
}

// picture draws a scene: what workers drew, and what was found.
func picture(p appraisal.Picture) template.HTML {
	x1, y1, x2, y2 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, b := range append(p.Drawn[:len(p.Drawn):len(p.Drawn)], p.Found...) {
		x1, y1 = math.Min(x1, b[0]), math.Min(y1, b[1])
		x2, y2 = math.Max(x2, b[0]+b[2]), math.Max(y2, b[1]+b[3])
	}
	c := &plot.Canvas{W: plot.Width, Label: "Boxes in " + p.Task}
	scale := c.W / math.Max(1, x2-x1) * .94
	c.H = math.Min(.8*c.W, (y2-y1)*scale/.94)
	scale = math.Min(scale, c.H/math.Max(1, y2-y1)*.94)
	left, top := (c.W-(x2-x1)*scale)/2, (c.H-(y2-y1)*scale)/2
	c.Bar("frame", 0, 0, c.W, c.H, "")
	for _, list := range []struct {
		class string
		boxes [][4]float64
	}{{"drawn", p.Drawn}, {"found", p.Found}} {
		for _, b := range list.boxes {
			x, y := left+(b[0]-x1)*scale, top+(b[1]-y1)*scale
			c.Bar(list.class, x, y, x+b[2]*scale, y+b[3]*scale, "")
		}
	}
	return c.Done()
}
