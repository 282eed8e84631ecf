package party

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/party"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/wire"
)

// Genesis reads and writes the module's whole state.
func (k *Keeper) Genesis() kit.Genesis[*partyv1.GenesisState] {
	return kit.Genesis[*partyv1.GenesisState]{
		Default: func() *partyv1.GenesisState {
			return &partyv1.GenesisState{Params: *wire.PartyParamsToProto(party.DefaultParams())}
		},
		Validate: k.validate,
		Init:     k.init,
		Export:   k.export,
	}
}

func (k *Keeper) validate(g *partyv1.GenesisState) error {
	if _, err := wire.PartyParamsFromProto(&g.Params); err != nil {
		return err
	}
	for i := range g.Profiles {
		if err := checkProfile(&g.Profiles[i]); err != nil {
			return err
		}
	}
	for i := range g.Standings {
		if err := checkStanding(&g.Standings[i]); err != nil {
			return err
		}
	}
	for i := range g.Conducts {
		if _, err := wire.ConductFromProto(&g.Conducts[i]); err != nil {
			return err
		}
	}
	for i := range g.Stakes {
		if _, err := checkStake(&g.Stakes[i]); err != nil {
			return err
		}
	}
	return nil
}

func checkProfile(p *partyv1.Profile) error {
	profile, err := wire.ProfileFromProto(p)
	if err != nil {
		return err
	}
	return profile.Validate()
}

func checkStanding(p *partyv1.Standing) error {
	s, err := wire.StandingFromProto(p)
	if err != nil {
		return err
	}
	return s.Check()
}

func checkStake(p *partyv1.Stake) (party.Stake, error) {
	s, err := wire.StakeFromProto(p)
	if err != nil {
		return s, err
	}
	return s, s.Check()
}

func (k *Keeper) init(ctx context.Context, g *partyv1.GenesisState) error {
	if err := k.params.Set(ctx, g.Params); err != nil {
		return err
	}
	for _, p := range g.Profiles {
		if err := add(ctx, k.profiles, p.Address, p); err != nil {
			return err
		}
	}
	for _, s := range g.Standings {
		if err := add(ctx, k.standings, collections.Join(s.Address, s.Skill), s); err != nil {
			return err
		}
	}
	for _, c := range g.Conducts {
		if err := add(ctx, k.conducts, c.Address, c); err != nil {
			return err
		}
	}
	for _, s := range g.Stakes {
		if err := k.initStake(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initStake(ctx context.Context, p partyv1.Stake) error {
	key := collections.Join(p.Owner, p.Request)
	if err := add(ctx, k.stakes, key, p); err != nil {
		return err
	}
	s, err := wire.StakeFromProto(&p)
	if err != nil || s.State != party.StakeUnbonding {
		return err
	}
	return k.returns.Push(ctx, s.ReleaseAt, key)
}

// add writes an entry that must be new.
func add[K, V any](ctx context.Context, m collections.Map[K, V], key K, v V) error {
	known, err := m.Has(ctx, key)
	if err != nil {
		return err
	}
	if known {
		return fault.Exists("%s: %v stands twice", m.GetName(), key)
	}
	return m.Set(ctx, key, v)
}

func (k *Keeper) export(ctx context.Context) (*partyv1.GenesisState, error) {
	g := &partyv1.GenesisState{}
	var err error
	if g.Params, err = k.params.Get(ctx); err != nil {
		return nil, err
	}
	if g.Profiles, err = values(ctx, k.profiles); err != nil {
		return nil, err
	}
	if g.Standings, err = values(ctx, k.standings); err != nil {
		return nil, err
	}
	if g.Conducts, err = values(ctx, k.conducts); err != nil {
		return nil, err
	}
	g.Stakes, err = values(ctx, k.stakes)
	return g, err
}

// values lists what a map holds, by key.
func values[K, V any](ctx context.Context, m collections.Map[K, V]) ([]V, error) {
	it, err := m.Iterate(ctx, nil)
	if err != nil {
		return nil, err
	}
	return it.Values()
}
