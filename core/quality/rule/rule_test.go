package rule_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/rule"
)

// set reads rules written without their version.
func set(t testing.TB, rules ...string) *rule.Set {
	t.Helper()
	s, err := rule.Parse([]byte(`{"version":1,"rules":[` + strings.Join(rules, ",") + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func record(t testing.TB, text string) rule.Record {
	t.Helper()
	var r rule.Record
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRulesForRecords(t *testing.T) {
	tests := []struct {
		rule, record string
		want         string // what is said; empty where the rule holds
	}{
		{`"family":"present","field":"a"`, `{"a":0}`, ""},
		{`"family":"present","field":"a"`, `{"a":null}`, "a: missing, want a value"},
		{`"family":"present","field":"a"`, `{}`, "a: missing, want a value"},
		{`"family":"present","field":"a","message":"tell us a"`, `{}`, "tell us a"},

		{`"family":"type","field":"a","type":"string"`, `{"a":"x"}`, ""},
		{`"family":"type","field":"a","type":"integer"`, `{"a":-12}`, ""},
		{`"family":"type","field":"a","type":"integer"`, `{"a":1.5}`, "a: 1.5, want a value of type integer"},
		{`"family":"type","field":"a","type":"number"`, `{"a":1e3}`, ""},
		{`"family":"type","field":"a","type":"list"`, `{"a":{"b":1}}`, `a: {"b":1}, want a value of type list`},
		{`"family":"type","field":"a","type":"object"`, `{"a": {"b":1}}`, ""},
		{`"family":"type","field":"a","type":"boolean"`, `{"a":false}`, ""},
		{`"family":"type","field":"a","type":"boolean"`, `{}`, ""},

		{`"family":"set","field":"a","values":["cat","1"]`, `{"a":"cat"}`, ""},
		{`"family":"set","field":"a","values":["cat","1"]`, `{"a":1}`, ""},
		{`"family":"set","field":"a","values":["cat","1"]`, `{"a":"dog"}`, `a: "dog", want one of cat, 1`},

		{`"family":"range","field":"a","min":0,"max":120`, `{"a":120}`, ""},
		{`"family":"range","field":"a","min":0,"max":120`, `{"a":212}`, "a: 212, want 0 to 120"},
		{`"family":"range","field":"millis","min":800`, `{"millis":450}`, "millis: 450, want at least 800"},
		{`"family":"range","field":"a","max":1`, `{"a":"1"}`, `a: "1", want at most 1`},
		{`"family":"range","field":"a","max":1`, `{"a":1e999}`, "a: 1e999, want at most 1"},

		{`"family":"length","field":"a","min":2,"max":3`, `{"a":"éé"}`, ""},
		{`"family":"length","field":"a","min":3`, `{"a":"éé"}`, "a: 2 characters long, want at least 3"},
		{`"family":"length","field":"a","max":1`, `{"a":[1,2]}`, "a: a list of 2, want at most 1"},
		{`"family":"length","field":"a","max":1`, `{"a":7}`, "a: 7, want a string or a list"},

		{`"family":"regex","field":"a","pattern":"^[a-z]+$"`, `{"a":"abc"}`, ""},
		{`"family":"regex","field":"a","pattern":"^[a-z]+$"`, `{"a":"ab1"}`, `a: "ab1", want a text that matches ^[a-z]+$`},
		{`"family":"regex","field":"a","pattern":"1"`, `{"a":1}`, "a: 1, want a text that matches 1"},

		{`"family":"compare","field":"a","op":"<","other":["b"]`, `{"a":9,"b":10}`, ""},
		{`"family":"compare","field":"a","op":"<","other":["b"]`, `{"a":"9","b":"10"}`, `a: "9", want < b, which is "10"`},
		{`"family":"compare","field":"a","op":"<=","other":["b"]`, `{"a":10,"b":10.0}`, ""},
		{`"family":"compare","field":"a","op":">=","other":["b"]`, `{"a":9,"b":10}`, "a: 9, want >= b, which is 10"},
		{`"family":"compare","field":"a","op":">","other":["b"]`, `{"a":11,"b":10}`, ""},
		{`"family":"compare","field":"a","op":"!=","other":["b"]`, `{"a":"x","b":"x"}`, `a: "x", want != b, which is "x"`},
		{`"family":"compare","field":"a","op":"=","other":["b"]`, `{"a":"x","b":"x"}`, ""},
		{`"family":"compare","field":"a","op":"=","other":["b"]`, `{"a":"x"}`, ""},
		{`"family":"compare","field":"a","op":"=","other":["b"]`, `{"a":"1","b":1}`, `a: "1", want what compares with 1`},

		{`"family":"refers","field":"a","other":["items"]`, `{"a":"i1"}`, ""},
		{`"family":"refers","field":"a","other":["items"]`, `{"a":"i3"}`, `a: "i3", want one of items`},
		{`"family":"refers","field":"a","other":["people"]`, `{"a":"i1"}`, `a: "i1", want one of people`},

		{`"family":"original","field":"a","max":0.5,"other":["b"]`, `{"a":"an answer of my own","b":"the text that was given"}`, ""},
		{`"family":"original","field":"a","max":0.5,"other":["b"]`, `{"a":"text that was given","b":"The text that was given."}`,
			"a: 100.0000% copied from b, want at most 0.5 of it"},

		{`"family":"box","field":"a","other":["w","h"],"min":16`, `{"a":[[0,0,4,4],[6.5,1.25,3.5,8.75]],"w":10,"h":10}`, ""},
		{`"family":"box","field":"a","other":["w","h"]`, `{"a":[],"w":10,"h":10}`, ""},
		{`"family":"box","field":"a","other":["w","h"]`, `{"a":[[6,1,4.1,5]],"w":10,"h":10}`, "a: box 0 is [6 1 4.1 5], want a box inside the image"},
		{`"family":"box","field":"a","other":["w","h"]`, `{"a":[[-1,1,4,5]],"w":10,"h":10}`, "a: box 0 is [-1 1 4 5], want a box inside the image"},
		{`"family":"box","field":"a","other":["w","h"]`, `{"a":[[1,1,0,5]],"w":10,"h":10}`, "a: box 0 is [1 1 0 5], want a width and a height above 0"},
		{`"family":"box","field":"a","other":["w","h"],"min":16`, `{"a":[[1,1,3,5]],"w":10,"h":10}`, "a: box 0 is [1 1 3 5], want an area of at least 16"},
		{`"family":"box","field":"a","other":["w","h"]`, `{"a":[[1,1,1e300,5]],"w":10,"h":10}`, "a: box 0 is [1 1 1e+300 5], want a width and a height above 0"},
		{`"family":"box","field":"a","other":["w","h"]`, `{"a":[[1,1,2]],"w":10,"h":10}`, "a: box 0 of 3 numbers, want [x, y, width, height]"},
		{`"family":"box","field":"a","other":["w","h"]`, `{"a":"x","w":10,"h":10}`, `a: "x", want a list of boxes [x, y, width, height]`},
		{`"family":"box","field":"a","other":["w","h"]`, `{"a":[[1,1,2,2]],"w":10}`, "a: no image, want numbers in w and h"},

		{`"family":"polygon","field":"a","other":["w","h"],"min":8`, `{"a":[[0,0],[4,0],[4,4]],"w":10,"h":10}`, ""},
		{`"family":"polygon","field":"a","other":["w","h"],"type":"closed"`, `{"a":[[0,0],[4,0],[4,4],[0,0]],"w":10,"h":10}`, ""},
		{`"family":"polygon","field":"a","other":["w","h"],"type":"closed"`, `{"a":[[0,0],[4,0],[4,4]],"w":10,"h":10}`, "a: a polygon of 3 points, want its last point to repeat the first"},
		{`"family":"polygon","field":"a","other":["w","h"]`, `{"a":[[0,0],[4,4],[4,0],[0,4]],"w":10,"h":10}`, "a: a polygon of 4 points, want three points or more, and edges that do not cross"},
		{`"family":"polygon","field":"a","other":["w","h"]`, `{"a":[[0,0],[14,0],[4,4]],"w":10,"h":10}`, "a: a polygon of 3 points, want all of it inside the image"},
		{`"family":"polygon","field":"a","other":["w","h"],"min":9`, `{"a":[[0,0],[4,0],[4,4]],"w":10,"h":10}`, "a: a polygon of 3 points, want an area of at least 9"},
		{`"family":"polygon","field":"a","other":["w","h"]`, `{"a":[[0],[4,0],[4,4]],"w":10,"h":10}`, "a: point 0 of 1 numbers, want [x, y]"},

		{`"family":"tags","field":"a"`, `{"a":["O","B-per","I-per","O"]}`, ""},
		{`"family":"tags","field":"a"`, `{"a":["O","I-per"]}`, `a: ["O","I-per"], want tags O, B-x and I-x, every I-x behind a B-x or I-x`},

		{`"family":"spans","field":"a","other":["text"]`, `{"a":[{"from":0,"to":4,"label":"x"}],"text":"éééé"}`, ""},
		{`"family":"spans","field":"a","other":["text"]`, `{"a":[{"from":0,"to":5,"label":"x"}],"text":"éééé"}`,
			`a: [{"from":0,"to":5,"label":"x"}], want spans of text that do not overlap (quality: span 0 to 5: want 0 <= from < to <= 4)`},
		{`"family":"spans","field":"a","other":["text"]`, `{"a":[]}`, "a: no text, want a string in text"},
		{`"family":"spans","field":"a","other":["text"]`, `{"a":3,"text":"x"}`, "a: 3, want a list of {from, to, label}"},
	}
	refs := rule.References{"items": {"i1": true, "i2": true}}
	for _, tt := range tests {
		t.Run(tt.rule+" on "+tt.record, func(t *testing.T) {
			got := set(t, `{"id":"r","severity":"error",`+tt.rule+`}`).Check(record(t, tt.record), refs)
			if tt.want == "" && len(got) == 0 {
				return
			}
			if len(got) != 1 || got[0] != (rule.Failure{Rule: "r", Severity: rule.Error, Message: tt.want}) {
				t.Errorf("failures %+v, want %q", got, tt.want)
			}
		})
	}
}

// table makes records of one number each.
func table(t testing.TB, numbers ...float64) []rule.Record {
	t.Helper()
	rows := make([]rule.Record, len(numbers))
	for i, x := range numbers {
		rows[i] = record(t, fmt.Sprintf(`{"a":%v}`, x))
	}
	return rows
}

func TestRulesForTables(t *testing.T) {
	tests := []struct {
		rule string
		held bool
		want string // the first evidence
	}{
		{`"family":"rows","min":3,"max":5`, true, ""},
		{`"family":"rows","min":6`, false, "-1: 5 records, want at least 6"},
		{`"family":"unique","field":"a"`, false, "-1: a: 2 values that stood there before, want each value once"},
		{`"family":"unique","field":"b"`, true, ""},
		{`"family":"mean","field":"a","min":3,"max":3.5`, true, ""},
		{`"family":"mean","field":"a","max":3`, false, "-1: a: a mean of 3.2, want at most 3"},
		{`"family":"mean","field":"b","max":3`, true, ""},
		{`"family":"quantile","field":"a","at":0.5,"min":2,"max":2`, true, ""},
		{`"family":"quantile","field":"a","at":0,"min":2`, false, "-1: a: a quantile at 0 of 1, want at least 2"},
		{`"family":"quantile","field":"a","at":1,"max":8`, false, "-1: a: a quantile at 1 of 9, want at most 8"},
		{`"family":"share","field":"a","values":["2"],"min":0.6,"max":0.6`, true, ""},
		{`"family":"share","field":"a","values":["2","9"],"max":0.5`, false, "-1: a: a share of 0.8, want at most 0.5"},
		{`"family":"range","field":"a","max":8`, false, "4: a: 9, want at most 8"},
		{`"family":"range","field":"a","max":8,"mostly":800000`, true, "4: a: 9, want at most 8"},
		{`"family":"range","field":"a","max":8,"mostly":800001`, false, "4: a: 9, want at most 8"},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			outcomes := set(t, `{"id":"r","severity":"error",`+tt.rule+`}`).Accept(table(t, 1, 2, 2, 2, 9), nil)
			o := outcomes[0]
			first := ""
			if len(o.Evidence) > 0 {
				first = fmt.Sprintf("%d: %s", o.Evidence[0].Row, o.Evidence[0].Message)
			}
			if o.Held != tt.held || first != tt.want || rule.Accepted(outcomes) != tt.held {
				t.Errorf("%+v, want held %v, %q", o, tt.held, tt.want)
			}
		})
	}
}

func TestWarningsDoNotRefuse(t *testing.T) {
	outcomes := set(t, `{"id":"r","severity":"warning","family":"rows","min":9}`).Accept(nil, nil)
	if outcomes[0].Held || !rule.Accepted(outcomes) {
		t.Errorf("%+v, want a warning that does not hold, and acceptance", outcomes)
	}
}

func TestRulesThatFailEarlyAreDoubted(t *testing.T) {
	tests := []struct {
		name         string
		rows, failed int // the first so many fail
		doubtful     bool
	}{
		{"a fifth of a hundred", 1000, 20, false},
		{"more than a fifth", 1000, 21, true},
		{"all of few", 19, 19, false},
		{"five of twenty", 20, 5, true},
	}
	s := set(t, `{"id":"r","severity":"error","family":"range","field":"a","max":1}`)
	for _, tt := range tests {
		numbers := make([]float64, tt.rows)
		for i := range tt.failed {
			numbers[i] = 2
		}
		o := s.Accept(table(t, numbers...), nil)[0]
		if o.Doubtful != tt.doubtful || o.Failed != tt.failed || o.Checked != tt.rows || len(o.Evidence) != min(10, tt.failed) {
			t.Errorf("%s: %+v, want doubtful %v", tt.name, o, tt.doubtful)
		}
	}
	late := make([]float64, 300)
	for i := 100; i < 300; i++ {
		late[i] = 2
	}
	if o := s.Accept(table(t, late...), nil)[0]; o.Doubtful || o.Failed != 200 {
		t.Errorf("failures after the first hundred: %+v, want no doubt", o)
	}
}

func TestSetsRefuseWhatIsNoRule(t *testing.T) {
	long := strings.Repeat("x", rule.MaxText+1)
	tests := []struct {
		name, rule string
		kind       fault.Kind
	}{
		{"no id", `{"severity":"error","family":"rows","min":1}`, fault.KindInvalid},
		{"an unknown family", `{"id":"r","severity":"error","family":"magic"}`, fault.KindInvalid},
		{"an unknown member", `{"id":"r","severity":"error","family":"rows","min":1,"level":3}`, fault.KindInvalid},
		{"no severity", `{"id":"r","family":"rows","min":1}`, fault.KindInvalid},
		{"a missing parameter", `{"id":"r","severity":"error","family":"regex","field":"a"}`, fault.KindInvalid},
		{"a parameter too many", `{"id":"r","severity":"error","family":"rows","min":1,"field":"a"}`, fault.KindInvalid},
		{"a range without ends", `{"id":"r","severity":"error","family":"range","field":"a"}`, fault.KindInvalid},
		{"a range upside down", `{"id":"r","severity":"error","family":"range","field":"a","min":2,"max":1}`, fault.KindInvalid},
		{"a bad pattern", `{"id":"r","severity":"error","family":"regex","field":"a","pattern":"("}`, fault.KindInvalid},
		{"an unknown type", `{"id":"r","severity":"error","family":"type","field":"a","type":"date"}`, fault.KindInvalid},
		{"a polygon of another type", `{"id":"r","severity":"error","family":"polygon","field":"a","other":["w","h"],"type":"string"}`, fault.KindInvalid},
		{"an unknown op", `{"id":"r","severity":"error","family":"compare","field":"a","op":"~","other":["b"]}`, fault.KindInvalid},
		{"one other field for two", `{"id":"r","severity":"error","family":"box","field":"a","other":["w"]}`, fault.KindInvalid},
		{"a quantile beyond one", `{"id":"r","severity":"error","family":"quantile","field":"a","at":1.5,"max":1}`, fault.KindInvalid},
		{"more than all", `{"id":"r","severity":"error","family":"range","field":"a","max":1,"mostly":1000001}`, fault.KindInvalid},
		{"one id twice", `{"id":"r","severity":"error","family":"rows","min":1},{"id":"r","severity":"error","family":"rows","min":2}`, fault.KindInvalid},
		{"a long id", `{"id":"` + long + `","severity":"error","family":"rows","min":1}`, fault.KindLimit},
		{"a long value", `{"id":"r","severity":"error","family":"set","field":"a","values":["` + long + `"]}`, fault.KindLimit},
		{"too many values", `{"id":"r","severity":"error","family":"set","field":"a","values":["a"` + strings.Repeat(`,"a"`, rule.MaxValues) + `]}`, fault.KindLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := rule.Parse([]byte(`{"version":1,"rules":[` + tt.rule + `]}`)); !fault.Is(err, tt.kind) {
				t.Errorf("error %v, want kind %v", err, tt.kind)
			}
		})
	}
	for name, text := range map[string]string{"another version": `{"version":2,"rules":[]}`, "no JSON": `{`, "more behind it": `{"version":1,"rules":[]} {}`} {
		if _, err := rule.Parse([]byte(text)); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: error %v, want kind invalid", name, err)
		}
	}
	if _, err := rule.New(make([]rule.Rule, rule.MaxRules+1)); !fault.Is(err, fault.KindLimit) {
		t.Errorf("too many rules: error %v, want kind limit", err)
	}
}

func TestSetsAreKnownByTheirContent(t *testing.T) {
	a := `{"id":"a","severity":"error","family":"range","field":"x","min":0.50,"max":120}`
	b := `{"family":"present","severity":"warning","field":"y","id":"b"}`
	one, two := set(t, a, b), set(t, b, a)
	text, err := json.Marshal(one)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"version":1,"rules":[{"id":"a","family":"range","field":"x","severity":"error","min":0.5,"max":120},{"id":"b","family":"present","field":"y","severity":"warning"}]}`
	if string(text) != want {
		t.Errorf("canonical form\n%s, want\n%s", text, want)
	}
	digest := one.Digest()
	// printf 'alaya/quality/rule/v1\0%s' "$canonical" | sha256sum
	if got := hex.EncodeToString(digest[:]); got != "63799708a5898cdc0d39fa52450202b9a0e27c5ed09b4d9c2423dd4976e64278" {
		t.Errorf("digest %s", got)
	}
	if two.Digest() != digest {
		t.Error("another order gives another digest")
	}
	if set(t, a).Digest() == digest || set(t).Digest() == digest {
		t.Error("fewer rules give the same digest")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"version":1,"rules":[{"id":"a","severity":"error","family":"range","field":"x","min":0.5,"max":120}]}`), []byte(`{"x":3}`))
	f.Add([]byte(`{"version":1,"rules":[{"id":"a","severity":"error","family":"polygon","other":["w","h"],"field":"x"}]}`), []byte(`{"x":[[1,2],[3,4],[5,0]],"w":9,"h":9}`))
	f.Add([]byte(`{"version":1,"rules":[{"id":"a","severity":"error","family":"spans","other":["t"],"field":"x"}]}`), []byte(`{"x":[{"from":0,"to":1,"label":"l"}],"t":"ab"}`))
	f.Fuzz(func(t *testing.T, rules, row []byte) {
		s, err := rule.Parse(rules)
		if err != nil {
			return
		}
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		again, err := rule.Parse(text)
		if err != nil || again.Digest() != s.Digest() {
			t.Fatalf("canonical form %s reads as another set, error %v", text, err)
		}
		var r rule.Record
		if json.Unmarshal(row, &r) == nil {
			s.Check(r, nil)
			s.Accept([]rule.Record{r, r}, nil)
		}
	})
}

// A record that passes at submission fails no rule for records at acceptance.
func TestSubmissionAndAcceptanceAgree(t *testing.T) {
	s := set(t,
		`{"id":"range","severity":"error","family":"range","field":"a","min":0,"max":50}`,
		`{"id":"there","severity":"error","family":"present","field":"b"}`,
		`{"id":"order","severity":"error","family":"compare","field":"a","op":"<=","other":["b"]}`)
	rapid.Check(t, func(t *rapid.T) {
		var rows []rule.Record
		failed := map[string]int{}
		for range rapid.IntRange(0, 30).Draw(t, "rows") {
			r := rule.Record{}
			for _, field := range []string{"a", "b"} {
				if rapid.IntRange(0, 4).Draw(t, "there") > 0 {
					r[field] = json.RawMessage(fmt.Sprint(rapid.IntRange(-10, 60).Draw(t, field)))
				}
			}
			rows = append(rows, r)
			for _, f := range s.Check(r, nil) {
				failed[f.Rule]++
			}
		}
		for _, o := range s.Accept(rows, nil) {
			if o.Failed != failed[o.Rule] || o.Held != (o.Failed == 0) || o.Failed > o.Checked {
				t.Fatalf("outcome %+v, at submission %d failed", o, failed[o.Rule])
			}
		}
	})
}
