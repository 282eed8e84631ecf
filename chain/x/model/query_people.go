package model

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/points"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// Contribution returns a contribution with its reports and votes.
func (q queryServer) Contribution(ctx context.Context, r *modelv1.QueryContributionRequest) (*modelv1.QueryContributionResponse, error) {
	d := q.k.bare(ctx, model.Model{ID: id.ModelID(r.Model)})
	c, err := d.item(r.Number)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	res := &modelv1.QueryContributionResponse{Contribution: *wire.ContributionToProto(c)}
	reports, err := d.reports(c)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	for _, report := range reports {
		res.Reports = append(res.Reports, *wire.ReportToProto(report))
	}
	ballot, err := d.ballot(c)
	res.Votes = wire.BallotToProto(ballot).Votes
	return res, kit.Err(Name, err)
}

// Contributions lists the contributions of a model; of one author, if given,
// from the last to the first.
func (q queryServer) Contributions(ctx context.Context, r *modelv1.QueryContributionsRequest) (*modelv1.QueryContributionsResponse, error) {
	res, err := q.contributions(ctx, r)
	return res, kit.Err(Name, err)
}

func (q queryServer) contributions(ctx context.Context, r *modelv1.QueryContributionsRequest) (*modelv1.QueryContributionsResponse, error) {
	items := q.k.items.open(ctx, r.Model)
	if r.Author == "" {
		m, err := q.k.models.Get(ctx, r.Model)
		if err != nil {
			return nil, missing(err, "no model %.40q", r.Model)
		}
		list, page, err := numbered(items.get, m.Contributions, r.Pagination)
		return &modelv1.QueryContributionsResponse{Contributions: list, Pagination: page}, err
	}
	who, err := q.k.address(r.Author)
	if err != nil {
		return nil, err
	}
	w, err := q.k.Contributor(ctx, id.ModelID(r.Model), who)
	if err != nil {
		return nil, err
	}
	if r.Pagination.GetReverse() {
		return nil, fault.Invalid("model: contributions of %s come from the last to the first, not in reverse", who)
	}
	list, page, err := turned(r.Pagination, w.Last, func(number uint64) (c modelv1.Contribution, next uint64, err error) {
		if c, err = items.get(number); err == nil && c.Author != r.Author {
			err = fault.Invalid("model: page key: contribution %d is not %s's", number, who)
		}
		return c, c.Previous, err
	})
	return &modelv1.QueryContributionsResponse{Contributions: list, Pagination: page}, err
}

// Contributor returns what a model knows of an address.
func (q queryServer) Contributor(ctx context.Context, r *modelv1.QueryContributorRequest) (*modelv1.QueryContributorResponse, error) {
	d, err := q.k.openText(ctx, r.Model)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	who, err := q.k.address(r.Address)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	w, err := d.person(who)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	rank, err := d.rank(w)
	return &modelv1.QueryContributorResponse{Rank: rank}, kit.Err(Name, err)
}

// Leaderboard lists the best contributors of a model.
func (q queryServer) Leaderboard(ctx context.Context, r *modelv1.QueryLeaderboardRequest) (*modelv1.QueryLeaderboardResponse, error) {
	if err := kit.CheckPage(r.Pagination); err != nil {
		return nil, kit.Err(Name, err)
	}
	d, err := q.k.openText(ctx, r.Model)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	ofModel := func(o *query.CollectionsPaginateOptions[[]byte]) {
		prefix := []byte(r.Model)
		o.Prefix = &prefix
	}
	ranks, page, err := query.CollectionPaginate(ctx, q.k.ranks, r.Pagination, func(key []byte, _ collections.NoValue) (modelv1.Rank, error) {
		p, err := q.k.people.Get(ctx, ranked(key))
		if err != nil {
			return modelv1.Rank{}, err
		}
		w, err := wire.ContributorFromProto(&p)
		if err != nil {
			return modelv1.Rank{}, err
		}
		return d.rank(w)
	}, ofModel)
	return &modelv1.QueryLeaderboardResponse{Ranks: ranks, Pagination: page}, kit.Err(Name, err)
}

// rank says what follows from a contributor's counts.
func (d *desk) rank(w model.Contributor) (modelv1.Rank, error) {
	due, err := d.purse.Due(w)
	score := points.Points(w)
	return modelv1.Rank{
		Contributor: *wire.ContributorToProto(w), Points: score, Level: points.LevelOf(score).String(),
		Badges: points.BadgeNames(w.Badges), Due: int64(due),
	}, err
}
