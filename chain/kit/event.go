package kit

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"
)

// Attributes every event of ours has beside its own.
const (
	AttributeAction  = "action"
	AttributeRequest = "request"
	AttributeParty   = "party"
)

// Emit tells the world what happened: one event of type "alaya.<stage>" with
// the action first and then pairs of key and value. A value without its key's
// partner is dropped.
func Emit(ctx context.Context, stage, action string, pairs ...string) {
	attributes := []sdk.Attribute{sdk.NewAttribute(AttributeAction, action)}
	for i := 0; i+1 < len(pairs); i += 2 {
		attributes = append(attributes, sdk.NewAttribute(pairs[i], pairs[i+1]))
	}
	sdk.UnwrapSDKContext(ctx).EventManager().EmitEvent(sdk.NewEvent("alaya."+stage, attributes...))
}
