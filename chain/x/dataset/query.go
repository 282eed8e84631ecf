package dataset

import (
	"context"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	"github.com/alaya-network/alaya/wire"
)

// queryServer answers the Query service.
type queryServer struct{ *Keeper }

// NewQueryServer serves the queries of the stage.
func NewQueryServer(k *Keeper) datasetv1.QueryServer { return queryServer{k} }

// Dataset returns the newest version, or the one asked for.
func (q queryServer) Dataset(ctx context.Context, r *datasetv1.QueryDatasetRequest) (*datasetv1.QueryDatasetResponse, error) {
	d, err := q.Keeper.Dataset(ctx, id.DatasetID(r.Id), r.Version)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &datasetv1.QueryDatasetResponse{Dataset: *wire.DatasetToProto(d)}, nil
}

// Versions lists the versions of a dataset.
func (q queryServer) Versions(ctx context.Context, r *datasetv1.QueryVersionsRequest) (*datasetv1.QueryVersionsResponse, error) {
	versions, page, err := q.list(ctx, r.Pagination, query.WithCollectionPaginationPairPrefix[string, uint32](r.Id))
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &datasetv1.QueryVersionsResponse{Datasets: versions, Pagination: page}, nil
}

// Datasets lists all versions of all datasets.
func (q queryServer) Datasets(ctx context.Context, r *datasetv1.QueryDatasetsRequest) (*datasetv1.QueryDatasetsResponse, error) {
	versions, page, err := q.list(ctx, r.Pagination)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &datasetv1.QueryDatasetsResponse{Datasets: versions, Pagination: page}, nil
}

// maxPage bounds a page of a list.
const maxPage = 1_000

func (q queryServer) list(ctx context.Context, p *query.PageRequest, of ...func(*query.CollectionsPaginateOptions[versionKey])) ([]datasetv1.Dataset, *query.PageResponse, error) {
	if p != nil {
		bounded := *p
		bounded.Limit = min(p.Limit, maxPage)
		p = &bounded
	}
	return query.CollectionPaginate(ctx, q.versions, p,
		func(_ versionKey, d datasetv1.Dataset) (datasetv1.Dataset, error) { return d, nil }, of...)
}
