package party

import (
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
)

// msgServer answers transactions; one file per message.
type msgServer struct{ k *Keeper }

var _ partyv1.MsgServer = msgServer{}

// NewMsgServer returns the module's Msg service.
func NewMsgServer(k *Keeper) partyv1.MsgServer { return msgServer{k} }
