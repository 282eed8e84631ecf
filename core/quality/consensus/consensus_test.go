package consensus_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/quality/consensus"
	"github.com/alaya-network/alaya/core/quality/label"
)

const match = 750_000

func judge(t *testing.T, j quality.Job, f answer.Form) quality.Verdict {
	t.Helper()
	v, err := consensus.Judge(j, consensus.Form{Form: f, Match: match})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTheCrowdIsBetterThanItsMembers(t *testing.T) {
	for n, trade := range trades() {
		t.Run(fmt.Sprint(n, " ", trade.control.Type), func(t *testing.T) {
			j, form, truths := job(uint64(n), trade, 60, 0, []float64{.3, .3, .3, .3, .9})
			v := judge(t, j, form)
			m := consensus.NewMeasure(form)
			var alone, together, answers int64
			for _, a := range j.Answers {
				alone += int64(similarity(t, m, form, a.Label, truths[a.Task]))
				answers++
			}
			for _, item := range v.Items {
				together += int64(similarity(t, m, form, item.Label, truths[item.Task]))
			}
			alone, together = alone/answers, together/int64(len(v.Items))
			t.Logf("alone %d, together %d ppm, agreement %d", alone, together, v.Agreement)
			if together <= alone {
				t.Errorf("together %d ppm alike to the truth, alone %d", together, alone)
			}
			worst := slices.MinFunc(v.Workers, func(a, b quality.Worker) int { return int(a.Skill - b.Skill) })
			if worst.Worker != "worker-4" {
				t.Errorf("the least skilled is %s: %+v", worst.Worker, v.Workers)
			}
		})
	}
}

func similarity(t *testing.T, m consensus.Measure, form answer.Form, text string, truth answer.Value) num.Ppm {
	t.Helper()
	v, err := form.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return m.Similarity(v, answer.Values{truth})
}

func TestEqualValuesAreAlikeAndSimilarityIsSymmetric(t *testing.T) {
	for n, trade := range trades() {
		j, form, _ := job(uint64(n), trade, 10, 0, []float64{.2, .6})
		m := consensus.NewMeasure(form)
		for i := 0; i+1 < len(j.Answers); i += 2 {
			a, err := form.Parse([]byte(j.Answers[i].Label))
			if err != nil {
				t.Fatal(err)
			}
			b, err := form.Parse([]byte(j.Answers[i+1].Label))
			if err != nil {
				t.Fatal(err)
			}
			if s := m.Similarity(a, a); s != num.One {
				t.Errorf("%s: %s is %d alike to itself", trade.control.Type, j.Answers[i].Label, s)
			}
			if there, back := m.Similarity(a, b), m.Similarity(b, a); there != back || there < 0 || there > num.One {
				t.Errorf("%s: %s and %s: %d one way, %d the other", trade.control.Type, j.Answers[i].Label, j.Answers[i+1].Label, there, back)
			}
		}
	}
}

func TestAVerdictDoesNotDependOnTheOrderOfAnswers(t *testing.T) {
	for n, trade := range trades() {
		j, form, _ := job(uint64(n), trade, 12, 4, []float64{.2, .3, .4, .5})
		want, _ := json.Marshal(judge(t, j, form))
		r := rand.New(rand.NewPCG(1, 2))
		r.Shuffle(len(j.Answers), func(a, b int) { j.Answers[a], j.Answers[b] = j.Answers[b], j.Answers[a] })
		if got, _ := json.Marshal(judge(t, j, form)); string(got) != string(want) {
			t.Errorf("%s: another order gives\n%s, not\n%s", trade.control.Type, got, want)
		}
	}
}

func TestASecondAnswerOfOneWorkerIsPassedOver(t *testing.T) {
	for n, trade := range trades() {
		j, form, _ := job(uint64(n), trade, 6, 0, []float64{.2, .2, .2})
		want := judge(t, j, form)
		first := j.Answers[0]
		first.Label = j.Answers[3].Label
		j.Answers = append(j.Answers, first, quality.Answer{Task: first.Task, Worker: "stranger", Label: `{"y":1}`})
		got := judge(t, j, form)
		if got.Repeated != 1 || got.Foreign != 1 {
			t.Errorf("%s: %d repeated, %d foreign; want 1 of each", trade.control.Type, got.Repeated, got.Foreign)
		}
		if !reflect.DeepEqual(got.Items, want.Items) {
			t.Errorf("%s: the second answer counted", trade.control.Type)
		}
	}
}

func TestWhatAllAgreeOnIsDeliveredToTheByte(t *testing.T) {
	for n, trade := range trades() {
		j, form, truths := job(uint64(n), trade, 5, 0, []float64{0, 0, 0})
		for i := range j.Answers {
			j.Answers[i].Label = string(form.Encode(answer.Values{truths[j.Answers[i].Task]}))
		}
		v := judge(t, j, form)
		for _, item := range v.Items {
			if want := string(form.Encode(answer.Values{truths[item.Task]})); item.Label != want || item.Posterior != num.One || item.Status != quality.Accepted {
				t.Errorf("%s: all gave %s, the verdict is %+v", trade.control.Type, want, item)
			}
		}
		if v.Measure.Right != 5 || v.Agreement != num.One || v.Controls[0].Support != num.One {
			t.Errorf("%s: %+v, agreement %d, %+v", trade.control.Type, v.Measure, v.Agreement, v.Controls)
		}
	}
}

func TestGoldFindsWhoDoesNotLook(t *testing.T) {
	for n, trade := range trades() {
		t.Run(fmt.Sprint(n, " ", trade.control.Type), func(t *testing.T) {
			j, form, truths := job(uint64(n), trade, 60, 30, []float64{.1, .1, .1})
			r := rand.New(rand.NewPCG(9, 9))
			for _, task := range slices.Sorted(maps.Keys(truths)) { // two answer at random: what may be true of another item
				for _, w := range []string{"spam-0", "spam-1"} {
					j.Answers = append(j.Answers, quality.Answer{Task: task, Worker: w, Label: string(form.Encode(answer.Values{trade.truth(r)}))})
				}
			}
			v := judge(t, j, form)
			for _, w := range v.Workers {
				if spam := strings.HasPrefix(w.Worker, "spam"); w.Dropped != spam {
					t.Errorf("%s: dropped %t, gold %d of %d right, skill %d", w.Worker, w.Dropped, w.GoldRight, w.GoldSeen, w.Skill)
				}
			}
			if v.Measure.Evidence != quality.EvidenceGold || v.Measure.Items != 30 || v.Measure.Right < 27 {
				t.Errorf("measure %+v", v.Measure)
			}
		})
	}
}

func TestControlsThatMostLeaveOpenStayOpen(t *testing.T) {
	form := answer.Form{Controls: []answer.Control{
		{Name: "kind", Type: answer.TypeChoice, Labels: labels("cat", "dog")},
		{Name: "why", Type: answer.TypeText},
	}}
	j := quality.Job{Params: quality.Defaults(), Answers: []quality.Answer{
		{Task: "a", Worker: "1", Label: `{"kind":"cat"}`},
		{Task: "a", Worker: "2", Label: `{"kind":"cat","why":"it purrs"}`},
		{Task: "a", Worker: "3", Label: `{"kind":"cat"}`},
		{Task: "b", Worker: "1", Label: `{"kind":"cat"}`},
		{Task: "b", Worker: "2", Label: `{"why":"no idea"}`},
	}}
	v := judge(t, j, form)
	if v.Items[0].Label != `{"kind":"cat"}` || v.Items[0].Posterior != 833_333 {
		t.Errorf("%+v; want a cat, five sixths alike", v.Items[0])
	}
	if v.Items[1].Label != `{"kind":"cat","why":"no idea"}` {
		t.Errorf("%+v; want both, as half filled each in", v.Items[1])
	}
	if c := v.Controls[1]; c.Name != "why" || c.Type != "text" || c.Answers != 2 {
		t.Errorf("%+v", c)
	}
}

func TestAHugeAnswerSpoilsNothing(t *testing.T) {
	var many answer.Boxes
	for i := range int64(210) {
		many = append(many, answer.Box{Label: "car", X: i, Y: i, W: 99_999, H: 99_999})
	}
	form := answer.Form{Controls: []answer.Control{{Name: "x", Type: answer.TypeBox, Labels: labels("car")}}}
	text := string(form.Encode(answer.Values{answer.Sort(many)}))
	j := quality.Job{Params: quality.Defaults()}
	for w := range 5 {
		j.Answers = append(j.Answers, quality.Answer{Task: "a", Worker: fmt.Sprint("big-", w), Label: strings.ReplaceAll(text, `"h":99999`, fmt.Sprintf(`"h":%d`, 99_990+w))})
		j.Answers = append(j.Answers, quality.Answer{Task: "b", Worker: fmt.Sprint("big-", w), Label: `{"x":[{"label":"car","x":0,"y":0,"w":9999,"h":9999}]}`})
	}
	v := judge(t, j, form)
	if !strings.HasPrefix(v.Items[0].Label, `{"x":[{"label":"car"`) || v.Items[1].Posterior != num.One {
		t.Errorf("%.100s, %+v", v.Items[0].Label, v.Items[1])
	}
}

func TestBadParametersAreNamed(t *testing.T) {
	j, form, _ := job(1, trades()[0], 3, 0, []float64{.1})
	if _, err := consensus.Judge(j, consensus.Form{Form: form}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("a match of 0: %v", err)
	}
	j.Params.Target = 0
	if _, err := consensus.Judge(j, consensus.Form{Form: form, Match: match}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("a target of 0: %v", err)
	}
	j.Params.Target = num.One
	j.Gold = []label.Truth{{Task: "nobody", Label: "no value"}}
	if _, err := consensus.Judge(j, consensus.Form{Form: form, Match: match}); err != nil {
		t.Errorf("gold that fits nothing: %v", err)
	}
}
