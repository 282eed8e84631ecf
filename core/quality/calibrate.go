package quality

import (
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// calibration says how posteriors miss the truth. Two things make them: the
// model is too sure of what the crowd thinks, which softening by a temperature
// mends and more answers too; and on some items the crowd surely differs from
// the gold, which no number of answers mends. Fitting the first alone would
// take the second for overconfidence and buy answers for nothing.
type calibration struct {
	// tenths of a temperature T: a posterior p becomes p^(1/T), normalised.
	tenths int
	// doubt is the percentage of items whose truth is drawn evenly from all
	// classes, whatever the crowd thinks.
	doubt int
}

// raw leaves posteriors as they are.
func raw() calibration { return calibration{tenths: coldest} }

const (
	// Temperatures run from 1.0 to 5.0.
	coldest, hottest = 10, 50
	// minCalibration is the number of gold items from which one is fitted.
	minCalibration = 10
	// warmth and distrust are the prior's log losses for one unit of temperature
	// and for all doubt: with few gold items it takes evidence to change
	// anything.
	warmth, distrust = 6.0, 3.0
	// least stands for probabilities too small to take the logarithm of.
	least = 1e-300
)

// doubts is the grid of percentages.
func doubts() []int { return []int{0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 40} }

// calibrate returns the grid point of the least log loss on gold plus the
// prior's, the coolest and least doubtful among equals. blind must not have
// seen the gold; with few gold items nothing is changed.
func calibrate(blind label.Result, gold label.Gold) calibration {
	best, lowest := raw(), 0.0
	if gold.Len() < minCalibration {
		return best
	}
	for tenths := coldest; tenths <= hottest; tenths++ {
		prior := float64(warmth*float64(tenths-coldest)) / coldest
		for d, loss := range logLosses(blind, gold, tenths) {
			loss += prior + float64(distrust*float64(doubts()[d]))/100
			if tenths == coldest && d == 0 || loss < lowest {
				best, lowest = calibration{tenths, doubts()[d]}, loss
			}
		}
	}
	return best
}

// logLosses returns the log loss on gold at a temperature, for each doubt.
func logLosses(blind label.Result, gold label.Gold, tenths int) []float64 {
	grid := doubts()
	losses := make([]float64, len(grid))
	var row []float64
	for i, class := range gold {
		if class == label.None {
			continue
		}
		row = append(row[:0], blind.Row(i)...)
		heat(row, tenths)
		for d, percent := range grid {
			p := calibration{doubt: percent}.believe(row[class], len(row))
			losses[d] -= strict.Log(max(p, least))
		}
	}
	return losses
}

// believe returns the probability that a class of posterior p, one of k, is
// the truth.
func (c calibration) believe(p float64, k int) float64 {
	doubt := float64(c.doubt) / 100
	return float64(p*(1-doubt)) + doubt/float64(k)
}

// soften returns the posteriors, k to a task, at the temperature.
func (c calibration) soften(posterior []float64, k int) []float64 {
	if c.tenths == coldest {
		return posterior
	}
	soft := make([]float64, len(posterior))
	copy(soft, posterior)
	strict.EachShard(len(soft)/k, 8*len(soft), func(from, to int) {
		for i := from; i < to; i++ {
			heat(soft[i*k:(i+1)*k], c.tenths)
		}
	})
	return soft
}

// temperature returns T.
func (c calibration) temperature() num.Ppm {
	return num.Ppm(c.tenths) * num.One / coldest
}

// wrong returns the share of items on which doubt, of k classes, makes the
// crowd surely wrong.
func (c calibration) wrong(k int) num.Ppm {
	return num.Ppm(c.doubt) * num.One / 100 * num.Ppm(k-1) / num.Ppm(max(1, k))
}

// heat turns row into row^(1/T), normalised.
func heat(row []float64, tenths int) {
	if tenths == coldest {
		return
	}
	for c, z := range row {
		row[c] = float64(strict.Log(max(z, least))*coldest) / float64(tenths)
	}
	strict.Softmax(row)
}
