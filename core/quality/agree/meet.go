package agree

import (
	"slices"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// MaxPeers bounds the votes of a task that meet each other. A task with more
// is cut into blocks of nearly equal size, by one order of the workers drawn
// from the table's salt; only votes of one block meet. So two workers meet on
// all their large tasks, or on hardly any, and nobody can choose to evade.
const MaxPeers = 64

// Meeting is a task that two workers both answered, with their labels.
type Meeting struct {
	Task, A, B int32
}

// Meet calls of for every two workers with at least so many meetings, and
// returns what it returns in order of the first worker, then the second, whose
// number is higher. Meetings ascend by task and are valid during the call;
// calls are concurrent. Memory: 12 B for each meeting of one worker per
// thread, 4 B per vote, 32 B per task.
func Meet[R any](t *label.Table, least int, of func(a, b int32, met []Meeting) R) []R {
	g := newGatherings(t)
	found := make([][]R, strict.Shards)
	strict.Each(strict.Shards, 32*t.Len(), func(s int) {
		peers := newPeers(len(t.Workers), max(1, least))
		from, to := strict.Range(len(t.Workers), s)
		for a := int32(from); a < int32(to); a++ {
			peers.gather(g, a)
			for _, b := range peers.met {
				found[s] = append(found[s], of(a, b, peers.meetings[peers.start[b]:peers.next[b]]))
			}
			peers.clear()
		}
	})
	return slices.Concat(found...)
}

// gathering is a task, or a block of a large one: votes that all meet, by
// worker.
type gathering struct {
	task  int32
	votes []label.Vote
}

// gatherings lists them, and those of each worker.
type gatherings struct {
	all   []gathering
	start []int32 // of worker j are own[start[j]:start[j+1]]
	own   []int32
}

func newGatherings(t *label.Table) gatherings {
	g := gatherings{start: make([]int32, len(t.Workers)+1), own: make([]int32, t.Len())}
	var place []int32
	for i := range t.Tasks {
		votes := t.Votes(i)
		if len(votes) <= MaxPeers {
			g.all = append(g.all, gathering{int32(i), votes})
			continue
		}
		if place == nil {
			place = drawnOrder(t)
		}
		g.cut(int32(i), votes, place)
	}
	for i := range g.all {
		for _, v := range g.all[i].votes {
			g.start[v.Worker+1]++
		}
	}
	for j := range t.Workers {
		g.start[j+1] += g.start[j]
	}
	next := slices.Clone(g.start)
	for i := range g.all {
		for _, v := range g.all[i].votes {
			g.own[next[v.Worker]] = int32(i)
			next[v.Worker]++
		}
	}
	return g
}

// drawnOrder returns a place for every worker in an order nobody could foresee.
func drawnOrder(t *label.Table) []int32 {
	draw := strict.NewRandom(t.Salt(), "agree blocks")
	place := make([]int32, len(t.Workers))
	for j := range place {
		other := draw.IntN(j + 1)
		place[j] = place[other]
		place[other] = int32(j)
	}
	return place
}

// cut adds the blocks of a large task.
func (g *gatherings) cut(task int32, votes []label.Vote, place []int32) {
	votes = slices.Clone(votes)
	slices.SortFunc(votes, func(a, b label.Vote) int { return int(place[a.Worker]) - int(place[b.Worker]) })
	blocks := (len(votes) + MaxPeers - 1) / MaxPeers
	for b := range blocks {
		block := votes[b*len(votes)/blocks : (b+1)*len(votes)/blocks]
		slices.SortFunc(block, func(a, b label.Vote) int { return int(a.Worker) - int(b.Worker) })
		g.all = append(g.all, gathering{task, block})
	}
}

// peers are the meetings of one worker with those of higher numbers.
type peers struct {
	least       int
	met         []int32 // who was met often enough, ascending
	start, next []int   // of peer b are meetings[start[b]:next[b]]
	meetings    []Meeting
	seen        []int32
}

func newPeers(workers, least int) *peers {
	return &peers{least: least, start: make([]int, workers), next: make([]int, workers)}
}

// gather counts the meetings of a, then lists those that are enough.
func (p *peers) gather(g gatherings, a int32) {
	own := g.own[g.start[a]:g.start[a+1]]
	for _, at := range own {
		for _, v := range after(g.all[at].votes, a) {
			if p.next[v.Worker] == 0 {
				p.seen = append(p.seen, v.Worker)
			}
			p.next[v.Worker]++
		}
	}
	n := 0
	for _, b := range p.seen {
		count := p.next[b]
		p.start[b], p.next[b] = n, -1
		if count >= p.least {
			p.met, p.next[b] = append(p.met, b), n
			n += count
		}
	}
	slices.Sort(p.met)
	p.meetings = slices.Grow(p.meetings[:0], n)[:n]
	for _, at := range own {
		votes := g.all[at].votes
		given := votes[len(votes)-len(after(votes, a))-1].Label
		for _, v := range after(votes, a) {
			if next := &p.next[v.Worker]; *next >= 0 {
				p.meetings[*next] = Meeting{g.all[at].task, given, v.Label}
				*next++
			}
		}
	}
}

func (p *peers) clear() {
	for _, b := range p.seen {
		p.next[b] = 0
	}
	p.met, p.seen = p.met[:0], p.seen[:0]
}

// after returns the votes of workers above a, who is among them.
func after(votes []label.Vote, a int32) []label.Vote {
	at, _ := slices.BinarySearchFunc(votes, a, func(v label.Vote, a int32) int { return int(v.Worker) - int(a) })
	return votes[at+1:]
}
