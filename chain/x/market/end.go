package market

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
)

// Advance goes on to a request's next milestone; false after the last.
func (k *Keeper) Advance(ctx context.Context, request id.RequestID) (market.Request, bool, error) {
	r, err := k.Request(ctx, request)
	if err != nil {
		return r, false, err
	}
	r, more := r.NextMilestone()
	if !more {
		return r, false, nil
	}
	kit.Emit(ctx, Name, "advanced", kit.AttributeRequest, string(request))
	return r, true, k.SetRequest(ctx, r)
}

// Settle ends a request's work; what is due is being paid.
func (k *Keeper) Settle(ctx context.Context, request id.RequestID) error {
	r, err := k.Request(ctx, request)
	if err != nil {
		return err
	}
	if r, err = r.Move(market.Settling); err != nil {
		return err
	}
	kit.Emit(ctx, Name, "settling", kit.AttributeRequest, string(request))
	return k.SetRequest(ctx, r)
}

// Close ends a settled request and refunds what is left. Its engagements are
// completed, and their stakes unbond, in the blocks that follow.
func (k *Keeper) Close(ctx context.Context, request id.RequestID) error {
	r, err := k.Request(ctx, request)
	if err != nil {
		return err
	}
	if r, err = r.Move(market.Closed); err != nil {
		return err
	}
	if err := k.push(ctx, request, taskComplete, kit.Now(ctx)); err != nil {
		return err
	}
	return k.finish(ctx, r)
}

// Terminate ends an active engagement before its time. What becomes of its
// stake is the caller's affair.
func (k *Keeper) Terminate(ctx context.Context, request id.RequestID, contributor id.Address) error {
	r, err := k.Request(ctx, request)
	if err != nil {
		return err
	}
	e, err := k.Engagement(ctx, request, contributor)
	if err != nil {
		return err
	}
	if e, err = e.Move(market.Terminated); err != nil {
		return err
	}
	if err := k.setEngagement(ctx, e); err != nil {
		return err
	}
	r.Active--
	kit.Emit(ctx, Name, "terminated", kit.AttributeRequest, string(request), kit.AttributeParty, string(contributor))
	return k.SetRequest(ctx, r)
}

// finish saves a request that is over and refunds what is left of its money.
func (k *Keeper) finish(ctx context.Context, r market.Request) error {
	budget, err := k.flow.Balance(ctx, escrow.Budget(r.ID))
	if err != nil {
		return err
	}
	fees, err := k.flow.Balance(ctx, escrow.Fees(r.ID))
	if err != nil {
		return err
	}
	if err := k.flow.Carry(ctx, r.Refund(budget, fees)); err != nil {
		return err
	}
	kit.Emit(ctx, Name, r.State.String(), kit.AttributeRequest, string(r.ID), kit.AttributeParty, string(r.Requester))
	return k.SetRequest(ctx, r)
}
