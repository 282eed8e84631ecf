package main

import (
	"context"
	"fmt"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

func newEngagementCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "engagement",
		Short: "Bind contributors: award bids, accept offers",
		Long: `An engagement is the contract of one contributor on one request. The requester awards a
bid, the contributor signs the hash over all terms; his stake is locked until it ends.`,
		Example: `  alaya engagement award 1f3a5c7e9b2d4f60 --all --from requester
  alaya engagement accept 1f3a5c7e9b2d4f60 --from alice`,
	}, newEngagementAward(s), newEngagementAccept(s), newEngagementList(s), newEngagementShow(s))
}

func newEngagementAward(s *session) *cobra.Command {
	var all, more bool
	cmd := &cobra.Command{
		Use:   "award REQUEST [BIDDER...]",
		Short: "Offer engagements to bidders and close the roster",
		Example: `  alaya engagement award 1f3a5c7e9b2d4f60 alice bob --from requester
  alaya engagement award 1f3a5c7e9b2d4f60 --all --from requester`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			if all == (len(args) > 1) {
				return advise(fault.Invalid("no bidders, or both bidders and --all"), "name them, or award all open bids with --all")
			}
			bidders, err := s.bidders(cmd.Context(), name, args[1:])
			if err != nil {
				return err
			}
			return s.do(cmd.Context(), func(me string) proto.Message {
				return &marketv1.MsgAward{Requester: me, Request: string(name), Bidders: bidders, More: more}
			}, "offered %d engagements on request %s", len(bidders), name)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "award every open bid")
	cmd.Flags().BoolVar(&more, "more", false, "leave the roster open for further awards")
	return cmd
}

// bidders reads the named bidders, or takes all with an open bid.
func (s *session) bidders(ctx context.Context, name id.RequestID, args []string) ([]string, error) {
	var bidders []string
	for _, a := range args {
		who, err := s.address(a)
		if err != nil {
			return nil, err
		}
		bidders = append(bidders, string(who))
	}
	if len(args) > 0 {
		return bidders, nil
	}
	bids, err := s.bids(ctx, name, list{})
	if err != nil {
		return nil, err
	}
	for _, b := range bids {
		if b.State == marketv1.BidState_BID_STATE_OPEN {
			bidders = append(bidders, b.Bidder)
		}
	}
	if len(bidders) == 0 {
		return nil, fault.NotFound("request %s has no open bid", name)
	}
	return bidders, nil
}

func newEngagementAccept(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "accept REQUEST",
		Short: "Read the terms on offer and sign their hash; the stake is locked",
		Long: `Show the terms on offer, compute their hash here, and sign it if you agree. The chain
refuses a hash that is not the one it computed, so nobody signs anything else.`,
		Example: "  alaya engagement accept 1f3a5c7e9b2d4f60 --from alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			return s.accept(cmd.Context(), name)
		},
	}
}

func (s *session) accept(ctx context.Context, name id.RequestID) error {
	who, err := s.addressOr(nil, 0)
	if err != nil {
		return err
	}
	r, err := s.request(ctx, name)
	if err != nil {
		return err
	}
	e, err := s.engagement(ctx, name, who)
	if err != nil {
		return err
	}
	signed, err := offeredHash(r, e)
	if err != nil {
		return err
	}
	terms := newPage(s.notes, s.flags.quiet)
	terms.engagement(e)
	terms.terms(r.Terms)
	if err := terms.flush(); err != nil {
		return err
	}
	if err := s.confirm(fmt.Sprintf("Sign these terms? %s are locked.", e.Stake)); err != nil {
		return err
	}
	return s.do(ctx, func(me string) proto.Message {
		return &marketv1.MsgAcceptEngagement{Contributor: me, Request: string(name), TermsHash: signed[:]}
	}, "engaged on request %s: up to %d answers at %s", name, e.Units, e.Price)
}

// offeredHash computes the hash over the terms as they are shown, as the award
// did, and refuses an offer that has another.
func offeredHash(r market.Request, e market.Engagement) (id.Hash, error) {
	if got := r.Terms.Hash(); got != r.TermsHash {
		return got, fault.Invalid("request %s: its terms hash to %s, not to %s: the node does not tell the truth", r.ID, got, r.TermsHash)
	}
	if e.Guideline < 1 || int(e.Guideline) > len(r.Guidelines) {
		return id.Hash{}, fault.Invalid("engagement on request %s: guidelines %d of %d", r.ID, e.Guideline, len(r.Guidelines))
	}
	r.State, r.Guidelines = market.Open, r.Guidelines[:e.Guideline]
	bid := market.Bid{
		Request: r.ID, Bidder: e.Contributor, State: market.BidOpen,
		Offer: market.Offer{Price: e.Price, Units: e.Units, Pages: e.Pages},
	}
	again, _, _, err := r.Award(bid, e.Offered)
	if err == nil && again.TermsHash != e.TermsHash {
		err = fault.Invalid("engagement on request %s: its terms hash to %s, %s is on offer: the node does not tell the truth",
			r.ID, again.TermsHash, e.TermsHash)
	}
	return again.TermsHash, err
}

// engagement reads an engagement from the chain.
func (s *session) engagement(ctx context.Context, name id.RequestID, who id.Address) (market.Engagement, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return market.Engagement{}, err
	}
	res, err := c.Market().Engagement(ctx, &marketv1.QueryEngagementRequest{Request: string(name), Contributor: string(who)})
	if err != nil {
		return market.Engagement{}, err
	}
	return wire.EngagementFromProto(&res.Engagement)
}

func (p *page) engagement(e market.Engagement) {
	p.field("request", e.Request)
	p.field("contributor", e.Contributor)
	p.field("state", e.State)
	p.field("price", e.Price)
	p.field("units", e.Units)
	p.field("pages", orAll(e.Pages))
	p.field("stake", e.Stake)
	p.field("guidelines", fmt.Sprintf("version %d", e.Guideline))
	p.field("offered", e.Offered)
	p.field("accept by", e.AcceptBy)
	p.field("terms hash", hash(e.TermsHash))
}

func newEngagementList(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "list REQUEST",
		Short:   "List the engagements of a request",
		Example: "  alaya engagement list 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, engagements, err := collect(s, l, func(page *query.PageRequest) ([]marketv1.Engagement, *query.PageResponse, error) {
				res, err := c.Market().Engagements(cmd.Context(), &marketv1.QueryEngagementsRequest{Request: string(name), Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Engagements, res.Pagination, nil
			}, wire.EngagementFromProto)
			if err != nil {
				return err
			}
			return s.show(&marketv1.QueryEngagementsResponse{Engagements: found}, func(p *page) {
				p.table("contributor", "state", "price", "units", "pages", "stake", "accept by")
				for _, e := range engagements {
					p.row(e.Contributor, e.State, e.Price, e.Units, orAll(e.Pages), e.Stake, e.AcceptBy)
				}
			})
		},
	}
	l.bind(cmd)
	return cmd
}

func newEngagementShow(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "show REQUEST [CONTRIBUTOR]",
		Short:   "Show an engagement, --from's by default",
		Example: "  alaya engagement show 1f3a5c7e9b2d4f60 alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			who, err := s.addressOr(args, 1)
			if err != nil {
				return err
			}
			e, err := s.engagement(cmd.Context(), name, who)
			if err != nil {
				return err
			}
			return s.show(wire.EngagementToProto(e), func(p *page) { p.engagement(e) })
		},
	}
}
