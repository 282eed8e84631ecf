package audit

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/client/delivery"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/work"
)

// ballot is a vote before its author got a pseudonym.
type ballot struct {
	who id.Address
	delivery.Vote
}

// ballots are all answers that the version's verdict could use: those of the
// submissions that its report calls neither missing nor spoiled.
func (b *Bundle) ballots() ([]ballot, error) {
	last := b.Verdicts[len(b.Verdicts)-1]
	report, err := oracle.ParseReport(b.Blobs[last.Report])
	if err != nil {
		return nil, fault.Invalid("audit: report %s: %w", last.Report, err)
	}
	var list []ballot
	for _, s := range b.Submissions {
		_, missing := slices.BinarySearch(report.Missing, s.Ordinal)
		_, spoiled := slices.BinarySearch(report.Spoiled, s.Ordinal)
		if missing || spoiled {
			continue
		}
		if list, err = appendBallots(list, s, b.Blobs[s.Content]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func appendBallots(list []ballot, s work.Submission, text []byte) ([]ballot, error) {
	lines, err := work.Lines(text)
	if err != nil {
		return nil, fault.Invalid("audit: submission %d, blob %s: %w", s.Ordinal, s.Content, err)
	}
	if len(lines) == 0 {
		return nil, fault.Invalid("audit: submission %d, blob %s: empty", s.Ordinal, s.Content)
	}
	for i, l := range lines[1:] {
		var a work.Answer
		if err := work.DecodeLine(l, &a); err != nil {
			return nil, fault.Invalid("audit: submission %d, blob %s, line %d: %w", s.Ordinal, s.Content, i+2, err)
		}
		vote := delivery.Vote{Item: a.Item, Label: a.Label, Value: string(a.Value), Skip: a.Skip, Round: s.Round, Guideline: s.Guideline, Ms: a.Ms}
		list = append(list, ballot{s.Contributor, vote})
	}
	return list, nil
}

// naming gives every contributor a pseudonym.
type naming map[id.Address]string

// keyed are the pseudonyms under the owner's key.
func (b *Bundle) keyed(key []byte) naming {
	n := make(naming)
	for _, who := range b.contributors() {
		n[who] = delivery.Pseudonym(key, who)
	}
	return n
}

// votes are the ballots under pseudonyms, in the order of the votes file.
func (n naming) votes(ballots []ballot) []delivery.Vote {
	list := make([]delivery.Vote, len(ballots))
	for i, b := range ballots {
		list[i] = b.Vote
		list[i].Pseudonym = n[b.who]
	}
	slices.SortFunc(list, compareVotes)
	return list
}

func compareVotes(a, b delivery.Vote) int {
	return cmp.Or(
		cmp.Compare(a.Item, b.Item), cmp.Compare(a.Round, b.Round), cmp.Compare(a.Pseudonym, b.Pseudonym),
		cmp.Compare(a.Label, b.Label), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Skip, b.Skip), cmp.Compare(a.Guideline, b.Guideline), cmp.Compare(a.Ms, b.Ms),
	)
}

// match finds the naming under which the ballots are the votes of a file: who
// gave the same answers is the same person. Two who answered alike in all may
// be taken for each other, which no file can tell.
func match(ballots []ballot, votes []delivery.Vote) (naming, error) {
	given := make(map[string][]delivery.Vote)
	for _, b := range ballots {
		given[string(b.who)] = append(given[string(b.who)], b.Vote)
	}
	claimed := make(map[string][]delivery.Vote)
	for _, v := range votes {
		name := v.Pseudonym
		v.Pseudonym = ""
		claimed[name] = append(claimed[name], v)
	}
	people, names := signatures(given), signatures(claimed)
	if len(people) != len(names) {
		return nil, fault.Invalid("audit: %s: %d labellers, %d contributors answered", delivery.VotesFile, len(names), len(people))
	}
	n := make(naming, len(people))
	for i, p := range people {
		if p.sum != names[i].sum {
			return nil, fault.Invalid("audit: %s: labeller %q or another gave %d answers that no contributor gave", delivery.VotesFile, names[i].name, len(claimed[names[i].name]))
		}
		n[id.Address(p.name)] = names[i].name
	}
	return n, nil
}

// signature is a name with the hash over all answers given under it.
type signature struct {
	sum  id.Hash
	name string
}

func signatures(byName map[string][]delivery.Vote) []signature {
	list := make([]signature, 0, len(byName))
	for name, votes := range byName {
		slices.SortFunc(votes, compareVotes)
		var text []byte
		for _, v := range votes {
			text = fmt.Appendf(text, "%q\n", fmt.Sprint(v))
		}
		list = append(list, signature{id.Sum("alaya/audit/votes/v1", text), name})
	}
	slices.SortFunc(list, func(a, b signature) int {
		return cmp.Or(slices.Compare(a.sum[:], b.sum[:]), cmp.Compare(a.name, b.name))
	})
	return list
}
