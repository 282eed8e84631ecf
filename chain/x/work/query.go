package work

import (
	"context"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// queryServer answers the Query service, a file per noun.
type queryServer struct{ *Keeper }

// NewQueryServer serves the queries of the stage.
func NewQueryServer(k *Keeper) workv1.QueryServer { return queryServer{k} }

// maxPage bounds a page of any list.
const maxPage = 1_000

// list reads a page of a collection, of the keys that begin with prefix.
func list[K, V any, C query.Collection[K, V]](ctx context.Context, of C, p *query.PageRequest, prefix K) ([]V, *query.PageResponse, error) {
	if p != nil {
		bounded := *p
		bounded.Limit = min(p.Limit, maxPage)
		p = &bounded
	}
	values, page, err := query.CollectionPaginate(ctx, of, p,
		func(_ K, v V) (V, error) { return v, nil },
		func(o *query.CollectionsPaginateOptions[K]) { o.Prefix = &prefix })
	return values, page, kit.Err(Name, err)
}
