package learn

import (
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// family is one row of the table of families.
type family struct {
	name   string
	values bool // takes inputs with values
	// make returns the learner of a config whose sizes are in bounds.
	make func(Config) (Learner, error)
	// check refuses further inputs; may be nil.
	check func(Config, Input) error
}

func families() []family {
	return []family{
		{name: Bayes, make: newBayes},
		{name: Complement, make: newComplement},
		{name: BayesWeights, make: newBayesWeights},
		{name: Logistic, values: true, make: newLogistic},
		{name: Arow, values: true, make: newArow},
		{name: Passive, values: true, make: newPassive},
		{name: Perceptron, values: true, make: newPerceptron},
		{name: Average, values: true, make: newAverage},
		{name: Centroid, make: newCentroid},
		{name: Dense, values: true, make: newDense, check: checkWhole},
		{name: Neighbours, make: newNeighbours},
		{name: Linear, values: true, make: newLinear},
		{name: Tree, make: newTree, check: checkRow},
		{name: Network, values: true, make: newNetwork},
	}
}

// Families returns the names of all families.
func Families() []string {
	var names []string
	for _, f := range families() {
		names = append(names, f.name)
	}
	return names
}

func (c Config) family() (family, error) {
	all := families()
	i := slices.IndexFunc(all, func(f family) bool { return f.name == c.Family })
	if i < 0 {
		return family{}, fault.Invalid("learn: family %.32q: want one of %v", c.Family, Families())
	}
	return all[i], nil
}

// New returns the learner of a config. Errors are of kind invalid or limit and
// name the bound that is broken.
func New(c Config) (Learner, error) {
	f, err := c.family()
	if err != nil {
		return nil, err
	}
	if c.Features < 1 || c.Features > MaxFeatures {
		return nil, fault.Limit("learn: model of %d features: 1 to %d", c.Features, MaxFeatures)
	}
	if f.name == Linear && c.Classes != 1 {
		return nil, fault.Invalid("learn: %s has 1 class, not %d", f.name, c.Classes)
	}
	if f.name != Linear && (c.Classes < 2 || c.Classes > MaxClasses) {
		return nil, fault.Limit("learn: %s of %d classes: 2 to %d", f.name, c.Classes, MaxClasses)
	}
	return f.make(c)
}
