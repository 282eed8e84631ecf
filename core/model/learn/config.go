package learn

import (
	"encoding/binary"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model/fixed"
)

// The families.
const (
	Perceptron   = "perceptron"
	Average      = "average"
	Passive      = "pa"
	Logistic     = "logistic"
	Arow         = "arow"
	Bayes        = "nb"
	Complement   = "cnb"
	BayesWeights = "nblr"
	Centroid     = "centroid"
	Dense        = "dense"
	Neighbours   = "knn"
	Linear       = "linear"
	Tree         = "tree"
	Network      = "network"
)

// MaxClasses bounds the classes of a model; a label is below.
const MaxClasses = 64

// MaxTarget bounds the size of a regression's label and answer: a million in Q20.
const MaxTarget = int64(1_000_000) * fixed.One

// Config says which model: a family, how many classes and features, and the
// family's settings. It never changes in a model's life.
type Config struct {
	Family   string `json:"family"`
	Classes  uint32 `json:"classes"`  // 2 to MaxClasses; 1: regression
	Features uint32 `json:"features"` // 1 to MaxFeatures
	Params   Params `json:"params"`
}

// Params are the settings of all families; each reads its own, the others must
// be 0. A 0 stands for the family's default.
type Params struct {
	// Rate is how far one item moves a weight: perceptron and average (One),
	// logistic and network (One/4), nblr (One/10), linear as ridge (One/8). Q20.
	Rate int64 `json:"rate,omitempty"`
	// Bound is the largest step of pa (One/50) and of linear as pa (One). Q20.
	Bound int64 `json:"bound,omitempty"`
	// Width is the error that linear as pa leaves alone (One/10). Q20.
	Width int64 `json:"width,omitempty"`
	// Ridge is arow's r, how slowly it grows sure (10·One); for linear the
	// weight's decay per item, and any but 0 makes it ridge instead of pa. Q20.
	Ridge int64 `json:"ridge,omitempty"`
	// Neighbours is the k of knn (25), Cap the items it keeps (4096).
	Neighbours uint32 `json:"neighbours,omitempty"`
	Cap        uint32 `json:"cap,omitempty"`
	// Hidden is the width of network's frozen layer (64); Seed draws its
	// weights, on top of those that the model was created with.
	Hidden uint32 `json:"hidden,omitempty"`
	Seed   uint64 `json:"seed,omitempty"`
	// Grace is how many items a leaf of tree waits between looks (50); One in
	// Doubt splits may be a mistake (1000); Tie is the difference of gains
	// below which two columns are as good (One/10), Gain the least gain of a
	// split (One/200), both Q20; Nodes bounds the tree (255).
	Grace uint32 `json:"grace,omitempty"`
	Doubt uint32 `json:"doubt,omitempty"`
	Tie   int64  `json:"tie,omitempty"`
	Gain  int64  `json:"gain,omitempty"`
	Nodes uint32 `json:"nodes,omitempty"`
	// Columns are how tree's features form a table.
	Columns []Column `json:"columns,omitempty"`
}

// Column is a run of features of which an input has exactly one: the bins of a
// number, in order, or the values of a category. Columns follow one another
// without gaps.
type Column struct {
	Bins    uint32 `json:"bins"`
	Ordered bool   `json:"ordered,omitempty"`
}

// Validate says whether there is such a model; the error names the bound that
// is broken.
func (c Config) Validate() error {
	_, err := New(c)
	return err
}

// Check says whether a model can take this input: well formed, and of the kind
// its family knows.
func (c Config) Check(x Input) error {
	if err := x.Validate(c.Features); err != nil {
		return err
	}
	f, err := c.family()
	if err != nil {
		return err
	}
	if x.Values != nil && !f.values {
		return fault.Invalid("learn: %s counts features and takes no values", c.Family)
	}
	if f.check == nil {
		return nil
	}
	return f.check(c, x)
}

// CheckLabel says whether a label is a class of the model, or a value within
// MaxTarget.
func (c Config) CheckLabel(label int64) error {
	if c.Classes == 1 {
		if label < -MaxTarget || label > MaxTarget {
			return fault.Limit("learn: value %d: at most %d either way", label, MaxTarget)
		}
		return nil
	}
	if label < 0 || label >= int64(c.Classes) {
		return fault.Invalid("learn: label %d: a model of %d classes has 0 to %d", label, c.Classes, c.Classes-1)
	}
	return nil
}

// Hash commits to the config.
func (c Config) Hash() id.Hash {
	return id.Sum("alaya/model/config/v1", c.encode())
}

// encode writes every field in its order; numbers are varints.
func (c Config) encode() []byte {
	b := binary.AppendUvarint(nil, uint64(len(c.Family)))
	b = append(b, c.Family...)
	p := c.Params
	for _, v := range []uint64{
		uint64(c.Classes), uint64(c.Features),
		uint64(p.Rate), uint64(p.Bound), uint64(p.Width), uint64(p.Ridge),
		uint64(p.Neighbours), uint64(p.Cap), uint64(p.Hidden), p.Seed,
		uint64(p.Grace), uint64(p.Doubt), uint64(p.Tie), uint64(p.Gain), uint64(p.Nodes),
		uint64(len(p.Columns)),
	} {
		b = binary.AppendUvarint(b, v)
	}
	for _, col := range p.Columns {
		kind := uint64(col.Bins) << 1
		if col.Ordered {
			kind |= 1
		}
		b = binary.AppendUvarint(b, kind)
	}
	return b
}
