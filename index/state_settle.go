package index

import (
	"context"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/num"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/wire"
)

// settlement reads a settlement, and what its contests say of the requester.
func (w *Writer) settlement(ctx context.Context, n noun) ([]row, error) {
	res, err := w.chain.Settle().Settlement(ctx, &settlev1.QuerySettlementRequest{Request: n.of, Milestone: uint32(n.n)})
	if err != nil {
		return nil, err
	}
	s, err := wire.SettlementFromProto(&res.Settlement)
	if err != nil {
		return nil, err
	}
	list := []row{{newTable("settlements", 2, "request milestone state round release_at").put(),
		[]any{n.of, n.n, s.State.String(), int64(s.Round), int64(s.ReleaseAt)}}}
	r, err := w.chain.Market().Request(ctx, &marketv1.QueryRequestRequest{Id: n.of})
	if err != nil {
		return nil, err
	}
	conduct, err := w.standing(ctx, noun{who: r.Request.Requester})
	return append(list, conduct...), err
}

// earned is what a payout has beside its amount.
type earned struct {
	Answers   uint64 `json:"answers"`
	Skill     uint32 `json:"skill"`
	Factor    uint32 `json:"factor"`
	Worthless bool   `json:"worthless"`
}

func (w *Writer) payouts(ctx context.Context, n noun) ([]row, error) {
	all, err := w.listPayouts(ctx, n)
	if err != nil {
		return nil, err
	}
	res, err := w.chain.Settle().Settlement(ctx, &settlev1.QuerySettlementRequest{Request: n.of, Milestone: uint32(n.n)})
	if err != nil {
		return nil, err
	}
	var list []row
	put := newTable("payouts", 3, "request milestone contributor state amount fee body").put()
	for i := range all {
		p, err := wire.PayoutFromProto(&all[i])
		if err != nil {
			return nil, err
		}
		fee, err := num.Bps(res.Settlement.FeeBps).Of(p.Amount, num.Down)
		if err != nil {
			return nil, err
		}
		body := earned{Answers: p.Answers, Skill: uint32(p.Skill), Factor: uint32(p.Factor), Worthless: p.Worthless}
		list = append(list, row{put, []any{n.of, n.n, string(p.Contributor), p.State.String(), int64(p.Amount), int64(fee), text(body)}})
	}
	return list, nil
}

func (w *Writer) listPayouts(ctx context.Context, n noun) ([]settlev1.Payout, error) {
	return client.List(func(page *client.PageRequest) ([]settlev1.Payout, *client.PageResponse, error) {
		res, err := w.chain.Settle().Payouts(ctx, &settlev1.QueryPayoutsRequest{Request: n.of, Milestone: uint32(n.n), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		return res.Payouts, res.Pagination, nil
	})
}

// standings reads the standing of everyone whom a milestone pays.
func (w *Writer) standings(ctx context.Context, n noun) ([]row, error) {
	all, err := w.listPayouts(ctx, n)
	if err != nil {
		return nil, err
	}
	var list []row
	for i := range all {
		found, err := w.standing(ctx, noun{who: all[i].Entry.Contributor})
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}
