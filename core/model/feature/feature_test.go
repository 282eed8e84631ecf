package feature_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/learn"
)

func TestHashIsMurmur3(t *testing.T) {
	for text, want := range map[string]uint32{ // values of the reference implementation in C++
		"":             0,
		"a":            0x3c2569b2,
		"ab":           0x9bbfd75f,
		"abc":          0xb3dd93fa,
		"abcd":         0x43ed676a,
		"hello":        0x248bfa47,
		"hello, world": 0x149bbb7f,
	} {
		if got := feature.Hash([]byte(text)); got != want {
			t.Errorf("%q: %#x, want %#x", text, got, want)
		}
	}
}

func table() feature.Encoder {
	return feature.Encoder{Kind: feature.Table, Columns: []feature.Column{
		{Name: "age", Edges: []feature.Decimal{18_000_000, 65_500_000}},
		{Name: "port", Values: []string{"C", "Q"}},
	}}
}

func TestItemsBecomeTheirFeatures(t *testing.T) {
	words := feature.Encoder{Kind: feature.Words, Words: []string{"bad", "don't", "good", "öl"}}
	indices := func(x learn.Input, err error) string {
		if err != nil {
			return err.Error()
		}
		return fmt.Sprint(x.Indices, x.Values)
	}
	for _, tt := range []struct {
		name, got, want string
	}{
		{"words in lower case, once, ascending", indices(words.Text("GOOD, bad; good! Don't")), "[0 1 2] []"},
		{"letters of any script make words", indices(words.Text("Öl!")), "[3] []"},
		{"an unknown word is dropped", indices(words.Text("good film")), "[2] []"},
		{"a text without a known word is refused", indices(words.Text("film")), "feature: nothing in it has a feature"},
		{"a row has one bin per column", indices(table().Row([]string{"17.9", "Q"})), "[1 6] []"},
		{"a number on the edge is above it", indices(table().Row([]string{"18", "C"})), "[2 5] []"},
		{"a large number is in the last bin", indices(table().Row([]string{"99", "C"})), "[3 5] []"},
		{"what is missing has a bin", indices(table().Row([]string{"", ""})), "[0 4] []"},
		{"an unknown category counts as missing", indices(table().Row([]string{"", "X"})), "[0 4] []"},
		{"NaN is no number", indices(table().Row([]string{"NaN", "C"})), `feature: column "age": feature: number "NaN": want a decimal such as -12.5`},
		{"infinity is no number", indices(table().Row([]string{"1e999", "C"})), `feature: column "age": feature: number "1e999": want a decimal such as -12.5`},
		{"a vector keeps its values", indices(feature.Encoder{Kind: feature.Vector, Length: 2}.Vector([]int64{7, -7})), "[0 1] [7 -7]"},
		{"a short vector is refused", indices(feature.Encoder{Kind: feature.Vector, Length: 2}.Vector([]int64{7})), "feature: 1 numbers for a vector encoder of length 2"},
		{"a table takes no text", indices(table().Text("good")), "feature: table encoder: takes no text"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, tt.got, tt.want)
		}
	}
}

func TestHashedTextsHavePairs(t *testing.T) {
	e := feature.Encoder{Kind: feature.Hashed, Bits: 20, Pairs: true}
	x, err := e.Text("not good")
	if err != nil {
		t.Fatal(err)
	}
	var want []uint32
	for _, text := range []string{"not", "good", "not good"} {
		want = append(want, feature.Hash([]byte(text))&(1<<20-1))
	}
	slices.Sort(want)
	if !slices.Equal(x.Indices, want) {
		t.Errorf("features %v, want %v", x.Indices, want)
	}
}

func TestLongTextsKeepTheirFirstFeatures(t *testing.T) {
	e := feature.Encoder{Kind: feature.Hashed, Bits: 20}
	var words []string
	for a := range 40 {
		for b := range 40 {
			words = append(words, fmt.Sprintf("%c%c", 'a'+a%26, 'a'+b%26)+strings.Repeat("x", a/26*2+b/26))
		}
	}
	long, err := e.Tokens(words)
	if err != nil || len(long.Indices) != learn.MaxIndices {
		t.Fatalf("%d features, %v; want %d", len(long.Indices), err, learn.MaxIndices)
	}
	first, err := e.Tokens(words[:200])
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range first.Indices {
		if !slices.Contains(long.Indices, i) {
			t.Errorf("feature %d of the start is lost", i)
		}
	}
}

func TestEncodersThatMakeNoSenseAreRefused(t *testing.T) {
	for name, e := range map[string]feature.Encoder{
		"no kind":               {},
		"too few bits":          {Kind: feature.Hashed, Bits: 7},
		"too many bits":         {Kind: feature.Hashed, Bits: 21},
		"words of another kind": {Kind: feature.Hashed, Bits: 18, Words: []string{"a"}},
		"no words":              {Kind: feature.Words},
		"a word twice":          {Kind: feature.Words, Words: []string{"a", "a"}},
		"words out of order":    {Kind: feature.Words, Words: []string{"b", "a"}},
		"a long word":           {Kind: feature.Words, Words: []string{strings.Repeat("a", 65)}},
		"a long vector":         {Kind: feature.Vector, Length: 1025},
		"no columns":            {Kind: feature.Table},
		"edges and values":      {Kind: feature.Table, Columns: []feature.Column{{Name: "a", Edges: []feature.Decimal{1}, Values: []string{"x"}}}},
		"edges out of order":    {Kind: feature.Table, Columns: []feature.Column{{Name: "a", Edges: []feature.Decimal{2, 1}}}},
		"a value twice":         {Kind: feature.Table, Columns: []feature.Column{{Name: "a", Values: []string{"x", "x"}}}},
	} {
		if err := e.Validate(); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestEncodersTravelAsJSON(t *testing.T) {
	text, err := json.Marshal(table())
	if err != nil {
		t.Fatal(err)
	}
	want := `{"kind":"table","columns":[{"name":"age","edges":[18,65.5]},{"name":"port","values":["C","Q"]}]}`
	if string(text) != want {
		t.Errorf("%s, want %s", text, want)
	}
	var back feature.Encoder
	if err := json.Unmarshal(text, &back); err != nil || back.Columns[0].Edges[1] != 65_500_000 {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestDecimalsReadWhatTheyWrite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := feature.Decimal(rapid.Int64Range(-1<<50, 1<<50).Draw(t, "d"))
		if back, err := feature.ParseDecimal(d.String()); err != nil || back != d {
			t.Fatalf("%d: %s: %d, %v", int64(d), d, int64(back), err)
		}
	})
	for _, text := range []string{"", "-", ".5", "5.", "1e3", "+1", "0x1", "1.0000001", "9999999999999", " 1", "١"} {
		if v, err := feature.ParseDecimal(text); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%q: %d, %v; want invalid", text, v, err)
		}
	}
}

func FuzzTextsGiveValidInputs(f *testing.F) {
	f.Add("Not good, not bad.", true)
	f.Add("\xff\xfe''", false)
	f.Fuzz(func(t *testing.T, text string, pairs bool) {
		e := feature.Encoder{Kind: feature.Hashed, Bits: 12, Pairs: pairs}
		x, err := e.Text(text)
		if err != nil {
			return
		}
		if err := x.Validate(e.Features()); err != nil {
			t.Error(err)
		}
	})
}
