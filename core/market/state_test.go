package market_test

import (
	"fmt"
	"testing"

	"github.com/alaya-network/alaya/core/market"
)

// states returns every value of a state type, those outside the set included.
func states[S ~uint8](last S) []S {
	var all []S
	for s := S(0); s <= last+1; s++ {
		all = append(all, s)
	}
	return all
}

// checkTable holds every pair of states against the moves that are allowed.
func checkTable[S interface {
	~uint8
	CanMove(S) bool
	fmt.Stringer
}](t *testing.T, last S, allowed map[S][]S) {
	t.Helper()
	for _, from := range states(last) {
		for _, to := range states(last) {
			want := false
			for _, s := range allowed[from] {
				want = want || s == to
			}
			if got := from.CanMove(to); got != want {
				t.Errorf("%v (%d) to %v (%d): CanMove = %t, want %t", from, uint8(from), to, uint8(to), got, want)
			}
		}
	}
}

func TestRequestMovesAlongItsTable(t *testing.T) {
	checkTable(t, market.Expired, map[market.State][]market.State{
		market.Open:     {market.Matched, market.Cancelled, market.Expired},
		market.Matched:  {market.Working, market.Expired},
		market.Working:  {market.Settling},
		market.Settling: {market.Closed},
	})
}

func TestBidMovesAlongItsTable(t *testing.T) {
	checkTable(t, market.BidExpired, map[market.BidState][]market.BidState{
		market.BidOpen: {market.BidAwarded, market.BidRejected, market.BidWithdrawn, market.BidExpired},
	})
}

func TestEngagementMovesAlongItsTable(t *testing.T) {
	checkTable(t, market.Lapsed, map[market.EngagementState][]market.EngagementState{
		market.Offered: {market.Active, market.Lapsed},
		market.Active:  {market.Completed, market.Terminated},
	})
}

func TestMoveObeysTheTable(t *testing.T) {
	for _, from := range states(market.Expired) {
		for _, to := range states(market.Expired) {
			r := market.Request{ID: "r", State: from}
			moved, err := r.Move(to)
			if from.CanMove(to) != (err == nil) {
				t.Errorf("Move(%v to %v) = %v", from, to, err)
			}
			if want := map[bool]market.State{true: to, false: from}[err == nil]; moved.State != want {
				t.Errorf("Move(%v to %v) left %v, want %v", from, to, moved.State, want)
			}
		}
	}
}

func TestARequestIsOverOnceNothingMayFollow(t *testing.T) {
	for _, s := range states(market.Expired)[1:market.Expired] {
		moves := false
		for _, to := range states(market.Expired) {
			moves = moves || s.CanMove(to)
		}
		if s.Over() == moves {
			t.Errorf("%v: Over = %t, has moves = %t", s, s.Over(), moves)
		}
	}
}

func TestStatesHaveNames(t *testing.T) {
	for name, got := range map[string]fmt.Stringer{
		"unspecified": market.State(0), "open": market.Open, "expired": market.Expired,
		"withdrawn": market.BidWithdrawn, "rejected": market.BidRejected,
		"offered": market.Offered, "lapsed": market.Lapsed,
	} {
		if got.String() != name {
			t.Errorf("String() = %q, want %q", got, name)
		}
	}
}
