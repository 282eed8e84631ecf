package index

import (
	"context"
	"fmt"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// survey writes the state of all there is, for a node that began in the middle
// of the chain or has dropped its first blocks: the events that would have told
// what to ask for are gone, and with them history alone.
func (w *Writer) survey(ctx context.Context) error {
	err := each(func(p *client.PageRequest) ([]marketv1.Request, *client.PageResponse, error) {
		res, err := w.chain.Market().Requests(ctx, &marketv1.QueryRequestsRequest{Pagination: p})
		if err != nil {
			return nil, nil, err
		}
		return res.Requests, res.Pagination, nil
	}, func(r *marketv1.Request) error {
		nouns, err := w.around(ctx, r)
		if err != nil {
			return err
		}
		return w.catchUp(ctx, nouns, r.Id)
	})
	if err != nil {
		return err
	}
	for _, list := range []func(context.Context) ([]noun, error){w.allProfiles, w.allDatasets, w.allModels} {
		nouns, err := list(ctx)
		if err == nil {
			err = w.catchUp(ctx, nouns)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// catchUp reads the state of nouns and writes it.
func (w *Writer) catchUp(ctx context.Context, nouns []noun, requests ...string) error {
	state, err := w.askAll(ctx, nouns)
	if err != nil {
		return err
	}
	return w.add(ctx, state, requests)
}

// each calls do with every element of a list of the node, a page at a time.
func each[T any](ask func(*client.PageRequest) ([]T, *client.PageResponse, error), do func(*T) error) error {
	for page := (&client.PageRequest{}); ; {
		some, next, err := ask(page)
		if err != nil {
			return err
		}
		for i := range some {
			if err := do(&some[i]); err != nil {
				return err
			}
		}
		if next == nil || len(next.NextKey) == 0 {
			return nil
		}
		page = &client.PageRequest{Key: next.NextKey}
	}
}

// gather lists the nouns of every element of a list of the node.
func gather[T any](ask func(*client.PageRequest) ([]T, *client.PageResponse, error), nouns func(*T) []noun) ([]noun, error) {
	var list []noun
	err := each(ask, func(one *T) error {
		list = append(list, nouns(one)...)
		return nil
	})
	return list, err
}

// around lists all nouns of a request.
func (w *Writer) around(ctx context.Context, r *marketv1.Request) ([]noun, error) {
	list, err := gather(func(p *client.PageRequest) ([]marketv1.Bid, *client.PageResponse, error) {
		res, err := w.chain.Market().Bids(ctx, &marketv1.QueryBidsRequest{Request: r.Id, Pagination: p})
		if err != nil {
			return nil, nil, err
		}
		return res.Bids, res.Pagination, nil
	}, func(b *marketv1.Bid) []noun {
		return []noun{
			{kind: aBid, of: r.Id, who: b.Bidder}, {kind: anEngagement, of: r.Id, who: b.Bidder},
			{kind: anAssignment, of: r.Id, who: b.Bidder}, {kind: stakesOf, who: b.Bidder},
		}
	})
	if err != nil {
		return nil, err
	}
	list = append(list, noun{kind: aRequest, of: r.Id}, noun{kind: aProgress, of: r.Id})
	progress, err := w.chain.Work().Progress(ctx, &workv1.QueryProgressRequest{Request: r.Id})
	if err != nil && !fault.Is(err, fault.KindNotFound) {
		return nil, fmt.Errorf("index: survey: %w", err)
	}
	if err == nil {
		for n := int64(1); n <= int64(progress.Progress.Round); n++ {
			for _, k := range []kind{aRound, aLayout, aJob, aVerdict} {
				list = append(list, noun{kind: k, of: r.Id, n: n})
			}
		}
	}
	for m := range int64(max(1, len(r.Terms.Milestones))) {
		for _, k := range []kind{aSettlement, payoutsOf, standingsOf} {
			list = append(list, noun{kind: k, of: r.Id, n: m})
		}
	}
	return list, nil
}

func (w *Writer) allProfiles(ctx context.Context) ([]noun, error) {
	return gather(func(p *client.PageRequest) ([]partyv1.Profile, *client.PageResponse, error) {
		res, err := w.chain.Party().Profiles(ctx, &partyv1.QueryProfilesRequest{Pagination: p})
		if err != nil {
			return nil, nil, err
		}
		return res.Profiles, res.Pagination, nil
	}, func(p *partyv1.Profile) []noun {
		return []noun{{kind: aProfile, who: p.Address}, {kind: standingOf, who: p.Address}}
	})
}

func (w *Writer) allDatasets(ctx context.Context) ([]noun, error) {
	return gather(func(p *client.PageRequest) ([]datasetv1.Dataset, *client.PageResponse, error) {
		res, err := w.chain.Dataset().Datasets(ctx, &datasetv1.QueryDatasetsRequest{Pagination: p})
		if err != nil {
			return nil, nil, err
		}
		return res.Datasets, res.Pagination, nil
	}, func(d *datasetv1.Dataset) []noun { return []noun{{kind: aDataset, of: d.Id, n: int64(d.Version)}} })
}

func (w *Writer) allModels(ctx context.Context) ([]noun, error) {
	return gather(func(p *client.PageRequest) ([]modelv1.Model, *client.PageResponse, error) {
		res, err := w.chain.Model().Models(ctx, &modelv1.QueryModelsRequest{Pagination: p})
		if err != nil {
			return nil, nil, err
		}
		return res.Models, res.Pagination, nil
	}, func(m *modelv1.Model) []noun { return []noun{{kind: aModel, of: m.Id}} })
}
