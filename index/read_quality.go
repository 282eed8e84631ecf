package index

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/index/view"
)

const verdictColumns = `SELECT j.request, j.round, j.body, COALESCE(v.body, '{}'), COALESCE(b.height, 0), COALESCE(b.at, 0), COALESCE(r.body, '{}')
	FROM jobs j LEFT JOIN verdicts v ON v.request = j.request AND v.round = j.round
	LEFT JOIN verdict_blocks b ON b.request = j.request AND b.round = j.round LEFT JOIN request_texts r ON r.id = j.request`

func scanVerdict(r *sql.Rows, v *view.Verdict) error {
	var request, job, verdict, body string
	var round uint32
	var height, at int64
	if err := r.Scan(&request, &round, &job, &verdict, &height, &at, &body); err != nil {
		return err
	}
	var j jobBody
	var b requestBody
	v.SuspendedList = []string{}
	err := errors.Join(json.Unmarshal([]byte(verdict), v), json.Unmarshal([]byte(job), &j), json.Unmarshal([]byte(body), &b))
	v.Request, v.Round, v.Height, v.At = request, round, height, at
	v.State, v.Attempt, v.Digest, v.Power, v.TotalPower, v.VoteCount = j.State, j.Attempt, j.Digest, j.Power, j.TotalPower, j.Votes
	v.Measure.Metric, v.Measure.Threshold, v.Measure.Confidence = b.Clause.Metric, uint32(b.Clause.Threshold), uint32(b.Clause.Confidence)
	return err
}

// Verdicts returns the jobs of a request with what they came to.
func (x *Index) Verdicts(ctx context.Context, request, cursor string, limit int) (view.Page[view.Verdict], error) {
	const list = "verdicts"
	at, _, err := after(list, cursor)
	if err != nil {
		return view.Page[view.Verdict]{}, err
	}
	limit = limited(limit)
	found, err := rows(ctx, x, scanVerdict, verdictColumns+` WHERE j.request = ? AND j.round > ? ORDER BY j.round LIMIT ?`, request, at.N, limit+1)
	items, next := pageOf(found, limit, func(v view.Verdict) place { return place{List: list, N: int64(v.Round)} })
	return view.Page[view.Verdict]{Items: items, Next: next}, err
}

// Verdict returns the verdict of a round with who voted for it.
func (x *Index) Verdict(ctx context.Context, request string, round int64) (view.VerdictDetail, error) {
	var v view.VerdictDetail
	found, err := rows(ctx, x, scanVerdict, verdictColumns+` WHERE j.request = ? AND j.round = ?`, request, round)
	if err != nil {
		return v, err
	}
	if len(found) == 0 {
		return v, fault.NotFound("index: verdict of round %d of request %.64s: not known", round, request)
	}
	v.Verdict = found[0]
	v.ByValidator, err = rows(ctx, x, func(r *sql.Rows, o *view.Vote) error {
		err := r.Scan(&o.Validator, &o.Digest, &o.Height)
		o.Agrees = o.Digest == v.Digest
		return err
	}, `SELECT validator, digest, height FROM votes WHERE request = ? AND round = ? ORDER BY validator`, request, round)
	return v, err
}

// Report returns the content id of the report of a round's verdict, "" for
// none.
func (x *Index) Report(ctx context.Context, request string, round uint32) (string, error) {
	var v view.Verdict
	err := x.optional(ctx, &v, `SELECT body FROM verdicts WHERE request = ? AND round = ?`, request, int64(round))
	return v.Report, err
}

// recentBlocks is how many blocks tell who proposes.
const recentBlocks = 1000

// Activity counts the last blocks by proposer, and votes by validator.
func (x *Index) Activity(ctx context.Context) (proposed, voted map[string]uint64, err error) {
	type count struct {
		who string
		n   uint64
	}
	scan := func(r *sql.Rows, c *count) error { return r.Scan(&c.who, &c.n) }
	collect := func(list []count) map[string]uint64 {
		m := make(map[string]uint64, len(list))
		for _, c := range list {
			m[c.who] = c.n
		}
		return m
	}
	blocks, err := rows(ctx, x, scan, `SELECT proposer, COUNT(*) FROM (SELECT proposer FROM blocks ORDER BY height DESC LIMIT ?) AS last GROUP BY proposer`, recentBlocks)
	if err != nil {
		return nil, nil, err
	}
	votes, err := rows(ctx, x, scan, `SELECT validator, COUNT(*) FROM votes GROUP BY validator`)
	return collect(blocks), collect(votes), err
}
