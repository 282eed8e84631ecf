package index

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/index/view"
)

// Work returns what an address has in hand and what waits for it at a time.
func (x *Index) Work(ctx context.Context, who string, now id.Time) (view.Work, error) {
	v := view.Work{NextSteps: []view.Step{}}
	bids, err := x.bids(ctx, "b.bidder = ?", who, "", MaxLimit)
	if err != nil {
		return v, err
	}
	v.Bids = bids.Items
	v.Engagements, err = rows(ctx, x, scanAssignment, assignmentColumns+` WHERE e.contributor = ? ORDER BY e.offered DESC, e.request LIMIT ?`, who, MaxLimit)
	if err != nil {
		return v, err
	}
	for i := range v.Engagements {
		a := &v.Engagements[i]
		if err := x.papers(ctx, who, a); err != nil {
			return v, err
		}
		v.NextSteps = append(v.NextSteps, stepsOf(a, int64(now))...)
	}
	duties, err := x.duties(ctx, who)
	v.NextSteps = append(v.NextSteps, duties...)
	slices.SortStableFunc(v.NextSteps, func(a, b view.Step) int {
		return cmp.Or(cmp.Compare(flag(a.Due == 0), flag(b.Due == 0)), cmp.Compare(a.Due, b.Due), cmp.Compare(a.Kind, b.Kind))
	})
	return v, err
}

const assignmentColumns = `SELECT e.body, COALESCE(a.units, 0), COALESCE(a.suspended, 0), r.card, r.body, COALESCE(o.body, '{}')
	FROM engagements e JOIN request_texts r ON r.id = e.request
	LEFT JOIN assignments a ON a.request = e.request AND a.contributor = e.contributor
	LEFT JOIN progress p ON p.request = e.request LEFT JOIN rounds o ON o.request = e.request AND o.number = p.round`

func scanAssignment(r *sql.Rows, v *view.Assignment) error {
	var body, card, request, round string
	var units, suspended int64
	if err := r.Scan(&body, &units, &suspended, &card, &request, &round); err != nil {
		return err
	}
	var c view.Card
	var o view.Round
	err := errors.Join(unmarshal(body, &v.Engagement), unmarshal(card, &c), unmarshal(round, &o))
	v.Done, v.Suspended = uint64(units), suspended > 0
	v.Title, v.RequestState, v.Skill = c.Title, c.State, c.Skill
	v.Round, v.RoundState, v.Deadline = o.Number, o.State, o.Deadline
	return err
}

// papers adds the pages that a contributor has and had.
func (x *Index) papers(ctx context.Context, who string, a *view.Assignment) error {
	a.OpenLeases = []view.Lease{}
	body, err := x.body(ctx, a.Request)
	if err != nil {
		return err
	}
	a.Submissions, err = rows(ctx, x, func(r *sql.Rows, v *view.Submission) error {
		return r.Scan(&v.Round, &v.Page, &v.State, &v.Items, &v.LeasedAt, &v.CommittedAt, &v.RevealedAt, &v.Content)
	}, `SELECT s.round, s.page, s.state, COALESCE(i.items, 0), s.leased, s.committed, s.revealed, s.content FROM submissions s
		LEFT JOIN page_items i ON i.request = s.request AND i.round = s.round AND i.page = s.page
		WHERE s.contributor = ? AND s.request = ? ORDER BY s.leased DESC, s.round DESC, s.page LIMIT ?`, who, a.Request, newest)
	for _, s := range a.Submissions {
		if s.State == "leased" {
			a.OpenLeases = append(a.OpenLeases, view.Lease{Round: s.Round, Page: s.Page, Expires: s.LeasedAt + body.LeaseMs})
		}
	}
	return err
}

// stepsOf says what a contributor is to do next on a request.
func stepsOf(a *view.Assignment, now int64) []view.Step {
	step := func(kind string, page uint32, due int64) view.Step {
		return view.Step{Kind: kind, Request: a.Request, Title: a.Title, Round: a.Round, Page: page, Due: due}
	}
	if a.State == "offered" && a.AcceptBy > now {
		return []view.Step{step("accept", 0, a.AcceptBy)}
	}
	var steps []view.Step
	for _, l := range a.OpenLeases {
		if l.Expires > now {
			steps = append(steps, step("answer", l.Page, l.Expires))
		}
	}
	if a.RoundState == "revealing" {
		for _, s := range a.Submissions {
			if s.State == "committed" && s.Round == a.Round {
				steps = append(steps, step("reveal", s.Page, a.Deadline))
			}
		}
	}
	if len(steps) == 0 && a.State == "active" && a.RoundState == "committing" && !a.Suspended && a.Done < a.Units {
		steps = append(steps, step("lease", 0, a.Deadline))
	}
	return steps
}

// duties says what requests wait for their requester.
func (x *Index) duties(ctx context.Context, who string) ([]view.Step, error) {
	found, err := rows(ctx, x, func(r *sql.Rows, v *[]view.Step) error {
		var card, body, round, release string
		var due int64
		if err := r.Scan(&card, &body, &round, &release, &due); err != nil {
			return err
		}
		var c view.Card
		var b requestBody
		var o view.Round
		err := errors.Join(unmarshal(card, &c), unmarshal(body, &b), unmarshal(round, &o))
		*v = dutiesOf(c, b, o)
		if release != "" {
			*v = append(*v, view.Step{Kind: "review", Request: c.ID, Title: c.Title, Due: due})
		}
		return err
	}, `SELECT t.card, t.body, COALESCE(o.body, '{}'), COALESCE(s.state, ''), COALESCE(s.release_at, 0) FROM requests r JOIN request_texts t ON t.id = r.id
		LEFT JOIN progress p ON p.request = r.id LEFT JOIN rounds o ON o.request = r.id AND o.number = p.round
		LEFT JOIN settlements s ON s.request = r.id AND s.state = 'review'
		WHERE r.requester = ? AND r.state IN ('open', 'matched', 'working', 'settling') ORDER BY r.posted DESC, r.id LIMIT ?`, who, MaxLimit)
	return slices.Concat(found...), err
}

func dutiesOf(c view.Card, b requestBody, o view.Round) []view.Step {
	step := func(kind string, due int64) []view.Step {
		return []view.Step{{Kind: kind, Request: c.ID, Title: c.Title, Round: o.Number, Due: due}}
	}
	switch {
	case c.State == "open" && c.Matching == "manual" && c.Bids > 0:
		return step("award", c.BidDeadline)
	case o.State == "gold" && b.Gold > 0:
		return step("reveal_gold", o.Deadline)
	case o.State == "committing" && o.Leased == 0 && o.Committed > 0:
		return step("close_round", o.Deadline)
	}
	return nil
}
