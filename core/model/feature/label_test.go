package feature_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/fixed"
)

func TestLabelsAreNamesNumbersOrDecimals(t *testing.T) {
	named := feature.Encoder{Kind: feature.Hashed, Bits: 8, Labels: []string{"bad", "good"}}
	plain := feature.Encoder{Kind: feature.Hashed, Bits: 8}
	for _, c := range []struct {
		name    string
		encoder feature.Encoder
		text    string
		classes uint32
		want    int64
		refused bool
	}{
		{"a name", named, "good", 2, 1, false},
		{"a number where there are names", named, "1", 2, 0, true},
		{"a number", plain, "1", 2, 1, false},
		{"a number beyond the classes", plain, "2", 2, 0, true},
		{"nothing", plain, "", 2, 0, true},
		{"a decimal of a regression", plain, "-1.5", 1, -fixed.One * 3 / 2, false},
		{"no decimal", plain, "NaN", 1, 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.encoder.Label(c.text, c.classes)
			if fault.Is(err, fault.KindInvalid) != c.refused || got != c.want {
				t.Errorf("%d, %v; want %d, refused %v", got, err, c.want, c.refused)
			}
		})
	}
}

func TestNamesOfLabelsAreApart(t *testing.T) {
	for name, labels := range map[string][]string{"empty": {""}, "twice": {"a", "a"}, "too many": make([]string, 65)} {
		if err := (feature.Encoder{Kind: feature.Hashed, Bits: 8, Labels: labels}).Validate(); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
