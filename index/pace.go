package index

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"math"
	"slices"

	"github.com/alaya-network/alaya/client"
)

const (
	// paceOf is how many of the last submissions tell how long answers take, and
	// enough how many answers they must have.
	paceOf, enough = 200, 20
	hour           = 3_600_000
)

// usualMs is how long an answer of a type usually takes, in milliseconds:
// rounded from common practice, and forgotten as soon as the request itself
// tells better.
func usualMs(kind string) int64 {
	switch kind {
	case "choice", "rating", "preference":
		return 8_000
	case "choices", "number", "path", "ranking":
		return 15_000
	case "box", "keypoint", "interval", "span":
		return 30_000
	case "text", "polygon", "mask", "cuboid":
		return 60_000
	case "track":
		return 180_000
	}
	return 15_000
}

// paces reckons what an hour of work brings on the requests of a batch.
func (p *pen) paces(batch []client.Ledger) error {
	var requests []string
	for _, l := range batch {
		for _, e := range l.Events {
			if e.Stage == "market" || e.Stage == "work" && e.Action == "committed" {
				requests = append(requests, e.Attributes[keyRequest])
			}
		}
	}
	slices.Sort(requests)
	return p.paceAll(slices.Compact(requests))
}

// paceAll looks first and writes then, so that the rows go together.
func (p *pen) paceAll(requests []string) error {
	var paces []row
	for _, r := range requests {
		found, err := p.pace(r)
		if err != nil {
			return err
		}
		paces = append(paces, found...)
	}
	return p.all(paces)
}

func (p *pen) pace(request string) ([]row, error) {
	var price, items, pages int64
	var types string
	err := p.look(`SELECT price_cap, items, pages, answer_types FROM requests WHERE id = ?`, []any{request}, &price, &items, &pages, &types)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, broken("pace", err)
	}
	ms, err := p.answerMs(request, types)
	if err != nil {
		return nil, err
	}
	hourly := int64(math.MaxInt64)
	if price <= math.MaxInt64/hour {
		hourly = price * hour / ms
	}
	return []row{{`UPDATE requests SET hourly = ?, page_ms = ? WHERE id = ?`, []any{hourly, ms * items / max(1, pages), request}}}, nil
}

// answerMs is the mean time of an answer: from lease to commitment, if enough
// of them are known.
func (p *pen) answerMs(request, types string) (int64, error) {
	var ms, answers sql.NullInt64
	err := p.look(`SELECT CAST(SUM(ms) AS BIGINT), CAST(SUM(items) AS BIGINT) FROM (
		SELECT s.committed - s.leased AS ms, i.items AS items FROM submissions s
		JOIN page_items i ON i.request = s.request AND i.round = s.round AND i.page = s.page
		WHERE s.request = ? AND s.committed > 0 ORDER BY s.committed DESC, s.round, s.page, s.contributor LIMIT ?) AS last`,
		[]any{request, paceOf}, &ms, &answers)
	if err != nil {
		return 0, broken("pace", err)
	}
	if answers.Int64 >= enough && ms.Int64 > 0 {
		return max(1, ms.Int64/answers.Int64), nil
	}
	var kinds []string
	if err := json.Unmarshal([]byte(types), &kinds); err != nil {
		return 0, broken("pace", err)
	}
	var usual int64
	for _, k := range kinds {
		usual += usualMs(k)
	}
	return max(usual, usualMs("choice")), nil
}

// add writes state outside of a batch.
func (w *Writer) add(ctx context.Context, state []row, requests []string) error {
	return w.index.writing(ctx, func(p *pen) error {
		if err := p.all(state); err != nil {
			return err
		}
		return p.paceAll(requests)
	})
}

func scanText(r *sql.Rows, s *string) error { return r.Scan(s) }
