package page_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/alaya-network/alaya/client/appraisal"
	"github.com/alaya-network/alaya/client/appraisal/page"
	"github.com/alaya-network/alaya/client/plot/plottest"
	"github.com/alaya-network/alaya/client/sheet"
)

// show returns the page of a table of answers.
func show(t *testing.T, text string, gold []appraisal.Truth) string {
	t.Helper()
	c, err := appraisal.ReadCrowd(sheet.Source{Name: sheet.Std, Stdin: strings.NewReader(text)}, appraisal.Reading{Log: true})
	if err != nil {
		t.Fatal(err)
	}
	o := appraisal.Options{Target: 900_000, Gold: gold}
	if c.Kind == appraisal.Choice {
		o.Method = "fds"
	}
	r, err := appraisal.Appraise(c, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Title, r.Made = "<script>alert(1)</script>", time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	var out bytes.Buffer
	if err := page.Write(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// evil is a crowd whose names try to leave the page.
func evil() string {
	var text strings.Builder
	text.WriteString("task\tworker\tlabel\n")
	for i := range 200 {
		worker := []string{`"><img src=x onerror=alert(1)>`, "</svg><script>alert(2)</script>", "w3", "w4"}[i%4]
		name := []string{"a", "<b>b</b>"}[i/4%2]
		text.WriteString("t" + string(rune('0'+i/4%10)) + string(rune('a'+i/40)) + "\t" + worker + "\t" + name + "\n")
	}
	return text.String()
}

func TestThePageEscapesWhatWorkersWrote(t *testing.T) {
	html := show(t, evil(), []appraisal.Truth{{Task: "t0a", Label: "<b>b</b>"}})
	for _, bad := range []string{"<img", "<b>b", "alert(1)</script>", "alert(2)</script>"} {
		if strings.Contains(html, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

func TestThePageKeepsThePromisesOfPlots(t *testing.T) {
	plottest.Check(t, show(t, evil(), nil), 6)
	plottest.Check(t, show(t, evil(), []appraisal.Truth{{Task: "t0a", Label: "a"}, {Task: "t1a", Label: "a"}}), 6)
}

func TestPicturesAreDrawn(t *testing.T) {
	html := show(t, "task\tworker\tlabel\nt\tw1\t[[10,10,20,20],[50,50,9,9]]\nt\tw2\t[[10,10,20,20],[50,50,9,9]]\n", nil)
	if got := strings.Count(html, `class="drawn"`); got != 4 {
		t.Errorf("%d boxes drawn, want 4", got)
	}
	if strings.Contains(html, `href="#suspects"`) {
		t.Error("the page leads to suspects, which boxes have none of")
	}
}
