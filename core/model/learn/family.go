package learn

import (
	"bytes"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// family is one row of the table of families.
type family struct {
	name   string
	values bool // takes inputs with values
	// make returns the learner of a config whose sizes are in bounds.
	make func(Config) (Learner, error)
	// own returns the settings that it reads; nil: none.
	own func(Params) Params
	// nats turns a difference of scores into Q20 nats; nil: it is in them.
	nats func(int64) int64
	// check refuses further inputs; may be nil.
	check func(Config, Input) error
}

func families() []family {
	rate := func(p Params) Params { return Params{Rate: p.Rate} }
	return []family{
		{name: Bayes, make: newBayes, nats: fromBits},
		{name: Complement, make: newComplement, nats: fromBits},
		{name: BayesWeights, make: newBayesWeights, own: rate},
		{name: Logistic, values: true, make: newLogistic, own: rate},
		{name: Arow, values: true, make: newArow, own: func(p Params) Params { return Params{Ridge: p.Ridge} }},
		{name: Passive, values: true, make: newPassive, own: func(p Params) Params { return Params{Bound: p.Bound} }},
		{name: Perceptron, values: true, make: newPerceptron, own: rate},
		{name: Average, values: true, make: newAverage, own: rate},
		{name: Centroid, make: newCentroid, nats: fromDistance},
		{name: Dense, values: true, make: newDense, check: checkWhole},
		{name: Neighbours, make: newNeighbours, own: neighboursOwn, nats: fromBits},
		{name: Linear, values: true, make: newLinear, own: linearOwn},
		{name: Tree, make: newTree, own: treeOwn, nats: fromBits, check: checkRow},
		{name: Network, values: true, make: newNetwork, own: networkOwn},
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
	if err := f.onlyItsOwn(c.Params); err != nil {
		return nil, err
	}
	return f.make(c)
}

// onlyItsOwn refuses settings that the family does not read.
func (f family) onlyItsOwn(p Params) error {
	own := Params{}
	if f.own != nil {
		own = f.own(p)
	}
	if !bytes.Equal(Config{Params: own}.encode(), Config{Params: p}.encode()) {
		return fault.Invalid("learn: %s with params of another family", f.name)
	}
	return nil
}
