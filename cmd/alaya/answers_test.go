package main

import (
	"reflect"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/work"
)

func TestAnswersOfAPageMustAllBeThere(t *testing.T) {
	given, err := answerTable(strings.NewReader("item\tlabel\tskip\tms\nw1\ta\t\t900\nw2\t\tunclear\t\nw3\tb\t\t\n"), "a.tsv", '\t')
	if err != nil {
		t.Fatal(err)
	}
	got, err := given.of([]work.Item{{ID: "w2"}, {ID: "w1"}})
	if err != nil {
		t.Fatal(err)
	}
	if want := (work.Answer{Item: "w2", Skip: "unclear"}); !reflect.DeepEqual(got[0], want) {
		t.Errorf("first answer %+v, want %+v", got[0], want)
	}
	if want := (work.Answer{Item: "w1", Label: "a", Ms: 900}); !reflect.DeepEqual(got[1], want) {
		t.Errorf("second answer %+v, want %+v", got[1], want)
	}
	if _, err := given.of([]work.Item{{ID: "w4"}}); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), `"w4"`) {
		t.Errorf("page with an item not answered: %v, want an error that names it", err)
	}
}

// FuzzAnswers feeds foreign tables: each gives answers to items with ids, or an
// error that names the file.
func FuzzAnswers(f *testing.F) {
	f.Add("item\tlabel\nw1\ta\n", true)
	f.Add("item\tlabel\tms\nw1\ta\t-1\n", true)
	f.Add("\ufeffitem\tlabel\n\"w1\ta\n", true)
	f.Add(`{"item":"w1","label":"a"}`, false)
	f.Add("{\"item\":\"w1\",\"skip\":\"other\"}\n\n", false)
	f.Fuzz(func(t *testing.T, text string, table bool) {
		var given answers
		var err error
		if table {
			given, err = answerTable(strings.NewReader(text), "foreign", '\t')
		} else {
			given, err = answerLines(strings.NewReader(text), "foreign")
		}
		if err != nil && !strings.HasPrefix(err.Error(), "foreign") {
			t.Errorf("%q: error %q does not name the file", text, err)
		}
		for item, answer := range given {
			if answer.Item != item || work.CheckItemID(item) != nil {
				t.Errorf("%q: answer %+v under item %q", text, answer, item)
			}
		}
	})
}
