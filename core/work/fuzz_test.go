package work_test

import (
	"bytes"
	"testing"

	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
)

func FuzzParseAnswers(f *testing.F) {
	f.Add([]byte(head + `{"item":"a","label":"yes"}` + "\n"))
	f.Add([]byte(head + `{"item":"a","skip":"other","ms":5}` + "\n" + `{"item":"b","label":"no"}` + "\n"))
	f.Add([]byte("\n"))
	items, spec := []string{"a", "b"}, market.Spec{Labels: []string{"yes", "no"}}
	f.Fuzz(func(t *testing.T, text []byte) {
		answers, err := work.ParseAnswers(text, sheet, items, spec)
		if err != nil {
			return
		}
		again, err := work.ParseAnswers(work.EncodeAnswers(sheet, answers), sheet, items, spec)
		if err != nil || len(again) != len(answers) || len(answers) > len(items) {
			t.Errorf("%q gives %v, written and read again %v, %v", text, answers, again, err)
		}
	})
}

func FuzzParseItems(f *testing.F) {
	f.Add([]byte(`{"id":"a","data":[1,2]}` + "\n"))
	f.Add([]byte(`{"id":"a"}` + "\n" + `{"id":"b"}` + "\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		items, err := work.ParseItems(text)
		if err != nil {
			return
		}
		if n := bytes.Count(text, []byte("\n")); n != len(items) {
			t.Errorf("%q has %d lines and gives %d items", text, n, len(items))
		}
		for _, item := range items {
			if err := work.CheckItemID(item.ID); err != nil {
				t.Errorf("%q gives an item that is refused: %v", text, err)
			}
		}
	})
}

func FuzzParseGold(f *testing.F) {
	labels := goldLabels()
	commitment := work.CommitGold(labels)
	text, err := work.OpenGold(labels, func(work.GoldLabel) bool { return true })
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"gold":{"item":"a"},"index":18446744073709551615,"proof":[]}` + "\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := work.ParseGold(text, commitment)
		if err != nil {
			return
		}
		for _, g := range got {
			if g != labels[0] && g != labels[1] && g != labels[2] {
				t.Errorf("%q opens %+v, which nobody committed to", text, g)
			}
		}
	})
}
