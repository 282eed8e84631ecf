package index

import (
	"context"
	"database/sql"
	"errors"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/party"
	"github.com/alaya-network/alaya/index/view"
)

// Party returns what is known of an address, without its balance; nobody is
// unknown.
func (x *Index) Party(ctx context.Context, who string) (view.Party, error) {
	p := view.Party{Address: who, Profile: view.Profile{Roles: []string{}, Skills: []string{}, Languages: []string{}}}
	err := x.optional(ctx, &p.Profile, `SELECT body FROM profiles WHERE address = ?`, who)
	if err != nil {
		return p, err
	}
	err = x.row(ctx, `SELECT COALESCE((SELECT since FROM parties WHERE address = ?), 0), COALESCE((SELECT strikes FROM conducts WHERE address = ?), 0)`, who, who).
		Scan(&p.Since, &p.Strikes)
	if err != nil {
		return p, broken("party", err)
	}
	if p.Standings, err = x.standings(ctx, who); err != nil {
		return p, err
	}
	known, err := x.reputations(ctx, []string{who})
	if err != nil {
		return p, err
	}
	p.AsRequester.Reputation = known[who]
	err = x.row(ctx, `SELECT CAST(COALESCE(SUM(l.amount), 0) AS BIGINT) FROM releases l JOIN requests r ON r.id = l.request WHERE r.requester = ?`, who).
		Scan(&p.AsRequester.Paid)
	if err != nil {
		return p, broken("party", err)
	}
	p.Stakes, err = rows(ctx, x, scanJSON[view.Stake], `SELECT body FROM stakes WHERE owner = ? ORDER BY request LIMIT ?`, who, MaxLimit)
	return p, err
}

// optional reads one document, if there is one.
func (x *Index) optional(ctx context.Context, into any, query string, args ...any) error {
	found, err := rows(ctx, x, scanText, query, args...)
	if err != nil || len(found) == 0 {
		return err
	}
	return x.json(ctx, into, "document", query, args...)
}

// standings returns the standings of an address, the best first.
func (x *Index) standings(ctx context.Context, who string) ([]view.Standing, error) {
	return rows(ctx, x, func(r *sql.Rows, v *view.Standing) error {
		var s party.Standing
		var below, all int64
		if err := r.Scan(&v.Skill, &v.ScorePpm, &s.Right, &s.Wrong, &s.Settled, &s.Updated, &below, &all); err != nil {
			return err
		}
		v.Answers, v.Settled = uint64((s.Right+s.Wrong)/int64(num.One)), view.Ualy(s.Settled)
		v.Level = string(s.Level(s.Updated, party.DefaultParams().HalfLife))
		v.PercentilePpm = uint32(below * int64(num.One) / max(1, all))
		return nil
	}, `SELECT s.skill, s.score, s.correct, s.wrong, s.settled, s.updated,
		(SELECT COUNT(*) FROM standings o WHERE o.skill = s.skill AND o.score < s.score),
		(SELECT COUNT(*) FROM standings o WHERE o.skill = s.skill)
		FROM standings s WHERE s.address = ? ORDER BY s.score DESC, s.skill LIMIT ?`, who, MaxLimit)
}

// reputations tells how requesters have treated others, by address.
func (x *Index) reputations(ctx context.Context, who []string) (map[string]view.Reputation, error) {
	known := map[string]view.Reputation{}
	var list []string
	for _, w := range who {
		if _, twice := known[w]; !twice {
			known[w] = view.Reputation{}
			list = append(list, w)
		}
	}
	if len(list) == 0 {
		return known, nil
	}
	in := " IN (" + marks(len(list)) + ")"
	type fact struct {
		who, name      string
		n, contests, o int64
	}
	facts, err := rows(ctx, x, func(r *sql.Rows, f *fact) error { return r.Scan(&f.who, &f.name, &f.n, &f.contests, &f.o) },
		`SELECT address, name, 0, 0, 0 FROM profiles WHERE address`+in+
			` UNION ALL SELECT requester, '', COUNT(*), 0, 0 FROM requests WHERE requester`+in+` GROUP BY requester`+
			` UNION ALL SELECT address, '', 0, contests, overturned FROM conducts WHERE address`+in,
		append(append(anys(list), anys(list)...), anys(list)...)...)
	for _, f := range facts {
		r := known[f.who]
		r.Name += f.name
		r.Requests += uint64(f.n)
		r.Contested += uint64(f.contests)
		r.Overturned += uint64(f.o)
		if r.Contested > 0 {
			r.OverturnedPpm = uint32(r.Overturned * uint64(num.One) / r.Contested)
		}
		known[f.who] = r
	}
	return known, err
}

// Earnings returns what an address has earned, and when the rest comes.
func (x *Index) Earnings(ctx context.Context, who string) (view.Earnings, error) {
	v := view.Earnings{Pending: []view.Due{}}
	err := x.row(ctx, `SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT),
		CAST(COALESCE(SUM(CASE WHEN state = 'released' THEN amount ELSE 0 END), 0) AS BIGINT) FROM payouts WHERE contributor = ?`, who).
		Scan(&v.Earned, &v.Released)
	if err != nil {
		return v, broken("earnings", err)
	}
	var ms sql.NullInt64
	err = x.row(ctx, `SELECT CAST(SUM(s.committed - s.leased) AS BIGINT) FROM submissions s WHERE s.contributor = ? AND s.committed > 0
		AND EXISTS (SELECT 1 FROM payouts p WHERE p.contributor = s.contributor AND p.request = s.request)`, who).Scan(&ms)
	if err != nil {
		return v, broken("earnings", err)
	}
	if ms.Int64 > 0 {
		amount, err := num.Amount(v.Earned).MulDiv(hour, ms.Int64, num.Down)
		if err == nil {
			v.Hourly = view.Ualy(amount)
		}
	}
	if v.Entries, err = x.entries(ctx, who); err != nil {
		return v, err
	}
	for _, e := range v.Entries {
		if e.State != "released" {
			v.Pending = append(v.Pending, view.Due{Request: e.Request, Amount: e.Amount, ReleaseAt: e.ReleaseAt})
		}
	}
	return v, nil
}

// newest is how many things of one party a view shows.
const newest = 200

func (x *Index) entries(ctx context.Context, who string) ([]view.Earning, error) {
	return rows(ctx, x, scanEarning, `SELECT p.request, p.milestone, p.state, p.amount, p.body, COALESCE(r.card, '{}'), COALESCE(r.body, '{}'),
		COALESCE(s.round, 0), COALESCE(s.release_at, 0), COALESCE(l.at, 0), COALESCE(c.state, ''), COALESCE(c.reason, ''),
		COALESCE(c.evidence, ''), COALESCE(c.opened, 0)
		FROM payouts p LEFT JOIN request_texts r ON r.id = p.request
		LEFT JOIN settlements s ON s.request = p.request AND s.milestone = p.milestone
		LEFT JOIN releases l ON l.request = p.request AND l.milestone = p.milestone AND l.contributor = p.contributor
		LEFT JOIN contests c ON c.request = p.request AND c.milestone = p.milestone AND c.contributor = p.contributor
		WHERE p.contributor = ? ORDER BY COALESCE(s.release_at, 0) DESC, p.request, p.milestone LIMIT ?`, who, newest)
}

func scanEarning(r *sql.Rows, v *view.Earning) error {
	var payout, card, body string
	var contest view.Contest
	err := r.Scan(&v.Request, &v.Milestone, &v.State, &v.Amount, &payout, &card, &body, &v.Round, &v.ReleaseAt, &v.ReleasedAt,
		&contest.State, &contest.Reason, &contest.Evidence, &contest.OpenedAt)
	if err != nil {
		return err
	}
	var e earned
	var c view.Card
	var b requestBody
	if err := errors.Join(unmarshal(payout, &e), unmarshal(card, &c), unmarshal(body, &b)); err != nil {
		return err
	}
	v.Title, v.Answers, v.ScorePpm, v.FactorPpm, v.Worthless = c.Title, e.Answers, e.Skill, e.Factor, e.Worthless
	if contest.State != "" {
		contest.Deadline = contest.OpenedAt + b.Contest
		v.Contested = &contest
	}
	return nil
}
