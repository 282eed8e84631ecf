package labelstudio

import (
	"encoding/json"
	"math/big"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
)

// fields reads the value of a result, and keeps the first error.
type fields struct {
	of  map[string]json.RawMessage
	err error
}

func (f *fields) fail(key, why string) {
	if f.err == nil {
		f.err = fault.Invalid("%s: %s", key, why)
	}
}

func (f *fields) read(key string, to any) {
	if f.of[key] == nil {
		f.fail(key, "missing")
		return
	}
	if err := json.Unmarshal(f.of[key], to); err != nil {
		f.fail(key, err.Error())
	}
}

func (f *fields) names(key string) (names []string) {
	f.read(key, &names)
	return names
}

// optional reads a number, 0 if there is none; also one in a string.
func (f *fields) optional(key string) *big.Rat {
	zero := new(big.Rat)
	if f.of[key] == nil {
		return zero
	}
	text := string(f.of[key])
	var quoted string
	if json.Unmarshal(f.of[key], &quoted) == nil {
		text = quoted
	}
	const most = 60
	r, ok := zero, false
	if len(text) <= most {
		if number := json.Number(text); isPlain(text) {
			r, ok = new(big.Rat).SetString(number.String())
		}
	}
	if !ok {
		f.fail(key, "no number")
		return zero
	}
	return r
}

// isPlain refuses exponents that would make a number huge, and fractions.
func isPlain(text string) bool {
	for i, c := range []byte(text) {
		if c == '/' || (c == 'e' || c == 'E') && len(text)-i > 4 {
			return false
		}
	}
	return true
}

// scaled reads a number × n, rounded half to even.
func (f *fields) scaled(key string, n int64) int64 {
	if f.of[key] == nil {
		f.fail(key, "missing")
		return 0
	}
	v, ok := times(f.optional(key), big.NewInt(n))
	if !ok {
		f.fail(key, "too large")
	}
	return v
}

// percent reads per cent of so many pixels as 1/1024 px.
func (f *fields) percent(key string, pixels int64) int64 {
	if pixels < 1 || pixels > answer.MaxPlace/1024 {
		f.fail("original_width, original_height", "want the size of the picture")
		return 0
	}
	if f.of[key] == nil {
		f.fail(key, "missing")
		return 0
	}
	return ofPercent(f, key, f.optional(key), pixels)
}

func ofPercent(f *fields, key string, share *big.Rat, pixels int64) int64 {
	v, ok := times(new(big.Rat).Quo(share, big.NewRat(100, 1)), big.NewInt(pixels*1024))
	if !ok {
		f.fail(key, "too large")
	}
	return v
}

func polygon(result Result, f *fields, label string) answer.Value {
	var points [][2]json.Number
	f.read("points", &points)
	p := answer.Polygon{Label: label}
	for _, at := range points {
		one := fields{of: map[string]json.RawMessage{"x": json.RawMessage(at[0]), "y": json.RawMessage(at[1])}}
		p.Points = append(p.Points, [2]int64{one.percent("x", result.OriginalWidth), one.percent("y", result.OriginalHeight)})
		if one.err != nil && f.err == nil {
			f.err = one.err
		}
	}
	return answer.Polygons{p}
}

func mask(result Result, f *fields, label string) answer.Value {
	var values []int
	f.read("rle", &values)
	data := make([]byte, len(values))
	for i, v := range values {
		if v < 0 || v > 255 {
			f.fail("rle", "want bytes")
		}
		data[i] = byte(v)
	}
	if f.err != nil {
		return nil
	}
	counts, err := brush(data, result.OriginalWidth, result.OriginalHeight)
	if err != nil {
		f.fail("rle", err.Error())
	}
	return answer.Masks{{Label: label, Size: [2]int64{result.OriginalHeight, result.OriginalWidth}, Counts: counts}}
}

// interval reads seconds as µs, or the unit of a series as it is.
func interval(c answer.Control, f *fields, label string) answer.Value {
	n := int64(1_000_000)
	if c.Unit != "" {
		n = 1
	}
	v := answer.Interval{Label: label, Start: f.scaled("start", n), End: f.scaled("end", n)}
	if f.of["text"] != nil {
		if texts := f.names("text"); len(texts) > 0 {
			v.Text = texts[0]
		}
	}
	return answer.Intervals{v}
}

// track reads the keyframes of a video, whose frames count from 1 there and
// from 0 here.
func track(result Result, f *fields, label string) answer.Value {
	var sequence []map[string]json.RawMessage
	f.read("sequence", &sequence)
	t := answer.Track{Label: label}
	for _, frame := range sequence {
		one := fields{of: frame}
		k := answer.Frame{
			F: one.scaled("frame", 1) - 1,
			X: one.percent("x", result.OriginalWidth), Y: one.percent("y", result.OriginalHeight),
			W: one.percent("width", result.OriginalWidth), H: one.percent("height", result.OriginalHeight),
		}
		enabled := true
		if frame["enabled"] != nil {
			one.read("enabled", &enabled)
		}
		k.Out = !enabled
		t.Frames = append(t.Frames, k)
		if one.err != nil && f.err == nil {
			f.err = one.err
		}
	}
	return answer.Tracks{t}
}
