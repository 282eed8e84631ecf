package model_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/model"
)

// checkTable holds every pair of states, and those outside the set, against
// the moves that are allowed.
func checkTable[S interface {
	~uint8
	CanMove(S) bool
	fmt.Stringer
}](t *testing.T, last S, allowed map[S][]S) {
	t.Helper()
	for from := S(0); from <= last+1; from++ {
		for to := S(0); to <= last+1; to++ {
			if got, want := from.CanMove(to), slices.Contains(allowed[from], to); got != want {
				t.Errorf("%v (%d) to %v (%d): CanMove = %t, want %t", from, uint8(from), to, uint8(to), got, want)
			}
		}
	}
}

func TestAModelMovesAlongItsTable(t *testing.T) {
	checkTable(t, model.Retired, map[model.State][]model.State{model.Live: {model.Replaced, model.Retired}})
}

func TestAContributionMovesAlongItsTable(t *testing.T) {
	checkTable(t, model.Withdrawn, map[model.ContributionState][]model.ContributionState{
		model.Committed: {model.Given, model.Lapsed},
		model.Given:     {model.Trained, model.Trimmed, model.Withdrawn},
		model.Trained:   {model.Confirmed, model.Neutral, model.Rejected, model.Withdrawn},
		model.Confirmed: {model.Withdrawn},
		model.Neutral:   {model.Withdrawn},
		model.Rejected:  {model.Withdrawn},
		model.Trimmed:   {model.Withdrawn},
	})
}

func TestAChallengeMovesAlongItsTable(t *testing.T) {
	checkTable(t, model.Failed, map[model.ChallengeState][]model.ChallengeState{model.Scoring: {model.Promoted, model.Failed}})
}

func TestMoveObeysTheTable(t *testing.T) {
	for from := model.ContributionState(0); from <= model.Withdrawn+1; from++ {
		for to := model.ContributionState(0); to <= model.Withdrawn+1; to++ {
			moved, err := model.Contribution{State: from}.Move(to)
			want := map[bool]model.ContributionState{true: to, false: from}[err == nil]
			if from.CanMove(to) != (err == nil) || moved.State != want {
				t.Errorf("Move(%v to %v) = %v, %v", from, to, moved.State, err)
			}
		}
	}
}

func TestStatesHaveNames(t *testing.T) {
	for name, got := range map[string]fmt.Stringer{
		"unspecified": model.State(0), "live": model.Live, "retired": model.Retired,
		"committed": model.Committed, "trimmed": model.Trimmed, "withdrawn": model.Withdrawn,
		"train": model.EntryTrain, "promote": model.EntryPromote, "agrees": model.Agrees, "undecided": model.Undecided,
		"points": model.Points, "bounty": model.Bounty, "scoring": model.Scoring, "failed": model.Failed,
	} {
		if got.String() != name {
			t.Errorf("String() = %q, want %q", got, name)
		}
	}
}
