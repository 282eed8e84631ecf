package work

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/wire"
)

// CommitPage binds the answers to a leased page.
func (s msgServer) CommitPage(ctx context.Context, m *workv1.MsgCommitPage) (*workv1.MsgCommitPageResponse, error) {
	return &workv1.MsgCommitPageResponse{}, kit.Err(Name, s.commit(ctx, m))
}

func (k *Keeper) commit(ctx context.Context, m *workv1.MsgCommitPage) error {
	commitment, err := id.HashFromBytes(m.Commitment)
	if err != nil {
		return err
	}
	lease, err := k.openLease(ctx, m)
	if err != nil {
		return err
	}
	brief, err := k.brief(ctx, lease.Request)
	if err != nil {
		return err
	}
	desk, err := k.deskOf(ctx, lease)
	if err != nil {
		return err
	}
	before := desk.Round.State
	desk, submission, err := desk.Commit(lease, commitment, lease.Guideline, kit.Now(ctx))
	if err != nil {
		return err
	}
	if err := k.dropLease(ctx, lease); err != nil {
		return err
	}
	if err := k.saveSubmission(ctx, submission); err != nil {
		return err
	}
	if err := k.saveAssignment(ctx, desk.Assignment); err != nil {
		return err
	}
	emit(ctx, "committed", lease.Request, kit.AttributeParty, m.Contributor, "round", decimal(m.Round), "page", decimal(m.Page))
	return k.proceed(ctx, desk.Round, before, brief)
}

// openLease returns the lease that a commitment is for, or says why there is
// none.
func (k *Keeper) openLease(ctx context.Context, m *workv1.MsgCommitPage) (work.Lease, error) {
	if _, _, err := names(m.Request, m.Contributor); err != nil {
		return work.Lease{}, err
	}
	p, err := k.leases.Get(ctx, collections.Join4(m.Contributor, m.Request, m.Round, m.Page))
	if err == nil {
		return wire.LeaseFromProto(&p)
	}
	if !errors.Is(err, collections.ErrNotFound) {
		return work.Lease{}, err
	}
	twice, err := k.submissions.Has(ctx, collections.Join4(m.Request, m.Round, m.Page, m.Contributor))
	if err != nil {
		return work.Lease{}, err
	}
	if twice {
		return work.Lease{}, fault.Exists("work: %s has committed to page %d of round %s/%d already", m.Contributor, m.Page, m.Request, m.Round)
	}
	return work.Lease{}, fault.NotFound("work: %s has no lease on page %d of round %s/%d", m.Contributor, m.Page, m.Request, m.Round)
}
