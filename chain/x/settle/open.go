package settle

import (
	"context"
	"strconv"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/settle"
)

// Open starts the settlement of a final verdict, once per milestone. One
// without payouts is done at once.
func (k *Keeper) Open(ctx context.Context, a settle.Award) error {
	request, err := k.flow.Request(ctx, a.Request)
	if err != nil {
		return err
	}
	if has, err := k.settlements.Has(ctx, collections.Join(string(a.Request), a.Milestone)); err != nil || has {
		return exists(has, err, a)
	}
	s, aside, err := settle.Open(a, request.Fee)
	if err != nil {
		return err
	}
	if err := k.Carry(ctx, aside); err != nil {
		return err
	}
	emit(ctx, "opened", s, "total", s.Total.String())
	if err := k.awaitVector(ctx, s); err != nil {
		return err
	}
	return k.saveOrFinish(ctx, s)
}

func exists(has bool, err error, a settle.Award) error {
	if has {
		return fault.Exists("settle: request %s, milestone %d is settled already", a.Request, a.Milestone)
	}
	return err
}

// awaitVector lists a settlement whose vector is not complete.
func (k *Keeper) awaitVector(ctx context.Context, s settle.Settlement) error {
	if s.State != settle.Posting {
		return nil
	}
	return k.posting.Set(ctx, collections.Join(string(s.Request), s.Milestone))
}

// saveOrFinish saves a settlement, and ends it if nothing of it is open.
func (k *Keeper) saveOrFinish(ctx context.Context, s settle.Settlement) error {
	if !s.Finished() {
		return k.saveSettlement(ctx, s)
	}
	s, err := s.Finish()
	if err != nil {
		return err
	}
	if err := k.saveSettlement(ctx, s); err != nil {
		return err
	}
	emit(ctx, "done", s, "released", s.Released.String())
	return k.flow.Done(ctx, s)
}

// emit tells what happened to a settlement.
func emit(ctx context.Context, action string, s settle.Settlement, pairs ...string) {
	pairs = append([]string{
		kit.AttributeRequest, string(s.Request), attributeMilestone, strconv.FormatUint(uint64(s.Milestone), 10),
	}, pairs...)
	kit.Emit(ctx, Name, action, pairs...)
}

const attributeMilestone = "milestone"
