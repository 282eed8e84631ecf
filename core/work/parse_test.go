package work_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
)

var sheet = work.Sheet{Request: "0123456789abcdef", Round: 1, Page: 2, Contributor: "worker", Guideline: 1}

const head = `{"request":"0123456789abcdef","round":1,"page":2,"contributor":"worker","guideline":1}` + "\n"

func TestSubmissionsAreReadAsTheyWereWritten(t *testing.T) {
	answers := []work.Answer{{Item: "a", Label: "yes", Ms: 1_200}, {Item: "c", Skip: "unclear"}}
	text := work.EncodeAnswers(sheet, answers)
	if want := head + `{"item":"a","label":"yes","ms":1200}` + "\n" + `{"item":"c","skip":"unclear"}` + "\n"; string(text) != want {
		t.Errorf("wrote %s, want %s", text, want)
	}
	got, err := work.ParseAnswers(text, sheet, []string{"c", "b", "a"}, market.Spec{Labels: []string{"yes", "no"}})
	if err != nil || !reflect.DeepEqual(got, answers) {
		t.Errorf("read %v, %v; want %v", got, err, answers)
	}
}

func TestGarbageInASubmissionIsNamedWithItsLineAndValue(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"nothing":                       {"", "0 lines"},
		"a text that breaks off":        {strings.TrimSuffix(head, "\n"), "does not end"},
		"an empty line":                 {head + "\n", "line 2 of 0 bytes"},
		"a line without an end":         {head + `{"item":"a"`, "does not end"},
		"a line that is too long":       {head + `{"item":"` + strings.Repeat("x", work.MaxLineLen) + "\"}\n", "line 2 of 1048587 bytes"},
		"a text that is too long":       {strings.Repeat(" ", work.MaxAnswersSize+1), "4194305 bytes"},
		"more lines than items":         {head + strings.Repeat(`{"item":"a","label":"yes"}`+"\n", 4), "5 lines for a page of 3 items"},
		"a head that is no JSON":        {"head\n", "head"},
		"a head of another page":        {strings.Replace(head, `"page":2`, `"page":3`, 1), "Page:3"},
		"a head of somebody else":       {strings.Replace(head, "worker", "copier", 1), "copier"},
		"a head under another spec":     {strings.Replace(head, `"guideline":1`, `"guideline":2`, 1), "Guideline:2"},
		"a head with a field too many":  {strings.Replace(head, `"page":2`, `"page":2,"paeg":2`, 1), "paeg"},
		"a line that is no JSON":        {head + "yes\n", "line 2"},
		"a field that nobody knows":     {head + `{"item":"a","lable":"yes"}` + "\n", `line 2: json: unknown field "lable"`},
		"two values on a line":          {head + `{"item":"a","label":"yes"}{"item":"b","label":"yes"}` + "\n", "line 2: more than one value"},
		"a brace too many":              {head + `{"item":"a","label":"yes"}}` + "\n", "line 2: more than one value"},
		"an item of another page":       {head + `{"item":"z","label":"yes"}` + "\n", `line 2: item "z"`},
		"an item that comes twice":      {head + strings.Repeat(`{"item":"a","label":"yes"}`+"\n", 2), `line 3: item "a"`},
		"a label the spec has not":      {head + `{"item":"a","label":"maybe"}` + "\n", `line 2: item "a": label "maybe"`},
		"neither a label nor a reason":  {head + `{"item":"a"}` + "\n", `line 2: item "a": either`},
		"a label and a reason":          {head + `{"item":"a","label":"yes","skip":"other"}` + "\n", `line 2: item "a": either`},
		"a value for labels":            {head + `{"item":"a","value":{"kind":"yes"}}` + "\n", `line 2: item "a": label ""`},
		"a flag that is none":           {head + `{"item":"a","label":"yes","flags":["red"]}` + "\n", `line 2: item "a": flag "red"`},
		"a flag that stands twice":      {head + `{"item":"a","label":"yes","flags":["other","other"]}` + "\n", `line 2: item "a": flag "other"`},
		"a note beside an answer":       {head + `{"item":"a","label":"yes","note":"hm"}` + "\n", `line 2: item "a": a note`},
		"a note too long":               {head + `{"item":"a","skip":"other","note":"` + strings.Repeat("x", work.MaxNoteLen+1) + "\"}\n", `line 2: item "a": note of 1001 bytes`},
		"an origin that is none":        {head + `{"item":"a","label":"yes","origin":"dream"}` + "\n", `line 2: item "a": origin "dream"`},
		"a reason that is none":         {head + `{"item":"a","skip":"tired"}` + "\n", `line 2: item "a": skip reason "tired"`},
		"a time below zero":             {head + `{"item":"a","label":"yes","ms":-1}` + "\n", `line 2: item "a": -1 ms`},
		"a time beyond all numbers":     {head + `{"item":"a","label":"yes","ms":99999999999999999999}` + "\n", "line 2: json"},
		"null for an answer":            {head + "null\n", `line 2: item ""`},
		"a list for an answer":          {head + "[]\n", "line 2: json"},
		"a second head for an answer":   {head + head, "line 2: json: unknown field"},
		"a number for an item":          {head + `{"item":1,"label":"yes"}` + "\n", "line 2: json"},
		"a carriage return and nothing": {head + "\r\n", "line 2"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := work.ParseAnswers([]byte(c.text), sheet, []string{"a", "b", "c"}, market.Spec{Labels: []string{"yes", "no"}})
			if err == nil || !strings.Contains(err.Error(), c.says) || fault.Is(err, fault.KindInternal) {
				t.Errorf("got %v, want an error that says %q", err, c.says)
			}
		})
	}
}

func TestAnswersToAFormAreReadAsTheyWereWritten(t *testing.T) {
	form := answer.Form{Controls: []answer.Control{
		{Name: "kind", Type: answer.TypeChoice, Labels: []answer.Label{{ID: "a<b"}, {ID: "cat"}}, Required: true},
		{Name: "why", Type: answer.TypeText},
	}}
	spec := market.Spec{Form: &form}
	answers := []work.Answer{
		{Item: "a", Value: `{"kind":"a\u003cb","why":"\u2028"}`, Origin: "prediction-changed", Ms: 7},
		{Item: "b", Value: `{"kind":"cat"}`, Flags: []string{"wrong_gold"}, Note: "it is a dog"},
		{Item: "c", Skip: "language", Note: "Finnish"},
	}
	text := work.EncodeAnswers(sheet, answers)
	want := head + `{"item":"a","value":{"kind":"a\u003cb","why":"\u2028"},"origin":"prediction-changed","ms":7}` + "\n" +
		`{"item":"b","value":{"kind":"cat"},"note":"it is a dog","flags":["wrong_gold"]}` + "\n" + `{"item":"c","skip":"language","note":"Finnish"}` + "\n"
	if string(text) != want {
		t.Errorf("wrote %s, want %s", text, want)
	}
	got, err := work.ParseAnswers(text, sheet, []string{"a", "b", "c"}, spec)
	if err != nil || !reflect.DeepEqual(got, answers) {
		t.Errorf("read %v, %v; want %v", got, err, answers)
	}
	for name, c := range map[string]struct{ line, says string }{
		"a label for a form":         {`{"item":"a","label":"cat"}`, `label "cat": the spec has a form`},
		"a label beside a value":     {`{"item":"a","label":"cat","value":{"kind":"cat"}}`, `label "cat": the spec has a form`},
		"a value with a space":       {`{"item":"a","value":{"kind": "cat"}}`, "one spelling"},
		"a value without its must":   {`{"item":"a","value":{"why":"x"}}`, `control "kind": required`},
		"a value that is null":       {`{"item":"a","value":null}`, "at least one control"},
		"a value beside a reason":    {`{"item":"a","value":{"kind":"cat"},"skip":"other"}`, "either"},
		"a sign that must be hidden": {`{"item":"a","value":{"kind":"a<b"}}`, "one spelling"},
	} {
		if _, err := work.ParseAnswers([]byte(head+c.line+"\n"), sheet, []string{"a"}, spec); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want an error that says %q", name, err, c.says)
		}
	}
}

func TestItemsAreReadOrTheirLineIsNamed(t *testing.T) {
	text := `{"id":"a"}` + "\n" + `{"id":"b","content":"bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku","data":{"q":"?"}}` + "\n"
	items, err := work.ParseItems([]byte(text))
	if err != nil || len(items) != 2 || items[1].ID != "b" || string(items[1].Data) != `{"q":"?"}` {
		t.Errorf("read %v, %v", items, err)
	}
	for name, c := range map[string]struct{ text, says string }{
		"an item without an id":    {`{"id":"a"}` + "\n{}\n", `line 2: item id ""`},
		"an id that is too long":   {`{"id":"` + strings.Repeat("x", work.MaxItemIDLen+1) + "\"}\n", "line 1: item id"},
		"an id that comes twice":   {`{"id":"a"}` + "\n" + `{"id":"a"}` + "\n", `line 2: item "a" stands twice`},
		"a field that is unknown":  {`{"id":"a","date":1}` + "\n", `line 1: json: unknown field "date"`},
		"a line that is no object": {"a\n", "line 1"},
		"a text that breaks off":   {`{"id":"a"}`, "does not end"},
	} {
		if _, err := work.ParseItems([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want an error that says %q", name, err, c.says)
		}
	}
}

func TestThePagesOfARound(t *testing.T) {
	r := request(3)
	r.Terms.Manifest.Pages, r.Terms.Manifest.Count = []uint32{1, 2, 1}, 4
	items := []work.Item{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}}
	first := work.Round{Request: r.ID, Number: 1, Milestone: 1, Manifest: r.Terms.Manifest.CID}
	pages, err := first.PagesOf(r.Terms, items, nil)
	if err != nil || len(pages) != 1 || !slices.Equal(pages[2], []string{"d"}) {
		t.Errorf("the second milestone asks %v, %v; want page 2 with d", pages, err)
	}
	if _, err := first.PagesOf(r.Terms, items[:3], nil); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("an item was missing: %v", err)
	}

	text := work.AppendLine(nil, work.PageItems{Page: 1, Items: []string{"c"}})
	root, lines, err := work.Root(text)
	if err != nil || lines != 1 {
		t.Fatalf("root over %d lines, %v", lines, err)
	}
	later := work.Round{Request: r.ID, Number: 2, Manifest: id.RawCID(text), Root: root}
	if pages, err = later.PagesOf(r.Terms, items, text); err != nil || len(pages) != 1 || !slices.Equal(pages[1], []string{"c"}) {
		t.Errorf("the later round asks %v, %v; want page 1 with c", pages, err)
	}
	for name, c := range map[string]struct{ text, says string }{
		"another manifest":         {`{"page":1,"items":["b"]}` + "\n", "has root"},
		"a manifest that is false": {`{"page":1,"itmes":["b"]}` + "\n", "line 1: json: unknown field"},
		"a manifest cut short":     {`{"page":1`, "does not end"},
	} {
		if c.says != "has root" {
			later.Root, _, _ = work.Root([]byte(c.text))
		}
		if _, err := later.PagesOf(r.Terms, items, []byte(c.text)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want an error that says %q", name, err, c.says)
		}
	}
}

func goldLabels() []work.GoldLabel {
	return []work.GoldLabel{
		{Item: "a", Label: "yes", Salt: id.Sum("1")}, {Item: "b", Label: "no", Salt: id.Sum("2")}, {Item: "c", Label: "yes", Salt: id.Sum("3")},
	}
}

func TestGoldOpensAgainstItsCommitment(t *testing.T) {
	labels := goldLabels()
	commitment := work.CommitGold(labels)
	text, err := work.OpenGold(labels, func(g work.GoldLabel) bool { return g.Item != "b" })
	if err != nil {
		t.Fatal(err)
	}
	got, err := work.ParseGold(text, commitment)
	if err != nil || !slices.Equal(got, []work.GoldLabel{labels[0], labels[2]}) {
		t.Errorf("opened %v, %v; want a and c", got, err)
	}
	if got, err := work.ParseGold(nil, commitment); err != nil || len(got) != 0 {
		t.Errorf("opened nothing: %v, %v", got, err)
	}
	if work.CommitGold(nil) != (market.Gold{}) {
		t.Error("no gold has a commitment")
	}
}

func TestFalseGoldIsNamedWithItsLine(t *testing.T) {
	labels := goldLabels()
	commitment := work.CommitGold(labels)
	whole, err := work.OpenGold(labels, func(work.GoldLabel) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(whole), "\n")
	twice := append(goldLabels(), work.GoldLabel{Item: "a", Label: "no", Salt: id.Sum("4")})
	twiceText, err := work.OpenGold(twice, func(work.GoldLabel) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text, says string
		against    market.Gold
	}{
		"another label":            {strings.Replace(string(whole), `"label":"no"`, `"label":"yes"`, 1), "line 2: merkle", commitment},
		"another place":            {strings.Replace(string(whole), `"index":1`, `"index":2`, 1), "line 2: merkle", commitment},
		"another salt":             {strings.Replace(string(whole), id.Sum("2").String(), id.Sum("9").String(), 1), "line 2: merkle", commitment},
		"a salt that is too short": {strings.Replace(string(whole), id.Sum("2").String(), "00", 1), "line 2", commitment},
		"a commitment to others":   {string(whole), "line 1: merkle", work.CommitGold(append(goldLabels()[:2], work.GoldLabel{Item: "d"}))},
		"the same line again":      {lines[0] + lines[0], `line 2: item "a" stands twice`, commitment},
		"two labels for one item":  {string(twiceText), `line 4: item "a" stands twice`, work.CommitGold(twice)},
		"more lines than labels":   {strings.Repeat(lines[0], 4), "4 labels, 3 committed", commitment},
		"a field that is unknown":  {strings.Replace(lines[0], "index", "idnex", 1), "line 1: json: unknown field", commitment},
		"a text that breaks off":   {strings.TrimSuffix(string(whole), "\n"), "does not end", commitment},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := work.ParseGold([]byte(c.text), c.against); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want an error that says %q", err, c.says)
			}
		})
	}
}
