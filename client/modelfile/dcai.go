package modelfile

import (
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/learn"
)

// dcai is a model file of DCAI's demo.
type dcai struct {
	Type            string            `json:"type"`
	Classifications []string          `json:"classifications"`
	Weights         []float64         `json:"weights"`
	Intercept       float64           `json:"intercept"`
	Bias            float64           `json:"bias"` // of dense ones
	Intents         map[string]intent `json:"intents"`
}

// intent is a class of a nearest centroid classifier.
type intent struct {
	Centroid  []float64 `json:"centroid"`
	DataCount int64     `json:"dataCount"`
}

// DCAI reads a JSON model of DCAI: a sparse or dense perceptron becomes a
// perceptron, a nearest centroid classifier a dense; classes are in the order of
// their names then. For a sparse perceptron the vocabulary, word to index, is
// its other file; nil for none. Unknown words are dropped, not given its 1337.
func DCAI(model, vocabulary io.Reader) (Seed, error) {
	var m dcai
	if err := decode(model, &m); err != nil {
		return Seed{}, err
	}
	switch m.Type {
	case "sparse perceptron", "dense perceptron":
		return m.perceptron(vocabulary)
	case "nearest centroid classifier":
		return m.centroids()
	default:
		return Seed{}, fault.Invalid("modelfile: type %.40q: want a sparse or dense perceptron, or a nearest centroid classifier", m.Type)
	}
}

func (m dcai) perceptron(vocabulary io.Reader) (Seed, error) {
	if len(m.Classifications) != 2 {
		return Seed{}, fault.Invalid("modelfile: perceptron of %d classes: want 2", len(m.Classifications))
	}
	s := Seed{
		Config: learn.Config{Family: learn.Perceptron, Classes: 2, Features: uint32(len(m.Weights))},
		Labels: m.Classifications,
	}
	if vocabulary != nil {
		encoder, order, err := words(vocabulary, len(m.Weights))
		if err != nil {
			return Seed{}, err
		}
		s.Encoder = &encoder
		sorted := make([]float64, len(order))
		for k, i := range order {
			sorted[k] = m.Weights[i]
		}
		m.Weights = sorted
	}
	return s.weights([]float64{0, m.Intercept + m.Bias}, [][]float64{nil, m.Weights})
}

// words reads a vocabulary of so many words. Ours is in the order of its words:
// order says where each stood.
func words(in io.Reader, size int) (e feature.Encoder, order []int, err error) {
	var places map[string]int
	if err := decode(in, &places); err != nil {
		return e, nil, err
	}
	e = feature.Encoder{Kind: feature.Words, Words: slices.Sorted(maps.Keys(places))}
	for _, w := range e.Words {
		order = append(order, places[w])
	}
	for k, i := range slices.Sorted(slices.Values(order)) {
		if k != i {
			return e, nil, fault.Invalid("modelfile: vocabulary: want every index from 0 once, %d is missing", k)
		}
	}
	if len(order) != size {
		return e, nil, fault.Invalid("modelfile: vocabulary of %d words for %d weights", len(order), size)
	}
	return e, order, e.Validate()
}

func (m dcai) centroids() (Seed, error) {
	s := Seed{Labels: slices.SortedFunc(maps.Keys(m.Intents), cmp.Compare)}
	var items []int64
	var middles [][]int64
	for _, label := range s.Labels {
		c := m.Intents[label]
		middle, err := q20(c.Centroid)
		if err != nil {
			return Seed{}, err
		}
		if c.DataCount < 1 || c.DataCount > 1<<32 {
			return Seed{}, fault.Limit("modelfile: class %.40q of %d items: 1 to %d", label, c.DataCount, int64(1)<<32)
		}
		if len(middles) > 0 && len(middle) != len(middles[0]) {
			return Seed{}, fault.Invalid("modelfile: class %.40q of %d features: want %d as the others", label, len(middle), len(middles[0]))
		}
		items, middles = append(items, c.DataCount), append(middles, middle)
	}
	if len(middles) == 0 {
		return Seed{}, fault.Invalid("modelfile: no class")
	}
	s.Config = learn.Config{Family: learn.Dense, Classes: uint32(len(middles)), Features: uint32(len(middles[0]))}
	s.Encoder = &feature.Encoder{Kind: feature.Vector, Length: s.Config.Features}
	s.Cells = learn.MiddleCells(items, middles)
	return s, s.Config.Validate()
}

// jsonText writes a number or other value as JSON does.
func jsonText(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(text)
}
