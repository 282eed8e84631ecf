package deposit

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/num"
)

// step is how far a window moves the price, at most: an eighth, as in EIP-1559.
const step = 8

// Price is what the next item's deposit costs. It rises by up to an eighth with
// every window that took more items than the target, falls by up to an eighth
// with one that took fewer, and never below the floor. A window that is flooded
// counts as over each time it has taken twice the target, so that n times the
// target in one window cost as much as in n of them.
type Price struct {
	Model  id.ModelID
	Amount num.Amount
	Items  uint32  // taken in the window, at most twice the target
	Since  id.Time // begin of the window
}

// NewPrice is the price of a model's first item.
func NewPrice(m model.Model) Price {
	return Price{Model: m.ID, Amount: m.Terms.Incentive.Deposit.Start, Since: m.Created}
}

// At returns the price as of now, after the windows that are over.
func (p Price) At(t model.DepositTerms, now id.Time) Price {
	for now >= p.Since.Add(t.Window) {
		if p.Items == 0 && p.Amount == t.Floor {
			p.Since += (now - p.Since) / id.Time(t.Window) * id.Time(t.Window)
			return p
		}
		p.Amount, p.Items, p.Since = p.next(t), 0, p.Since.Add(t.Window)
	}
	return p
}

// Take counts one item at the price as of now, and returns its deposit.
func (p Price) Take(t model.DepositTerms, now id.Time) (Price, num.Amount) {
	p = p.At(t, now)
	deposit := p.Amount
	p.Items++
	if p.Items >= 2*t.Target {
		p.Amount, p.Items = p.next(t), t.Target
	}
	return p, deposit
}

// next is the amount after the window.
func (p Price) next(t model.DepositTerms) num.Amount {
	target, items := int64(t.Target), int64(min(p.Items, 2*t.Target))
	move := max(1, int64(p.Amount)*abs(items-target)/target/step) // below 10¹⁸
	switch {
	case items > target:
		return min(p.Amount+num.Amount(move), model.MaxDeposit)
	case items < target:
		return max(p.Amount-num.Amount(move), t.Floor)
	default:
		return p.Amount
	}
}

func abs(v int64) int64 { return max(v, -v) }

// Check holds the bounds of a stored price.
func (p Price) Check(t model.DepositTerms) error {
	if p.Amount < t.Floor || p.Amount > model.MaxDeposit || p.Items >= 2*t.Target {
		return fault.Internal("deposit: %s: price %d ualy, %d items in the window; floor %s, target %d", p.Model, p.Amount, p.Items, t.Floor, t.Target)
	}
	return nil
}
