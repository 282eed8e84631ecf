package settle

import (
	"context"

	"cosmossdk.io/collections"
	"cosmossdk.io/math"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/settle"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/wire"
)

// DefaultGenesis is the state of a new chain: nothing but parameters.
func DefaultGenesis() *settlev1.GenesisState {
	return &settlev1.GenesisState{Params: *wire.SettleParamsToProto(settle.DefaultParams())}
}

// ValidateGenesis reads every record and checks invariants 2 to 4.
func ValidateGenesis(g *settlev1.GenesisState) error {
	if _, err := wire.SettleParamsFromProto(&g.Params); err != nil {
		return err
	}
	b, err := readBooks(g)
	if err != nil {
		return err
	}
	return b.check()
}

// InitGenesis writes the state and holds it against the module account. Queues
// are rebuilt from the deadlines of what waits.
func (k *Keeper) InitGenesis(ctx context.Context, g *settlev1.GenesisState) error {
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	if err := k.initBalances(ctx, g.Balances); err != nil {
		return err
	}
	if err := k.initSettlements(ctx, g.Settlements); err != nil {
		return err
	}
	if err := k.initPayouts(ctx, g); err != nil {
		return err
	}
	return k.Invariants(ctx)
}

func (k *Keeper) initBalances(ctx context.Context, balances []settlev1.Balance) error {
	for i := range balances {
		account, amount, err := wire.BalanceFromProto(&balances[i])
		if err != nil {
			return err
		}
		if err := (ledger{ctx, k}).SetBalance(account, amount); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initSettlements(ctx context.Context, settlements []settlev1.Settlement) error {
	for i := range settlements {
		s, err := wire.SettlementFromProto(&settlements[i])
		if err != nil {
			return err
		}
		if err := k.saveSettlement(ctx, s); err != nil {
			return err
		}
		if err := k.awaitVector(ctx, s); err != nil {
			return err
		}
		if s.State != settle.Review {
			continue
		}
		if err := k.reviews.Push(ctx, s.ReleaseAt, collections.Join3(string(s.Request), s.Milestone, "")); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initPayouts(ctx context.Context, g *settlev1.GenesisState) error {
	for i := range g.Payouts {
		p, err := wire.PayoutFromProto(&g.Payouts[i])
		if err != nil {
			return err
		}
		if err := k.savePayout(ctx, p); err != nil {
			return err
		}
		if err := k.earnings.Set(ctx, collections.Join3(string(p.Contributor), string(p.Request), p.Milestone)); err != nil {
			return err
		}
	}
	for i := range g.Contests {
		c, err := wire.ContestFromProto(&g.Contests[i])
		if err != nil {
			return err
		}
		key := collections.Join3(string(c.Request), c.Milestone, string(c.Contributor))
		if err := k.contests.Set(ctx, key, g.Contests[i]); err != nil {
			return err
		}
		if err := k.due.Push(ctx, c.Deadline, key); err != nil {
			return err
		}
	}
	return nil
}

// ExportGenesis returns the whole state, each list in the order of its keys.
func (k *Keeper) ExportGenesis(ctx context.Context) (*settlev1.GenesisState, error) {
	g := &settlev1.GenesisState{}
	var err error
	if g.Params, err = k.params.Get(ctx); err != nil {
		return nil, err
	}
	err = k.balances.Walk(ctx, nil, func(key collections.Pair[string, string], held int64) (bool, error) {
		g.Balances = append(g.Balances, *wire.BalanceToProto(escrow.Account(key.K2()), num.Amount(held)))
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	if g.Settlements, err = values(ctx, k.settlements); err != nil {
		return nil, err
	}
	if g.Payouts, err = values(ctx, k.payouts); err != nil {
		return nil, err
	}
	g.Contests, err = values(ctx, k.contests)
	return g, err
}

func values[K, V any](ctx context.Context, m collections.Map[K, V]) ([]V, error) {
	it, err := m.Iterate(ctx, nil)
	if err != nil {
		return nil, err
	}
	return it.Values()
}

// Invariants walks the whole state and checks every invariant.
func (k *Keeper) Invariants(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	if err := ValidateGenesis(g); err != nil {
		return err
	}
	var sum num.Amount
	for _, b := range g.Balances {
		if sum, err = sum.Add(num.Amount(b.Amount)); err != nil {
			return err
		}
	}
	held := k.money.Bank.GetBalance(ctx, k.account, kit.Denom)
	if !held.Amount.Equal(math.NewInt(int64(sum))) {
		return fault.Internal("settle: the module account holds %s, the ledger %s", held, sum)
	}
	return k.checkPosting(ctx, g.Settlements)
}

// checkPosting holds invariant 5.
func (k *Keeper) checkPosting(ctx context.Context, settlements []settlev1.Settlement) error {
	waiting := 0
	for _, s := range settlements {
		listed, err := k.posting.Has(ctx, collections.Join(s.Request, s.Milestone))
		if err != nil {
			return err
		}
		if posting := settle.State(s.State) == settle.Posting; listed != posting {
			return fault.Internal("settle: request %s, milestone %d: posting %t, listed %t", s.Request, s.Milestone, posting, listed)
		}
		if listed {
			waiting++
		}
	}
	return k.posting.Walk(ctx, nil, func(key milestoneKey) (bool, error) {
		if waiting--; waiting < 0 {
			return true, fault.Internal("settle: request %s, milestone %d is listed as posting, and is not there", key.K1(), key.K2())
		}
		return false, nil
	})
}
