package modelfile

import (
	"io"
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Seed is a model to begin with: its config, encoder if one is known, names of
// its classes, and first parameters.
type Seed struct {
	Config  learn.Config
	Encoder *feature.Encoder
	Labels  []string
	Cells   []learn.Entry
}

// sklearn is the attributes of a fitted linear model.
type sklearn struct {
	Coef      [][]float64 `json:"coef_"`
	Intercept []float64   `json:"intercept_"`
	Classes   []any       `json:"classes_"`
	Names     []string    `json:"feature_names_in_"`
}

// Sklearn reads the attributes of a linear model of scikit-learn, as JSON:
// coef_ with a row per class, or one row for two classes or a regression,
// intercept_, and for classes classes_. The model learns on as family:
// perceptron, average, pa, arow or logistic, linear for a regression. Weights
// are rounded to Q20.
func Sklearn(in io.Reader, family string) (Seed, error) {
	var m sklearn
	if err := decode(in, &m); err != nil {
		return Seed{}, err
	}
	if len(m.Coef) == 0 || len(m.Intercept) != len(m.Coef) {
		return Seed{}, fault.Invalid("modelfile: %d rows of coef_ and %d of intercept_: want as many, at least 1", len(m.Coef), len(m.Intercept))
	}
	classes := max(1, len(m.Classes))
	if len(m.Coef) != classes && (len(m.Coef) != 1 || classes != 2) {
		return Seed{}, fault.Invalid("modelfile: %d rows of coef_ for %d classes", len(m.Coef), classes)
	}
	if len(m.Coef) == 1 && classes == 2 {
		m.Coef = [][]float64{nil, m.Coef[0]}
		m.Intercept = []float64{0, m.Intercept[0]}
	} else if classes == 2 {
		return Seed{}, fault.Invalid("modelfile: two rows of coef_ for two classes: want the one of the second class")
	}
	s := Seed{Labels: names(m.Classes)}
	s.Config = learn.Config{Family: family, Classes: uint32(classes), Features: uint32(len(m.Coef[len(m.Coef)-1]))}
	return s.weights(m.Intercept, m.Coef)
}

// names returns what classes are called.
func names(classes []any) []string {
	var all []string
	for _, c := range classes {
		text, ok := c.(string)
		if !ok {
			text = jsonText(c)
		}
		all = append(all, text)
	}
	return all
}

// weights gives the seed its cells, after a check of family and sizes.
func (s Seed) weights(intercept []float64, coef [][]float64) (Seed, error) {
	fits := []string{learn.Perceptron, learn.Average, learn.Passive, learn.Arow, learn.Logistic, learn.Linear}
	if !slices.Contains(fits, s.Config.Family) {
		return Seed{}, fault.Invalid("modelfile: %.32q does not start from weights: want one of %v", s.Config.Family, fits)
	}
	if err := s.Config.Validate(); err != nil {
		return Seed{}, err
	}
	biases, err := q20(intercept)
	if err != nil {
		return Seed{}, err
	}
	var rows [][]int64
	for class, row := range coef {
		if row != nil && len(row) != int(s.Config.Features) {
			return Seed{}, fault.Invalid("modelfile: class %d of %d weights: want %d", class, len(row), s.Config.Features)
		}
		r, err := q20(row)
		if err != nil {
			return Seed{}, err
		}
		rows = append(rows, r)
	}
	s.Cells = learn.WeightCells(biases, rows)
	return s, nil
}

// maxReal bounds a weight.
const maxReal = 1 << 20

// q20 rounds numbers to Q20.
func q20(values []float64) ([]int64, error) {
	all := make([]int64, len(values))
	for k, v := range values {
		if math.IsNaN(v) || math.Abs(v) > maxReal {
			return nil, fault.Limit("modelfile: weight %v: at most %d either way", v, maxReal)
		}
		all[k] = int64(math.Round(v * float64(fixed.One)))
	}
	return all, nil
}
