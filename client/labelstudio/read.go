package labelstudio

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"unicode/utf16"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
)

// resultReader makes values of results.
type resultReader struct {
	config  Config
	task    Task
	values  answer.Values
	spans   map[string]answer.Span // by the results' ids
	homes   map[string]int         // their controls
	ignored []string
}

func (r *resultReader) read(result Result) error {
	if result.Type == "relation" {
		return nil // read at last
	}
	n := r.config.control(result.FromName)
	if n < 0 {
		r.ignored = append(r.ignored, fmt.Sprintf("result %s: type %s of %q", result.ID, result.Type, result.FromName))
		return nil
	}
	c := r.config.Form.Controls[n]
	v, err := r.value(c, result)
	if err != nil {
		return fault.Invalid("%s of control %q: %w", result.Type, c.Name, err)
	}
	if v == nil {
		r.ignored = append(r.ignored, fmt.Sprintf("result %s: type %s of control %s", result.ID, result.Type, c.Name))
		return nil
	}
	if spans, ok := v.(answer.Spans); ok && len(spans.Spans) == 1 {
		r.spans[result.ID], r.homes[result.ID] = spans.Spans[0], n
	}
	r.values[n] = add(r.values[n], v)
	return nil
}

// add puts the regions of one value to those of another.
func add(all, more answer.Value) answer.Value {
	switch v := more.(type) {
	case answer.Spans:
		if before, ok := all.(answer.Spans); ok {
			v.Spans = append(before.Spans, v.Spans...)
		}
		return v
	case answer.Boxes:
		before, _ := all.(answer.Boxes)
		return append(before, v...)
	case answer.Polygons:
		before, _ := all.(answer.Polygons)
		return append(before, v...)
	case answer.Keypoints:
		before, _ := all.(answer.Keypoints)
		return append(before, v...)
	case answer.Masks:
		before, _ := all.(answer.Masks)
		return append(before, v...)
	case answer.Intervals:
		before, _ := all.(answer.Intervals)
		return append(before, v...)
	case answer.Tracks:
		before, _ := all.(answer.Tracks)
		return append(before, v...)
	default:
		return more
	}
}

// value reads one result; nil for a type that the control does not have.
func (r *resultReader) value(c answer.Control, result Result) (answer.Value, error) {
	f := fields{of: result.Value}
	label := r.label(c, &f, result.Type)
	var v answer.Value
	switch c.Type {
	case answer.TypeChoice, answer.TypeChoices, answer.TypePath, answer.TypeRating, answer.TypeNumber, answer.TypeText, answer.TypePreference:
		v = r.plain(c, &f)
	case answer.TypeSpan:
		v = r.span(c, &f, label)
	case answer.TypeInterval:
		v = interval(c, &f, label)
	case answer.TypeTrack:
		v = track(result, &f, label)
	case answer.TypeBox:
		w, h := result.OriginalWidth, result.OriginalHeight
		v = answer.Boxes{{Label: label, X: f.percent("x", w), Y: f.percent("y", h), W: f.percent("width", w), H: f.percent("height", h), Rot: angle(f.optional("rotation"))}}
	case answer.TypeKeypoint:
		v = answer.Keypoints{{Label: label, X: f.percent("x", result.OriginalWidth), Y: f.percent("y", result.OriginalHeight)}}
	case answer.TypePolygon:
		v = polygon(result, &f, label)
	case answer.TypeMask:
		v = mask(result, &f, label)
	case answer.TypeCuboid, answer.TypeRanking:
		return nil, nil
	}
	return v, f.err
}

// label is the id of a region's label.
func (r *resultReader) label(c answer.Control, f *fields, kind string) string {
	for _, key := range []string{kind, "labels", "hypertextlabels"} {
		var names []string
		if f.of[key] != nil && json.Unmarshal(f.of[key], &names) == nil && len(names) > 0 {
			return idOf(c, names[0])
		}
	}
	return ""
}

// idOf is the id of a label by what results call it: its alias or its name.
func idOf(c answer.Control, name string) string {
	for _, l := range c.Labels {
		if l.ID == name || l.Name == name {
			return l.ID
		}
	}
	return name
}

func (r *resultReader) plain(c answer.Control, f *fields) answer.Value {
	switch c.Type {
	case answer.TypeChoice:
		if names := f.names("choices"); len(names) == 1 {
			return answer.Choice(idOf(c, names[0]))
		}
		f.fail("choices", "want one")
	case answer.TypeChoices:
		ids := answer.Choices{}
		for _, name := range f.names("choices") {
			ids = append(ids, idOf(c, name))
		}
		return ids
	case answer.TypePath:
		var paths [][]string
		f.read("taxonomy", &paths)
		if len(paths) != 1 {
			f.fail("taxonomy", "want one path")
			return nil
		}
		path := answer.Path{}
		for _, name := range paths[0] {
			path = append(path, idOf(c, name))
		}
		return path
	case answer.TypeRating:
		return answer.Rating(f.scaled("rating", 1))
	case answer.TypeNumber:
		n := int64(1)
		for range c.Decimals {
			n *= 10
		}
		return answer.Number(f.scaled("number", n))
	case answer.TypeText:
		texts := f.names("text")
		if len(texts) == 1 {
			return answer.Text(texts[0])
		}
		f.fail("text", "want one")
	case answer.TypePreference:
		var side string
		f.read("selected", &side)
		return answer.Preference(side)
	default:
	}
	return nil
}

// span reads offsets in UTF-16 units of the text it is over, if that is in the
// task, and counts code points.
func (r *resultReader) span(c answer.Control, f *fields, label string) answer.Value {
	if f.of["startOffset"] != nil { // of a dialogue, or of hypertext
		return r.turn(c, f, label)
	}
	start, end := f.scaled("start", 1), f.scaled("end", 1)
	var text string
	if raw := r.task.Data[c.Target]; raw != nil && json.Unmarshal(raw, &text) == nil {
		start, end = points(text, start), points(text, end)
		var quote string
		if raw := f.of["text"]; raw != nil && json.Unmarshal(raw, &quote) == nil && start >= 0 && end >= start {
			if got := string([]rune(text)[start:end]); got != quote {
				f.fail("text", fmt.Sprintf("%.40q is not what the text has there: %.40q", quote, got))
			}
		}
	}
	if start < 0 || end < 0 {
		f.fail("start", "outside the text, or within a character")
	}
	return answer.Spans{Spans: []answer.Span{{Start: start, End: end, Label: label}}}
}

// turn reads a span of a dialogue.
func (r *resultReader) turn(c answer.Control, f *fields, label string) answer.Value {
	turn := f.scaled("start", 1)
	start, end := f.scaled("startOffset", 1), f.scaled("endOffset", 1)
	var said []struct {
		Text string `json:"text"`
	}
	if raw := r.task.Data[c.Target]; raw != nil && json.Unmarshal(raw, &said) == nil && turn >= 0 && turn < int64(len(said)) {
		start, end = points(said[turn].Text, start), points(said[turn].Text, end)
	}
	if start < 0 || end < 0 {
		f.fail("startOffset", "outside the text, or within a character")
	}
	return answer.Spans{Spans: []answer.Span{{Turn: &turn, Start: start, End: end, Label: label}}}
}

// points counts the code points before an offset in UTF-16 units; -1 outside
// the text and within a pair.
func points(text string, units int64) int64 {
	var at, n int64
	for _, c := range text {
		if at >= units {
			break
		}
		at += int64(utf16.RuneLen(c))
		n++
	}
	if at != units {
		return -1
	}
	return n
}

// units counts the UTF-16 units before a code point.
func units(text string, point int64) (n int64) {
	for i, c := range []rune(text) {
		if int64(i) == point {
			break
		}
		n += int64(utf16.RuneLen(c))
	}
	return n
}

// relate adds the relations between spans of one control.
func (r *resultReader) relate(results []Result) {
	for _, result := range results {
		if result.Type != "relation" {
			continue
		}
		from, to := r.spans[result.FromID], r.spans[result.ToID]
		home, known := r.homes[result.FromID]
		if other, both := r.homes[result.ToID]; !known || !both || home != other || len(result.Labels) == 0 {
			r.ignored = append(r.ignored, fmt.Sprintf("relation from %q to %q", result.FromID, result.ToID))
			continue
		}
		v := answer.Sort(r.values[home]).(answer.Spans)
		v.Relations = append(v.Relations, answer.Relation{From: place(v, from), To: place(v, to), Label: result.Labels[0]})
		r.values[home] = v
	}
}

func place(v answer.Spans, s answer.Span) int64 {
	return int64(slices.IndexFunc(v.Spans, func(t answer.Span) bool {
		same := s.Turn == nil && t.Turn == nil || s.Turn != nil && t.Turn != nil && *s.Turn == *t.Turn
		return same && s.Start == t.Start && s.End == t.End && s.Label == t.Label
	}))
}

// angle turns degrees into 10^-6 rad, within half a turn.
func angle(degrees *big.Rat) int64 {
	pi, _ := new(big.Rat).SetString("3.14159265358979323846")
	turned := new(big.Rat).Mul(degrees, pi)
	n, ok := times(turned.Quo(turned, big.NewRat(180, 1)), big.NewInt(1_000_000))
	const turn = 6_283_185
	n %= turn
	switch {
	case !ok:
		return 0
	case n > answer.MaxAngle-1:
		return n - turn
	case n <= -answer.MaxAngle+1:
		return n + turn
	default:
		return n
	}
}
