package market

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

// ReviseGuidelines adds a version of the spec.
func (s msgServer) ReviseGuidelines(ctx context.Context, m *marketv1.MsgReviseGuidelines) (*marketv1.MsgReviseGuidelinesResponse, error) {
	version, err := s.reviseGuidelines(ctx, m)
	return &marketv1.MsgReviseGuidelinesResponse{Version: version}, kit.Err(Name, err)
}

func (s msgServer) reviseGuidelines(ctx context.Context, m *marketv1.MsgReviseGuidelines) (uint32, error) {
	by, r, err := s.on(ctx, m.Requester, m.Request)
	if err != nil {
		return 0, err
	}
	if r, err = r.Revise(by, id.CID(m.Spec), kit.Now(ctx)); err != nil {
		return 0, err
	}
	if err := s.k.flow.Revised(ctx, r.ID, r.Guideline().Version); err != nil {
		return 0, err
	}
	kit.Emit(ctx, Name, "revised", kit.AttributeRequest, string(r.ID), kit.AttributeParty, string(by))
	return r.Guideline().Version, s.k.SetRequest(ctx, r)
}
