package appraisal_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/client/appraisal"
	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
)

// labels aggregates and returns the table of labels, and that of workers.
func labels(t testing.TB, c *appraisal.Crowd, o appraisal.Options) (items, workers string) {
	t.Helper()
	o.Target = 900_000
	out, err := appraisal.Aggregate(c, o)
	if err != nil {
		t.Fatal(err)
	}
	var a, b bytes.Buffer
	if err := out.Write(sheet.Target{Name: sheet.Std, Stdout: &a}); err != nil {
		t.Fatal(err)
	}
	if err := out.WriteWorkers(sheet.Target{Name: sheet.Std, Stdout: &b}); err != nil {
		t.Fatal(err)
	}
	return a.String(), b.String()
}

// column returns a column of a table by task, "t0=a t1=b".
func column(table, name string) string {
	var cells []string
	at := 0
	for i, line := range strings.Split(strings.TrimSpace(table), "\n") {
		fields := strings.Split(line, "\t")
		for j, head := range fields {
			if i == 0 && head == name {
				at = j
			}
		}
		if i > 0 {
			cells = append(cells, fields[0]+"="+fields[at])
		}
	}
	return strings.Join(cells, " ")
}

func TestEveryKindFindsTheLabelMostAgreeOn(t *testing.T) {
	tests := []struct {
		kind appraisal.Kind
		text string
		want string
	}{
		{appraisal.Choice, answers("a", "a", "b", "b", "b", "b"), "t0=a t1=b"},
		{appraisal.Number, answers("1", "2", "3", "10.5", "10.5", "10.5"), "t0=2 t1=10.5"},
		{appraisal.Text, answers("a cat sat", "a cat sat", "a bat sat", "x", "x", "x"), "t0=a cat sat t1=x"},
		{appraisal.Spans, answers(`["O","B-P"]`, `["O","B-P"]`, `["O","O"]`, `["B-P","I-P"]`, `["B-P","I-P"]`, `["B-P","I-P"]`), `t0=["O","B-P"] t1=["B-P","I-P"]`},
		{appraisal.Boxes, answers(`[[10,10,20,20]]`, `[[10,10,20,20]]`, `[[10,10,20,20]]`, `[]`, `[]`, `[]`), "t0=[[10,10,20,20]] t1=[]"},
		{appraisal.Masks, answers(`{"size":[2,2],"counts":[1,3]}`, `{"size":[2,2],"counts":[1,3]}`, `{"size":[2,2],"counts":[3,1]}`), `t0={"size":[2,2],"counts":"13"}`},
	}
	for _, tt := range tests {
		t.Run(string(tt.kind), func(t *testing.T) {
			c := crowd(t, tt.text, appraisal.Reading{Kind: tt.kind})
			items, workers := labels(t, c, appraisal.Options{})
			if got := column(items, "label"); got != tt.want {
				t.Errorf("labels %s, want %s", got, tt.want)
			}
			if got := column(workers, "worker"); got != "w0=w0 w1=w1 w2=w2" {
				t.Errorf("workers %s, want all three", got)
			}
		})
	}
}

func TestGoldKeepsItsLabelAndTriesWorkers(t *testing.T) {
	gold := []appraisal.Truth{{Task: "t0", Label: "b"}, {Task: "elsewhere", Label: "a"}}
	c := crowd(t, answers("a", "a", "b", "b", "b", "b"), appraisal.Reading{})
	items, workers := labels(t, c, appraisal.Options{Method: "majority", Gold: gold})
	if got := column(items, "label") + ", " + column(items, "status"); got != "t0=b t1=b, t0=gold t1=accepted" {
		t.Errorf("labels %s; want b, gold, for t0", got)
	}
	if got := column(workers, "gold") + ", " + column(workers, "gold_right"); got != "w0=1 w1=1 w2=1, w0=0 w1=0 w2=1" {
		t.Errorf("workers on gold %s; want one seen each, w2 right", got)
	}
}

func TestNumbersHaveAMargin(t *testing.T) {
	c := crowd(t, answers("1", "2", "3", "10.5", "10.5", "10.5"), appraisal.Reading{})
	items, _ := labels(t, c, appraisal.Options{Method: "mean", Gold: []appraisal.Truth{{Task: "t1", Label: "10"}}})
	if got := column(items, "margin"); !strings.HasPrefix(got, "t0=1.") || !strings.HasSuffix(got, "t1=0") {
		t.Errorf("margins %s; want above 1 for t0, 0 for gold", got)
	}
}

func TestWhatAKindCannotDoIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name string
		kind appraisal.Kind
		o    appraisal.Options
	}{
		{"an unknown method", appraisal.Choice, appraisal.Options{Method: "magic"}},
		{"a method of another kind", appraisal.Number, appraisal.Options{Method: "rover"}},
		{"predictions of numbers", appraisal.Number, appraisal.Options{Predictions: &appraisal.Predictions{}}},
		{"gold that is no number", appraisal.Number, appraisal.Options{Gold: []appraisal.Truth{{Task: "t0", Label: "x"}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := crowd(t, answers("1", "2", "3"), appraisal.Reading{Kind: tt.kind})
			if _, err := appraisal.Aggregate(c, tt.o); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("error %v, want kind invalid", err)
			}
		})
	}
}

// evaluate scores labels given as text.
func evaluate(t *testing.T, kind appraisal.Kind, labels string, gold ...appraisal.Truth) appraisal.Scores {
	t.Helper()
	s, err := appraisal.Evaluate(source(sheet.TSV, labels), gold, kind)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func near(t *testing.T, name string, got *float64, want float64) {
	t.Helper()
	if got == nil || math.Abs(*got-want) > 1e-6 {
		t.Errorf("%s is %v, want %v", name, got, want)
	}
}

// By hand: of a, a, b, b the first, second and fourth are right. Class a: one
// wrong b taken for a … precision 2/2, recall 2/3, F1 0.8; class b: precision
// 1/2, recall 1, F1 2/3. Right ones at .9, .8, .6, the wrong one at .7: surer
// in two of three.
func TestNamesAreScored(t *testing.T) {
	s := evaluate(t, appraisal.Choice, "task\tlabel\tconfidence\tstatus\n1\ta\t.9\taccepted\n2\ta\t.8\taccepted\n3\tb\t.7\taccepted\n4\tb\t.6\taccepted\n5\ta\t1\tgold\n6\ta\t1\taccepted\n",
		appraisal.Truth{Task: "1", Label: "a"}, appraisal.Truth{Task: "2", Label: "a"}, appraisal.Truth{Task: "3", Label: "a"},
		appraisal.Truth{Task: "4", Label: "b"}, appraisal.Truth{Task: "5", Label: "a"}, appraisal.Truth{Task: "7", Label: "a"})
	if s.Scored != 4 || s.Given != 1 || s.Missing != 1 {
		t.Errorf("scored %d, given %d, missing %d; want 4, 1, 1", s.Scored, s.Given, s.Missing)
	}
	near(t, "accuracy", s.Accuracy, .75)
	near(t, "macro F1", s.MacroF1, (.8+2./3)/2)
	near(t, "AUROC", s.AUROC, 2./3)
	near(t, "ECE", s.ECE, (.1+.2+.7+.4)/4)
	near(t, "Brier", s.Brier, (.01+.04+.49+.16)/4)
}

func TestOtherKindsAreScored(t *testing.T) {
	truth := func(label string) appraisal.Truth { return appraisal.Truth{Task: "1", Label: label} }
	s := evaluate(t, appraisal.Number, "task\tlabel\n1\t2\n2\t5\n", truth("1"), appraisal.Truth{Task: "2", Label: "8"})
	near(t, "MAE", s.MAE, 2)
	near(t, "RMSE", s.RMSE, math.Sqrt(5))
	s = evaluate(t, appraisal.Text, "task\tlabel\n1\tThe cat, sat!\n", truth("the cat sat down"))
	near(t, "WER", s.WER, .25)
	s = evaluate(t, appraisal.Spans, "task\tlabel\n1\t[\"B-P\",\"O\",\"B-P\"]\n", truth(`["B-P","O","O"]`))
	near(t, "F1", s.F1, 2./3)
	s = evaluate(t, appraisal.Boxes, "task\tlabel\n1\t[[0,0,10,10],[50,50,5,5]]\n", truth("[[0,0,10,8]]"))
	near(t, "F1 of boxes", s.F1, 2./3)
	near(t, "mean IoU of boxes", s.MeanIoU, .8)
	s = evaluate(t, appraisal.Masks, "task\tlabel\n1\t{\"size\":[2,2],\"counts\":[1,3]}\n", truth(`{"size":[2,2],"counts":[2,2]}`))
	near(t, "mean IoU of masks", s.MeanIoU, 2./3)
}

func TestLabelsWithoutGoldCannotBeScored(t *testing.T) {
	_, err := appraisal.Evaluate(source(sheet.TSV, "task\tlabel\n1\ta\n"), []appraisal.Truth{{Task: "2", Label: "a"}}, "")
	if !fault.Is(err, fault.KindInvalid) {
		t.Errorf("error %v, want kind invalid", err)
	}
	_, err = appraisal.Evaluate(source(sheet.TSV, "task\tlabel\tconfidence\n1\ta\t2\n"), []appraisal.Truth{{Task: "1", Label: "a"}}, "")
	if want := `standard input line 2, field confidence: "2": want a confidence from 0 to 1`; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestPredictionsAreRead(t *testing.T) {
	p, err := appraisal.ReadPredictions(source(sheet.CSV, "task,cat,dog\nt1,0.25,0.75\nt2,1,0\n"))
	if err != nil || strings.Join(p.Classes, " ") != "cat dog" || len(p.Items) != 2 || p.Items[0].Shares[1] != .75 {
		t.Errorf("predictions %+v, %v", p, err)
	}
	for text, want := range map[string]string{
		"task,cat\nt,1\n":           "two at least",
		"task,cat,dog\nt,2,0\n":     `line 2, field cat: "2": want a probability from 0 to 1`,
		"task,cat,dog\nt,NaN,0\n":   `line 2, field cat: "NaN": want a probability`,
		"task,cat,dog\nt,0.5,0.4\n": "sum to 0.900: want 1",
	} {
		if _, err := appraisal.ReadPredictions(source(sheet.CSV, text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", text, err, want)
		}
	}
}
