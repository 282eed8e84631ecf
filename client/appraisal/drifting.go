package appraisal

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/drift"
	"github.com/alaya-network/alaya/core/quality/label"
)

// drift looks at the work in its order, by time where every answer has one:
// block by block, its second half against its first, and each worker's record
// on gold.
func (a *appraising) drift() (*Drift, error) {
	log, timed := a.crowd.inTime()
	if len(log) < 10*driftBlocks {
		return nil, nil
	}
	d := &Drift{By: "order"}
	if timed {
		d.By = "time"
	}
	for b := range driftBlocks {
		from, to := b*len(log)/driftBlocks, (b+1)*len(log)/driftBlocks
		d.Blocks = append(d.Blocks, a.block(d.By, from, log[from:to]))
	}
	if err := a.compareHalves(d, log); err != nil {
		return nil, err
	}
	turns, err := a.turns(log)
	d.Notes = append(d.Notes, turns...)
	return d, err
}

// block describes a part of the work that begins with answer number from.
func (a *appraising) block(by string, from int, log []Entry) DriftBlock {
	b := DriftBlock{From: strconv.Itoa(from + 1), Answers: len(log), Mix: make([]float64, a.table.K())}
	if by == "time" {
		b.From = time.UnixMilli(log[0].At).UTC().Format("2006-01-02 15:04")
	}
	seen := map[int32]struct{}{}
	var times []int64
	for _, e := range log {
		seen[e.Worker] = struct{}{}
		class := a.class(e)
		b.Mix[class] += 1 / float64(len(log))
		if class == a.found[e.Task] {
			b.Agrees += 1 / float64(len(log))
		}
		if e.Millis > 0 {
			times = append(times, e.Millis)
		}
	}
	b.Workers, b.Millis = len(seen), median(times)
	return b
}

func (a *appraising) class(e Entry) int32 {
	class, _ := slices.BinarySearch(a.table.Labels, e.Label)
	return int32(class)
}

// compareHalves compares the mix of labels, agreement and times of the second
// half of the work with those of the first.
func (a *appraising) compareHalves(d *Drift, log []Entry) error {
	halves := [2][]Entry{log[:len(log)/2], log[len(log)/2:]}
	var mix, agrees [2][]int64
	var times [2][]float64
	for h, half := range halves {
		mix[h], agrees[h] = make([]int64, a.table.K()), make([]int64, 2)
		for _, e := range half {
			class := a.class(e)
			mix[h][class]++
			if class == a.found[e.Task] {
				agrees[h][1]++
			} else {
				agrees[h][0]++
			}
			if e.Millis > 0 {
				times[h] = append(times[h], float64(e.Millis))
			}
		}
	}
	labels, err := drift.Labels("mix of labels", mix[0], mix[1])
	if err != nil {
		return err
	}
	same, err := drift.Labels("agreement with the labels found", agrees[0], agrees[1])
	if err != nil {
		return err
	}
	results := []drift.Result{labels, same}
	const least = 20
	if len(times[0]) >= least && len(times[1]) >= least {
		spent, err := drift.Numbers("time spent", times[0], times[1])
		if err != nil {
			return err
		}
		results = append(results, spent)
	}
	for _, r := range drift.Judge(results) {
		d.Tests = append(d.Tests, DriftTest{r.Name, ratio(r.PSI), ratio(r.KS), ratio(r.Wasserstein), ratio(r.JS), ratio(r.Adjusted), r.Verdict.String()})
		switch r.Verdict {
		case drift.Act:
			d.Notes = append(d.Notes, Point{Bad, fmt.Sprintf("The second half of the work differs much from the first: %s.", r.Name)})
		case drift.Watch:
			d.Notes = append(d.Notes, Point{Warn, fmt.Sprintf("The second half of the work differs a little from the first: %s.", r.Name)})
		case drift.Steady:
		}
	}
	return nil
}

// What the chart of a worker's record looks for: a fall by so much below what
// he is right on all in all.
const (
	fall      num.Ppm = 250_000
	turnLimit int64   = 4_600_000
	turnLeast int     = 20 // gold answers
)

// turns looks for workers whose record on gold turned worse.
func (a *appraising) turns(log []Entry) ([]Point, error) {
	records := make([][]bool, len(a.table.Workers))
	for _, e := range log {
		if truth := a.gold.At(int(e.Task)); truth != label.None {
			records[e.Worker] = append(records[e.Worker], a.class(e) == truth)
		}
	}
	var notes []Point
	for j, record := range records {
		at, err := turn(record)
		if err != nil {
			return nil, err
		}
		if at > 0 && rate(record[:at])-rate(record[at:]) >= fall/2 {
			notes = append(notes, Point{Warn, fmt.Sprintf("%s was right on %d of %d gold tasks, then on %d of %d.", a.table.Workers[j],
				count(record[:at]), at, count(record[at:]), len(record)-at)})
		}
	}
	return notes, nil
}

// turn returns after how many answers a record is found to have turned worse,
// 0 if it is not.
func turn(record []bool) (int, error) {
	usual := min(rate(record), num.One-fall/5)
	if len(record) < turnLeast || usual <= fall {
		return 0, nil
	}
	chart, err := drift.NewCusum(usual, usual-fall, turnLimit)
	if err != nil {
		return 0, err
	}
	var sum int64
	from := 0 // where the sum left 0 last
	for i, right := range record {
		var review bool
		if sum, review = chart.Step(sum, right); review {
			return from, nil
		}
		if sum == 0 {
			from = i + 1
		}
	}
	return 0, nil
}

// rate is the share of right answers.
func rate(record []bool) num.Ppm {
	return num.Ppm(count(record)) * num.One / num.Ppm(max(1, len(record)))
}

func count(record []bool) (right int) {
	for _, is := range record {
		if is {
			right++
		}
	}
	return right
}
