// Package points rewards contributions without money: others validate items,
// and points, levels, badges and a leaderboard show who was right.
//
// Words: a vote is a confirmed contributor's opinion of another's item; a
// ballot is the votes on one item; points follow from a contributor's counts;
// a level is a threshold on points; a badge is won once and kept.
//
// Use it where being seen is reward enough and addresses are known people. It
// does not hold off anyone who is ready to spend time: use core/model/deposit
// where an attack must cost money.
//
// Invariants:
//  1. Nobody votes on his own item, twice on one, or without credit.
//  2. Points, level and rank follow from the counts alone; a badge, once won,
//     stays.
//  3. The order of the leaderboard is total.
package points

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
)

// MaxVotes bounds the votes on one item.
const MaxVotes = model.MaxQuorum

// Vote is one opinion: Agrees or Disagrees.
type Vote struct {
	Voter   id.Address
	Verdict model.Verdict
}

// Ballot is the votes on one item, by voter. The zero votes are an empty one.
type Ballot struct {
	Model  id.ModelID
	Number uint64
	Votes  []Vote
}

// Cast adds a vote on an item that is not judged yet.
func (b Ballot) Cast(c model.Contribution, by model.Contributor, v model.Verdict, now id.Time) (Ballot, error) {
	if c.State != model.Trained || now >= c.Deadline {
		return b, fault.State("points: contribution %d to %s is %s, votes end at %s", c.Number, c.Model, c.State, c.Deadline)
	}
	if v != model.Agrees && v != model.Disagrees {
		return b, fault.Invalid("points: contribution %d to %s: vote %s: want agrees or disagrees", c.Number, c.Model, v)
	}
	if by.Address == c.Author || by.Confirmed == 0 {
		return b, fault.Forbidden("points: contribution %d to %s: %s, with %d confirmed, cannot vote on %s's item", c.Number, c.Model, by.Address, by.Confirmed, c.Author)
	}
	at, found := slices.BinarySearchFunc(b.Votes, by.Address, func(v Vote, a id.Address) int { return cmp.Compare(v.Voter, a) })
	if found {
		return b, fault.Exists("points: contribution %d to %s: %s has voted", c.Number, c.Model, by.Address)
	}
	if len(b.Votes) >= MaxVotes {
		return b, fault.Limit("points: contribution %d to %s has %d votes: no more", c.Number, c.Model, MaxVotes)
	}
	b.Model, b.Number = c.Model, c.Number
	b.Votes = slices.Insert(slices.Clone(b.Votes), at, Vote{by.Address, v})
	return b, nil
}

// Verdict lets a majority of at least the quorum overrule the model; a tie does
// not, and a copy that is agreed with stays undecided.
func (b Ballot) Verdict(t model.PointTerms, c model.Contribution, own model.Verdict) model.Verdict {
	if t.Quorum == 0 || len(b.Votes) < int(t.Quorum) {
		return own
	}
	balance := 0
	for _, v := range b.Votes {
		if v.Verdict == model.Agrees {
			balance++
		} else {
			balance--
		}
	}
	switch {
	case balance < 0:
		return model.Disagrees
	case balance > 0 && c.CopyOf > 0:
		return model.Undecided
	case balance > 0:
		return model.Agrees
	default:
		return own
	}
}

// Settle ends an item by its final verdict: the author's counts, the voters'
// (given in the order of the ballot), and new badges. An undecided item counts
// for no voter.
func (b Ballot) Settle(c model.Contribution, author model.Contributor, v model.Verdict, voters []model.Contributor) (model.Contribution, model.Contributor, []model.Contributor, error) {
	if len(voters) != len(b.Votes) {
		return c, author, nil, fault.Internal("points: contribution %d to %s: %d voters for %d votes", c.Number, c.Model, len(voters), len(b.Votes))
	}
	c, author, err := c.Settle(author, v)
	if err != nil {
		return c, author, nil, err
	}
	voters = slices.Clone(voters)
	for i, vote := range b.Votes {
		if voters[i].Address != vote.Voter {
			return c, author, nil, fault.Internal("points: contribution %d to %s: %s in the place of %s", c.Number, c.Model, voters[i].Address, vote.Voter)
		}
		if v == model.Undecided {
			continue
		}
		voters[i].Votes++
		if vote.Verdict == v {
			voters[i].Right++
		}
		voters[i].Badges |= Won(voters[i])
	}
	author.Badges |= Won(author)
	return c, author, voters, nil
}

// Check holds what every stored ballot must show.
func (b Ballot) Check() error {
	sorted := slices.IsSortedFunc(b.Votes, func(x, y Vote) int { return cmp.Or(cmp.Compare(x.Voter, y.Voter), 1) })
	if len(b.Votes) > MaxVotes || !sorted {
		return fault.Internal("points: ballot on contribution %d to %s: %d votes, in order %t", b.Number, b.Model, len(b.Votes), sorted)
	}
	return nil
}
