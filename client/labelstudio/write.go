package labelstudio

import (
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
)

// Picture is the size of what a control's regions are on, in pixels.
type Picture struct {
	Width, Height int64
}

// Annotation writes the values of a form to a task's data as an annotation.
// Pictures gives, by target, the sizes that regions are written in per cent of;
// a mask knows its own. What Label Studio has no words for is reported.
func (c Config) Annotation(values answer.Values, data map[string]json.RawMessage, pictures map[string]Picture) (Annotation, []string, error) {
	w := resultWriter{config: c, data: data}
	for i, v := range values {
		if v == nil {
			continue
		}
		w.control, w.picture = c.Form.Controls[i], pictures[c.Form.Controls[i].Target]
		if err := w.write(v); err != nil {
			return Annotation{}, w.lost, fmt.Errorf("label studio: control %q: %w", w.control.Name, err)
		}
	}
	return Annotation{Result: w.results}, w.lost, nil
}

// resultWriter writes values as results.
type resultWriter struct {
	config  Config
	data    map[string]json.RawMessage
	control answer.Control
	picture Picture
	results []Result
	lost    []string
}

// put adds a result of a type with members of its value.
func (w *resultWriter) put(kind string, members map[string]any) error {
	from := w.config.Names[w.control.Name]
	if from == "" {
		from = w.control.Name
	}
	r := Result{
		ID: fmt.Sprintf("%s-%d", w.control.Name, len(w.results)), Type: kind, FromName: from, ToName: objectName(target(w.control)),
		OriginalWidth: w.picture.Width, OriginalHeight: w.picture.Height, Value: map[string]json.RawMessage{},
	}
	for key, member := range members {
		text, err := json.Marshal(member)
		if err != nil {
			return fault.Internal("%w", err)
		}
		r.Value[key] = text
	}
	w.results = append(w.results, r)
	return nil
}

func (w *resultWriter) write(v answer.Value) error {
	switch v := v.(type) {
	case answer.Choice:
		return w.put("choices", map[string]any{"choices": []string{string(v)}})
	case answer.Choices:
		return w.put("choices", map[string]any{"choices": v})
	case answer.Path:
		return w.put("taxonomy", map[string]any{"taxonomy": []answer.Path{v}})
	case answer.Rating:
		return w.put("rating", map[string]any{"rating": v})
	case answer.Number:
		return w.put("number", map[string]any{"number": json.Number(decimal(int64(v), w.control.Decimals))})
	case answer.Text:
		return w.put("textarea", map[string]any{"text": []string{string(v)}})
	case answer.Preference:
		return w.preference(v)
	case answer.Spans:
		return w.spans(v)
	case answer.Intervals:
		return w.intervals(v)
	case answer.Masks:
		return w.masks(v)
	case answer.Boxes, answer.Polygons, answer.Keypoints, answer.Tracks:
		return w.regions(v)
	default:
		w.lost = append(w.lost, fmt.Sprintf("control %s: Label Studio has no %s", w.control.Name, w.control.Type))
		return nil
	}
}

// preference has no tie there.
func (w *resultWriter) preference(v answer.Preference) error {
	if v == answer.Tie {
		w.lost = append(w.lost, fmt.Sprintf("control %s: Label Studio has no tie", w.control.Name))
		return nil
	}
	return w.put("pairwise", map[string]any{"selected": string(v)})
}

func (w *resultWriter) spans(v answer.Spans) error {
	first := len(w.results)
	for _, s := range v.Spans {
		if err := w.put("labels", w.span(s)); err != nil {
			return err
		}
	}
	for _, r := range v.Relations {
		w.results = append(w.results, Result{
			Type: "relation", FromID: w.results[first+int(r.From)].ID, ToID: w.results[first+int(r.To)].ID, Direction: "right", Labels: []string{r.Label},
		})
	}
	return nil
}

// span counts in UTF-16 units of the text it is over.
func (w *resultWriter) span(s answer.Span) map[string]any {
	raw := w.data[w.control.Target]
	if s.Turn == nil {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			s.Start, s.End = units(text, s.Start), units(text, s.End)
		}
		return map[string]any{"start": s.Start, "end": s.End, "labels": []string{s.Label}}
	}
	var said []struct {
		Text string `json:"text"`
	}
	if json.Unmarshal(raw, &said) == nil && *s.Turn < int64(len(said)) {
		s.Start, s.End = units(said[*s.Turn].Text, s.Start), units(said[*s.Turn].Text, s.End)
	}
	turn := fmt.Sprint(*s.Turn)
	return map[string]any{"start": turn, "end": turn, "startOffset": s.Start, "endOffset": s.End, "labels": []string{s.Label}}
}

func (w *resultWriter) intervals(v answer.Intervals) error {
	for _, s := range v {
		kind, start, end := "labels", json.Number(decimal(s.Start, 6)), json.Number(decimal(s.End, 6))
		if w.control.Unit != "" {
			kind, start, end = "timeserieslabels", json.Number(fmt.Sprint(s.Start)), json.Number(fmt.Sprint(s.End))
		}
		members := map[string]any{"start": start, "end": end, kind: []string{s.Label}}
		if s.Text != "" {
			members["text"] = []string{s.Text}
		}
		if err := w.put(kind, members); err != nil {
			return err
		}
	}
	return nil
}

func (w *resultWriter) masks(v answer.Masks) error {
	for _, m := range v {
		w.picture = Picture{Width: m.Size[1], Height: m.Size[0]}
		bytes := paint(m)
		rle := make([]int, len(bytes)) // as numbers, not as base 64
		for i, b := range bytes {
			rle[i] = int(b)
		}
		if err := w.put("brushlabels", map[string]any{"format": "rle", "rle": rle, "brushlabels": []string{m.Label}}); err != nil {
			return err
		}
	}
	return nil
}

// regions writes what is in per cent of a picture.
func (w *resultWriter) regions(v answer.Value) error {
	if w.picture.Width < 1 || w.picture.Height < 1 {
		return fault.Invalid("the size of %q is not known: regions are written in per cent of it", w.control.Target)
	}
	x := func(n int64) json.Number { return percent(n, w.picture.Width) }
	y := func(n int64) json.Number { return percent(n, w.picture.Height) }
	var err error
	put := func(kind string, members map[string]any) {
		if err == nil {
			err = w.put(kind, members)
		}
	}
	switch v := v.(type) {
	case answer.Boxes:
		for _, b := range v {
			put("rectanglelabels", map[string]any{"x": x(b.X), "y": y(b.Y), "width": x(b.W), "height": y(b.H), "rotation": degrees(b.Rot), "rectanglelabels": []string{b.Label}})
		}
	case answer.Polygons:
		for _, p := range v {
			var points [][2]json.Number
			for _, at := range p.Points {
				points = append(points, [2]json.Number{x(at[0]), y(at[1])})
			}
			put("polygonlabels", map[string]any{"points": points, "closed": true, "polygonlabels": []string{p.Label}})
		}
	case answer.Keypoints:
		for _, k := range v {
			put("keypointlabels", map[string]any{"x": x(k.X), "y": y(k.Y), "width": json.Number("0.5"), "keypointlabels": []string{k.Label}})
		}
	case answer.Tracks:
		for _, t := range v {
			var sequence []map[string]any
			for _, f := range t.Frames {
				sequence = append(sequence, map[string]any{"frame": f.F + 1, "enabled": !f.Out, "rotation": 0, "x": x(f.X), "y": y(f.Y), "width": x(f.W), "height": y(f.H)})
			}
			put("videorectangle", map[string]any{"sequence": sequence, "labels": []string{t.Label}})
		}
	}
	return err
}

// percent writes 1/1024 px as per cent of so many pixels, so exactly that the
// same comes back.
func percent(n, pixels int64) json.Number {
	return json.Number(big.NewRat(100*n, 1024*pixels).FloatString(15))
}

// degrees writes 10^-6 rad so exactly that the same comes back.
func degrees(n int64) json.Number {
	pi, _ := new(big.Rat).SetString("3.14159265358979323846")
	return json.Number(new(big.Rat).Quo(big.NewRat(180*n, 1_000_000), pi).FloatString(12))
}
