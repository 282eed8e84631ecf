package appraisal

import (
	"bytes"
	"encoding/json"
	"math"

	"github.com/alaya-network/alaya/core/quality/table"
)

// values gathers answers whose labels are read into a V.
type values[V any] struct {
	keep  table.Keep
	parse func(label []byte) (V, error)
	names map[string]string // every name once
	list  []table.Answer[V]
}

func newValues[V any](repeated Repeated, parse func([]byte) (V, error)) values[V] {
	v := values[V]{parse: parse, names: map[string]string{}}
	if repeated == KeepLast {
		v.keep = table.KeepLast
	}
	return v
}

func (v *values[V]) add(a *answer) error {
	value, err := v.parse(a.label)
	if err != nil {
		return err
	}
	v.list = append(v.list, table.Answer[V]{Task: v.name(a.task), Worker: v.name(a.worker), Value: value})
	return nil
}

// name returns the one string of a name.
func (v *values[V]) name(text []byte) string {
	if name, known := v.names[string(text)]; known {
		return name
	}
	name := string(text)
	v.names[name] = name
	return name
}

// table puts the answers in order, and forgets them as they came.
func (v *values[V]) table() (*table.Table[V], error) {
	t, err := table.New(v.list, v.keep)
	v.list, v.names = nil, nil
	return t, err
}

// known returns the gold of a table's tasks, by task; nil where there is none.
func known[V any](t *table.Table[V], gold []Truth, parse func([]byte) (V, error)) ([]*V, error) {
	index := make(map[string]int, len(t.Tasks))
	for i, task := range t.Tasks {
		index[task] = i
	}
	list := make([]*V, len(t.Tasks))
	for _, g := range gold {
		i, answered := index[g.Task]
		if !answered || list[i] != nil {
			continue
		}
		value, err := parse([]byte(g.Label))
		if err != nil {
			return nil, err
		}
		list[i] = &value
	}
	return list, nil
}

// status says whether a label is as sure as was asked for.
func (o Options) status(confidence float64) string {
	if confidence >= ratio(o.Target) {
		return Accepted
	}
	return Delivered
}

// share rounds to a millionth and keeps to 0 to 1.
func share(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return math.Round(math.Max(0, math.Min(1, x))*1e6) / 1e6
}

// written writes a label as JSON on one line.
func written(label any) string {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(label); err != nil {
		panic(err) // lists of numbers and strings
	}
	return string(bytes.TrimSpace(out.Bytes()))
}
