package pay

import (
	"cmp"
	"encoding/binary"
	"math/big"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Bounds of Determinant: the labels it takes, and the peers on one task that a
// worker meets; of a larger task, those who follow him in the order of hashes.
const (
	MaxClasses = 8
	maxPeers   = 64
)

// Determinant pays the determinant mutual information of a worker and his
// peers: the tasks that two share are cut by hash into two halves of n₁ and n₂,
// M[a,b] counts the tasks of a half where he said a and the peer b, and
//
//	value = mean over peers of K²ᴷ·det(M₁)·det(M₂) / (n₁·n₂)ᴷ
//
// which is One for two perfect workers on classes of the same size. A strategy
// that does not look at the task has determinants of mean 0, and mixing with
// one lowers the value whatever the peers do. A value may be negative by
// chance: carry it over, to cut it off would pay for chance. Evidence is peers
// with at least 2K tasks in common.
type Determinant struct{}

// Name returns dmi.
func (Determinant) Name() string { return "dmi" }

// Scores returns an error of kind limit for more than MaxClasses labels. The
// table's salt must be unknown when answers are given.
func (Determinant) Scores(t *label.Table, _ label.Gold) ([]Score, error) {
	if t.K() > MaxClasses {
		return nil, fault.Limit("quality: determinants of %d labels: want at most %d", t.K(), MaxClasses)
	}
	m := newMeetings(newCrowd(t))
	return m.each(func() func(int) Score {
		return func(w int) Score {
			var sum, peers int64
			for _, shared := range m.of(w) {
				if len(shared) >= 2*t.K() {
					sum += information(shared, t.K())
					peers++
				}
			}
			if peers == 0 {
				return Score{}
			}
			return Score{Value: num.Ppm(sum / peers), Evidence: peers}
		}
	}), nil
}

// meetings tell who met whom on which tasks.
type meetings struct {
	*crowd
	votes [][]label.Vote // of each task, in the order of their workers' hashes
	hash  []uint64       // of each task
}

// meeting is a task that a worker shares with a peer.
type meeting struct{ peer, task, mine, theirs int32 }

func newMeetings(c *crowd) meetings {
	m := meetings{crowd: c, votes: make([][]label.Vote, len(c.Tasks)), hash: make([]uint64, len(c.Tasks))}
	rank := make([]uint64, len(c.Workers))
	for w, name := range c.Workers {
		rank[w] = c.hashOf("pay/worker", name)
	}
	for i, name := range c.Tasks {
		m.hash[i] = c.hashOf("pay/task", name)
		m.votes[i] = slices.Clone(c.Votes(i))
		slices.SortFunc(m.votes[i], func(a, b label.Vote) int {
			return cmp.Or(cmp.Compare(rank[a.Worker], rank[b.Worker]), cmp.Compare(a.Worker, b.Worker))
		})
	}
	return m
}

func (c *crowd) hashOf(purpose, name string) uint64 {
	key := strict.TieKey(c.Salt(), purpose, name)
	return binary.BigEndian.Uint64(key[:])
}

// of returns the tasks that a worker shares with each peer, by hash.
func (m meetings) of(worker int) [][]meeting {
	var all []meeting
	for _, a := range m.crowd.of(worker) {
		votes := m.votes[a.task]
		at := slices.IndexFunc(votes, func(v label.Vote) bool { return v.Worker == int32(worker) })
		for next := range min(len(votes)-1, maxPeers) {
			v := votes[(at+1+next)%len(votes)]
			all = append(all, meeting{v.Worker, a.task, a.label, v.Label})
		}
	}
	slices.SortFunc(all, func(a, b meeting) int {
		return cmp.Or(cmp.Compare(a.peer, b.peer), cmp.Compare(m.hash[a.task], m.hash[b.task]), cmp.Compare(a.task, b.task))
	})
	var groups [][]meeting
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && all[to].peer == all[from].peer {
			to++
		}
		groups = append(groups, all[from:to])
		from = to
	}
	return groups
}

// information returns the normalised product of the determinants of both
// halves of some meetings, in ppm, rounded towards 0. Its amount is at most
// One: a determinant is at most the product of its rows' sums.
func information(shared []meeting, k int) int64 {
	half := len(shared) / 2
	first, second := int64(half), int64(len(shared)-half)
	product := new(big.Int).Mul(determinant(counts(shared[:half], k)), determinant(counts(shared[half:], k)))
	product.Mul(product, power(int64(k), 2*k))
	product.Mul(product, big.NewInt(int64(num.One)))
	return product.Quo(product, power(first*second, k)).Int64()
}

func power(x int64, n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(x), big.NewInt(int64(n)), nil)
}

// counts returns the joint counts of two workers' labels, row by row.
func counts(shared []meeting, k int) [][]*big.Int {
	m := make([][]*big.Int, k)
	for a := range m {
		m[a] = make([]*big.Int, k)
		for b := range m[a] {
			m[a][b] = new(big.Int)
		}
	}
	one := big.NewInt(1)
	for _, s := range shared {
		m[s.mine][s.theirs].Add(m[s.mine][s.theirs], one)
	}
	return m
}

// determinant returns the determinant of a square matrix, which it uses up, by
// Bareiss' elimination: every quotient is exact.
func determinant(m [][]*big.Int) *big.Int {
	sign, last := int64(1), big.NewInt(1)
	for p := range m {
		swap := slices.IndexFunc(m[p:], func(row []*big.Int) bool { return row[p].Sign() != 0 })
		if swap < 0 {
			return new(big.Int)
		}
		if swap > 0 {
			m[p], m[p+swap] = m[p+swap], m[p]
			sign = -sign
		}
		for r := p + 1; r < len(m); r++ {
			for c := p + 1; c < len(m); c++ {
				x := new(big.Int).Mul(m[r][c], m[p][p])
				x.Sub(x, new(big.Int).Mul(m[r][p], m[p][c]))
				m[r][c] = x.Quo(x, last)
			}
		}
		last = m[p][p]
	}
	return last.Mul(last, big.NewInt(sign))
}
