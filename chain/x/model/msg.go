package model

import (
	"context"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

// msgServer answers the Msg service.
type msgServer struct{ k *Keeper }

// NewMsgServer serves the messages of the stage.
func NewMsgServer(k *Keeper) modelv1.MsgServer { return msgServer{k} }

// on reads who signed a message and lays out the model that it is about.
func (s msgServer) on(ctx context.Context, signer, text string) (id.Address, *desk, error) {
	by, err := s.k.address(signer)
	if err != nil {
		return "", nil, err
	}
	d, err := s.k.openText(ctx, text)
	return by, d, err
}

// checkBatch refuses lists that are empty or too long.
func checkBatch(n int, what string) error {
	if n < 1 || n > model.MaxBatch {
		return fault.Limit("model: %d %s in one message: 1 to %d", n, what, model.MaxBatch)
	}
	return nil
}
