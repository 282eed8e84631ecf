package index

import (
	"context"
	"database/sql"

	"github.com/alaya-network/alaya/index/view"
)

// steps is how many equal steps of time a curve has at the most.
const steps = 60

// Dashboard returns how a request goes, and its last verdict, nil for none.
func (x *Index) Dashboard(ctx context.Context, request string) (view.Dashboard, *view.Verdict, error) {
	v := view.Dashboard{Throughput: []view.Point{}, Spend: []view.Spend{}, Contested: []view.ContestedItem{}}
	body, err := x.body(ctx, request)
	if err != nil {
		return v, nil, err
	}
	c := body.Clause
	v.Clause = view.Measure{Metric: c.Metric, Threshold: uint32(c.Threshold), Confidence: uint32(c.Confidence)}
	last, err := rows(ctx, x, scanVerdict, verdictColumns+` WHERE j.request = ? AND b.height IS NOT NULL ORDER BY j.round DESC LIMIT 1`, request)
	if err != nil {
		return v, nil, err
	}
	if err := x.curves(ctx, request, &v); err != nil {
		return v, nil, err
	}
	if v.Contributors, err = x.contributors(ctx, request); err != nil || len(last) == 0 {
		return v, nil, err
	}
	v.Clause = last[0].Measure
	return v, &last[0], nil
}

// curves adds up answers and pay by steps of time.
func (x *Index) curves(ctx context.Context, request string, v *view.Dashboard) error {
	step, err := x.step(ctx, `SELECT MIN(committed), MAX(committed) FROM submissions WHERE request = ? AND committed > 0`, request)
	if err != nil {
		return err
	}
	v.Throughput, err = rows(ctx, x, func(r *sql.Rows, p *view.Point) error { return r.Scan(&p.T, &p.Answers) },
		`SELECT s.committed / ? * ?, CAST(SUM(COALESCE(i.items, 0)) AS BIGINT) FROM submissions s
		LEFT JOIN page_items i ON i.request = s.request AND i.round = s.round AND i.page = s.page
		WHERE s.request = ? AND s.committed > 0 GROUP BY 1 ORDER BY 1`, step, step, request)
	if err != nil {
		return err
	}
	if step, err = x.step(ctx, `SELECT MIN(at), MAX(at) FROM releases WHERE request = ?`, request); err != nil {
		return err
	}
	v.Spend, err = rows(ctx, x, func(r *sql.Rows, p *view.Spend) error { return r.Scan(&p.T, &p.Amount) },
		`SELECT at / ? * ?, CAST(SUM(amount) AS BIGINT) FROM releases WHERE request = ? GROUP BY 1 ORDER BY 1`, step, step, request)
	return err
}

// step is the length of a step in milliseconds, at least a second.
func (x *Index) step(ctx context.Context, query, request string) (int64, error) {
	var from, to sql.NullInt64
	err := x.row(ctx, query, request).Scan(&from, &to)
	return max(1000, (to.Int64-from.Int64)/steps+1), broken("dashboard", err)
}

// most is how many contributors a dashboard shows.
const most = 2000

func (x *Index) contributors(ctx context.Context, request string) ([]view.Contributor, error) {
	return rows(ctx, x, func(r *sql.Rows, v *view.Contributor) error {
		var released, waiting sql.NullInt64
		err := r.Scan(&v.Party, &v.Name, &v.State, &v.Answers, &released, &waiting)
		v.Paid, v.Pending = view.Ualy(released.Int64), view.Ualy(waiting.Int64)
		return err
	}, `SELECT e.contributor, COALESCE(n.name, ''), e.state,
		CAST(COALESCE((SELECT SUM(i.items) FROM submissions s JOIN page_items i ON i.request = s.request AND i.round = s.round AND i.page = s.page
			WHERE s.contributor = e.contributor AND s.request = e.request AND s.state = 'revealed'), 0) AS BIGINT),
		(SELECT CAST(SUM(p.amount) AS BIGINT) FROM payouts p WHERE p.contributor = e.contributor AND p.request = e.request AND p.state = 'released'),
		(SELECT CAST(SUM(p.amount) AS BIGINT) FROM payouts p WHERE p.contributor = e.contributor AND p.request = e.request AND p.state <> 'released')
		FROM engagements e LEFT JOIN profiles n ON n.address = e.contributor WHERE e.request = ? ORDER BY e.contributor LIMIT ?`, request, most)
}
