package market

import (
	"context"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

// msgServer answers transactions; one file per message.
type msgServer struct{ k *Keeper }

var _ marketv1.MsgServer = msgServer{}

// NewMsgServer returns the module's Msg service.
func NewMsgServer(k *Keeper) marketv1.MsgServer { return msgServer{k} }

// on reads who signed a message and the request that it is about.
func (s msgServer) on(ctx context.Context, signer, request string) (id.Address, market.Request, error) {
	by, err := s.k.address(signer)
	if err != nil {
		return "", market.Request{}, err
	}
	key, err := id.ParseRequestID(request)
	if err != nil {
		return "", market.Request{}, err
	}
	r, err := s.k.Request(ctx, key)
	return by, r, err
}
