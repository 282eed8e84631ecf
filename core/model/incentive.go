package model

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// Kind says which incentive a model has.
type Kind uint8

// The incentives; each has a package of its own below this one.
const (
	Points  Kind = iota + 1 // core/model/points: no money
	Deposit                 // core/model/deposit: deposit, refund, take
	Bounty                  // core/model/bounty: only markets change the model
)

// String names the incentive.
func (k Kind) String() string {
	return [...]string{"unspecified", "points", "deposit", "bounty"}[min(k, 3)]
}

// Incentive says what contributors get and when their items are judged. Only
// the parameters of its kind may be set.
type Incentive struct {
	Kind    Kind         `json:"kind"`
	Wait    int64        `json:"wait"`   // ms from an item's arrival to its verdict; Bounty: 0
	Margin  int64        `json:"margin"` // a verdict by less is neutral; in the unit of the family's scores
	Points  PointTerms   `json:"points"`
	Deposit DepositTerms `json:"deposit"`
}

// PointTerms are the parameters of Points.
type PointTerms struct {
	Quorum uint32 `json:"quorum,omitempty"` // votes of contributors that overrule the model; 0: never
}

// DepositTerms are the parameters of Deposit.
type DepositTerms struct {
	Start  num.Amount `json:"start,omitempty"`  // price of the first item
	Floor  num.Amount `json:"floor,omitempty"`  // lowest price
	Target uint32     `json:"target,omitempty"` // items per window at which the price stays
	Window int64      `json:"window,omitempty"` // ms
	Bond   num.Ppm    `json:"bond,omitempty"`   // of an item's deposit, for a report
	Share  num.Ppm    `json:"share,omitempty"`  // of a lost deposit, for those who reported it
}

// Bounds of the incentives.
const (
	MaxQuorum  = 16
	MaxDeposit = 1_000_000 * num.ALY
	MaxTarget  = 1_000_000
)

// Validate checks the bounds of the kind's parameters.
func (i Incentive) Validate() error {
	if i.Kind < Points || i.Kind > Bounty {
		return fault.Invalid("model: incentive %d: want points, deposit or bounty", i.Kind)
	}
	if i.Kind != Points && i.Points != (PointTerms{}) || i.Kind != Deposit && i.Deposit != (DepositTerms{}) {
		return fault.Invalid("model: incentive %s has parameters of another", i.Kind)
	}
	if i.Kind == Bounty {
		if i.Wait != 0 || i.Margin != 0 {
			return fault.Invalid("model: incentive bounty judges no items: wait %d, margin %d", i.Wait, i.Margin)
		}
		return nil
	}
	if i.Wait < second || i.Wait > MaxWait || i.Margin < 0 {
		return fault.Limit("model: wait of %d ms, margin %d: %d to %d ms, margin from 0", i.Wait, i.Margin, second, MaxWait)
	}
	if i.Points.Quorum > MaxQuorum {
		return fault.Limit("model: quorum of %d votes: at most %d", i.Points.Quorum, MaxQuorum)
	}
	if i.Kind == Deposit {
		return i.Deposit.Validate()
	}
	return nil
}

// Validate checks the bounds of the deposit's parameters.
func (d DepositTerms) Validate() error {
	if d.Floor < 1 || d.Start < d.Floor || d.Start > MaxDeposit {
		return fault.Limit("model: deposit from %s, never below %s: at least 1ualy, at most %s", d.Start, d.Floor, MaxDeposit)
	}
	if d.Target < 1 || d.Target > MaxTarget || d.Window < second || d.Window > MaxWait {
		return fault.Limit("model: %d items in %d ms: 1 to %d items, %d to %d ms", d.Target, d.Window, MaxTarget, second, MaxWait)
	}
	if d.Bond < 0 || d.Bond > num.One || d.Share < 0 || d.Share > num.One {
		return fault.Limit("model: report bond of %s, share of %s: 0 to %s", d.Bond, d.Share, num.One)
	}
	return nil
}
