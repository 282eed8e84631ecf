package text_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/table"
	"github.com/alaya-network/alaya/core/quality/text"
	"github.com/alaya-network/alaya/internal/recorded"
)

// load reads a crowd set, or skips the test.
func load(t testing.TB, name string) (*text.Table, []text.Truth) {
	t.Helper()
	given, known := recorded.Crowd(t, name)
	var answers []text.Answer
	for _, a := range given {
		answers = append(answers, text.Answer{Task: a.Task, Worker: a.Worker, Value: a.Label})
	}
	var truths []text.Truth
	for _, k := range known {
		truths = append(truths, text.Truth{Task: k.Task, Text: k.Label})
	}
	return ordered(t, answers), truths
}

func ordered(t testing.TB, answers []text.Answer) *text.Table {
	t.Helper()
	tab, err := text.NewTable(answers, table.KeepFirst)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// Crowd-kit 1.4.1's ROVER on the same answers, normalised alike, reaches a
// mean WER by task of .0719, .6056 and .5026; its best published on T1 is .483,
// by sentence embeddings.
func TestMethodsReachTheReferenceErrors(t *testing.T) {
	tests := []struct {
		set           string
		tasks         int
		rover, medoid num.Ppm // the most that MeanWER may be
	}{
		{"CrowdSpeech_test-clean", 2620, 70_000, 71_000},
		{"CrowdWSA_J1", 250, 600_000, 655_000},
		{"CrowdWSA_T1", 100, 483_000, 503_000},
	}
	for _, tt := range tests {
		t.Run(tt.set, func(t *testing.T) {
			tab, truths := load(t, tt.set)
			check := func(m text.Method, most num.Ppm) {
				s := text.Evaluate(tab, m.Aggregate(tab).Texts, truths, text.Rules{})
				t.Logf("%s: %d errors in %d words of %d tasks, WER %v, by task %v", m.Name(), s.Errors, s.Words, s.Tasks, s.WER, s.MeanWER)
				if s.Tasks != tt.tasks || s.MeanWER > most || s.WER > most {
					t.Errorf("%s: WER %v, by task %v, on %d tasks; want at most %v on %d", m.Name(), s.WER, s.MeanWER, s.Tasks, most, tt.tasks)
				}
			}
			check(text.Rover{}, tt.rover)
			check(text.Medoid{}, tt.medoid)
		})
	}
}

func TestAutoChoosesWhatIsNearerToTheTruth(t *testing.T) {
	for _, set := range []string{"CrowdWSA_J1", "CrowdWSA_T1"} {
		tab, _ := load(t, set)
		if m, trials := text.Choose(tab, text.Rules{}); m.Name() != "rover" {
			t.Errorf("%s: auto chose %s by %+v, want rover", set, m.Name(), trials)
		}
	}
}
