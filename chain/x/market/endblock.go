package market

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
)

// Bounds of what deadlines do in one block; the rest follows in the next. A
// matching reads all bids of its request at once, at most market.MaxBids.
const (
	MaxTasks = 100
	MaxItems = 500
)

// What falls due for a request.
const (
	taskMatch    = "match"    // the bid deadline
	taskAward    = "award"    // choices are to be awarded
	taskReject   = "reject"   // open bids are to be rejected
	taskExpire   = "expire"   // open bids are to expire
	taskLapse    = "lapse"    // the end of the acceptance window
	taskComplete = "complete" // engagements of a closed request are to be ended
)

// EndBlock does what is due, at most MaxTasks tasks and MaxItems items.
func (k *Keeper) EndBlock(ctx context.Context) error {
	left := MaxItems
	_, err := k.tasks.Due(ctx, kit.Now(ctx), MaxTasks, func(ctx context.Context, key pair) error {
		if left <= 0 {
			return k.push(ctx, id.RequestID(key.K1()), key.K2(), kit.Now(ctx))
		}
		used, err := k.do(ctx, id.RequestID(key.K1()), key.K2(), left)
		left -= used
		return err
	})
	return err
}

func (k *Keeper) push(ctx context.Context, r id.RequestID, task string, at id.Time) error {
	return k.tasks.Push(ctx, at, collections.Join(string(r), task))
}

// do carries out a task on at most limit items and returns how many it was.
func (k *Keeper) do(ctx context.Context, request id.RequestID, task string, limit int) (int, error) {
	r, err := k.Request(ctx, request)
	if err != nil {
		return 0, err
	}
	switch task {
	case taskMatch:
		return k.match(ctx, r, limit)
	case taskAward:
		return k.awardChoices(ctx, r, limit)
	case taskReject:
		return k.endBids(ctx, r, market.BidRejected, limit)
	case taskExpire:
		return k.endBids(ctx, r, market.BidExpired, limit)
	case taskLapse:
		return k.lapse(ctx, r, limit)
	case taskComplete:
		return k.complete(ctx, r, limit)
	}
	return 0, fault.Internal("market: request %s: unknown task %q", request, task)
}

// again lets a task go on in the next block if it met its limit.
func (k *Keeper) again(ctx context.Context, r id.RequestID, task string, done, limit int) error {
	if done < limit {
		return nil
	}
	return k.push(ctx, r, task, kit.Now(ctx))
}

// endBidsLater lets the bids end that are still open on r, which takes no more.
func (k *Keeper) endBidsLater(ctx context.Context, r market.Request) error {
	if r.Bids == 0 {
		return nil
	}
	return k.push(ctx, r.ID, endingTask(r.State), kit.Now(ctx))
}

// endingTask says how open bids end on a request that takes no more.
func endingTask(s market.State) string {
	if s == market.Expired {
		return taskExpire
	}
	return taskReject
}

func (k *Keeper) endBids(ctx context.Context, r market.Request, as market.BidState, limit int) (int, error) {
	bidders, err := firstOf(ctx, k.open, r.ID, limit)
	if err != nil {
		return 0, err
	}
	for _, bidder := range bidders {
		b, err := k.Bid(ctx, r.ID, bidder)
		if err != nil {
			return 0, err
		}
		if r, err = k.endBid(ctx, r, b, as); err != nil {
			return 0, err
		}
	}
	task := taskReject
	if as == market.BidExpired {
		task = taskExpire
	}
	if err := k.again(ctx, r.ID, task, len(bidders), limit); err != nil {
		return 0, err
	}
	return len(bidders), k.SetRequest(ctx, r)
}

// lapse ends the offers that were not answered within the window.
func (k *Keeper) lapse(ctx context.Context, r market.Request, limit int) (int, error) {
	if r.State != market.Matched {
		return 0, nil
	}
	silent, err := firstOf(ctx, k.offers, r.ID, limit)
	if err != nil {
		return 0, err
	}
	for _, contributor := range silent {
		e, err := k.Engagement(ctx, r.ID, contributor)
		if err != nil {
			return 0, err
		}
		if e, err = e.Move(market.Lapsed); err != nil {
			return 0, err
		}
		if err := k.setEngagement(ctx, e); err != nil {
			return 0, err
		}
		r.Offered--
		kit.Emit(ctx, Name, "lapsed", kit.AttributeRequest, string(r.ID), kit.AttributeParty, string(contributor))
	}
	if err := k.again(ctx, r.ID, taskLapse, len(silent), limit); err != nil {
		return 0, err
	}
	return len(silent), k.begin(ctx, r)
}

// complete ends the engagements of a closed request and lets their stakes go.
func (k *Keeper) complete(ctx context.Context, r market.Request, limit int) (int, error) {
	active, err := firstOf(ctx, k.active, r.ID, limit)
	if err != nil {
		return 0, err
	}
	for _, contributor := range active {
		if r, err = k.completeOne(ctx, r, contributor); err != nil {
			return 0, err
		}
	}
	if err := k.again(ctx, r.ID, taskComplete, len(active), limit); err != nil {
		return 0, err
	}
	return len(active), k.SetRequest(ctx, r)
}

func (k *Keeper) completeOne(ctx context.Context, r market.Request, contributor id.Address) (market.Request, error) {
	e, err := k.Engagement(ctx, r.ID, contributor)
	if err != nil {
		return r, err
	}
	if e, err = e.Move(market.Completed); err != nil {
		return r, err
	}
	if err := k.setEngagement(ctx, e); err != nil {
		return r, err
	}
	r.Active--
	kit.Emit(ctx, Name, "completed", kit.AttributeRequest, string(r.ID), kit.AttributeParty, string(contributor))
	return r, k.flow.Unbond(ctx, r.ID, contributor)
}
