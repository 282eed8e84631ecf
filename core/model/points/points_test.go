package points_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/points"
)

const (
	ann id.Address = "alaya1ann"
	bob id.Address = "alaya1bob"
	cyd id.Address = "alaya1cyd"
)

func voter(who id.Address) model.Contributor {
	return model.Contributor{Address: who, Given: 1, Confirmed: 1}
}

// item is one of bob's, judged at 100.
func item() model.Contribution {
	return model.Contribution{Number: 7, Author: bob, State: model.Trained, Deadline: 100, Entry: 1}
}

func author() model.Contributor { return model.Contributor{Address: bob, Last: 1, Given: 1, Open: 1} }

func cast(t testing.TB, c model.Contribution, votes ...model.Verdict) points.Ballot {
	t.Helper()
	var b points.Ballot
	for i, v := range votes {
		var err error
		if b, err = b.Cast(c, voter(id.Address(fmt.Sprintf("alaya1v%02d", i))), v, 50); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func TestCastRefuses(t *testing.T) {
	c := item()
	done := c
	done.State = model.Confirmed
	full := cast(t, c, slices.Repeat([]model.Verdict{model.Agrees}, points.MaxVotes)...)
	tests := []struct {
		name   string
		ballot points.Ballot
		item   model.Contribution
		by     model.Contributor
		vote   model.Verdict
		now    id.Time
		kind   fault.Kind
	}{
		{"one's own item", points.Ballot{}, c, voter(bob), model.Agrees, 50, fault.KindForbidden},
		{"without credit", points.Ballot{}, c, model.Contributor{Address: ann}, model.Agrees, 50, fault.KindForbidden},
		{"when the verdict is due", points.Ballot{}, c, voter(ann), model.Agrees, 100, fault.KindState},
		{"after the verdict", points.Ballot{}, done, voter(ann), model.Agrees, 50, fault.KindState},
		{"an undecided vote", points.Ballot{}, c, voter(ann), model.Undecided, 50, fault.KindInvalid},
		{"a second vote", cast(t, c, model.Agrees), c, voter("alaya1v00"), model.Disagrees, 50, fault.KindExists},
		{"one vote too many", full, c, voter(ann), model.Agrees, 50, fault.KindLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := tt.ballot.Cast(tt.item, tt.by, tt.vote, tt.now)
			if !fault.Is(err, tt.kind) || len(b.Votes) != len(tt.ballot.Votes) {
				t.Errorf("Cast = %d votes, %v, want kind %s", len(b.Votes), err, tt.kind)
			}
		})
	}
}

func TestAQuorumOverrulesTheModel(t *testing.T) {
	yes, no := model.Agrees, model.Disagrees
	tests := []struct {
		name   string
		quorum uint32
		votes  []model.Verdict
		copyOf uint64
		model  model.Verdict
		want   model.Verdict
	}{
		{"without a quorum in the terms", 0, []model.Verdict{no, no}, 0, yes, yes},
		{"too few votes", 3, []model.Verdict{no, no}, 0, yes, yes},
		{"a majority against", 3, []model.Verdict{no, yes, no}, 0, yes, no},
		{"a majority for", 3, []model.Verdict{yes, yes, no}, 0, no, yes},
		{"a tie", 2, []model.Verdict{yes, no}, 0, no, no},
		{"a majority for a copy", 1, []model.Verdict{yes}, 3, no, model.Undecided},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := item()
			c.CopyOf = tt.copyOf
			if got := cast(t, c, tt.votes...).Verdict(model.PointTerms{Quorum: tt.quorum}, c, tt.model); got != tt.want {
				t.Errorf("verdict %s, want %s", got, tt.want)
			}
		})
	}
}

func TestVotersAreCountedWithTheVerdict(t *testing.T) {
	for verdict, right := range map[model.Verdict][2]uint64{model.Agrees: {1, 0}, model.Disagrees: {0, 1}, model.Undecided: {0, 0}} {
		b := cast(t, item(), model.Agrees, model.Disagrees)
		c, who, voters, err := b.Settle(item(), author(), verdict, []model.Contributor{voter("alaya1v00"), voter("alaya1v01")})
		if err != nil || c.State != verdict.State() || who.Check() != nil {
			t.Fatalf("Settle = %s, %+v, %v", c.State, who, err)
		}
		if got := [2]uint64{voters[0].Right, voters[1].Right}; got != right {
			t.Errorf("%s: right votes %v, want %v", verdict, got, right)
		}
		if _, _, _, err := b.Settle(c, who, verdict, voters); !fault.Is(err, fault.KindState) {
			t.Errorf("a second verdict: %v", err)
		}
		if err := b.Check(); err != nil {
			t.Error(err)
		}
	}
	b := cast(t, item(), model.Agrees)
	if _, _, _, err := b.Settle(item(), author(), model.Agrees, []model.Contributor{voter(cyd)}); !fault.Is(err, fault.KindInternal) {
		t.Errorf("somebody else in the voter's place: %v", err)
	}
}

func TestPointsAndLevelsFollowFromTheCounts(t *testing.T) {
	tests := []struct {
		who    model.Contributor
		points int64
		level  string
	}{
		{model.Contributor{}, 0, "newcomer"},
		{model.Contributor{Confirmed: 4, Votes: 4, Right: 4}, 48, "newcomer"},
		{model.Contributor{Confirmed: 5}, 50, "regular"},
		{model.Contributor{Confirmed: 5, Rejected: 1, Votes: 3, Right: 1}, 38, "newcomer"},
		{model.Contributor{Rejected: 9}, 0, "newcomer"},
		{model.Contributor{Confirmed: 50}, 500, "expert"},
		{model.Contributor{Confirmed: 500}, 5_000, "master"},
		{model.Contributor{Confirmed: 50_000}, 500_000, "founder"},
	}
	for _, tt := range tests {
		got := points.Points(tt.who)
		if level := points.LevelOf(got).String(); got != tt.points || level != tt.level {
			t.Errorf("%+v: %d points, %s; want %d, %s", tt.who, got, level, tt.points, tt.level)
		}
	}
}

func TestBadgesAreWonByCountsAndKept(t *testing.T) {
	tests := []struct {
		who  model.Contributor
		want []string
	}{
		{model.Contributor{}, nil},
		{model.Contributor{Confirmed: 1}, []string{"first"}},
		{model.Contributor{Confirmed: 19, Rejected: 1}, []string{"first", "ten", "careful"}},
		{model.Contributor{Confirmed: 18, Rejected: 2}, []string{"first", "ten"}},
		{model.Contributor{Confirmed: 1_000, Rejected: 500}, []string{"first", "ten", "hundred", "thousand"}},
		{model.Contributor{Votes: 20, Right: 18}, []string{"watchful"}},
	}
	for _, tt := range tests {
		if got := points.BadgeNames(points.Won(tt.who)); !slices.Equal(got, tt.want) {
			t.Errorf("%+v won %v, want %v", tt.who, got, tt.want)
		}
	}
	who := author()
	who.Badges = points.Careful
	_, who, _, err := points.Ballot{}.Settle(item(), who, model.Disagrees, nil)
	if err != nil || who.Badges&points.Careful == 0 {
		t.Errorf("a badge was lost: %v, %v", points.BadgeNames(who.Badges), err)
	}
}

func TestTheLeaderboardIsATotalOrder(t *testing.T) {
	contributor := rapid.Custom(func(t *rapid.T) model.Contributor {
		n := rapid.Uint64Range(0, 3)
		return model.Contributor{
			Address: rapid.SampledFrom([]id.Address{ann, bob, cyd}).Draw(t, "who"), Confirmed: n.Draw(t, "confirmed"),
			Rejected: n.Draw(t, "rejected"), Votes: 3, Right: n.Draw(t, "right"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfNDistinct(contributor, 1, 3, func(c model.Contributor) id.Address { return c.Address }).Draw(t, "all")
		want := points.Leaderboard(all, 99)
		got := points.Leaderboard(rapid.Permutation(all).Draw(t, "shuffled"), 99)
		if !slices.Equal(got, want) || len(points.Leaderboard(all, 1)) != 1 {
			t.Fatalf("%+v, shuffled %+v", want, got)
		}
		for i := 1; i < len(got); i++ {
			if points.Points(got[i-1]) < points.Points(got[i]) {
				t.Fatalf("%+v before %+v", got[i-1], got[i])
			}
		}
	})
}
