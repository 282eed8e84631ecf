package index

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/index/view"
)

// Request returns all of a request but the text of its spec.
func (x *Index) Request(ctx context.Context, request string) (view.Request, error) {
	v := view.Request{Spec: view.JSON("null")}
	var err error
	if v.Card, err = x.Card(ctx, request); err != nil {
		return v, err
	}
	body, err := x.body(ctx, request)
	if err != nil {
		return v, err
	}
	v.Terms, v.TermsHash, v.FeeBps, v.Guidelines = body.Terms, body.TermsHash, body.FeeBps, body.Guidelines
	if v.Money, err = x.money(ctx, v.Card, num.Bps(body.FeeBps)); err != nil {
		return v, err
	}
	rounds, err := x.Rounds(ctx, request, "", MaxLimit)
	if err != nil {
		return v, err
	}
	verdicts, err := x.Verdicts(ctx, request, "", MaxLimit)
	if err != nil {
		return v, err
	}
	v.Rounds, v.Verdicts = rounds.Items, verdicts.Items
	v.Datasets, err = rows(ctx, x, scanDataset, datasetColumns+` WHERE d.request = ? ORDER BY d.version DESC LIMIT ?`, request, MaxLimit)
	return v, err
}

func (x *Index) body(ctx context.Context, request string) (requestBody, error) {
	var b requestBody
	err := x.json(ctx, &b, "request "+request, `SELECT body FROM request_texts WHERE id = ?`, request)
	return b, err
}

// json reads one document; without one it is an error of kind not found.
func (x *Index) json(ctx context.Context, into any, what, query string, args ...any) error {
	var s string
	err := x.row(ctx, query, args...).Scan(&s)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.NotFound("index: %.120s: not known", what)
	}
	if err == nil {
		err = json.Unmarshal([]byte(s), into)
	}
	return broken(what, err)
}

// money adds up what became of a request's escrow. What is refunded shows once
// the request is over.
func (x *Index) money(ctx context.Context, c view.Card, fee num.Bps) (view.Money, error) {
	m := view.Money{Budget: c.Budget}
	charge, err := fee.Of(num.Amount(c.Budget), num.Up)
	if err != nil {
		return m, err
	}
	m.Escrowed = c.Budget + view.Ualy(charge)
	err = x.row(ctx, `SELECT
		CAST(COALESCE(SUM(CASE WHEN state = 'released' THEN amount ELSE 0 END), 0) AS BIGINT),
		CAST(COALESCE(SUM(CASE WHEN state = 'released' THEN 0 ELSE amount END), 0) AS BIGINT),
		CAST(COALESCE(SUM(CASE WHEN state = 'released' THEN fee ELSE 0 END), 0) AS BIGINT)
		FROM payouts WHERE request = ?`, c.ID).Scan(&m.Paid, &m.Pending, &m.Fees)
	if c.State == "closed" || c.State == "cancelled" || c.State == "expired" {
		m.Refunded = m.Escrowed - m.Paid - m.Pending - m.Fees
	}
	return m, broken("money", err)
}

// Rounds returns the rounds of a request.
func (x *Index) Rounds(ctx context.Context, request, cursor string, limit int) (view.Page[view.Round], error) {
	const list = "rounds"
	at, _, err := after(list, cursor)
	if err != nil {
		return view.Page[view.Round]{}, err
	}
	limit = limited(limit)
	found, err := rows(ctx, x, scanJSON[view.Round], `SELECT body FROM rounds WHERE request = ? AND number > ? ORDER BY number LIMIT ?`, request, at.N, limit+1)
	items, next := pageOf(found, limit, func(v view.Round) place { return place{List: list, N: int64(v.Number)} })
	return view.Page[view.Round]{Items: items, Next: next}, err
}

func scanJSON[T any](r *sql.Rows, v *T) error {
	var s string
	if err := r.Scan(&s); err != nil {
		return err
	}
	return json.Unmarshal([]byte(s), v)
}

// Bids returns the bids on a request, the newest first.
func (x *Index) Bids(ctx context.Context, request, cursor string, limit int) (view.Page[view.Bid], error) {
	return x.bids(ctx, "b.request = ?", request, cursor, limit)
}

// bids returns bids of a request or of a bidder.
func (x *Index) bids(ctx context.Context, condition, value, cursor string, limit int) (view.Page[view.Bid], error) {
	const list = "bids"
	at, on, err := after(list, cursor)
	if err != nil {
		return view.Page[view.Bid]{}, err
	}
	var q question
	q.and(condition, value)
	if on {
		q.and("(b.placed, b.request, b.bidder) < (?, ?, ?)", at.N, at.ID[:min(len(at.ID), 16)], at.ID[min(len(at.ID), 16):])
	}
	limit = limited(limit)
	found, err := rows(ctx, x, scanBid, `SELECT b.body, COALESCE(p.name, ''), COALESCE(r.card, '{}') FROM bids b
		LEFT JOIN profiles p ON p.address = b.bidder LEFT JOIN request_texts r ON r.id = b.request`+q.String()+
		` ORDER BY b.placed DESC, b.request DESC, b.bidder DESC LIMIT ?`, append(q.args, limit+1)...)
	items, next := pageOf(found, limit, func(v view.Bid) place { return place{List: list, N: v.PlacedAt, ID: v.Request + v.Bidder} })
	return view.Page[view.Bid]{Items: items, Next: next}, err
}

func scanBid(r *sql.Rows, v *view.Bid) error {
	var body, name, card string
	if err := r.Scan(&body, &name, &card); err != nil {
		return err
	}
	var c view.Card
	err := errors.Join(json.Unmarshal([]byte(body), v), json.Unmarshal([]byte(card), &c))
	v.Name, v.Title = name, c.Title
	return err
}

// Engagements returns the engagements of a request, by contributor.
func (x *Index) Engagements(ctx context.Context, request, cursor string, limit int) (view.Page[view.Engagement], error) {
	const list = "engagements"
	at, _, err := after(list, cursor)
	if err != nil {
		return view.Page[view.Engagement]{}, err
	}
	limit = limited(limit)
	found, err := rows(ctx, x, scanEngagement, engagementColumns+` WHERE e.request = ? AND e.contributor > ? ORDER BY e.contributor LIMIT ?`,
		request, at.ID, limit+1)
	items, next := pageOf(found, limit, func(v view.Engagement) place { return place{List: list, ID: v.Contributor} })
	return view.Page[view.Engagement]{Items: items, Next: next}, err
}

const engagementColumns = `SELECT e.body, COALESCE(p.name, ''), COALESCE(a.units, 0), COALESCE(a.suspended, 0) FROM engagements e
	LEFT JOIN profiles p ON p.address = e.contributor
	LEFT JOIN assignments a ON a.request = e.request AND a.contributor = e.contributor`

func scanEngagement(r *sql.Rows, v *view.Engagement) error {
	var body, name string
	var units, suspended int64
	if err := r.Scan(&body, &name, &units, &suspended); err != nil {
		return err
	}
	err := json.Unmarshal([]byte(body), v)
	v.Name, v.Done, v.Suspended = name, uint64(units), suspended > 0
	return err
}
