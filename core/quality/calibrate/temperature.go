package calibrate

import (
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Temperature says how posteriors miss the truth. Two things make them: the
// model is too sure of what the crowd thinks, which softening by a temperature
// mends and more answers too; and on some tasks the crowd surely differs from
// the truth, which no number of answers mends. Fitting the first alone would
// take the second for overconfidence.
type Temperature struct {
	// Tenths of a temperature T: a posterior p becomes p^(1/T), normalised.
	Tenths int
	// Doubt is the percentage of tasks whose truth is drawn evenly from all
	// classes, whatever the crowd thinks.
	Doubt int
}

// Raw leaves posteriors as they are.
func Raw() Temperature { return Temperature{Tenths: Coldest} }

const (
	// Coldest and Hottest bound the temperatures tried, in tenths.
	Coldest, Hottest = 10, 50
	// MinTasks is the number of known tasks from which a temperature is fitted.
	MinTasks = 10
	// warmth and distrust are the prior's log losses for one unit of temperature
	// and for all doubt: with few known tasks it takes evidence to change
	// anything.
	warmth, distrust = 6.0, 3.0
	// least stands for probabilities too small to take the logarithm of.
	least = 1e-300
)

// doubts is the grid of percentages.
func doubts() []int { return []int{0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 40} }

// FitTemperature returns the grid point of the least log loss on the known
// tasks plus the prior's, the coolest and least doubtful among equals; Raw with
// fewer than MinTasks. The posteriors, k to a task, must not have seen the
// truth.
func FitTemperature(posterior []float64, k int, truth []int32) Temperature {
	best, lowest := Raw(), 0.0
	known := 0
	for _, class := range truth {
		if class >= 0 {
			known++
		}
	}
	if known < MinTasks {
		return best
	}
	for tenths := Coldest; tenths <= Hottest; tenths++ {
		prior := float64(warmth*float64(tenths-Coldest)) / Coldest
		for d, loss := range logLosses(posterior, k, truth, tenths) {
			loss += prior + float64(distrust*float64(doubts()[d]))/100
			if tenths == Coldest && d == 0 || loss < lowest {
				best, lowest = Temperature{tenths, doubts()[d]}, loss
			}
		}
	}
	return best
}

// logLosses returns the log loss at a temperature, for each doubt.
func logLosses(posterior []float64, k int, truth []int32, tenths int) []float64 {
	grid := doubts()
	losses := make([]float64, len(grid))
	row := make([]float64, k)
	for i, class := range truth {
		if class < 0 {
			continue
		}
		copy(row, posterior[i*k:])
		Heat(row, tenths)
		for d, percent := range grid {
			p := Temperature{Doubt: percent}.Believe(row[class], k)
			losses[d] -= strict.Log(max(p, least))
		}
	}
	return losses
}

// Believe returns the probability that a class of posterior p, one of k, is
// the truth, in view of the doubt; p should be soft already.
func (t Temperature) Believe(p float64, k int) float64 {
	doubt := float64(t.Doubt) / 100
	return float64(p*(1-doubt)) + doubt/float64(k)
}

// Soften returns the posteriors, k to a task, at the temperature; without
// change to them, and without the doubt.
func (t Temperature) Soften(posterior []float64, k int) []float64 {
	if t.Tenths == Coldest {
		return posterior
	}
	soft := make([]float64, len(posterior))
	copy(soft, posterior)
	strict.EachShard(len(soft)/k, 8*len(soft), func(from, to int) {
		for i := from; i < to; i++ {
			Heat(soft[i*k:(i+1)*k], t.Tenths)
		}
	})
	return soft
}

// T returns the temperature, One for none.
func (t Temperature) T() num.Ppm {
	return num.Ppm(t.Tenths) * num.One / Coldest
}

// Wrong returns the share of tasks on which doubt, of k classes, makes the
// crowd surely wrong.
func (t Temperature) Wrong(k int) num.Ppm {
	return num.Ppm(t.Doubt) * num.One / 100 * num.Ppm(k-1) / num.Ppm(max(1, k))
}

// Heat turns row, which sums to 1, into row^(1/T), normalised, for a T of so
// many tenths, above 0.
func Heat(row []float64, tenths int) {
	if tenths == Coldest {
		return
	}
	for c, z := range row {
		row[c] = float64(strict.Log(max(z, least))*Coldest) / float64(tenths)
	}
	strict.Softmax(row)
}
