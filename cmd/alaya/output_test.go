package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/id"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

func shown(t *testing.T, format string, quiet bool, data any, text func(*page)) string {
	t.Helper()
	var out bytes.Buffer
	s := newSession(strings.NewReader(""), &out, &out)
	s.flags.output.value, s.flags.quiet = format, quiet
	if err := s.show(data, text); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestTablesAlignAndStrangersStayOnTheirLine(t *testing.T) {
	table := func(p *page) {
		p.table("id", "title", "note")
		p.row("1", "short", "")
		p.row("22", "two\nlines\x1b[31m", id.Time(0))
	}
	want := "ID  TITLE           NOTE\n1   short\n22  two lines\uFFFD[31m  1970-01-01T00:00:00.000Z\n"
	if got := shown(t, formatText, false, nil, table); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if got, want := shown(t, formatText, true, nil, table), "1\n22\n"; got != want {
		t.Errorf("ids only: got %q, want %q", got, want)
	}
}

func TestYAMLSaysWhatJSONSays(t *testing.T) {
	bid := &marketv1.Bid{Request: "0123456789012345", Price: 7, Pages: []uint32{1, 2}, State: marketv1.BidState_BID_STATE_OPEN}
	json := shown(t, formatJSON, false, bid, nil)
	for _, want := range []string{`"request": "0123456789012345"`, `"price": "7"`, `"state": "BID_STATE_OPEN"`, `"note": ""`} {
		if !strings.Contains(json, want) {
			t.Errorf("JSON lacks %s:\n%s", want, json)
		}
	}
	yaml := shown(t, formatYAML, false, bid, nil)
	for _, want := range []string{"request: \"0123456789012345\"\n", "price: \"7\"\n", "pages:\n  - 1\n  - 2\n"} {
		if !strings.Contains(yaml, want) {
			t.Errorf("YAML lacks %s:\n%s", want, yaml)
		}
	}
}
