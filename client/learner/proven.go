package learner

import (
	"bytes"
	"context"
	"slices"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// Proven are parts of a chain's state at one height, each proved under a header
// that the caller trusts.
type Proven struct {
	Header client.Header
	values map[string][]byte
}

// MaxProofs bounds the proofs of one answer.
const MaxProofs = 100_000

// Prove fetches the values under keys of the models' store at a height and
// checks their paths to the app hash in the header after it. trust says
// whether the header, whose signatures were checked, is to be believed.
func Prove(ctx context.Context, c *client.Client, keys [][]byte, at id.Height, trust func(client.Header) error) (Proven, error) {
	p := Proven{values: map[string][]byte{}}
	if len(keys) > MaxProofs {
		return p, fault.Limit("learner: %d keys to prove: at most %d", len(keys), MaxProofs)
	}
	h, err := c.Header(ctx, at+1)
	if err != nil {
		return p, err
	}
	if err := client.VerifyHeader(c.ChainID(), h); err != nil {
		return p, err
	}
	if err := trust(h); err != nil {
		return p, err
	}
	p.Header = h
	for _, key := range keys {
		proof, err := c.Prove(client.AtHeight(ctx, at), wire.ModelStore, key)
		if err != nil {
			return p, err
		}
		if proof.Store != wire.ModelStore || !bytes.Equal(proof.Key, key) {
			return p, fault.Invalid("learner: proof of %s/%x, asked for %s/%x", proof.Store, proof.Key, wire.ModelStore, key)
		}
		if err := client.VerifyPath(proof, h); err != nil {
			return p, err
		}
		p.values[string(key)] = proof.Value
	}
	return p, nil
}

// Model returns a model's record.
func (p Proven) Model(m id.ModelID) (model.Model, error) {
	value, terms := p.values[string(wire.ModelKey(m))], p.values[string(wire.ModelTermsKey(m))]
	if len(value) == 0 || len(terms) == 0 {
		return model.Model{}, fault.Invalid("learner: no proof of the record and terms of model %s", m)
	}
	var record modelv1.Model
	if err := record.Unmarshal(value); err != nil {
		return model.Model{}, fault.Invalid("learner: record of model %s: %w", m, err)
	}
	if err := record.Terms.Unmarshal(terms); err != nil {
		return model.Model{}, fault.Invalid("learner: terms of model %s: %w", m, err)
	}
	return wire.ModelFromProto(&record)
}

// Scores computes what a model says of an input from proved parameters alone.
// A parameter that the family needs and no proof covers is an error.
func (p Proven) Scores(m id.ModelID, x learn.Input) ([]int64, error) {
	record, err := p.Model(m)
	if err != nil {
		return nil, err
	}
	l, err := learn.New(record.Terms.Config)
	if err != nil {
		return nil, err
	}
	s := &chunks{proven: p, generation: wire.Generation{Model: m, Number: record.Generation}, read: map[wire.ChunkName]*wire.Chunk{}}
	scores := l.Scores(s, x)
	return scores, s.err
}

// Confirm answers again from proved parameters alone, and names the first answer
// of a node that is another.
func (p Proven) Confirm(m id.ModelID, inputs []learn.Input, answers []modelv1.Answer) error {
	if len(inputs) != len(answers) {
		return fault.Invalid("learner: %d answers to %d questions", len(answers), len(inputs))
	}
	for i, x := range inputs {
		scores, err := p.Scores(m, x)
		if err != nil {
			return err
		}
		class, margin := learn.Best(scores)
		if got := answers[i]; got.Class != class || got.Margin != margin || !slices.Equal(got.Scores, scores) {
			return fault.Invalid("learner: answer %d is class %d by %d, the proved parameters say class %d by %d", i+1, got.Class, got.Margin, class, margin)
		}
	}
	return nil
}

// chunks is a learn.State over proved chunks.
type chunks struct {
	proven     Proven
	generation wire.Generation
	read       map[wire.ChunkName]*wire.Chunk
	err        error // the first
}

func (s *chunks) Get(c learn.Cell) int64 {
	name, offset := wire.ChunkOf(c)
	chunk, ok := s.read[name]
	if !ok {
		chunk = s.load(name)
		s.read[name] = chunk
	}
	return chunk[offset]
}

func (s *chunks) load(name wire.ChunkName) *wire.Chunk {
	chunk := &wire.Chunk{}
	value, ok := s.proven.values[string(wire.ChunkKey(s.generation, name))]
	var err error
	switch {
	case !ok:
		err = fault.Invalid("learner: no proof of parameters %+v of model %s", name, s.generation.Model)
	case len(value) > 0:
		err = wire.DecodeChunk(value, chunk)
	}
	if s.err == nil {
		s.err = err
	}
	return chunk
}

func (s *chunks) Set(learn.Cell, int64) {
	s.err = fault.Internal("learner: an answer changed a parameter")
}
