package answer_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
)

// vectors are the cases that every reader of values must agree on, the
// browser's too.
type vectors struct {
	Values []struct {
		Name    string         `json:"name"`
		Control answer.Control `json:"control"`
		Value   string         `json:"value"` // the text
		OK      bool           `json:"ok"`
		Error   string         `json:"error"` // its kind
	} `json:"values"`
	Forms []struct {
		Name  string      `json:"name"`
		Form  answer.Form `json:"form"`
		Value string      `json:"value"`
		OK    bool        `json:"ok"`
		Error string      `json:"error"`
	} `json:"forms"`
}

func read(t testing.TB) vectors {
	t.Helper()
	text, err := os.ReadFile("testdata/values.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func kindName(err error) string {
	if err == nil {
		return ""
	}
	return fault.KindOf(err).String()
}

func TestValuesAreReadAsTheVectorsSay(t *testing.T) {
	all := read(t)
	for _, c := range all.Values {
		if err := c.Control.Validate(); err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		v, err := answer.Parse(c.Control, []byte(c.Value))
		if (err == nil) != c.OK || kindName(err) != c.Error {
			t.Errorf("%s: %.200s: %v, want ok %t, %s", c.Name, c.Value, err, c.OK, c.Error)
			continue
		}
		if err == nil && string(answer.Encode(v)) != c.Value {
			t.Errorf("%s: %s became %s", c.Name, c.Value, answer.Encode(v))
		}
		if err != nil && !strings.Contains(err.Error(), `control "x"`) {
			t.Errorf("%s: %v: does not name the control", c.Name, err)
		}
	}
	for _, c := range all.Forms {
		if err := c.Form.Validate(); err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		vs, err := c.Form.Parse([]byte(c.Value))
		if (err == nil) != c.OK || kindName(err) != c.Error {
			t.Errorf("form, %s: %.200s: %v, want ok %t, %s", c.Name, c.Value, err, c.OK, c.Error)
			continue
		}
		if err == nil && string(c.Form.Encode(vs)) != c.Value {
			t.Errorf("form, %s: %s became %s", c.Name, c.Value, c.Form.Encode(vs))
		}
	}
}

func TestLongValuesMeetTheirBounds(t *testing.T) {
	text := answer.Control{Name: "x", Type: answer.TypeText}
	box := answer.Control{Name: "x", Type: answer.TypeBox, Labels: []answer.Label{{ID: "c"}}}
	boxes := func(n int64) string {
		v := answer.Boxes{}
		for i := range n {
			v = append(v, answer.Box{Label: "c", X: 10_000 + i, W: 1, H: 1})
		}
		return string(answer.Encode(v))
	}
	for name, c := range map[string]struct {
		control answer.Control
		value   string
		want    fault.Kind
	}{
		"the longest text":       {text, `"` + strings.Repeat("a", answer.MaxText) + `"`, fault.KindNone},
		"a text one byte longer": {text, `"` + strings.Repeat("a", answer.MaxText+1) + `"`, fault.KindLimit},
		"a value beyond 256 KiB": {text, `"` + strings.Repeat("a", answer.MaxValue) + `"`, fault.KindLimit},
		"as many boxes as may":   {box, boxes(answer.MaxRegions), fault.KindNone},
		"one box more":           {box, boxes(answer.MaxRegions + 1), fault.KindLimit},
	} {
		if _, err := answer.Parse(c.control, []byte(c.value)); !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		form := answer.Form{Controls: []answer.Control{c.control}}
		if _, err := form.Parse([]byte(`{"x":` + c.value + `}`)); !fault.Is(err, c.want) {
			t.Errorf("%s, in a form: %v, want %s", name, err, c.want)
		}
	}
}

func TestTheVectorsCoverEveryType(t *testing.T) {
	good, bad := map[answer.Type]int{}, map[answer.Type]int{}
	for _, c := range read(t).Values {
		if c.OK {
			good[c.Control.Type]++
		} else {
			bad[c.Control.Type]++
		}
	}
	for _, typ := range answer.Types() {
		if good[typ] == 0 || bad[typ] == 0 {
			t.Errorf("%s: %d good, %d bad vectors", typ, good[typ], bad[typ])
		}
	}
}

func TestSortedValuesAreTheirOwnSpelling(t *testing.T) {
	box := answer.Control{Name: "x", Type: answer.TypeBox, Labels: []answer.Label{{ID: "cat"}, {ID: "dog"}}}
	span := answer.Control{Name: "x", Type: answer.TypeSpan, Labels: box.Labels, Relations: []string{"of"}}
	number := rapid.Int64Range(0, 20)
	label := rapid.SampledFrom([]string{"cat", "dog"})
	rapid.Check(t, func(r *rapid.T) {
		boxes := answer.Boxes{}
		spans := answer.Spans{Spans: []answer.Span{}}
		for range rapid.IntRange(0, 20).Draw(r, "regions") {
			boxes = append(boxes, answer.Box{Label: label.Draw(r, "label"), X: number.Draw(r, "x"), Y: number.Draw(r, "y"), W: 1 + number.Draw(r, "w"), H: 1})
			start := number.Draw(r, "start")
			spans.Spans = append(spans.Spans, answer.Span{Start: start, End: start + 1 + number.Draw(r, "length"), Label: label.Draw(r, "label")})
		}
		if n := int64(len(spans.Spans)); n > 1 {
			from := rapid.Int64Range(0, n-1).Draw(r, "from")
			to := rapid.Int64Range(0, n-1).Draw(r, "to")
			if spans.Spans[from] != spans.Spans[to] {
				spans.Relations = []answer.Relation{{From: from, To: to, Label: "of"}}
			}
		}
		for c, v := range map[*answer.Control]answer.Value{&box: boxes, &span: spans} {
			text := answer.Encode(answer.Sort(v))
			if _, err := answer.Parse(*c, text); err != nil {
				r.Fatalf("%s: %v", text, err)
			}
		}
		if len(spans.Relations) > 0 {
			got := answer.Sort(spans).(answer.Spans)
			before, after := spans.Relations[0], got.Relations[0]
			if spans.Spans[before.From] != got.Spans[after.From] || spans.Spans[before.To] != got.Spans[after.To] {
				r.Fatalf("relation %+v of %+v became %+v of %+v", before, spans.Spans, after, got.Spans)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	all := read(f)
	for i, c := range all.Values {
		f.Add(i, []byte(c.Value))
	}
	f.Fuzz(func(t *testing.T, i int, text []byte) {
		if i < 0 || i >= len(all.Values) {
			t.Skip()
		}
		v, err := answer.Parse(all.Values[i].Control, text)
		if err == nil && string(answer.Encode(v)) != string(text) {
			t.Errorf("%q became %q", text, answer.Encode(v))
		}
		if err != nil && !fault.Is(err, fault.KindInvalid) && !fault.Is(err, fault.KindLimit) {
			t.Errorf("%q: %v of kind %s", text, err, fault.KindOf(err))
		}
	})
}

func FuzzForm(f *testing.F) {
	form := read(f).Forms[0].Form
	for _, c := range read(f).Forms {
		f.Add([]byte(c.Value))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		vs, err := form.Parse(text)
		if err == nil && string(form.Encode(vs)) != string(text) {
			t.Errorf("%q became %q", text, form.Encode(vs))
		}
	})
}
