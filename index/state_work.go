package index

import (
	"context"

	"github.com/alaya-network/alaya/client"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/index/view"
	"github.com/alaya-network/alaya/wire"
)

func (w *Writer) assignment(ctx context.Context, n noun) ([]row, error) {
	res, err := w.chain.Work().Assignment(ctx, &workv1.QueryAssignmentRequest{Request: n.of, Contributor: n.who})
	if err != nil {
		return nil, err
	}
	a := res.Assignment
	return []row{{newTable("assignments", 2, "request contributor units suspended").put(),
		[]any{n.of, n.who, int64(a.Units), flag(a.Suspended)}}}, nil
}

func (w *Writer) progress(ctx context.Context, n noun) ([]row, error) {
	res, err := w.chain.Work().Progress(ctx, &workv1.QueryProgressRequest{Request: n.of})
	if err != nil {
		return nil, err
	}
	return []row{{newTable("progress", 1, "request round answers").put(),
		[]any{n.of, int64(res.Progress.Round), int64(res.Progress.Answers)}}}, nil
}

func (w *Writer) round(ctx context.Context, n noun) ([]row, error) {
	res, err := w.chain.Work().Round(ctx, &workv1.QueryRoundRequest{Request: n.of, Number: uint32(n.n)})
	if err != nil {
		return nil, err
	}
	r, err := wire.RoundFromProto(&res.Round)
	if err != nil {
		return nil, err
	}
	v := view.Round{
		Request: string(r.Request), Number: r.Number, Milestone: r.Milestone, State: r.State.String(), Manifest: string(r.Manifest),
		Pages: r.Pages, Target: r.Target, Deadline: int64(r.Deadline), Leased: r.Leased, Committed: r.Committed,
		Revealed: r.Revealed, Submissions: r.Submissions, Gold: string(r.GoldContent),
	}
	return []row{{newTable("rounds", 2, "request number state body").put(), []any{v.Request, n.n, v.State, text(v)}}}, nil
}

// layout reads how many items the pages of a round hold.
func (w *Writer) layout(ctx context.Context, n noun) ([]row, error) {
	pages, err := client.List(func(page *client.PageRequest) ([]workv1.Page, *client.PageResponse, error) {
		res, err := w.chain.Work().Pages(ctx, &workv1.QueryPagesRequest{Request: n.of, Round: uint32(n.n), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		return res.Pages, res.Pagination, nil
	})
	var list []row
	put := newTable("page_items", 3, "request round page items").put()
	for _, p := range pages {
		list = append(list, row{put, []any{n.of, n.n, int64(p.Number), int64(p.Items)}})
	}
	return list, err
}
