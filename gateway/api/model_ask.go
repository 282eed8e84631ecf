package api

import (
	"context"
	"encoding/hex"
	"net/http"
	"strconv"

	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/index/view"
	"github.com/alaya-network/alaya/wire"
)

// maxEncoder bounds the blob of an encoder, in bytes.
const maxEncoder = 8 << 20

func (a *API) askRoutes() []route {
	ask := func(verb, name, summary string, answer any, serve func(*call) (any, error)) route {
		return route{
			method: http.MethodPost, path: "/api/v1/models/{id}/" + verb, name: name, summary: summary,
			params: []param{modelParam()}, body: view.Question{}, answer: answer, serve: serve,
		}
	}
	return []route{
		ask("predict", "predict", "What the model says to an item; free.", view.Prediction{}, a.predict),
		ask("encode", "encode", "An item as the model learns it; nothing is kept.", view.Encoded{}, a.encode),
	}
}

// asked is a question with the model it is for.
type asked struct {
	model   model.Model
	encoder feature.Encoder
	input   learn.Input
	label   string
}

func (a *API) ask(c *call) (q asked, err error) {
	var body view.Question
	if err := c.decode(&body); err != nil {
		return q, err
	}
	if q.model, _, err = learner.Record(c.Context(), a.Client, id.ModelID(c.text("id"))); err != nil {
		return q, err
	}
	if q.encoder, err = a.encoder(c.Context(), q.model.Terms); err != nil {
		return q, err
	}
	if fields := learner.Fields(q.encoder); len(body.Cells) != len(fields) {
		return q, fault.Invalid("api: %d cells: model %s wants %d: %q", len(body.Cells), q.model.ID, len(fields), fields)
	}
	q.label = body.Label
	q.input, err = learner.Encode(q.encoder, body.Cells)
	return q, err
}

// encoder reads how a model's items become inputs.
func (a *API) encoder(ctx context.Context, t model.Terms) (feature.Encoder, error) {
	return learner.EncoderOf(t, func(content id.CID) ([]byte, error) {
		text, err := a.blob(ctx, content, maxEncoder)
		if err == nil && text == nil {
			err = fault.NotFound("api: encoder %s: not here, or of more than %d bytes", content, maxEncoder)
		}
		return text, err
	})
}

func (a *API) encode(c *call) (any, error) {
	q, err := a.ask(c)
	if err != nil {
		return nil, err
	}
	v := view.Encoded{Indices: q.input.Indices, Values: q.input.Values}
	if v.Values == nil {
		v.Values = []int64{}
	}
	v.Label, err = q.encoder.Label(q.label, q.model.Terms.Config.Classes)
	return v, err
}

func (a *API) predict(c *call) (any, error) {
	q, err := a.ask(c)
	if err != nil {
		return nil, err
	}
	res, err := a.Client.Model().Predict(c.Context(), &modelv1.QueryPredictRequest{Model: c.text("id"), Input: wire.InputToProto(q.input)})
	if err != nil {
		return nil, err
	}
	s := res.Standing
	v := view.Prediction{
		Class: res.Answer.Class, Margin: res.Answer.Margin, Scores: res.Answer.Scores, Label: q.encoder.LabelName(res.Answer.Class),
		Root: hex.EncodeToString(s.Root), Entry: s.Entry, Generation: s.Generation, Height: s.Height,
	}
	if q.model.Terms.Config.Classes == 1 && len(v.Scores) > 0 {
		v.Label = strconv.FormatFloat(float64(v.Scores[0])/float64(fixed.One), 'f', -1, 64)
	}
	return v, nil
}
