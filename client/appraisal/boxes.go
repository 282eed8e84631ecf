package appraisal

import (
	"encoding/json"
	"math"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/box"
	"github.com/alaya-network/alaya/core/quality/geometry"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/table"
)

// drawing is a rectangle as somebody drew it, with a name or none.
type drawing = box.Drawing[geometry.Box]

// BoxLayout says what the first two numbers of a box are.
type BoxLayout string

// The layouts.
const (
	Corner BoxLayout = "corner" // the upper left one
	Centre BoxLayout = "centre"
)

// drawn are answers that mark things in a picture by rectangles.
type drawn struct {
	values[[]drawing]
	layout BoxLayout
	table  *table.Table[[]drawing]
}

func newDrawn(repeated Repeated, layout BoxLayout) *drawn {
	return &drawn{values: newValues(repeated, layout.parse), layout: layout}
}

// grain is the number of units in a pixel.
const grain = 1024

// parse reads [[x,y,width,height],…] in pixels; a fifth element names what a
// box marks. Boxes without area are left out: a click by mistake.
func (l BoxLayout) parse(text []byte) ([]drawing, error) {
	var list [][]any
	if err := json.Unmarshal(text, &list); err != nil {
		return nil, notBoxes(text)
	}
	var boxes []drawing
	for _, parts := range list {
		var side [4]int64
		if len(parts) != 4 && len(parts) != 5 {
			return nil, notBoxes(text)
		}
		for i := range side {
			x, ok := parts[i].(float64)
			if !ok || math.Abs(x) > geometry.MaxCoord/grain {
				return nil, notBoxes(text)
			}
			side[i] = int64(math.Round(x * grain))
		}
		name := ""
		if len(parts) == 5 {
			var ok bool
			if name, ok = parts[4].(string); !ok {
				return nil, notBoxes(text)
			}
		}
		if l == Centre {
			side[0], side[1] = side[0]-side[2]/2, side[1]-side[3]/2
		}
		if shape, err := geometry.NewBox(side[0], side[1], side[2], side[3]); err == nil {
			boxes = append(boxes, drawing{Shape: shape, Label: name})
		}
	}
	return boxes, nil
}

func notBoxes(text []byte) error {
	return fault.Invalid("%s: want boxes such as [[x,y,width,height],…], each with a name behind or none", quoted(text))
}

// write writes what parse reads.
func (l BoxLayout) write(boxes []drawing) string {
	list := make([][]any, len(boxes))
	for i, b := range boxes {
		s := b.Shape
		x, y, width, height := s.X1, s.Y1, s.X2-s.X1, s.Y2-s.Y1
		if l == Centre {
			x, y = x+width/2, y+height/2
		}
		list[i] = []any{pixels(x), pixels(y), pixels(width), pixels(height)}
		if b.Label != "" {
			list[i] = append(list[i], b.Label)
		}
	}
	return written(list)
}

func pixels(units int64) float64 { return math.Round(float64(units)/grain*1000) / 1000 }

func (d *drawn) order() (s summary, err error) {
	if d.table, err = d.values.table(); err != nil {
		return s, err
	}
	return summary{d.table.Tasks, d.table.Workers, d.table.Repeated}, nil
}

// clusters is the one method for boxes.
const clusters = "clusters"

// aggregate finds the boxes. The confidence of a picture falls with the
// expected number of its boxes that mark nothing or lie badly.
func (d *drawn) aggregate(o Options) (*Outcome, error) {
	if o.Method != Auto && o.Method != clusters {
		return nil, fault.Invalid("method %.40q: boxes have auto and %s", o.Method, clusters)
	}
	gold, err := known(d.table, o.Gold, d.layout.parse)
	if err != nil {
		return nil, err
	}
	rules := box.Rules{Salt: o.Salt}
	if d.named() {
		if rules.Labels, err = label.New("fds"); err != nil {
			return nil, err
		}
	}
	r, err := box.Aggregate(d.table, rules)
	if err != nil {
		return nil, err
	}
	out := &Outcome{Kind: Boxes, Method: clusters}
	for i, task := range d.table.Tasks {
		var boxes []drawing
		for _, c := range r.Clusters[i] {
			if c.Presence >= .5 {
				boxes = append(boxes, drawing{Shape: c.Shape, Label: c.Label})
			}
		}
		item := Item{Task: task, Label: d.layout.write(boxes), Answers: len(d.table.Votes(i))}
		item.Confidence = share(1 - r.Risk[i]/float64(len(r.Clusters[i])+1))
		item.Status = o.status(item.Confidence)
		if gold[i] != nil {
			item.Label, item.Confidence, item.Status = d.layout.write(*gold[i]), 1, Gold
		}
		out.Items = append(out.Items, item)
	}
	answers := counts(d.table)
	for j, w := range r.Workers {
		out.Workers = append(out.Workers, Worker{
			Worker: d.table.Workers[j], Answers: answers[j],
			Skill: share((1 - w.FalseShape) * (1 - w.Missed)),
		})
	}
	return out, nil
}

// named says whether any box has a name.
func (d *drawn) named() bool {
	for i := range d.table.Tasks {
		for _, v := range d.table.Votes(i) {
			for _, b := range v.Value {
				if b.Label != "" {
					return true
				}
			}
		}
	}
	return false
}

// half is the overlap from which a box counts as found.
const half = .5

// measureBoxes scores boxes.
func (s *Scores) measureBoxes(guesses []Guess) error {
	given, wanted := make([][]geometry.Box, len(guesses)), make([][]geometry.Box, len(guesses))
	for i, g := range guesses {
		for _, side := range []struct {
			text string
			to   *[]geometry.Box
		}{{g.Label, &given[i]}, {g.Gold, &wanted[i]}} {
			boxes, err := Corner.parse([]byte(side.text))
			if err != nil {
				return err
			}
			for _, b := range boxes {
				*side.to = append(*side.to, b.Shape)
			}
		}
	}
	counts, overlap := box.Score(given, wanted, half)
	s.F1, s.MeanIoU = pointer(ratio(counts.F1())), pointer(ratio(overlap))
	return nil
}
