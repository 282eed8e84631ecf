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
