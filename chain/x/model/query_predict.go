package model

import (
	"context"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// maxInputs bounds a batch of predictions, maxAsked the parameters that one
// query may touch.
const (
	maxInputs = 1_000
	maxAsked  = 1 << 24
)

// Predict asks a model for one input.
func (q queryServer) Predict(ctx context.Context, r *modelv1.QueryPredictRequest) (*modelv1.QueryPredictResponse, error) {
	d, err := q.k.openText(ctx, r.Model)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	answers, err := d.answer([]modelv1.Input{r.Input})
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	res := &modelv1.QueryPredictResponse{Answer: answers[0], Standing: d.standing()}
	if r.Prove {
		res.Keys = d.proofKeys()
	}
	return res, nil
}

// PredictBatch asks a model for many inputs.
func (q queryServer) PredictBatch(ctx context.Context, r *modelv1.QueryPredictBatchRequest) (*modelv1.QueryPredictBatchResponse, error) {
	if n := len(r.Inputs); n < 1 || n > maxInputs {
		return nil, kit.Err(Name, fault.Limit("model: %d inputs in one query: 1 to %d", n, maxInputs))
	}
	d, err := q.k.openText(ctx, r.Model)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	answers, err := d.answer(r.Inputs)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	res := &modelv1.QueryPredictBatchResponse{Answers: answers, Standing: d.standing()}
	if r.Prove {
		res.Keys = d.proofKeys()
	}
	return res, nil
}

// answer asks the live parameters.
func (d *desk) answer(inputs []modelv1.Input) ([]modelv1.Answer, error) {
	answers := make([]modelv1.Answer, len(inputs))
	asked := uint64(0)
	for i := range inputs {
		x := wire.InputFromProto(&inputs[i])
		if err := d.model.Terms.Config.Check(x); err != nil {
			return nil, fault.Errorf(fault.KindOf(err), "input %d of %d: %w", i+1, len(inputs), err)
		}
		if asked += d.learner.Cost(x); asked > maxAsked {
			return nil, fault.Limit("model: input %d of %d: %d parameters asked for, at most %d in one query", i+1, len(inputs), asked, maxAsked)
		}
		scores := d.learner.Scores(d.live, x)
		class, margin := learn.Best(scores)
		answers[i] = modelv1.Answer{Class: class, Margin: margin, Scores: scores}
	}
	return answers, d.live.err
}

// standing says which state answers.
func (d *desk) standing() modelv1.Standing {
	m := d.model
	return modelv1.Standing{Root: m.Root[:], Entry: m.Entries, Generation: m.Generation, Height: int64(d.now.Height)}
}

// proofKeys are the store keys of the model, its terms and all parameters looked
// at.
func (d *desk) proofKeys() [][]byte {
	keys := [][]byte{wire.ModelKey(d.model.ID), wire.ModelTermsKey(d.model.ID)}
	g := wire.Generation{Model: d.model.ID, Number: d.model.Generation}
	for _, c := range d.live.sorted() {
		keys = append(keys, wire.ChunkKey(g, c.name))
	}
	return keys
}

// Parameters lists the parameters of a generation.
func (q queryServer) Parameters(ctx context.Context, r *modelv1.QueryParametersRequest) (*modelv1.QueryParametersResponse, error) {
	res, err := q.parameters(ctx, r)
	return res, kit.Err(Name, err)
}

func (q queryServer) parameters(ctx context.Context, r *modelv1.QueryParametersRequest) (*modelv1.QueryParametersResponse, error) {
	if err := kit.CheckPage(r.Pagination); err != nil {
		return nil, err
	}
	d, err := q.k.openText(ctx, r.Model)
	if err != nil {
		return nil, err
	}
	g := wire.Generation{Model: d.model.ID, Number: d.model.Generation}
	if r.Shadow {
		if !d.model.Replaying() {
			return nil, fault.State("model: %s: no replay", d.model.ID)
		}
		g.Number = d.model.Replay.Generation
	}
	ofGeneration := func(o *query.CollectionsPaginateOptions[[]byte]) {
		prefix := g.Bytes()
		o.Prefix = &prefix
	}
	chunks, page, err := query.CollectionPaginate(ctx, q.k.chunks, r.Pagination,
		func(key, value []byte) ([]modelv1.Cell, error) { return cellsOf(key, value) }, ofGeneration)
	res := &modelv1.QueryParametersResponse{Standing: d.standing(), Pagination: page}
	for _, c := range chunks {
		res.Cells = append(res.Cells, c...)
	}
	return res, err
}

// cellsOf are the parameters of a chunk that are not 0.
func cellsOf(key, value []byte) ([]modelv1.Cell, error) {
	_, name, err := wire.ParseChunkKey(key)
	if err != nil {
		return nil, err
	}
	var values wire.Chunk
	if err := wire.DecodeChunk(value, &values); err != nil {
		return nil, err
	}
	var cells []modelv1.Cell
	for i, v := range values {
		if v != 0 {
			at := name.Cell(i)
			cells = append(cells, modelv1.Cell{Table: uint32(at.Table), Class: at.Class, Index: at.Index, Value: v})
		}
	}
	return cells, nil
}
