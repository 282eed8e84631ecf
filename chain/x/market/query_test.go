package market_test

import (
	"slices"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

// ids lists requests of one state, page by page of two.
func (c *chain) ids(state marketv1.RequestState) []string {
	c.t.Helper()
	var ids []string
	page := &query.PageRequest{Limit: 2}
	for {
		reply, err := c.query.Requests(c.Ctx, &marketv1.QueryRequestsRequest{State: state, Pagination: page})
		if err != nil {
			c.t.Fatal(err)
		}
		for _, r := range reply.Requests {
			if state != 0 && r.State != state {
				c.t.Errorf("asked for %s, got %s in %s", state, r.Id, r.State)
			}
			ids = append(ids, r.Id)
		}
		if len(reply.Requests) > 2 {
			c.t.Fatalf("a page of %d, want 2 at most", len(reply.Requests))
		}
		if page.Key = reply.Pagination.NextKey; len(page.Key) == 0 {
			return ids
		}
	}
}

func TestRequestsAreListedByState(t *testing.T) {
	c, r := busy(t)
	sorted := func(names ...string) []string {
		var list []string
		for _, name := range names {
			list = append(list, string(r[name]))
		}
		slices.Sort(list)
		return list
	}
	for state, want := range map[marketv1.RequestState][]string{
		marketv1.RequestState_REQUEST_STATE_UNSPECIFIED: sorted("open", "auto", "matched", "working", "cancelled", "closed"),
		marketv1.RequestState_REQUEST_STATE_OPEN:        sorted("open", "auto"),
		marketv1.RequestState_REQUEST_STATE_MATCHED:     sorted("matched"),
		marketv1.RequestState_REQUEST_STATE_CANCELLED:   sorted("cancelled"),
		marketv1.RequestState_REQUEST_STATE_EXPIRED:     nil,
	} {
		if got := c.ids(state); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", state, got, want)
		}
	}
}

func TestARequestIsReadWhole(t *testing.T) {
	c := newChain(t)
	r := c.post(nil)
	reply, err := c.query.Request(c.Ctx, &marketv1.QueryRequestRequest{Id: string(r)})
	if err != nil {
		t.Fatal(err)
	}
	got, err := wire.RequestFromProto(&reply.Request)
	if err != nil || got.Terms.Hash() != c.terms().Hash() || got.TermsHash != got.Terms.Hash() {
		t.Errorf("%+v, %v: want the terms as posted", got, err)
	}
}

func TestBidsAndEngagementsAreListedByRequest(t *testing.T) {
	c, r := busy(t)
	bids, err := c.query.Bids(c.Ctx, &marketv1.QueryBidsRequest{Request: string(r["matched"])})
	if err != nil || len(bids.Bids) != 3 {
		t.Errorf("%d bids, %v; want 3", len(bids.GetBids()), err)
	}
	engagements, err := c.query.Engagements(c.Ctx, &marketv1.QueryEngagementsRequest{Request: string(r["matched"])})
	if err != nil || len(engagements.Engagements) != 2 {
		t.Errorf("%d engagements, %v; want 2", len(engagements.GetEngagements()), err)
	}
	alice := string(c.address("alice"))
	bid, err := c.query.Bid(c.Ctx, &marketv1.QueryBidRequest{Request: string(r["open"]), Bidder: alice})
	if err != nil || bid.Bid.Price != 1 || bid.Bid.Score != 400_000 {
		t.Errorf("bid %+v, %v", bid, err)
	}
	e, err := c.query.Engagement(c.Ctx, &marketv1.QueryEngagementRequest{Request: string(r["matched"]), Contributor: alice})
	if err != nil || market.EngagementState(e.Engagement.State) != market.Active {
		t.Errorf("engagement %+v, %v", e, err)
	}
}

func TestQueriesAreRefused(t *testing.T) {
	c := newChain(t)
	r, alice := string(c.post(nil)), string(c.address("alice"))
	long := &query.PageRequest{Limit: kit.MaxPage + 1}
	tests := []struct {
		name string
		err  error
		want codes.Code
	}{
		{"an unknown request", second(c.query.Request(c.Ctx, &marketv1.QueryRequestRequest{Id: string(id.NewRequestID("a", 1))})), codes.NotFound},
		{"no request", second(c.query.Request(c.Ctx, &marketv1.QueryRequestRequest{})), codes.NotFound},
		{"an unknown bid", second(c.query.Bid(c.Ctx, &marketv1.QueryBidRequest{Request: r, Bidder: alice})), codes.NotFound},
		{"a bid of nobody", second(c.query.Bid(c.Ctx, &marketv1.QueryBidRequest{Request: r, Bidder: "x"})), codes.InvalidArgument},
		{"an unknown engagement", second(c.query.Engagement(c.Ctx, &marketv1.QueryEngagementRequest{Request: r, Contributor: alice})), codes.NotFound},
		{"an engagement on nothing", second(c.query.Engagement(c.Ctx, &marketv1.QueryEngagementRequest{Contributor: alice})), codes.InvalidArgument},
		{"too long a page", second(c.query.Requests(c.Ctx, &marketv1.QueryRequestsRequest{Pagination: long})), codes.ResourceExhausted},
		{"too long a page of bids", second(c.query.Bids(c.Ctx, &marketv1.QueryBidsRequest{Request: r, Pagination: long})), codes.ResourceExhausted},
		{"too far an offset", second(c.query.Engagements(c.Ctx, &marketv1.QueryEngagementsRequest{Request: r, Pagination: &query.PageRequest{Offset: kit.MaxPage + 1}})), codes.ResourceExhausted},
		{"a count of everything", second(c.query.Requests(c.Ctx, &marketv1.QueryRequestsRequest{Pagination: &query.PageRequest{CountTotal: true}})), codes.ResourceExhausted},
	}
	for _, tt := range tests {
		if got := status.Code(tt.err); got != tt.want {
			t.Errorf("%s: %v (%s), want %s", tt.name, tt.err, got, tt.want)
		}
	}
}

func second[T any](_ T, err error) error { return err }
