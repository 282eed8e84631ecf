package rule

import (
	"encoding/json"
	"fmt"
	"math"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/quality/geometry"
	"github.com/alaya-network/alaya/core/quality/span"
)

// unit is the number of geometry's units in a pixel.
const unit = 1024

// units returns a coordinate in units, rounded; far off for one that is far
// beyond what geometry takes.
func units(pixels float64) int64 {
	const most = 2 * geometry.MaxCoord
	return int64(math.Floor(max(-most, min(most, float64(pixels*unit))) + 0.5))
}

// frame returns the image that the two other fields of a record tell.
func (r Rule) frame(record Record) (geometry.Box, bool) {
	w, hasWidth := record.field(r.Other[0])
	h, hasHeight := record.field(r.Other[1])
	if !hasWidth || !hasHeight {
		return geometry.Box{}, false
	}
	width, isWidth := w.number()
	height, isHeight := h.number()
	return geometry.Box{X2: units(width), Y2: units(height)}, isWidth && isHeight
}

// area returns the least area in square units.
func (r Rule) area() float64 {
	if r.Min == nil {
		return 0
	}
	return float64(*r.Min * unit * unit)
}

func boxes(r Rule) predicate {
	return func(v value, record Record, _ References) (string, string) {
		var list [][]float64
		if json.Unmarshal(v.raw, &list) != nil {
			return v.short(), "a list of boxes [x, y, width, height]"
		}
		frame, known := r.frame(record)
		if !known {
			return "no image", fmt.Sprintf("numbers in %s and %s", r.Other[0], r.Other[1])
		}
		for i, b := range list {
			if len(b) != 4 {
				return fmt.Sprintf("box %d of %d numbers", i, len(b)), "[x, y, width, height]"
			}
			box, err := geometry.NewBox(units(b[0]), units(b[1]), units(b[2]), units(b[3]))
			switch {
			case err != nil:
				return fmt.Sprintf("box %d is %v", i, b), "a width and a height above 0"
			case !box.Inside(frame):
				return fmt.Sprintf("box %d is %v", i, b), "a box inside the image"
			case float64(box.Area()) < r.area():
				return fmt.Sprintf("box %d is %v", i, b), fmt.Sprintf("an area of at least %v", *r.Min)
			}
		}
		return "", ""
	}
}

func polygon(r Rule) predicate {
	return func(v value, record Record, _ References) (string, string) {
		var list [][]float64
		if json.Unmarshal(v.raw, &list) != nil {
			return v.short(), "a list of points [x, y]"
		}
		frame, known := r.frame(record)
		if !known {
			return "no image", fmt.Sprintf("numbers in %s and %s", r.Other[0], r.Other[1])
		}
		shape := make(geometry.Polygon, len(list))
		for i, p := range list {
			if len(p) != 2 {
				return fmt.Sprintf("point %d of %d numbers", i, len(p)), "[x, y]"
			}
			shape[i] = geometry.Point{X: units(p[0]), Y: units(p[1])}
		}
		found := fmt.Sprintf("a polygon of %d points", len(shape))
		switch {
		case r.Type == "closed" && !shape.Closed():
			return found, "its last point to repeat the first"
		case shape.Check() != nil:
			return found, "three points or more, and edges that do not cross"
		case !shape.Inside(frame):
			return found, "all of it inside the image"
		case float64(shape.Ring().Area2())/2 < r.area():
			return found, fmt.Sprintf("an area of at least %v", *r.Min)
		}
		return "", ""
	}
}

func tags(Rule) predicate {
	return func(v value, _ Record, _ References) (string, string) {
		var list []string
		if json.Unmarshal(v.raw, &list) != nil || !span.Valid(list) {
			return v.short(), "tags O, B-x and I-x, every I-x behind a B-x or I-x"
		}
		return "", ""
	}
}

func spans(r Rule) predicate {
	return func(v value, record Record, _ References) (string, string) {
		var list []struct {
			From  int    `json:"from"`
			To    int    `json:"to"`
			Label string `json:"label"`
		}
		if json.Unmarshal(v.raw, &list) != nil {
			return v.short(), "a list of {from, to, label}"
		}
		text, there := record.field(r.Other[0])
		if !there || text.kind() != "string" {
			return "no text", "a string in " + r.Other[0]
		}
		of := make([]span.Span, len(list))
		for i, s := range list {
			of[i] = span.Span(s)
		}
		if err := span.Check(of, utf8.RuneCountInString(text.text())); err != nil {
			return v.short(), fmt.Sprintf("spans of %s that do not overlap (%v)", r.Other[0], err)
		}
		return "", ""
	}
}
