// Package modelfile is models as files: what a chain's model learnt, taken off
// the chain as a table of weights, answers without a node; and weights that
// were learnt elsewhere become the first state of a model.
//
// Words: a File is a linear model: a bias and a weight per feature for every
// class; a row is the weights of one feature, one per class; a seed is the
// config and the first parameters of a new model.
//
// A File of a family that weighs exactly (learn.Weigher) answers as the chain
// does, to the last bit. ONNX files carry the same weights as double numbers.
// Trees, neighbours, centroids and networks do not fit a table of weights:
// for those replay the log with core/model/learn.
//
// Formats: its own JSON, in whole numbers; the attributes of scikit-learn's
// linear models as JSON (coef_, intercept_, classes_); the JSON models of
// DCAI, github.com/microsoft/0xDeCA10B; ONNX, opset 13 (export only).
package modelfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Format names the JSON form.
const Format = "alaya/model/linear/v1"

// MaxSize bounds a file to read, in bytes.
const MaxSize = 256 << 20

// File is a linear model. Numbers are in Q20.
type File struct {
	Format  string           `json:"format"`
	Config  learn.Config     `json:"config"`
	Labels  []string         `json:"labels,omitempty"`  // names of the classes
	Encoder *feature.Encoder `json:"encoder,omitempty"` // how items become inputs
	Bias    []int64          `json:"bias"`              // per class
	Unseen  []int64          `json:"unseen"`            // the row of all features without one
	Rows    []Row            `json:"rows"`              // ascending by feature
}

// Row is the weights of one feature, per class. In JSON it is one list: the
// feature, then the weights.
type Row struct {
	Feature uint32
	Weights []int64
}

// MarshalJSON writes the list.
func (r Row) MarshalJSON() ([]byte, error) {
	return json.Marshal(append([]int64{int64(r.Feature)}, r.Weights...))
}

// UnmarshalJSON reads the list.
func (r *Row) UnmarshalJSON(text []byte) error {
	var all []int64
	if err := json.Unmarshal(text, &all); err != nil {
		return fault.Invalid("modelfile: row: %w", err)
	}
	if len(all) < 2 || all[0] < 0 || all[0] >= learn.MaxFeatures {
		return fault.Invalid("modelfile: row %.80s: want a feature below %d, then weights", text, learn.MaxFeatures)
	}
	r.Feature, r.Weights = uint32(all[0]), all[1:]
	return nil
}

// Export takes a model's weights out of its state. Families without weights
// are refused.
func Export(c learn.Config, s learn.State) (File, error) {
	l, err := learn.New(c)
	if err != nil {
		return File{}, err
	}
	w, ok := l.(learn.Weigher)
	if !ok {
		return File{}, fault.Invalid("modelfile: %s is no table of weights", c.Family)
	}
	row := func(feature uint32) []int64 {
		all := make([]int64, c.Classes)
		for class := range all {
			all[class] = w.Weight(s, uint32(class), feature)
		}
		return all
	}
	f := File{Format: Format, Config: c, Bias: make([]int64, c.Classes), Unseen: row(learn.MaxFeatures), Rows: []Row{}}
	for class := range f.Bias {
		f.Bias[class] = w.Bias(s, uint32(class))
	}
	for i := range c.Features {
		if r := row(i); !equal(r, f.Unseen) {
			f.Rows = append(f.Rows, Row{i, r})
		}
	}
	return f, nil
}

func equal(a, b []int64) bool {
	for k, v := range a {
		if v != b[k] {
			return false
		}
	}
	return true
}

// Write writes the JSON form.
func (f File) Write(out io.Writer) error {
	text, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("modelfile: %w", err)
	}
	_, err = out.Write(append(text, '\n'))
	return err
}

// Read reads the JSON form, at most MaxSize bytes, and checks it.
func Read(in io.Reader) (File, error) {
	var f File
	if err := decode(in, &f); err != nil {
		return File{}, err
	}
	if f.Format != Format {
		return File{}, fault.Invalid("modelfile: format %.40q: want %q", f.Format, Format)
	}
	return f, f.validate()
}

// decode reads one JSON value and nothing after it.
func decode(in io.Reader, v any) error {
	text, err := io.ReadAll(io.LimitReader(in, MaxSize+1))
	if err != nil {
		return fmt.Errorf("modelfile: %w", err)
	}
	if len(text) > MaxSize {
		return fault.Limit("modelfile: more than %d bytes", MaxSize)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	if err := dec.Decode(v); err != nil {
		return fault.Invalid("modelfile: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return fault.Invalid("modelfile: more than one value")
	}
	return nil
}

func (f File) validate() error {
	if err := f.Config.Validate(); err != nil {
		return err
	}
	if f.Encoder != nil {
		if err := f.Encoder.Validate(); err != nil {
			return err
		}
		if n := f.Encoder.Features(); n != f.Config.Features {
			return fault.Invalid("modelfile: encoder of %d features for a model of %d", n, f.Config.Features)
		}
	}
	classes := int(f.Config.Classes)
	if len(f.Bias) != classes || len(f.Unseen) != classes || len(f.Labels) > 0 && len(f.Labels) != classes {
		return fault.Invalid("modelfile: bias, unseen row or labels: want %d, one per class", classes)
	}
	for k, r := range f.Rows {
		if len(r.Weights) != classes || r.Feature >= f.Config.Features || k > 0 && r.Feature <= f.Rows[k-1].Feature {
			return fault.Invalid("modelfile: row %d, feature %d with %d weights: want %d weights, features below %d ascending", k, r.Feature, len(r.Weights), classes, f.Config.Features)
		}
	}
	return nil
}

// Predictor answers from a File. It is immutable and safe for concurrent use.
type Predictor struct {
	file File
	rows map[uint32][]int64
}

// Predictor returns what answers from the file.
func (f File) Predictor() *Predictor {
	p := Predictor{f, make(map[uint32][]int64, len(f.Rows))}
	for _, r := range f.Rows {
		p.rows[r.Feature] = r.Weights
	}
	return &p
}

// Scores returns the scores of an input, as learn.Learner does, or why the
// model cannot take it.
func (p *Predictor) Scores(x learn.Input) ([]int64, error) {
	if err := p.file.Config.Check(x); err != nil {
		return nil, err
	}
	all := append([]int64(nil), p.file.Bias...)
	for k, i := range x.Indices {
		row, ok := p.rows[i]
		if !ok {
			row = p.file.Unseen
		}
		for class, w := range row {
			if x.Values != nil {
				w = fixed.Mul(w, x.Values[k])
			}
			all[class] = fixed.Add(all[class], w)
		}
	}
	if p.file.Config.Classes == 1 {
		all[0] = fixed.Clamp(all[0], learn.MaxTarget)
	}
	return all, nil
}

// Predict returns the best class and its margin, or a regression's value, as
// learn.Predict does.
func (p *Predictor) Predict(x learn.Input) (class uint32, margin int64, err error) {
	scores, err := p.Scores(x)
	if err != nil {
		return 0, 0, err
	}
	class, margin = learn.Best(scores)
	return class, margin, nil
}

// Text encodes a text with the file's encoder and predicts its class.
func (p *Predictor) Text(text string) (class uint32, margin int64, err error) {
	if p.file.Encoder == nil {
		return 0, 0, fault.Invalid("modelfile: the file has no encoder")
	}
	x, err := p.file.Encoder.Text(text)
	if err != nil {
		return 0, 0, err
	}
	return p.Predict(x)
}
