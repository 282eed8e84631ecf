package watch

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/quality/component"
	"github.com/alaya-network/alaya/core/quality/label"
)

// Ring is a group of workers joined by pairs that agree too often.
type Ring struct {
	Workers []int32 // ascending
	Pairs   []Pair  // those beyond the limit
	Z       int64   // their mean, in ppm
}

// rings gathers the pairs beyond the limit, by first member.
func rings(workers int, pairs []Pair) []Ring {
	joined := component.New(workers)
	for _, p := range pairs {
		if p.Z > zLimit {
			joined.Join(p.A, p.B)
		}
	}
	groups := joined.Groups()
	found := make([]Ring, len(groups))
	place := make(map[int32]int, len(groups))
	for i, members := range groups {
		found[i].Workers = members
		place[members[0]] = i
	}
	for _, p := range pairs {
		if p.Z > zLimit {
			r := &found[place[joined.Root(p.A)]]
			r.Pairs = append(r.Pairs, p)
			r.Z += p.Z
		}
	}
	for i := range found {
		found[i].Z /= int64(len(found[i].Pairs))
	}
	return found
}

// Rings reports each worker's closest peer, where their Z exceeds 5, and the
// rings such pairs join into.
func Rings(t *label.Table, pairs []Pair) []Finding {
	var findings []Finding
	for _, r := range rings(len(t.Workers), pairs) {
		findings = append(findings, r.Findings(t)...)
	}
	Sort(findings)
	return findings
}

// Findings reports each member's closest peer, and the ring.
func (r Ring) Findings(t *label.Table) []Finding {
	closest := make(map[int32]Pair, len(r.Workers))
	for _, p := range r.Pairs {
		for _, j := range []int32{p.A, p.B} {
			if best, ok := closest[j]; !ok || p.Z > best.Z {
				closest[j] = p
			}
		}
	}
	first := t.Workers[r.Workers[0]]
	findings := make([]Finding, 0, 2*len(r.Workers))
	for _, j := range r.Workers {
		p := closest[j]
		findings = append(findings,
			Finding{
				Worker: t.Workers[j], Kind: KindPair, Peer: t.Workers[p.A+p.B-j], Value: p.Z, Limit: zLimit,
				Count: int64(p.Agreed), Of: int64(p.Shared), Expect: whole(p.Expect),
			},
			Finding{Worker: t.Workers[j], Kind: KindRing, Peer: first, Value: int64(len(r.Workers)), Limit: 1},
		)
	}
	return findings
}

// maxRounds bounds the rings that Collusion removes.
const maxRounds = 5

// Collusion looks for rings one by one: it infers labels, removes the ring of
// the highest mean Z with all its votes, and begins again, as a ring bends the
// labels and makes honest workers look odd; at most five times. It returns the
// rings in that order, and what the method says without them. Clamp gold, and
// leave out workers who fail it: a ring that outvotes the honest is found in no
// other way.
func Collusion(t *label.Table, gold label.Gold, m label.Method) ([]Ring, label.Result) {
	var found []Ring
	out := make([]bool, len(t.Workers))
	rest, result := t, m.Aggregate(t, gold)
	for range maxRounds {
		now := rings(len(t.Workers), Pairs(rest, result))
		if len(now) == 0 {
			break
		}
		worst := slices.MaxFunc(now, func(a, b Ring) int { // of equals, the first
			return cmp.Or(cmp.Compare(a.Z, b.Z), cmp.Compare(b.Workers[0], a.Workers[0]))
		})
		for _, j := range worst.Workers {
			out[j] = true
		}
		found = append(found, worst)
		rest = t.Without(out)
		result = m.Aggregate(rest, gold)
	}
	return found, result
}
