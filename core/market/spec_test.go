package market_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/market"
)

// spec writes a spec with n labels.
func spec(n int) string {
	labels := make([]string, n)
	for i := range labels {
		labels[i] = fmt.Sprint("label ", i)
	}
	text, _ := json.Marshal(labels)
	return fmt.Sprintf(`{"question":"Which?","labels":%s}`, text)
}

// form writes a spec with a form and more fields.
func form(more string) string {
	return `{"question":"Why?","form":{"controls":[{"name":"why","type":"text"}]}` + more + `}`
}

func TestSpecsAreRead(t *testing.T) {
	tests := []struct {
		name, text string
		kind       fault.Kind
		says       string
	}{
		{"two labels", spec(2), ok, ""},
		{"as many labels as may be", spec(market.MaxLabels), ok, ""},
		{"one label", spec(1), limit, "1 labels"},
		{"a label too many", spec(market.MaxLabels + 1), limit, "1001 labels"},
		{"a label twice", `{"labels":["a","b","a"]}`, invalid, `"a" stands twice`},
		{"an empty label", `{"labels":["a",""]}`, limit, "label 1"},
		{"a label too long", `{"labels":["a","` + strings.Repeat("b", 65) + `"]}`, limit, "label 1"},
		{"guidelines and examples", `{"labels":["a","b"],"guidelines":"# Read","examples":[{"item":{"n":1},"label":"a"}]}`, ok, ""},
		{"too many examples", `{"labels":["a","b"],"examples":[` + strings.Repeat(`{"item":1,"label":"a"},`, 100) + `{"item":1,"label":"a"}]}`, limit, "examples"},
		{"a question too long", `{"labels":["a","b"],"question":"` + strings.Repeat("q", 100_001) + `"}`, limit, "question"},
		{"guidelines too long", `{"labels":["a","b"],"guidelines":"` + strings.Repeat("q", 100_001) + `"}`, limit, "guidelines"},
		{"an unknown field", `{"labels":["a","b"],"price":3}`, invalid, "unknown field"},
		{"something after it", spec(2) + "{}", invalid, "after its end"},
		{"a line end after it", spec(2) + "\n", ok, ""},
		{"no JSON", `labels: a, b`, invalid, "spec"},
		{"a form", form(``), ok, ""},
		{"a form and labels", form(`,"labels":["a","b"]`), invalid, "either, not both"},
		{"a form with its match", form(`,"match":900000`), ok, ""},
		{"a form whose match is too low", form(`,"match":400000`), limit, "match is 40.0000%"},
		{"a match of labels", `{"labels":["a","b"],"match":900000}`, invalid, "match is 90.0000%"},
		{"a form without controls", `{"form":{"controls":[]}}`, limit, "0 controls"},
		{"a form with an example", form(`,"examples":[{"item":1,"value":{"why":"x"}}]`), ok, ""},
		{"a form with an example that does not fit", form(`,"examples":[{"item":1,"value":{"who":"x"}}]`), invalid, "example 0"},
		{"too large", strings.Repeat(" ", market.MaxSpecSize) + spec(2), limit, "bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := market.ParseSpec([]byte(tt.text))
			wantError(t, err, tt.kind, tt.says)
		})
	}
}

func FuzzParseSpec(f *testing.F) {
	f.Add([]byte(spec(3)))
	f.Add([]byte(`{"labels":["a","b"],"examples":[{"item":[1],"label":"x","why":"y"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := market.ParseSpec(text)
		if err != nil {
			return
		}
		if err := s.Validate(); err != nil {
			t.Errorf("ParseSpec(%q) passed, Validate: %v", text, err)
		}
		again, err := json.Marshal(s)
		if err != nil {
			t.Fatalf("ParseSpec(%q): not to be written again: %v", text, err)
		}
		if _, err := market.ParseSpec(again); err != nil && len(again) <= market.MaxSpecSize {
			t.Errorf("ParseSpec(%q) passed, written again %q: %v", text, again, err)
		}
	})
}

func TestALaterSpecJoinsWhatItIsLike(t *testing.T) {
	read := func(text string) market.Spec {
		s, err := market.ParseSpec([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	labels, others, why := read(`{"labels":["b","a"]}`), read(`{"labels":["c","a"]}`), read(form(``))
	joined, err := labels.Join(others)
	if err != nil || strings.Join(joined.Labels, "") != "abc" {
		t.Errorf("labels %v, %v; want a, b and c", joined.Labels, err)
	}
	if _, err := labels.Join(why); fault.KindOf(err) != invalid {
		t.Errorf("a form after labels: %v", err)
	}
	if _, err := why.Join(labels); fault.KindOf(err) != invalid {
		t.Errorf("labels after a form: %v", err)
	}
	if joined, err := why.Join(read(form(`,"match":900000`))); err != nil || joined.Same() != market.DefaultMatch {
		t.Errorf("match %s, %v; want the first version's", joined.Same(), err)
	}
}
