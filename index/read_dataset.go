package index

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/index/view"
)

const datasetColumns = `SELECT d.body, COALESCE(t.card, '{}'), COALESCE(r.modality, ''), COALESCE(r.answer_types, '[]')
	FROM datasets d LEFT JOIN requests r ON r.id = d.request LEFT JOIN request_texts t ON t.id = d.request`

func scanDataset(r *sql.Rows, v *view.Dataset) error {
	var body, card, modality, types string
	if err := r.Scan(&body, &card, &modality, &types); err != nil {
		return err
	}
	var b datasetBody
	var c view.Card
	err := errors.Join(unmarshal(body, &b), unmarshal(card, &c))
	*v = b.Dataset
	v.Summary, v.Skill, v.Modality, v.Languages = c.Summary, c.Skill, modality, orEmpty(c.Languages)
	return errors.Join(err, unmarshal(types, &v.AnswerTypes))
}

// Datasets is a question for datasets; zero fields ask for nothing.
type Datasets struct {
	Q, Licence, Modality, AnswerType, Owner, Cursor string
	Limit                                           int
}

// Datasets returns the newest versions, the newest first.
func (x *Index) Datasets(ctx context.Context, f Datasets) (view.Page[view.Dataset], error) {
	const list = "datasets"
	at, on, err := after(list, f.Cursor)
	if err != nil {
		return view.Page[view.Dataset]{}, err
	}
	var q question
	q.and("d.latest = 1")
	if on {
		q.and("(d.published, d.id) < (?, ?)", at.N, at.ID)
	}
	for _, c := range []struct{ condition, value string }{
		{"d.licence = ?", f.Licence}, {"d.owner = ?", f.Owner}, {"r.modality = ?", f.Modality},
	} {
		if c.value != "" {
			q.and(c.condition, c.value)
		}
	}
	if f.AnswerType != "" {
		q.has("r.answer_types", f.AnswerType)
	}
	from, args := x.among("datasets d", "d.id", "dataset", f.Q, nil)
	limit := limited(f.Limit)
	found, err := rows(ctx, x, scanDataset, strings.Replace(datasetColumns, "datasets d", from, 1)+q.String()+` ORDER BY d.published DESC, d.id DESC LIMIT ?`, append(append(args, q.args...), limit+1)...)
	items, next := pageOf(found, limit, func(v view.Dataset) place { return place{List: list, N: v.PublishedAt, ID: v.ID} })
	return view.Page[view.Dataset]{Items: items, Next: next}, err
}

// Dataset returns a dataset with versions and lineage, but without the text of
// its label.
func (x *Index) Dataset(ctx context.Context, dataset string) (view.DatasetDetail, error) {
	v := view.DatasetDetail{Label: view.JSON("null")}
	var err error
	v.Versions, err = rows(ctx, x, scanDataset, datasetColumns+` WHERE d.id = ? ORDER BY d.version DESC LIMIT ?`, dataset, MaxLimit)
	if err != nil {
		return v, err
	}
	if len(v.Versions) == 0 {
		return v, fault.NotFound("index: dataset %.64s: not known", dataset)
	}
	v.Dataset = v.Versions[0]
	v.Files = filesOf(v.Dataset)
	v.Lineage, err = x.lineage(ctx, v.Dataset)
	return v, err
}

func filesOf(d view.Dataset) []view.File {
	files := []view.File{}
	for _, f := range []view.File{
		{Name: "records.jsonl", CID: d.Content, Lines: d.Records}, {Name: "items.jsonl", CID: d.Manifest}, {Name: "label.json", CID: d.LabelCID},
	} {
		if f.CID != "" {
			files = append(files, f)
		}
	}
	return files
}

// lineage draws what a version comes from: parents, request, items, spec,
// rounds, verdicts and the people.
func (x *Index) lineage(ctx context.Context, d view.Dataset) (view.Lineage, error) {
	g := view.Lineage{Nodes: []view.Node{}, Edges: []view.Edge{}}
	node := func(kind, ref, title string) string {
		id := kind + ":" + ref
		g.Nodes = append(g.Nodes, view.Node{ID: id, Kind: kind, Title: title, Ref: ref})
		return id
	}
	edge := func(from, to, relation string) {
		g.Edges = append(g.Edges, view.Edge{From: from, To: to, Relation: relation})
	}
	self := node("dataset", d.ID, d.Title)
	var b datasetBody
	if err := x.json(ctx, &b, "dataset "+d.ID, `SELECT body FROM datasets WHERE id = ? AND version = ?`, d.ID, int64(d.Version)); err != nil {
		return g, err
	}
	for _, p := range b.Parents {
		if p.Dataset != d.ID {
			edge(node("dataset", p.Dataset, ""), self, p.Relation)
		}
	}
	card, err := x.Card(ctx, d.Request)
	if fault.Is(err, fault.KindNotFound) {
		return g, nil // contributions of a model, published
	}
	if err != nil {
		return g, err
	}
	request := node("request", card.ID, card.Title)
	edge(node("party", card.Requester, card.RequesterRep.Name), request, "posted")
	edge(node("items", d.Manifest, ""), request, "asks_about")
	body, err := x.body(ctx, d.Request)
	if err != nil {
		return g, err
	}
	for _, v := range body.Guidelines {
		edge(node("spec", v.Spec, ""), request, "guides")
	}
	return g, x.process(ctx, d, request, self, node, edge)
}

// process draws rounds and verdicts between request and dataset.
func (x *Index) process(ctx context.Context, d view.Dataset, request, self string, node func(kind, ref, title string) string, edge func(from, to, relation string)) error {
	verdicts, err := x.Verdicts(ctx, d.Request, "", MaxLimit)
	if err != nil {
		return err
	}
	before := request
	for _, v := range verdicts.Items {
		if v.Round > d.Round {
			break
		}
		name := d.Request + "/" + itoa(v.Round)
		round, verdict := node("round", name, ""), node("verdict", name, "")
		edge(before, round, "opened")
		edge(round, verdict, "judged")
		before = verdict
	}
	edge(before, self, "made")
	return nil
}
