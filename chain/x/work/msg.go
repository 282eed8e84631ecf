package work

import (
	"context"
	"strconv"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// msgServer answers the Msg service, a file per message.
type msgServer struct{ *Keeper }

// NewMsgServer serves the messages of the stage.
func NewMsgServer(k *Keeper) workv1.MsgServer { return msgServer{k} }

// names reads the request and the person that a message names.
func names(request, person string) (id.RequestID, id.Address, error) {
	r, err := id.ParseRequestID(request)
	if err != nil {
		return "", "", err
	}
	who, err := id.ParseAddress(person)
	return r, who, err
}

func emit(ctx context.Context, action string, r id.RequestID, pairs ...string) {
	kit.Emit(ctx, Name, action, append([]string{kit.AttributeRequest, string(r)}, pairs...)...)
}

func decimal(n uint32) string { return strconv.FormatUint(uint64(n), 10) }
