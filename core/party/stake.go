package party

import (
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// StakeState says where a stake stands.
type StakeState uint8

// States of a stake.
const (
	StakeLocked StakeState = iota + 1
	StakeUnbonding
	StakeReturned
	StakeSlashed
)

// String names the state.
func (s StakeState) String() string {
	return [...]string{"unspecified", "locked", "unbonding", "returned", "slashed"}[min(s, 4)]
}

// Stake is money that answers for an engagement. Slashed was taken for Cause;
// the rest goes back at ReleaseAt.
type Stake struct {
	Request   id.RequestID
	Owner     id.Address
	Amount    num.Amount
	Slashed   num.Amount
	Cause     string
	State     StakeState
	ReleaseAt id.Time
}

// CanMove is the table of a stake's moves.
func (s StakeState) CanMove(to StakeState) bool {
	switch s {
	case StakeLocked:
		return to == StakeUnbonding || to == StakeSlashed
	case StakeUnbonding:
		return to == StakeReturned
	default:
		return false
	}
}

func (s Stake) move(to StakeState) (Stake, error) {
	if !s.State.CanMove(to) {
		return s, fault.State("party: stake of %s on request %s: %s cannot become %s", s.Owner, s.Request, s.State, to)
	}
	s.State = to
	return s, nil
}

// Lock takes the amount from the owner's wallet.
func Lock(r id.RequestID, owner id.Address, amount num.Amount) (Stake, []escrow.Transfer) {
	s := Stake{Request: r, Owner: owner, Amount: amount, State: StakeLocked}
	return s, []escrow.Transfer{{From: escrow.Wallet(owner), To: escrow.Stake(r, owner), Amount: amount, Why: "stake"}}
}

// Slash takes a share of a locked stake's amount, at most what is left of it:
// up to relabel goes back to the request's budget for asking others, the rest
// to the community pool. A stake with nothing left ends; any other stays
// locked.
func (s Stake) Slash(share num.Ppm, relabel num.Amount, cause string) (Stake, []escrow.Transfer, error) {
	if s.State != StakeLocked {
		return s, nil, fault.State("party: stake of %s on request %s: %s cannot be slashed", s.Owner, s.Request, s.State)
	}
	taken, err := share.Of(s.Amount, num.Down)
	if err != nil {
		return s, nil, err
	}
	taken = min(taken, s.Amount-s.Slashed)
	s.Slashed, s.Cause = s.Slashed+taken, cause
	toBudget := min(taken, relabel)
	from := escrow.Stake(s.Request, s.Owner)
	moves := []escrow.Transfer{
		{From: from, To: escrow.Budget(s.Request), Amount: toBudget, Why: "slash: re-labelling"},
		{From: from, To: escrow.Pool, Amount: taken - toBudget, Why: "slash"},
	}
	if taken > 0 && s.Slashed == s.Amount {
		s, err = s.move(StakeSlashed)
	}
	return s, moves, err
}

// Unbond starts the delay after which the stake returns.
func (s Stake) Unbond(now id.Time, delayMs int64) (Stake, error) {
	s.ReleaseAt = now.Add(delayMs)
	return s.move(StakeUnbonding)
}

// Return gives back what was not slashed.
func (s Stake) Return(now id.Time) (Stake, []escrow.Transfer, error) {
	if now < s.ReleaseAt {
		return s, nil, fault.State("party: stake of %s on request %s: unbonds until %s", s.Owner, s.Request, s.ReleaseAt)
	}
	s, err := s.move(StakeReturned)
	back := escrow.Transfer{From: escrow.Stake(s.Request, s.Owner), To: escrow.Wallet(s.Owner), Amount: s.Amount - s.Slashed, Why: "stake returned"}
	return s, []escrow.Transfer{back}, err
}

// Held is what escrow must hold for the stake.
func (s Stake) Held() num.Amount {
	if s.State == StakeLocked || s.State == StakeUnbonding {
		return s.Amount - s.Slashed
	}
	return 0
}

// Check holds invariants 2 and 3.
func (s Stake) Check() error {
	whole := s.Slashed == s.Amount && s.Amount > 0
	if s.Amount < 0 || s.Slashed < 0 || s.Slashed > s.Amount || s.State < StakeLocked || s.State > StakeSlashed || whole != (s.State == StakeSlashed) {
		return fault.Internal("party: stake of %s on request %s: amount %s, slashed %s, %s", s.Owner, s.Request, s.Amount, s.Slashed, s.State)
	}
	return nil
}
