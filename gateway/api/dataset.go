package api

import (
	"encoding/json"
	"strconv"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/index"
	"github.com/alaya-network/alaya/index/view"
)

func (a *API) datasetRoutes() []route {
	dataset := datasetParam()
	return []route{
		get("/datasets", "listDatasets", "The newest version of every dataset.", view.Page[view.Dataset]{}, a.datasets, list(
			textParam("q", "words in title and policy"), textParam("licence", "SPDX expression"),
			enumParam("modality", "of the items", modalities),
			textParam("answer_type", "such as choice, box or text"), addressParam("owner", "of this one only"))...),
		get("/datasets/{id}", "getDataset", "A dataset with its label and lineage.", view.DatasetDetail{}, a.dataset, dataset),
		get("/datasets/{id}/records", "listRecords", "Its records beside their items.", view.Page[view.Record]{}, a.records, list(dataset)...),
	}
}

func (a *API) datasets(c *call) (any, error) {
	return a.Index.Datasets(c.Context(), index.Datasets{
		Q: c.text("q"), Licence: c.text("licence"), Modality: c.text("modality"), AnswerType: c.text("answer_type"),
		Owner: c.text("owner"), Cursor: c.text("cursor"), Limit: c.limit(),
	})
}

func (a *API) dataset(c *call) (any, error) {
	v, err := a.Index.Dataset(c.Context(), c.text("id"))
	if err != nil {
		return nil, err
	}
	v.Label, err = a.document(c, v.LabelCID, maxReport)
	return v, err
}

// records reads a page of records and looks their items up. The cursor is the
// byte at which the next line begins.
func (a *API) records(c *call) (any, error) {
	d, err := a.Index.Dataset(c.Context(), c.text("id"))
	if err != nil {
		return nil, err
	}
	from, err := offset(c.text("cursor"))
	if err != nil {
		return nil, err
	}
	v := view.Page[view.Record]{Items: []view.Record{}}
	err = a.lines(c.Context(), id.CID(d.Content), from, func(line []byte, next int64) bool {
		if len(v.Items) == c.limit() {
			v.Next = strconv.FormatInt(next-int64(len(line))-1, 10)
			return false
		}
		if r, ok := readRecord(line); ok {
			v.Items = append(v.Items, r)
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	return v, absent(a.join(c, id.CID(d.Manifest), v.Items))
}

func offset(cursor string) (int64, error) {
	if cursor == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || n < 1 {
		return 0, fault.Invalid("api: cursor %.50q: not one of this list", cursor)
	}
	return n, nil
}

// absent forgives a blob that is not here.
func absent(err error) error {
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	return err
}

// readRecord reads a line of records: a label or the value of a form.
func readRecord(line []byte) (view.Record, bool) {
	var r struct {
		Item, Label, Status string
		Value               json.RawMessage
		Confidence, Answers uint32
	}
	if json.Unmarshal(line, &r) != nil || r.Item == "" {
		return view.Record{}, false
	}
	v := view.Record{Item: r.Item, Value: r.Value, Confidence: r.Confidence, Answers: r.Answers, Status: r.Status, Data: view.JSON("null")}
	if len(v.Value) == 0 {
		v.Value, _ = json.Marshal(r.Label) // a string always has JSON
	}
	return v, true
}

// join adds the items to records.
func (a *API) join(c *call, manifest id.CID, records []view.Record) error {
	if len(records) == 0 || manifest == "" {
		return nil
	}
	s := selection{ids: map[string]int{}}
	for i, r := range records {
		s.ids[r.Item] = i
	}
	items, err := a.items(c, manifest, s)
	for i, item := range items {
		if i < len(records) && item.ID == records[i].Item {
			records[i].Data, records[i].Content = item.Data, item.Content
		}
	}
	return err
}
