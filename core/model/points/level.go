package points

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/model"
)

// Points for what a contributor did.
const (
	ForConfirmed = 10
	ForRejected  = -10
	ForRight     = 2
	ForWrong     = -2
)

// Points follow from the counts; they are never below 0.
func Points(w model.Contributor) int64 {
	return max(0, ForConfirmed*int64(w.Confirmed)+ForRejected*int64(w.Rejected)+ForRight*int64(w.Right)+ForWrong*int64(w.Votes-w.Right))
}

// Level is a threshold on points.
type Level uint8

// The levels.
const (
	Newcomer Level = iota
	Regular        // from 50 points
	Expert         // from 500
	Master         // from 5,000
	Founder        // from 50,000
)

// String names the level.
func (l Level) String() string {
	return [...]string{"newcomer", "regular", "expert", "master", "founder"}[min(l, Founder)]
}

// LevelOf returns the highest level that the points reach.
func LevelOf(points int64) Level {
	level := Newcomer
	for need := int64(50); level < Founder && points >= need; need *= 10 {
		level++
	}
	return level
}

// The badges.
const (
	First    model.Badges = 1 << iota // a confirmed item
	Ten                               // 10 of them
	Hundred                           // 100
	Thousand                          // 1,000
	Careful                           // of at least 20 judged, 19 of 20 confirmed
	Watchful                          // 20 votes, 9 of 10 right
)

// BadgeNames returns the names of the badges in a set, in their order.
func BadgeNames(b model.Badges) []string {
	var names []string
	for i, name := range []string{"first", "ten", "hundred", "thousand", "careful", "watchful"} {
		if b&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// Won returns the badges that the counts deserve now.
func Won(w model.Contributor) model.Badges {
	judged := w.Confirmed + w.Neutral + w.Rejected
	var b model.Badges
	for _, rule := range []struct {
		badge model.Badges
		holds bool
	}{
		{First, w.Confirmed >= 1}, {Ten, w.Confirmed >= 10}, {Hundred, w.Confirmed >= 100}, {Thousand, w.Confirmed >= 1_000},
		{Careful, judged >= 20 && 20*w.Confirmed >= 19*judged}, {Watchful, w.Votes >= 20 && 10*w.Right >= 9*w.Votes},
	} {
		if rule.holds {
			b |= rule.badge
		}
	}
	return b
}

// Compare orders a leaderboard: more points, then more confirmed, then fewer
// rejected, then the lower address first. It is negative when a comes first.
func Compare(a, b model.Contributor) int {
	return cmp.Or(
		cmp.Compare(Points(b), Points(a)), cmp.Compare(b.Confirmed, a.Confirmed),
		cmp.Compare(a.Rejected, b.Rejected), cmp.Compare(a.Address, b.Address),
	)
}

// Leaderboard returns the first n of the contributors, at most all.
func Leaderboard(all []model.Contributor, n int) []model.Contributor {
	order := slices.SortedFunc(slices.Values(all), Compare)
	return order[:min(n, len(order))]
}
