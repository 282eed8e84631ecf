package index

import (
	"context"
	"encoding/hex"

	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	"github.com/alaya-network/alaya/index/view"
	"github.com/alaya-network/alaya/wire"
)

// datasetBody is a version with its parents.
type datasetBody struct {
	view.Dataset
	Parents []parent `json:"parents"`
}

type parent struct {
	Dataset  string `json:"dataset"`
	Version  uint32 `json:"version"`
	Relation string `json:"relation"`
}

func (w *Writer) dataset(ctx context.Context, n noun) ([]row, error) {
	res, err := w.chain.Dataset().Dataset(ctx, &datasetv1.QueryDatasetRequest{Id: n.of, Version: uint32(n.n)})
	if err != nil {
		return nil, err
	}
	d, err := wire.DatasetFromProto(&res.Dataset)
	if err != nil {
		return nil, err
	}
	body := datasetBody{Dataset: view.Dataset{
		ID: string(d.ID), Version: d.Version, Semver: res.Dataset.Semver, Title: d.Title, Owner: string(d.Owner),
		State: d.State.String(), Reason: d.Reason, Records: d.Records, RecordsRoot: d.RecordsRoot.String(),
		Content: string(d.Content), Manifest: string(d.Manifest), LabelCID: string(d.Label), Request: string(d.Request),
		Round: d.Round, Digest: hex.EncodeToString(d.VerdictDigest[:]), Licence: d.Licence, Policy: d.Policy,
		SharePpm: uint32(d.ContributorShare), AnswerTypes: []string{}, Languages: []string{}, PublishedAt: int64(d.Published),
	}, Parents: []parent{}}
	for _, p := range d.Parents {
		body.Parents = append(body.Parents, parent{string(p.Dataset), p.Version, p.Relation})
	}
	return []row{
		{`UPDATE datasets SET latest = 0 WHERE id = ? AND version < ?`, []any{n.of, int64(d.Version)}},
		{newTable("datasets", 2, "id version latest owner request licence published body").put(),
			[]any{n.of, int64(d.Version), 1, body.Owner, body.Request, body.Licence, body.PublishedAt, text(body)}},
		{`UPDATE datasets SET latest = 0 WHERE id = ? AND version < (SELECT MAX(version) FROM datasets WHERE id = ?)`, []any{n.of, n.of}},
		document("dataset", n.of, d.Title, d.Policy+" "+d.Licence),
	}, nil
}
