package party

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/wire"
)

// SetProfile writes or replaces the signer's profile.
func (s msgServer) SetProfile(ctx context.Context, m *partyv1.MsgSetProfile) (*partyv1.MsgSetProfileResponse, error) {
	return &partyv1.MsgSetProfileResponse{}, kit.Err(Name, s.setProfile(ctx, m))
}

func (s msgServer) setProfile(ctx context.Context, m *partyv1.MsgSetProfile) error {
	signer, err := s.k.address(m.Address)
	if err != nil {
		return err
	}
	m.Profile.Address = string(signer)
	p, err := wire.ProfileFromProto(&m.Profile)
	if err != nil {
		return err
	}
	if err := p.Validate(); err != nil {
		return err
	}
	kit.Emit(ctx, Name, "profiled", kit.AttributeParty, string(signer))
	return s.k.SetProfile(ctx, p)
}
