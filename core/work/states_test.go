package work_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/work"
)

func TestARoundMovesOnlyAlongItsTable(t *testing.T) {
	may := map[[2]work.RoundState]bool{
		{work.Preparing, work.Committing}: true,
		{work.Committing, work.Revealing}: true,
		{work.Revealing, work.Gold}:       true,
		{work.Revealing, work.Judging}:    true,
		{work.Gold, work.Judging}:         true,
		{work.Judging, work.Closed}:       true,
	}
	for from := work.RoundState(0); from <= work.Closed+1; from++ {
		for to := work.RoundState(0); to <= work.Closed+1; to++ {
			if got, want := from.CanMove(to), may[[2]work.RoundState{from, to}]; got != want {
				t.Errorf("%s → %s: %t, want %t", from, to, got, want)
			}
		}
	}
}

func TestASubmissionMovesOnlyAlongItsTable(t *testing.T) {
	may := map[[2]work.SubmissionState]bool{
		{work.SubmissionCommitted, work.SubmissionRevealed}:  true,
		{work.SubmissionCommitted, work.SubmissionForfeited}: true,
	}
	for from := work.SubmissionState(0); from <= work.SubmissionForfeited+1; from++ {
		for to := work.SubmissionState(0); to <= work.SubmissionForfeited+1; to++ {
			if got, want := from.CanMove(to), may[[2]work.SubmissionState{from, to}]; got != want {
				t.Errorf("%s → %s: %t, want %t", from, to, got, want)
			}
		}
	}
}
