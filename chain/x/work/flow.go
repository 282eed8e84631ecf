package work

import (
	"context"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
)

// Flow is what work needs of the other stages. An error undoes what led to the
// call.
type Flow interface {
	// Engagement returns a contributor's engagement on a request, of kind not
	// found if there is none. It is asked for every lease, so it must be cheap.
	Engagement(context.Context, id.RequestID, id.Address) (market.Engagement, error)
	// Judge hands over a round whose reveals and gold are in, once each; last
	// says that no round may follow.
	Judge(ctx context.Context, r work.Round, last bool) error
}
