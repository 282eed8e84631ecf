package settle

import settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"

// msgServer answers the Msg service, a file per message.
type msgServer struct{ *Keeper }

// NewMsgServer serves the messages of the stage.
func NewMsgServer(k *Keeper) settlev1.MsgServer { return msgServer{k} }
