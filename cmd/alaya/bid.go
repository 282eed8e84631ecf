package main

import (
	"context"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/id"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

func newBidCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "bid",
		Short: "Offer work on a request",
		Long: `A bid offers answers at a price, one bid a bidder. Its deposit comes back when the bid
ends: awarded, rejected, withdrawn or expired.`,
		Example: `  alaya bid place 1f3a5c7e9b2d4f60 --price 0.01aly --units 100 --from alice
  alaya bid list 1f3a5c7e9b2d4f60`,
	}, newBidPlace(s), newBidList(s), newBidShow(s), newBidWithdraw(s))
}

func newBidPlace(s *session) *cobra.Command {
	var price amountFlag
	var units uint64
	var pages pagesFlag
	var note string
	cmd := &cobra.Command{
		Use:   "place REQUEST",
		Short: "Offer to answer up to so many items at a price each",
		Example: `  alaya bid place 1f3a5c7e9b2d4f60 --price 0.01aly --units 100 --from alice
  alaya bid place 1f3a5c7e9b2d4f60 --price 8000ualy --units 40 --pages 0,3,5-9 --from bob`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			kept, err := s.putNote(cmd.Context(), note)
			if err != nil {
				return err
			}
			return s.do(cmd.Context(), func(me string) proto.Message {
				return &marketv1.MsgPlaceBid{
					Bidder: me, Request: string(name), Price: int64(price), Units: units, Pages: pages, Note: string(kept),
				}
			}, "bid %s an answer on request %s", &price, name)
		},
	}
	cmd.Flags().Var(&price, "price", "price of one answer")
	cmd.Flags().Uint64Var(&units, "units", 0, "answers offered at the most")
	cmd.Flags().Var(&pages, "pages", "pages you can judge, such as 0,3,5-9; all if not given")
	cmd.Flags().StringVar(&note, "note", "", "file with a note to the requester")
	require(cmd, "price", "units")
	return cmd
}

// putNote puts a file away; "" is none.
func (s *session) putNote(ctx context.Context, file string) (id.CID, error) {
	if file == "" {
		return "", nil
	}
	return s.putFile(ctx, file)
}

func newBidList(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "list REQUEST",
		Short:   "List the bids on a request",
		Example: "  alaya bid list 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			found, err := s.bids(cmd.Context(), name, l)
			if err != nil {
				return err
			}
			bids, err := convert(found, wire.BidFromProto)
			if err != nil {
				return err
			}
			return s.show(&marketv1.QueryBidsResponse{Bids: found}, func(p *page) {
				p.table("bidder", "state", "price", "units", "pages", "deposit", "placed")
				for _, b := range bids {
					p.row(b.Bidder, b.State, b.Price, b.Units, orAll(b.Pages), b.Deposit, b.Placed)
				}
			})
		},
	}
	l.bind(cmd)
	return cmd
}

func (s *session) bids(ctx context.Context, name id.RequestID, l list) ([]marketv1.Bid, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return nil, err
	}
	return gather(s, l, func(page *query.PageRequest) ([]marketv1.Bid, *query.PageResponse, error) {
		res, err := c.Market().Bids(ctx, &marketv1.QueryBidsRequest{Request: string(name), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		return res.Bids, res.Pagination, nil
	})
}

func newBidShow(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "show REQUEST [BIDDER]",
		Short:   "Show a bid, --from's by default",
		Example: "  alaya bid show 1f3a5c7e9b2d4f60 alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			who, err := s.addressOr(args, 1)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			res, err := c.Market().Bid(cmd.Context(), &marketv1.QueryBidRequest{Request: string(name), Bidder: string(who)})
			if err != nil {
				return err
			}
			b, err := wire.BidFromProto(&res.Bid)
			if err != nil {
				return err
			}
			return s.show(&res.Bid, func(p *page) {
				p.field("request", b.Request)
				p.field("bidder", b.Bidder)
				p.field("state", b.State)
				p.field("price", b.Price)
				p.field("units", b.Units)
				p.field("pages", orAll(b.Pages))
				p.field("note", b.Note)
				p.field("deposit", b.Deposit)
				p.field("placed", b.Placed)
			})
		},
	}
}

func newBidWithdraw(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "withdraw REQUEST",
		Short:   "Take an open bid back",
		Example: "  alaya bid withdraw 1f3a5c7e9b2d4f60 --from alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			return s.do(cmd.Context(), func(me string) proto.Message {
				return &marketv1.MsgWithdrawBid{Bidder: me, Request: string(name)}
			}, "withdrew the bid on request %s", name)
		},
	}
}
