package appraisal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/client/appraisal"
	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
)

// source returns a table given as text.
func source(format sheet.Format, text string) sheet.Source {
	return sheet.Source{Name: sheet.Std, Format: format, Stdin: strings.NewReader(text)}
}

// answers returns a table of answers with the labels given, tasks and workers
// in turn.
func answers(labels ...string) string {
	var text strings.Builder
	text.WriteString("task\tworker\tlabel\n")
	for i, l := range labels {
		fmt.Fprintf(&text, "t%d\tw%d\t%s\n", i/3, i%3, l)
	}
	return text.String()
}

func crowd(t testing.TB, text string, how appraisal.Reading) *appraisal.Crowd {
	t.Helper()
	c, err := appraisal.ReadCrowd(source(sheet.TSV, text), how)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestKindsAreGuessedFromTheLabels(t *testing.T) {
	var speech, numbers []string
	for i := range 30 {
		numbers = append(numbers, fmt.Sprint(i))
		speech = append(speech, fmt.Sprintf("the cat number %d sat on a mat", i*2/3))
	}
	tests := []struct {
		name string
		text string
		want appraisal.Kind
	}{
		{"names", answers("cat", "dog", "cat"), appraisal.Choice},
		{"steps of a scale", answers("1", "5", "3", "2", "4"), appraisal.Choice},
		{"fractions", answers("0.5", "1", "2"), appraisal.Number},
		{"many whole numbers", answers(numbers...), appraisal.Number},
		{"sentences", answers(speech...), appraisal.Text},
		{"a few long names", answers("a very long name", "a very long name", "a very long name", "some other name", "some other name"), appraisal.Choice},
		{"tags", answers(`["O","B-PER"]`, `["O","O"]`), appraisal.Spans},
		{"boxes, also none", answers(`[[1,2,30,40]]`, `[]`), appraisal.Boxes},
		{"masks", answers(`{"size":[2,2],"counts":[1,3]}`), appraisal.Masks},
		{"left and right", "worker\tleft\tright\tlabel\nw\ta\tb\ta\n", appraisal.Pairs},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if c := crowd(t, tt.text, appraisal.Reading{}); c.Kind != tt.want || c.Why == "" {
				t.Errorf("kind %s (%s), want %s", c.Kind, c.Why, tt.want)
			}
		})
	}
}

func TestRepeatedAnswersFollowTheRule(t *testing.T) {
	const text = "task\tworker\tlabel\nt\tw\ta\nt\tv\ta\nt\tw\tb\n"
	for rule, want := range map[appraisal.Repeated]string{"": "a", appraisal.KeepFirst: "a", appraisal.KeepLast: "b"} {
		c := crowd(t, text, appraisal.Reading{Repeated: rule})
		out, err := appraisal.Aggregate(c, appraisal.Options{Method: "majority"})
		if err != nil {
			t.Fatal(err)
		}
		// Of a tie between a and b the hash decides; both say a, or one.
		sure := out.Items[0].Confidence == 1
		if c.Repeated != 1 || sure != (want == "a") {
			t.Errorf("rule %q: %d repeated, %+v; want 1, and %s for w", rule, c.Repeated, out.Items[0], want)
		}
	}
	_, err := appraisal.ReadCrowd(source(sheet.TSV, text), appraisal.Reading{Repeated: appraisal.Refuse})
	if want := `standard input line 4, field worker: "w": a second answer to task "t"`; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestBadAnswersAreNamed(t *testing.T) {
	tests := []struct {
		name   string
		format sheet.Format
		how    appraisal.Reading
		text   string
		want   string
	}{
		{"no worker column", sheet.TSV, appraisal.Reading{}, "task\tlabel\nt\ta\n", "standard input line 1, field worker: no such column"},
		{"an empty worker", sheet.TSV, appraisal.Reading{}, "task\tworker\tlabel\nt\t\ta\n", `standard input line 2, field worker: "": want a name`},
		{"an empty task", sheet.CSV, appraisal.Reading{}, "task,worker,label\n,w,a\n", `standard input line 2, field task: "": want a name`},
		{"an empty choice", sheet.TSV, appraisal.Reading{}, "task\tworker\tlabel\nt\tw\ta\nt\tv\t\n", `standard input line 3, field label: "": want a label`},
		{"a time that is none", sheet.TSV, appraisal.Reading{}, "task\tworker\tlabel\ttime\nt\tw\ta\tnoon\n", `standard input line 2, field time: "noon": want a time`},
		{"a negative time spent", sheet.TSV, appraisal.Reading{}, "task\tworker\tlabel\tms\nt\tw\ta\t-1\n", `standard input line 2, field ms: "-1": want milliseconds`},
		{"a number that is none", sheet.JSONL, appraisal.Reading{Kind: appraisal.Number}, `{"task":"t","worker":"w","label":"x"}`, `standard input line 1, field label: "x": want a number`},
		{"tags that are none", sheet.TSV, appraisal.Reading{Kind: appraisal.Spans}, answers("O"), `standard input line 2, field label: "O": want a list of tags`},
		{"boxes that are none", sheet.TSV, appraisal.Reading{Kind: appraisal.Boxes}, answers("[[1,2,3]]"), `standard input line 2, field label: "[[1,2,3]]": want boxes`},
		{"a mask that does not fill its picture", sheet.TSV, appraisal.Reading{Kind: appraisal.Masks}, answers(`{"size":[2,2],"counts":[1,2]}`), `standard input line 2, field label: `},
		{"no answers", sheet.TSV, appraisal.Reading{}, "task\tworker\tlabel\n", "standard input: no answers"},
		{"no labels at all", sheet.JSONL, appraisal.Reading{}, `{"task":"t","worker":"w","label":null}`, "standard input: no answers"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := appraisal.ReadCrowd(source(tt.format, tt.text), tt.how)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) || !fault.Is(err, fault.KindInvalid) {
				t.Errorf("error %v of kind %v, want %s… of kind invalid", err, fault.KindOf(err), tt.want)
			}
		})
	}
}

func TestAnswersWithoutALabelAreCounted(t *testing.T) {
	c, err := appraisal.ReadCrowd(source(sheet.JSONL, `{"item":"t","labeller":"w","label":"a"}
{"item":"t","labeller":"v","label":null}`), appraisal.Reading{})
	if err != nil || c.Answers != 1 || c.Empty != 1 {
		t.Errorf("crowd %+v, %v; want one answer, one empty", c, err)
	}
}

func TestTheLogKeepsOrderAndTimes(t *testing.T) {
	c := crowd(t, "task\tworker\tlabel\ttime\tms\nt2\tw1\ta\t2026-03-01T12:00:00Z\t1500\nt1\tw2\tb\t1772366401\t\nt1\tw1\ta\t1772366402000\t20\n",
		appraisal.Reading{Log: true})
	want := "[{1 0 a 1772366400000 1500} {0 1 b 1772366401000 0} {0 0 a 1772366402000 20}]"
	if got := fmt.Sprint(c.Log); got != want {
		t.Errorf("log %s, want %s", got, want)
	}
}

// FuzzReadCrowd checks that no table of answers does worse than an error of a
// kind of its own, and that every answer kept has a task and a worker.
func FuzzReadCrowd(f *testing.F) {
	f.Add("tsv", "", "task\tworker\tlabel\ttime\tms\nt1\tw1\ta\t1772366400\t12\nt1\tw2\tb\t\t\n")
	f.Add("jsonl", "", `{"item":"t","labeller":"w","label":[[1,2,3,4]]}`)
	f.Add("csv", "number", "task,worker,label\nt,w,1e9\n")
	f.Add("tsv", "masks", "task\tworker\tlabel\nt\tw\t{\"size\":[2,2],\"counts\":\"13\"}\n")
	f.Add("tsv", "spans", "task\tworker\tlabel\nt\tw\t[\"I-x\"]\n")
	f.Add("tsv", "", "worker\tleft\tright\tlabel\nw\ta\tb\tb\n")
	f.Fuzz(func(t *testing.T, format, kind, text string) {
		c, err := appraisal.ReadCrowd(source(sheet.Format(format), text), appraisal.Reading{Kind: appraisal.Kind(kind), Log: true})
		if err != nil {
			if fault.Is(err, fault.KindInternal) {
				t.Fatalf("error %v without a kind", err)
			}
			return
		}
		if c.Answers < 1 || c.Answers != len(c.Log) || len(c.Tasks) == 0 || len(c.Workers) == 0 {
			t.Fatalf("crowd of %d answers, %d in the log, %d tasks, %d workers", c.Answers, len(c.Log), len(c.Tasks), len(c.Workers))
		}
	})
}
