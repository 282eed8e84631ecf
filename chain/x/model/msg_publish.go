package model

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

// PublishDataset makes a dataset version of what was contributed. Its request
// is the model, and its verdict the model's root, from which anybody finds the
// log and so the records.
func (s msgServer) PublishDataset(ctx context.Context, m *modelv1.MsgPublishDataset) (*modelv1.MsgPublishDatasetResponse, error) {
	made, err := s.publish(ctx, m)
	return &modelv1.MsgPublishDatasetResponse{Dataset: string(made)}, kit.Err(Name, err)
}

func (s msgServer) publish(ctx context.Context, m *modelv1.MsgPublishDataset) (id.DatasetID, error) {
	by, d, err := s.on(ctx, m.Sender, m.Model)
	if err != nil {
		return "", err
	}
	if by != d.model.Creator {
		return "", fault.Forbidden("model: %s is %s's to publish from, not %s's", d.model.ID, d.model.Creator, by)
	}
	if m.Records < 1 || m.Records > d.model.Contributions {
		return "", fault.Limit("model: %d records from %s: 1 to %d", m.Records, d.model.ID, d.model.Contributions)
	}
	root, err := id.HashFromBytes(m.RecordsRoot)
	if err != nil {
		return "", fault.Invalid("records root: %w", err)
	}
	request := id.RequestID(d.model.ID)
	v := dataset.Dataset{
		Owner: by, Title: d.model.Terms.Name, RecordsRoot: root, Records: m.Records, Request: request, VerdictDigest: d.model.Root,
		Content: id.CID(m.Content), Manifest: id.CID(m.Manifest), Label: id.CID(m.Label), Licence: d.model.Terms.Licence,
	}
	for _, c := range []id.CID{v.Content, v.Manifest, v.Label} {
		if _, err := id.ParseCID(string(c)); err != nil {
			return "", err
		}
	}
	d.emit("published", kit.AttributeParty, string(by), "dataset", string(dataset.IDOf(request)))
	return dataset.IDOf(request), s.k.flow.Publish(ctx, v)
}
