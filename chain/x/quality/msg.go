package quality

import qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"

// msgServer answers the Msg service, a file per message.
type msgServer struct{ *Keeper }

// NewMsgServer serves the messages of the stage.
func NewMsgServer(k *Keeper) qualityv1.MsgServer { return msgServer{k} }
