package bounty

import (
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// Due is when Advance has something to do if nobody acts; 0 when nothing waits
// for a deadline.
func (m Market) Due() id.Time {
	switch m.State {
	case Sampling:
		return m.Terms.SampleBy
	case Joining:
		return m.Terms.JoinBy
	case Opening:
		return m.Terms.OpenBy
	case Revealing:
		return m.Terms.RevealBy
	default:
		return 0
	}
}

// Advance ends a phase whose deadline is over. A sample or test set that was
// not revealed costs the provider his bond, and the bounty too once batches
// were opened; a market without batches gives both back.
func (m Market) Advance(now id.Time) (Market, []escrow.Transfer, error) {
	if due := m.Due(); due == 0 || now <= due {
		return m, nil, fault.State("bounty: market %d on %s is %s until %s", m.Number, m.Model, m.State, due)
	}
	switch {
	case m.State == Sampling:
		return m.void(escrow.Pool)
	case m.State == Joining && m.Batches > 0:
		m, err := m.move(Opening)
		return m, nil, err
	case m.State == Opening && m.Opened > 0:
		m, err := m.move(Revealing)
		return m, nil, err
	case m.State == Revealing:
		m, err := m.move(Failed)
		return m, nil, err
	default:
		return m.void(escrow.Wallet(m.Provider))
	}
}

// void ends a market without anything to score.
func (m Market) void(bond escrow.Account) (Market, []escrow.Transfer, error) {
	m, err := m.move(Void)
	if err != nil {
		return m, nil, err
	}
	m, bounty, err := m.pay(escrow.Wallet(m.Provider), m.Terms.Bounty, "bounty returned")
	if err != nil {
		return m, nil, err
	}
	m, t, err := m.pay(bond, m.Terms.Bond, "bond")
	return m, []escrow.Transfer{bounty, t}, err
}

// Release settles a batch that will not be scored: one never opened forfeits
// its stake to the pool, from the end of the opening on; when the market has
// failed, an opened one gets its stake back with its share of bounty and bond,
// by stake, rounded down, and with the last one the remainder goes to the pool.
func (m Market) Release(b Batch) (Market, Batch, []escrow.Transfer, error) {
	switch {
	case b.State == Committed && m.State > Opening:
		return m.forfeit(b)
	case b.State == Opened && m.State == Failed:
		return m.share(b)
	default:
		return m, b, nil, fault.State("bounty: batch %d of market %d on %s is %s, the market %s: nothing to release", b.Number, m.Number, m.Model, b.State, m.State)
	}
}

func (m Market) forfeit(b Batch) (Market, Batch, []escrow.Transfer, error) {
	b, err := b.move(Forfeited)
	if err != nil {
		return m, b, nil, err
	}
	return m.release(b, escrow.Pool, b.Stake, "stake of a batch never opened")
}

func (m Market) share(b Batch) (Market, Batch, []escrow.Transfer, error) {
	b, err := b.move(Returned)
	if err != nil {
		return m, b, nil, err
	}
	part, err := (m.Terms.Bounty + m.Terms.Bond).MulDiv(int64(b.Stake), int64(m.Staked), num.Down)
	if err != nil {
		return m, b, nil, err
	}
	return m.release(b, escrow.Wallet(b.Author), b.Stake+part, "stake and share of bounty and bond")
}

// release pays a batch's money out; in a failed market the last one's leaves
// the remainder to the pool.
func (m Market) release(b Batch, to escrow.Account, amount num.Amount, why string) (Market, Batch, []escrow.Transfer, error) {
	m.Settled++
	m, t, err := m.pay(to, amount, why)
	if err != nil || m.State != Failed || m.Settled < m.Batches {
		return m, b, []escrow.Transfer{t}, err
	}
	m, rest, err := m.pay(escrow.Pool, m.Held, "remainder")
	return m, b, []escrow.Transfer{t, rest}, err
}
