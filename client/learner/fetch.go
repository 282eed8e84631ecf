package learner

import (
	"context"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"

	"github.com/cosmos/cosmos-sdk/types/query"
)

// Bounds of what a node may send of one model.
const (
	maxRecords = 20_000_000 // entries, contributions, parameters
	perPage    = 1000
)

// Record fetches a model's record, as of the height of ctx.
func Record(ctx context.Context, c *client.Client, m id.ModelID) (model.Model, *modelv1.QueryModelResponse, error) {
	res, err := c.Model().Model(ctx, &modelv1.QueryModelRequest{Model: string(m)})
	if err != nil {
		return model.Model{}, nil, err
	}
	record, err := wire.ModelFromProto(&res.Model)
	return record, res, err
}

// Fetch fetches the tape of a model. Reading at one height (client.AtHeight)
// gives a tape that is in step with itself.
func Fetch(ctx context.Context, c *client.Client, m id.ModelID) (t Tape, err error) {
	own, _, err := Record(ctx, c, m)
	if err != nil {
		return t, err
	}
	for _, v := range own.Lineage {
		parent, _, err := Record(ctx, c, v.Model)
		if err != nil {
			return t, err
		}
		part, err := fetchPart(ctx, c, parent)
		if err != nil {
			return t, err
		}
		t.Parts = append(t.Parts, part)
	}
	part, err := fetchPart(ctx, c, own)
	if err != nil {
		return t, err
	}
	t.Parts = append(t.Parts, part)
	t.Seed, err = fetchSeed(ctx, c, own)
	return t, err
}

// fetchSeed reads the seed and holds it against the content id in the terms.
func fetchSeed(ctx context.Context, c *client.Client, m model.Model) ([]learn.Entry, error) {
	if m.Terms.Seed == "" {
		return nil, nil
	}
	res, err := c.Model().Seed(ctx, &modelv1.QuerySeedRequest{Model: string(m.ID)})
	if err != nil {
		return nil, err
	}
	if got := client.CIDOf(res.Seed); got != m.Terms.Seed {
		return nil, fault.Invalid("learner: seed of %s is %s, its terms say %s", m.ID, got, m.Terms.Seed)
	}
	return learn.DecodeCells(res.Seed, maxRecords)
}

func fetchPart(ctx context.Context, c *client.Client, m model.Model) (p Part, err error) {
	p.Model = m
	if p.Log, err = Log(ctx, c, m); err != nil {
		return p, err
	}
	p.Items, err = all(m, func(page *query.PageRequest) ([]modelv1.Contribution, *query.PageResponse, error) {
		res, err := c.Model().Contributions(ctx, &modelv1.QueryContributionsRequest{Model: string(m.ID), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		return res.Contributions, res.Pagination, nil
	}, wire.ContributionFromProto)
	return p, err
}

// Log fetches the log of a model.
func Log(ctx context.Context, c *client.Client, m model.Model) ([]model.Entry, error) {
	return all(m, func(page *query.PageRequest) ([]modelv1.Entry, *query.PageResponse, error) {
		res, err := c.Model().Entries(ctx, &modelv1.QueryEntriesRequest{Model: string(m.ID), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		return res.Entries, res.Pagination, nil
	}, wire.ModelEntryFromProto)
}

// Parameters fetches the live parameters of a model.
func Parameters(ctx context.Context, c *client.Client, m model.Model) ([]learn.Entry, error) {
	return all(m, func(page *query.PageRequest) ([]modelv1.Cell, *query.PageResponse, error) {
		page.Limit = perPage / 20 // counted in chunks
		res, err := c.Model().Parameters(ctx, &modelv1.QueryParametersRequest{Model: string(m.ID), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		return res.Cells, res.Pagination, nil
	}, func(cell *modelv1.Cell) (learn.Entry, error) {
		if cell.Table > 255 {
			return learn.Entry{}, fault.Invalid("learner: parameter in table %d: at most 255", cell.Table)
		}
		return learn.Entry{Cell: learn.Cell{Table: uint8(cell.Table), Class: cell.Class, Index: cell.Index}, Value: cell.Value}, nil
	})
}

// all asks for page after page.
func all[P, T any](m model.Model, ask func(*query.PageRequest) ([]P, *query.PageResponse, error), from func(*P) (T, error)) ([]T, error) {
	var found []T
	page := &query.PageRequest{Limit: perPage}
	for {
		some, next, err := ask(page)
		if err != nil {
			return nil, err
		}
		for i := range some {
			v, err := from(&some[i])
			if err != nil {
				return nil, err
			}
			found = append(found, v)
		}
		if next == nil || len(next.NextKey) == 0 {
			return found, nil
		}
		if len(found) > maxRecords {
			return nil, fault.Limit("learner: more than %d records of %s", maxRecords, m.ID)
		}
		page = &query.PageRequest{Key: next.NextKey, Limit: perPage}
	}
}
