package learner

import (
	"context"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

// Publish makes the next version of a model's dataset of what it was taught so
// far, as its creator: the blobs go where anybody can fetch them, their roots
// to the chain. A model that was taught nothing is an error of kind state.
func Publish(ctx context.Context, by *client.Account, c *client.Client, blobs client.Blobs, m id.ModelID) (client.Result, Lessons, error) {
	var none client.Result
	t, err := Fetch(client.AtHeight(ctx, c.Height()), c, m)
	if err != nil {
		return none, Lessons{}, err
	}
	if err := t.Check(); err != nil {
		return none, Lessons{}, err
	}
	own := t.Own()
	encoder, err := EncoderOf(own.Model.Terms, func(content id.CID) ([]byte, error) { return blobs.GetBytes(ctx, content, maxEncoder) })
	if err != nil {
		return none, Lessons{}, err
	}
	l := LessonsOf(own, encoder)
	if len(l.List) == 0 {
		return none, l, fault.State("learner: model %s was taught nothing that is in force", m)
	}
	msg, err := l.keep(ctx, blobs)
	if err != nil {
		return none, l, err
	}
	msg.Sender = by.Address().String()
	result, err := by.Send(ctx, msg)
	return result, l, err
}

// maxEncoder bounds the blob of an encoder, in bytes.
const maxEncoder = 64 << 20

// keep stores the blobs and returns the message that names them.
func (l Lessons) keep(ctx context.Context, blobs client.Blobs) (*modelv1.MsgPublishDataset, error) {
	made, err := l.Blobs()
	if err != nil {
		return nil, err
	}
	root, count, err := made.root()
	if err != nil {
		return nil, err
	}
	msg := &modelv1.MsgPublishDataset{Model: string(l.Model.ID), RecordsRoot: root[:], Records: count}
	for _, b := range []struct {
		text []byte
		into *string
	}{{made.Records, &msg.Content}, {made.Items, &msg.Manifest}, {made.Label, &msg.Label}} {
		content, err := blobs.PutBytes(ctx, b.text)
		if err != nil {
			return nil, err
		}
		*b.into = string(content)
	}
	return msg, nil
}
