package settle

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/settle"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
)

// What one block does at most; the rest comes with the next one.
const (
	reviewsPerBlock  = 4   // settlements looked through
	payoutsPerReview = 200 // payouts looked at in each
	payoutsPerBlock  = 200 // payouts paid, contests ended
)

// EndBlock pays what is due.
func (k *Keeper) EndBlock(ctx context.Context) error {
	now := kit.Now(ctx)
	if _, err := k.reviews.Due(ctx, now, reviewsPerBlock, k.reviewDue); err != nil {
		return err
	}
	_, err := k.due.Due(ctx, now, payoutsPerBlock, k.payoutDue)
	return err
}

// reviewDue makes a settlement's next pending payouts due, behind the
// contributor who was looked at last, and comes back for the rest.
func (k *Keeper) reviewDue(ctx context.Context, after payoutKey) error {
	now := kit.Now(ctx)
	keys, last, err := k.pendingAfter(ctx, after)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if err := k.due.Push(ctx, now, key); err != nil {
			return err
		}
	}
	if last == nil {
		return nil
	}
	return k.reviews.Push(ctx, now, *last)
}

// pendingAfter looks at the next payouts of a settlement and returns those that
// are pending, and the last one looked at unless it was the settlement's last.
func (k *Keeper) pendingAfter(ctx context.Context, after payoutKey) (pending []payoutKey, last *payoutKey, err error) {
	end := collections.Join3(after.K1(), after.K2()+1, "")
	rest := new(collections.Range[payoutKey]).StartExclusive(after).EndExclusive(end)
	looked := 0
	err = k.payouts.Walk(ctx, rest, func(key payoutKey, p settlev1.Payout) (bool, error) {
		if looked == payoutsPerReview {
			return true, nil
		}
		looked++
		last = &key
		if settle.PayoutState(p.State) == settle.Pending {
			pending = append(pending, key)
		}
		return false, nil
	})
	if looked < payoutsPerReview {
		last = nil
	}
	return pending, last, err
}

// payoutDue ends a contest whose deadline has come and pays a ripe payout. One
// that is paid already, or waits for its review, is left alone.
func (k *Keeper) payoutDue(ctx context.Context, key payoutKey) error {
	s, p, err := k.load(ctx, key.K1(), key.K2(), key.K3())
	if err != nil {
		return err
	}
	if p.State == settle.Contested {
		if p, err = k.overturn(ctx, s, p); err != nil {
			return err
		}
	}
	if !s.Ripe(p, kit.Now(ctx)) {
		return nil
	}
	return k.release(ctx, s, p)
}

// overturn ends a contest in the contributor's favour.
func (k *Keeper) overturn(ctx context.Context, s settle.Settlement, p settle.Payout) (settle.Payout, error) {
	c, err := k.contest(ctx, keyOf(p))
	if err != nil {
		return p, err
	}
	if p, err = c.End(p, kit.Now(ctx)); err != nil {
		return p, err
	}
	if _, err := k.free(ctx, p); err != nil {
		return p, err
	}
	emit(ctx, "overturned", s, kit.AttributeParty, string(p.Contributor))
	return p, k.flow.ContestEnded(ctx, c, true)
}

func (k *Keeper) release(ctx context.Context, s settle.Settlement, p settle.Payout) error {
	s, p, transfers, err := s.Release(p, kit.Now(ctx))
	if err != nil {
		return err
	}
	if err := k.Carry(ctx, transfers); err != nil {
		return err
	}
	if err := k.savePayout(ctx, p); err != nil {
		return err
	}
	emit(ctx, "released", s, kit.AttributeParty, string(p.Contributor), "amount", p.Amount.String())
	if err := k.flow.Released(ctx, p); err != nil {
		return err
	}
	return k.saveOrFinish(ctx, s)
}
