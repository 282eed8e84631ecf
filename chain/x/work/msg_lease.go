package work

import (
	"context"
	"strings"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/wire"
)

// LeasePages draws pages for an engaged contributor.
func (s msgServer) LeasePages(ctx context.Context, m *workv1.MsgLeasePages) (*workv1.MsgLeasePagesResponse, error) {
	leases, err := s.lease(ctx, m)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	reply := &workv1.MsgLeasePagesResponse{Round: leases[0].Round}
	for _, l := range leases {
		reply.Leases = append(reply.Leases, *wire.LeaseToProto(l))
	}
	return reply, nil
}

func (k *Keeper) lease(ctx context.Context, m *workv1.MsgLeasePages) ([]work.Lease, error) {
	if m.Count < 1 || m.Count > work.MaxOpenLeases {
		return nil, fault.Limit("work: %d pages wanted: 1 to %d", m.Count, work.MaxOpenLeases)
	}
	request, who, err := names(m.Request, m.Contributor)
	if err != nil {
		return nil, err
	}
	brief, err := k.brief(ctx, request)
	if err != nil {
		return nil, err
	}
	e, err := k.flow.Engagement(ctx, request, who)
	if err != nil {
		return nil, err
	}
	desk, err := k.desk(ctx, request, who)
	if err != nil {
		return nil, err
	}
	desk, leases, err := k.draw(ctx, desk, e, brief, int(m.Count))
	if err != nil {
		return nil, err
	}
	if err := k.saveDesk(ctx, desk); err != nil {
		return nil, err
	}
	emit(ctx, "leased", request, kit.AttributeParty, m.Contributor, "round", decimal(desk.Round.Number), "pages", pagesOf(leases))
	return leases, k.saveRound(ctx, desk.Round)
}

// draw grants up to count pages, one by one, and saves pages and leases. It
// fails if it can grant none.
func (k *Keeper) draw(ctx context.Context, d work.Desk, e market.Engagement, b work.Brief, count int) (work.Desk, []work.Lease, error) {
	if err := d.Assignment.MayLease(e, d.Round); err != nil {
		return d, nil, err
	}
	round, pages, err := k.deal(ctx, d, e, count)
	if err != nil {
		return d, nil, err
	}
	d.Round = round
	refusal := fault.NotFound("work: no page is left for %s in round %s", e.Contributor, round.Key())
	var leases []work.Lease
	for _, page := range pages {
		d.Page = page
		next, lease, err := d.Grant(e, b.Budget, kit.Now(ctx), b.Windows)
		if err != nil {
			refusal = err
			break
		}
		lease.Guideline = b.Guideline
		if err := k.movePage(ctx, page, next.Page, round.Target); err != nil {
			return d, nil, err
		}
		if err := k.saveLease(ctx, lease); err != nil {
			return d, nil, err
		}
		d, leases = next, append(leases, lease)
	}
	if len(leases) == 0 {
		return d, nil, refusal
	}
	return d, leases, nil
}

func pagesOf(leases []work.Lease) string {
	list := make([]string, len(leases))
	for i, l := range leases {
		list[i] = decimal(l.Page)
	}
	return strings.Join(list, ",")
}
