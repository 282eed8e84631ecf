// Package answer is what a contributor is asked to fill in and what he may
// fill in: forms of typed controls, and the one spelling of each value.
//
// Words: a form is a list of controls; a control asks for one value of one
// type; a region is a labelled part of what is shown, a value of most types is
// a list of them. A label here is a class a control offers, by its id.
//
// Values travel as JSON from the browser to the dataset and are hashed on the
// way, so each has one spelling: no spaces, the members of an object in the
// order of the fields below, absent where empty; integers without exponent;
// strings as encoding/json writes them, that is with " \ and control characters
// escaped the short way (\b \f \n \r \t, else \u00xx) and < > & U+2028 U+2029 as
// \u003c and so on, so that a value may stand in a page; regions in the order
// of their bytes, none twice.
//
// The types and their values:
//
//	choice      "id"
//	choices     ["id",…]             sorted, may be empty
//	path        ["animal","dog"]     from a root of the labels down
//	rating      3                    1 to max
//	number      1250                 in 10^-decimals of the unit
//	text        "…"
//	span        {"spans":[{"turn"?,"start","end","label"}],"relations"?:[{"from","to","label"}]}
//	            code points, end exclusive; in the order of turn, start, end, label;
//	            from and to are places in spans; turn in dialogues only
//	box         [{"label","x","y","w","h","rot"?}]            1/1024 px; rot about the corner
//	polygon     [{"label","points":[[x,y],…]}]                1/1024 px
//	keypoint    [{"label","x","y"}]                           1/1024 px
//	mask        [{"label","size":[h,w],"counts":[…]}]         runs down the columns, zeros first
//	interval    [{"label","start","end","text"?}]             µs, or the series' own unit
//	track       [{"label","frames":[{"f","x","y","w","h","out"?}]}]   keyframes, linear between
//	cuboid      [{"label","x","y","z","l","w","h","yaw"}]     centre and size in mm
//	preference  "left", "right" or "tie"
//	ranking     ["key",…]            all options, best first
//
// Angles are in 10^-6 rad, -3,141,592 to 3,141,593. The value of a form is an
// object of the values of its controls, in their order; a control that was not
// answered is absent, and one at least is there.
//
// Invariants:
//  1. Parse accepts a text exactly if it is the encoding of a value that keeps
//     the bounds: Encode(Parse(text)) = text.
//  2. Every integer lies within ±(2^53-1), so that browsers read the same.
//  3. What is refused names the control, the value and the bound.
package answer

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/alaya-network/alaya/core/fault"
)

// Bounds of values.
const (
	MaxValue   = 256 << 10 // bytes of a form's value
	MaxText    = 64 << 10  // bytes of a text
	MaxRegions = 1_000     // of a value
	MaxPoints  = 10_000    // of a polygon; keyframes of a track
	MaxRuns    = 200_000   // of a mask
	MaxPixels  = 1 << 26   // of a mask
	MaxReading = 1 << 20   // code points of a text that spans are over
	MaxPlace   = 1 << 30   // coordinates and sizes
	MaxTime    = 1<<53 - 1 // starts and ends of intervals
	MaxAngle   = 3_141_593 // 10^-6 rad
)

// Value is what one control was answered with, one of the types of this
// package: Choice, Choices, Path, Rating, Number, Text, Spans, Boxes, Polygons,
// Keypoints, Masks, Intervals, Tracks, Cuboids, Preference or Ranking.
type Value interface {
	// check holds the value against its control and its bounds.
	check(c Control) error
}

// Parse reads the value of a control that was validated. It refuses whatever
// is not in its one spelling: kind limit beyond a bound, else invalid.
func Parse(c Control, text []byte) (Value, error) {
	k, err := kindOf(c.Type)
	if err != nil {
		return nil, fault.Invalid("answer: control %q: %w", c.Name, err)
	}
	if len(text) > MaxValue {
		return nil, fault.Limit("answer: control %q: value of %d bytes: at most %d", c.Name, len(text), MaxValue)
	}
	v, err := k.read(text)
	if err != nil {
		return nil, fmt.Errorf("answer: control %q: %w", c.Name, err)
	}
	if err := v.check(c); err != nil {
		return nil, fmt.Errorf("answer: control %q: %w", c.Name, err)
	}
	if !bytes.Equal(Encode(v), text) {
		return nil, fault.Invalid("answer: control %q: value %s: not in its one spelling", c.Name, short(text))
	}
	return v, nil
}

// Check holds a value that was made, not parsed, against its control.
func Check(c Control, v Value) error {
	if err := v.check(c); err != nil {
		return fmt.Errorf("answer: control %q: %w", c.Name, err)
	}
	return nil
}

// Encode writes the one spelling of a value.
func Encode(v Value) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic("answer: " + err.Error()) // values always marshal
	}
	return text
}

// read decodes a value of type V.
func read[V Value](text []byte) (Value, error) {
	var v V
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		return nil, fault.Invalid("value %s: %w", short(text), err)
	}
	if bytes.Equal(text, []byte("null")) {
		return nil, fault.Invalid("value null: leave the control out instead")
	}
	return v, nil
}

// short cuts a text for an error.
func short(text []byte) []byte {
	const most = 80
	return text[:min(len(text), most)]
}

// within refuses a number outside its bounds.
func within(name string, n, low, high int64) error {
	if n < low || n > high {
		return fault.Limit("%s is %d: %d to %d", name, n, low, high)
	}
	return nil
}
