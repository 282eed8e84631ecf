package label

// ledger is a table turned around: the votes of each worker, and a number
// for each label a worker gave, his cells. What a method learns of a worker is
// stored per cell, so that labels he never gave cost nothing; and a worker's
// sums run over his own votes in one order, so that workers can be shared out
// among threads.
//
// Memory: 12 B per vote, 8 B per cell.
type ledger struct {
	// Worker j's votes are votes[start[j]:start[j+1]]: the first tested[j] on
	// gold, then the others, each in task order.
	votes         []workerVote
	start, tested []int32
	// Worker j's cells are cells[j] up to cells[j+1]; label is each cell's.
	cells, label []int32
	// cell is that of each vote of the table, in the table's order.
	cell []int32
}

// workerVote is a vote as its worker sees it.
type workerVote struct {
	task, cell int32
}

func newLedger(t *Table, gold Gold) *ledger {
	workers := len(t.Workers)
	b := &ledger{
		votes: make([]workerVote, t.Len()), start: make([]int32, workers+1), tested: make([]int32, workers),
		cells: make([]int32, workers+1), cell: make([]int32, t.Len()),
	}
	for _, v := range t.votes {
		b.start[v.Worker+1]++
	}
	for j := range workers {
		b.start[j+1] += b.start[j]
	}
	next := append([]int32(nil), b.start[:workers]...)
	place := func(i int) {
		for n := t.start[i]; n < t.start[i+1]; n++ {
			j := t.votes[n].Worker
			b.votes[next[j]] = workerVote{int32(i), n} // the vote; its cell follows
			next[j]++
		}
	}
	for i := range t.Tasks {
		if gold.At(i) != None {
			place(i)
		}
	}
	for j := range workers {
		b.tested[j] = next[j] - b.start[j]
	}
	for i := range t.Tasks {
		if gold.At(i) == None {
			place(i)
		}
	}
	b.number(t)
	return b
}

// number gives every worker's labels their cells.
func (b *ledger) number(t *Table) {
	own := make([]int32, t.K()) // cells of the worker at hand, where not below first
	for l := range own {
		own[l] = -1
	}
	for j := range t.Workers {
		first := b.cells[j]
		for n := b.start[j]; n < b.start[j+1]; n++ {
			vote := &b.votes[n]
			l := t.votes[vote.cell].Label
			if own[l] < first {
				own[l] = int32(len(b.label))
				b.label = append(b.label, l)
			}
			b.cell[vote.cell] = own[l]
			vote.cell = own[l]
		}
		b.cells[j+1] = int32(len(b.label))
	}
}

// of returns a worker's votes.
func (b *ledger) of(worker int) []workerVote {
	return b.votes[b.start[worker]:b.start[worker+1]]
}

// enoughGold is the number of votes on gold that tell more of a worker than his
// agreement with others does.
const enoughGold = 3

// learn returns the votes to learn of a worker from: in the first step those
// on gold alone, if they are enough, so that no ring outvotes what is known.
func (b *ledger) learn(worker, step int) []workerVote {
	votes := b.of(worker)
	if n := b.tested[worker]; step == 0 && n >= enoughGold {
		return votes[:n]
	}
	return votes
}
