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

// Requests is a question for requests; zero fields ask for nothing.
type Requests struct {
	Q, Skill, Modality, Language, State, Requester, AnswerType string
	MinPay, MinHourly, DeadlineBefore                          int64
	Sort, Cursor                                               string
	Limit                                                      int
}

// order is a way to sort requests.
type order struct {
	column, sign, direction string
}

func orderOf(sort string) order {
	switch sort {
	case "pay":
		return order{"r.price_cap", "<", "DESC"}
	case "hourly":
		return order{"r.hourly", "<", "DESC"}
	case "deadline":
		return order{"r.bid_deadline", ">", "ASC"}
	}
	return order{"r.posted", "<", "DESC"}
}

const cardColumns = `t.card, r.modality, r.answer_types, r.hourly, r.page_ms, r.items, r.cover, COALESCE(p.answers, 0), COALESCE(p.round, 0)
	FROM requests r JOIN request_texts t ON t.id = r.id LEFT JOIN progress p ON p.request = r.id`

// Requests returns cards.
func (x *Index) Requests(ctx context.Context, f Requests) (view.Page[view.Card], error) {
	list := "requests/" + f.Sort
	at, on, err := after(list, f.Cursor)
	if err != nil {
		return view.Page[view.Card]{}, err
	}
	var q question
	o := orderOf(f.Sort)
	if on {
		q.and("("+o.column+", r.id) "+o.sign+" (?, ?)", at.N, at.ID)
	}
	facets := f.conditions(&q)
	from, args := x.among("requests r", "r.id", "request", f.Q, facets)
	limit := limited(f.Limit)
	sorted := " ORDER BY " + o.column + " " + o.direction + ", r.id " + o.direction
	chosen := "SELECT r.id FROM " + from + q.String() + sorted + " LIMIT ?" // the texts of these alone are read
	query := "SELECT " + o.column + ", " + cardColumns + " WHERE r.id IN (" + chosen + ")" + sorted
	type ranked struct {
		key  int64
		card view.Card
	}
	found, err := rows(ctx, x, func(r *sql.Rows, v *ranked) error { return scanCard(r, &v.card, &v.key) }, query, append(append(args, q.args...), limit+1)...)
	if err != nil {
		return view.Page[view.Card]{}, err
	}
	found, next := pageOf(found, limit, func(v ranked) place { return place{List: list, N: v.key, ID: v.card.ID} })
	cards := make([]view.Card, len(found))
	for i, v := range found {
		cards[i] = v.card
	}
	return view.Page[view.Card]{Items: cards, Next: next}, x.repute(ctx, cards)
}

// conditions adds what is asked for, and returns what of it a search by words
// can look for itself.
func (f Requests) conditions(q *question) (facets []string) {
	for _, c := range []struct{ facet, condition, value string }{
		{"skill", "r.skill = ?", f.Skill}, {"modality", "r.modality = ?", f.Modality}, {"state", "r.state = ?", f.State},
		{"requester", "r.requester = ?", f.Requester},
	} {
		if c.value != "" {
			q.and(c.condition, c.value)
			facets = append(facets, facet(c.facet, c.value))
		}
	}
	for _, c := range []struct {
		condition string
		value     int64
	}{{"r.price_cap >= ?", f.MinPay}, {"r.hourly >= ?", f.MinHourly}, {"r.bid_deadline < ?", f.DeadlineBefore}} {
		if c.value > 0 {
			q.and(c.condition, c.value)
		}
	}
	if f.Language != "" {
		q.has("r.languages", f.Language)
		facets = append(facets, facet("language", f.Language))
	}
	if f.AnswerType != "" {
		q.has("r.answer_types", f.AnswerType)
		facets = append(facets, facet("answer", f.AnswerType))
	}
	return facets
}

// scanCard reads cardColumns behind other columns.
func scanCard(r interface{ Scan(...any) error }, c *view.Card, first ...any) error {
	var card, types string
	var items, cover, answers, round int64
	var modality string
	var hourly, page int64
	if err := r.Scan(append(first, &card, &modality, &types, &hourly, &page, &items, &cover, &answers, &round)...); err != nil {
		return err
	}
	if err := errors.Join(json.Unmarshal([]byte(card), c), json.Unmarshal([]byte(types), &c.AnswerTypes)); err != nil {
		return err
	}
	c.Modality, c.HourlyEstimate, c.CommitmentMs, c.Round = modality, view.Ualy(hourly), page, uint32(round)
	switch {
	case c.State == "closed":
		c.ProgressPpm = uint32(num.One)
	case items > 0 && cover > 0:
		c.ProgressPpm = uint32(min(int64(num.One), answers*int64(num.One)/(items*cover)))
	}
	return nil
}

// Card returns one request's card.
func (x *Index) Card(ctx context.Context, request string) (view.Card, error) {
	var c view.Card
	err := scanCard(x.row(ctx, "SELECT "+cardColumns+" WHERE r.id = ?", request), &c)
	if errors.Is(err, sql.ErrNoRows) {
		return c, fault.NotFound("index: request %.64s: not known", request)
	}
	if err != nil {
		return c, broken("request", err)
	}
	cards := []view.Card{c}
	err = x.repute(ctx, cards)
	return cards[0], err
}

// repute tells of the requesters of cards.
func (x *Index) repute(ctx context.Context, cards []view.Card) error {
	var who []string
	for _, c := range cards {
		who = append(who, c.Requester)
	}
	known, err := x.reputations(ctx, who)
	for i := range cards {
		cards[i].RequesterRep = known[cards[i].Requester]
	}
	return err
}
