package dataset_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

func TestParseRecordReadsALine(t *testing.T) {
	want := dataset.Record{Item: "q1", Label: "yes", Confidence: 990_000, Answers: 3, Status: dataset.StatusAccepted}
	line, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := dataset.ParseRecord(line); err != nil || got != want {
		t.Errorf("ParseRecord(%s) = %+v, %v; want %+v", line, got, err, want)
	}
}

func TestParseRecordRefuses(t *testing.T) {
	tests := []struct{ name, line string }{
		{"nothing", ``},
		{"no object", `[]`},
		{"no item", `{"label":"yes"}`},
		{"no label", `{"item":"q1"}`},
		{"an unknown field", `{"item":"q1","label":"yes","colour":"red"}`},
		{"two objects", `{"item":"q1","label":"yes"}{}`},
		{"a bracket too many", `{"item":"q1","label":"yes"}}`},
		{"a confidence above one", `{"item":"q1","label":"yes","confidence":1000001}`},
		{"a confidence below zero", `{"item":"q1","label":"yes","confidence":-1}`},
		{"less than no answers", `{"item":"q1","label":"yes","answers":-1}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if r, err := dataset.ParseRecord([]byte(tt.line)); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("ParseRecord(%s) = %+v, %v; want kind invalid", tt.line, r, err)
			}
		})
	}
}

func FuzzParseRecord(f *testing.F) {
	f.Add([]byte(`{"item":"q1","label":"yes","confidence":990000,"answers":3,"status":"accepted"}`))
	f.Add([]byte(`{"item":"q1","label":"yes"} `))
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := dataset.ParseRecord(line)
		if err != nil {
			return
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := dataset.ParseRecord(text); err != nil || again != r {
			t.Fatalf("%q reads as %+v, which reads back as %+v, %v", line, r, again, err)
		}
	})
}

func sample() dataset.Label {
	return dataset.Label{
		Identity: dataset.Identity{Title: "shapes", Dataset: dataset.IDOf(request), RecordsRoot: id.Sum("root"), Records: 2, Bytes: 150},
		Contract: dataset.Contract{Request: request, Requester: owner, Metric: "accuracy", Threshold: 900_000},
		Sources:  []dataset.Source{{Manifest: id.RawCID([]byte("items")), Items: 2, Method: "collected", Licence: "CC0-1.0"}},
		Quality:  dataset.Quality{Classes: []dataset.Class{{Label: "<round>", Items: 2}}},
	}
}

func TestALabelHasOneSpelling(t *testing.T) {
	text := dataset.EncodeLabel(sample())
	l, err := dataset.ParseLabel(text)
	if err != nil {
		t.Fatal(err)
	}
	if again := dataset.EncodeLabel(l); !bytes.Equal(again, text) {
		t.Errorf("written twice:\n%s\n%s", text, again)
	}
	tests := []struct {
		name string
		text string
		kind fault.Kind
	}{
		{"nothing", "", fault.KindInvalid},
		{"other spaces", strings.ReplaceAll(string(text), "  ", " "), fault.KindInvalid},
		{"no line end", strings.TrimSpace(string(text)), fault.KindInvalid},
		{"something behind", string(text) + "{}", fault.KindInvalid},
		{"an unknown field", strings.Replace(string(text), `"identity"`, `"identify"`, 1), fault.KindInvalid},
		{"too long", string(text) + strings.Repeat(" ", dataset.MaxLabelSize), fault.KindLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := dataset.ParseLabel([]byte(tt.text)); fault.KindOf(err) != tt.kind {
				t.Errorf("ParseLabel(%.60q): %v, want kind %s", tt.text, err, tt.kind)
			}
		})
	}
}

func FuzzParseLabel(f *testing.F) {
	f.Add(dataset.EncodeLabel(sample()))
	f.Add(dataset.EncodeLabel(dataset.Label{}))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := dataset.ParseLabel(text)
		if err == nil && !bytes.Equal(dataset.EncodeLabel(l), text) {
			t.Fatalf("accepted a second spelling %q", text)
		}
	})
}

func TestSpreadOfTakesTheLowerMedian(t *testing.T) {
	tests := []struct {
		name   string
		sorted []int64
		want   dataset.Spread
	}{
		{"nothing", nil, dataset.Spread{}},
		{"one", []int64{4}, dataset.Spread{Min: 4, Median: 4, Max: 4}},
		{"two", []int64{1, 9}, dataset.Spread{Min: 1, Median: 1, Max: 9}},
		{"three", []int64{1, 5, 9}, dataset.Spread{Min: 1, Median: 5, Max: 9}},
	}
	for _, tt := range tests {
		if got := dataset.SpreadOf(tt.sorted); got != tt.want {
			t.Errorf("%s: SpreadOf(%v) = %+v, want %+v", tt.name, tt.sorted, got, tt.want)
		}
	}
}
