package api

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"

	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/index"
	"github.com/alaya-network/alaya/index/view"
)

func (a *API) modelRoutes() []route {
	model := modelParam()
	return []route{
		get("/models", "listModels", "Models, the newest first.", view.Page[view.Model]{}, a.models, list(
			textParam("q", "words in name, family and licence"), textParam("family", "such as naive_bayes"),
			enumParam("incentive", "what contributors get", "points,deposit,bounty"),
			enumParam("state", "of the model", "live,replaced,retired"))...),
		get("/models/{id}", "getModel", "A model with its terms.", view.ModelDetail{}, a.model, model),
		get("/models/{id}/contributions", "listContributions", "What it was given.", view.Page[view.Contribution]{}, a.contributions,
			list(model, addressParam("author", "of this one only"))...),
		get("/models/{id}/leaderboard", "listLeaderboard", "Its contributors, the best first.", view.Page[view.Rank]{}, a.leaderboard, list(model)...),
		get("/models/{id}/markets", "listMarkets", "Its calls for improvement.", view.Page[view.ModelMarket]{}, a.markets, list(model)...),
		get("/models/{id}/history", "listHistory", "Its log.", view.Page[view.Entry]{}, a.history, list(model)...),
	}
}

func (a *API) models(c *call) (any, error) {
	return a.Index.Models(c.Context(), index.Models{
		Q: c.text("q"), Family: c.text("family"), Incentive: c.text("incentive"), State: c.text("state"),
		Cursor: c.text("cursor"), Limit: c.limit(),
	})
}

func (a *API) model(c *call) (any, error) {
	m, res, err := learner.Record(c.Context(), a.Client, id.ModelID(c.text("id")))
	if err != nil {
		return nil, err
	}
	v := index.ModelOf(res)
	e, err := a.encoder(c.Context(), m.Terms)
	if fault.Is(err, fault.KindNotFound) {
		return v, nil
	}
	if err != nil {
		return nil, err
	}
	v.Fields, v.Labels = learner.Fields(e), append(v.Labels, e.Labels...)
	v.Encoder, err = json.Marshal(e)
	return v, err
}

// fromNode asks the node for one page of a list; the cursor is the node's key.
func fromNode[P, V any](c *call, show func(*P) V, ask func(*client.PageRequest) ([]P, *client.PageResponse, error)) (any, error) {
	page := &client.PageRequest{Limit: uint64(c.limit())}
	if text := c.text("cursor"); text != "" {
		key, err := base64.RawURLEncoding.Strict().DecodeString(text)
		if err != nil || len(key) == 0 {
			return nil, fault.Invalid("api: cursor %.50q: not one of this list", text)
		}
		page.Key = key
	}
	some, next, err := ask(page)
	if err != nil {
		return nil, err
	}
	v := view.Page[V]{Items: make([]V, len(some))}
	for i := range some {
		v.Items[i] = show(&some[i])
	}
	if next != nil {
		v.Next = base64.RawURLEncoding.EncodeToString(next.NextKey)
	}
	return v, nil
}

func (a *API) contributions(c *call) (any, error) {
	return fromNode(c, contributionOf, func(p *client.PageRequest) ([]modelv1.Contribution, *client.PageResponse, error) {
		res, err := a.Client.Model().Contributions(c.Context(),
			&modelv1.QueryContributionsRequest{Model: c.text("id"), Author: c.text("author"), Pagination: p})
		if err != nil {
			return nil, nil, err
		}
		return res.Contributions, res.Pagination, nil
	})
}

func contributionOf(m *modelv1.Contribution) view.Contribution {
	return view.Contribution{
		Number: m.Number, Author: m.Author, State: index.EnumName(m.State.String(), "CONTRIBUTION_STATE_"), At: m.At,
		Deadline: m.Deadline, Deposit: view.Ualy(m.Deposit), Reports: m.Reports, CopyOf: m.CopyOf, Entry: m.Entry,
		Label: m.Offer.Label, Class: m.Class, Margin: m.Margin, Content: m.Offer.Content, Licence: m.Offer.Licence,
	}
}

func (a *API) leaderboard(c *call) (any, error) {
	return fromNode(c, rankOf, func(p *client.PageRequest) ([]modelv1.Rank, *client.PageResponse, error) {
		res, err := a.Client.Model().Leaderboard(c.Context(), &modelv1.QueryLeaderboardRequest{Model: c.text("id"), Pagination: p})
		if err != nil {
			return nil, nil, err
		}
		return res.Ranks, res.Pagination, nil
	})
}

func rankOf(m *modelv1.Rank) view.Rank {
	badges := m.Badges
	if badges == nil {
		badges = []string{}
	}
	return view.Rank{
		Party: m.Contributor.Address, Points: m.Points, Level: m.Level, Badges: badges, Given: m.Contributor.Given,
		Confirmed: m.Contributor.Confirmed, Rejected: m.Contributor.Rejected, Neutral: m.Contributor.Neutral,
		Due: view.Ualy(m.Due), Claimed: view.Ualy(m.Contributor.Claimed),
	}
}

func (a *API) markets(c *call) (any, error) {
	return fromNode(c, marketOf, func(p *client.PageRequest) ([]modelv1.Market, *client.PageResponse, error) {
		res, err := a.Client.Model().Markets(c.Context(), &modelv1.QueryMarketsRequest{Model: c.text("id"), Pagination: p})
		if err != nil {
			return nil, nil, err
		}
		return res.Markets, res.Pagination, nil
	})
}

func marketOf(m *modelv1.Market) view.ModelMarket {
	t := m.Terms
	return view.ModelMarket{
		Number: m.Number, Provider: m.Provider, State: index.EnumName(m.State.String(), "MARKET_STATE_"), Bounty: view.Ualy(t.Bounty),
		Bond: view.Ualy(t.Bond), Stake: view.Ualy(t.Stake), Batches: m.Batches, Opened: m.Opened, Settled: m.Settled,
		SampleBy: t.SampleBy, JoinBy: t.JoinBy, OpenBy: t.OpenBy, RevealBy: t.RevealBy,
	}
}

func (a *API) history(c *call) (any, error) {
	return fromNode(c, entryOf, func(p *client.PageRequest) ([]modelv1.Entry, *client.PageResponse, error) {
		res, err := a.Client.Model().Entries(c.Context(), &modelv1.QueryEntriesRequest{Model: c.text("id"), Pagination: p})
		if err != nil {
			return nil, nil, err
		}
		return res.Entries, res.Pagination, nil
	})
}

func entryOf(m *modelv1.Entry) view.Entry {
	return view.Entry{
		Number: m.Number, Kind: index.EnumName(m.Kind.String(), "ENTRY_KIND_"), Contribution: m.Contribution, To: m.To,
		Generation: m.Generation, Other: m.Other, Height: m.Height, At: m.At, Root: hex.EncodeToString(m.Root),
	}
}
