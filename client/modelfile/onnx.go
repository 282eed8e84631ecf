package modelfile

import (
	"encoding/binary"
	"io"
	"math"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Shape is the form of an ONNX model's inputs.
type Shape uint8

const (
	// Batch takes "x", a table of items by features, as double: for dense
	// vectors and small vocabularies.
	Batch Shape = iota + 1
	// Sparse takes one item: "indices", the features it has, as int64, and
	// "values", how much of each, as double, 1 where nothing else is known.
	Sparse
)

// maxDense bounds the weights of an ONNX file: they are all written out.
const maxDense = 16 << 20

// The numbers of ONNX's types, and of its fields that we write (onnx.proto).
const (
	onnxDouble, onnxInt64 = 11, 7
	onnxOpset, onnxIR     = 13, 7
	attributeInt          = 2
)

// message is an encoded protocol buffer.
type message []byte

func (m message) varint(field protowire.Number, v uint64) message {
	return protowire.AppendVarint(protowire.AppendTag(m, field, protowire.VarintType), v)
}

func (m message) bytes(field protowire.Number, v []byte) message {
	return protowire.AppendBytes(protowire.AppendTag(m, field, protowire.BytesType), v)
}

func (m message) text(field protowire.Number, v string) message { return m.bytes(field, []byte(v)) }

// WriteONNX writes the model as ONNX, opset 13. Outputs: "scores", and of
// classes "label" and "probabilities" (softmax of the scores in nats). Scores
// are doubles of the same weights: they differ from the chain's by rounding
// alone, below a millionth per feature.
func (f File) WriteONNX(out io.Writer, shape Shape) error {
	if n := int64(f.Config.Features) * int64(f.Config.Classes); n > maxDense {
		return fault.Limit("modelfile: %d weights in an ONNX file: at most %d", n, maxDense)
	}
	if shape != Batch && shape != Sparse {
		return fault.Invalid("modelfile: shape %d: want Batch or Sparse", shape)
	}
	opset := message{}.text(1, "").varint(2, onnxOpset)
	model := message{}.varint(1, onnxIR).text(2, "alaya").bytes(7, f.graph(shape)).bytes(8, opset)
	for k, label := range f.Labels {
		model = model.bytes(14, message{}.text(1, "label "+jsonText(k)).text(2, label))
	}
	_, err := out.Write(model)
	return err
}

func (f File) graph(shape Shape) message {
	classes := int64(f.Config.Classes)
	var g message
	items := []any{}
	if shape == Batch {
		items = []any{"items"}
		g = g.bytes(1, node("MatMul", []string{"x", "weights"}, "sums"))
		g = g.bytes(11, value("x", onnxDouble, "items", int64(f.Config.Features)))
	} else {
		g = g.bytes(1, node("Gather", []string{"weights", "indices"}, "rows"))
		g = g.bytes(1, node("MatMul", []string{"values", "rows"}, "sums"))
		g = g.bytes(11, value("indices", onnxInt64, "features"))
		g = g.bytes(11, value("values", onnxDouble, "features"))
	}
	g = g.bytes(1, node("Add", []string{"sums", "bias"}, "scores"))
	g = g.bytes(12, value("scores", onnxDouble, append(slices.Clone(items), classes)...))
	g = g.bytes(5, tensor("weights", f.dense(), int64(f.Config.Features), classes))
	g = g.bytes(5, tensor("bias", reals(f.Bias), classes))
	if classes > 1 {
		g = g.bytes(1, node("ArgMax", []string{"scores"}, "label", attribute("axis", -1), attribute("keepdims", 0)))
		g = g.bytes(1, node("Mul", []string{"scores", "nats"}, "odds"))
		g = g.bytes(1, node("Softmax", []string{"odds"}, "probabilities", attribute("axis", -1)))
		g = g.bytes(5, tensor("nats", []float64{f.nats()}, 1))
		g = g.bytes(12, value("label", onnxInt64, items...))
		g = g.bytes(12, value("probabilities", onnxDouble, append(slices.Clone(items), classes)...))
	}
	return g.text(2, f.Config.Family)
}

// nats returns the family's unit of scores in nats.
func (f File) nats() float64 {
	if f.Config.Family == learn.Bayes || f.Config.Family == learn.Complement {
		return math.Ln2
	}
	return 1
}

// dense writes out all rows.
func (f File) dense() []float64 {
	unseen := reals(f.Unseen)
	all := make([]float64, 0, int(f.Config.Features)*len(unseen))
	rows := f.Rows
	for i := range f.Config.Features {
		if len(rows) > 0 && rows[0].Feature == i {
			all = append(all, reals(rows[0].Weights)...)
			rows = rows[1:]
			continue
		}
		all = append(all, unseen...)
	}
	return all
}

// reals returns what Q20 numbers stand for.
func reals(values []int64) []float64 {
	all := make([]float64, len(values))
	for k, v := range values {
		all[k] = float64(v) / float64(fixed.One)
	}
	return all
}

// node is an operation with one output.
func node(op string, inputs []string, output string, attributes ...message) message {
	var m message
	for _, in := range inputs {
		m = m.text(1, in)
	}
	m = m.text(2, output).text(3, op).text(4, op)
	for _, a := range attributes {
		m = m.bytes(5, a)
	}
	return m
}

func attribute(name string, v int64) message {
	return message{}.text(1, name).varint(3, uint64(v)).varint(20, attributeInt)
}

// tensor is a table of doubles.
func tensor(name string, values []float64, dims ...int64) message {
	var m message
	for _, d := range dims {
		m = m.varint(1, uint64(d))
	}
	raw := make([]byte, 0, 8*len(values))
	for _, v := range values {
		raw = binary.LittleEndian.AppendUint64(raw, math.Float64bits(v))
	}
	return m.varint(2, onnxDouble).text(8, name).bytes(9, raw)
}

// value describes an input or output; a dimension is a size or a name.
func value(name string, kind uint64, dims ...any) message {
	shape := message{}
	for _, d := range dims {
		switch d := d.(type) {
		case int64:
			shape = shape.bytes(1, message{}.varint(1, uint64(d)))
		case string:
			shape = shape.bytes(1, message{}.text(2, d))
		}
	}
	return message{}.text(1, name).bytes(2, message{}.bytes(1, message{}.varint(1, kind).bytes(2, shape)))
}
