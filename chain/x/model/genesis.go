package model

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// DefaultGenesis is the state of a new chain: nothing.
func DefaultGenesis() *modelv1.GenesisState { return &modelv1.GenesisState{} }

// ValidateGenesis reads every record and checks all that hangs together.
func ValidateGenesis(g *modelv1.GenesisState) error {
	b, err := readBooks(g)
	if err != nil {
		return err
	}
	return b.check()
}

// InitGenesis writes the state. Indexes and queues are rebuilt from it.
func (k *Keeper) InitGenesis(ctx context.Context, g *modelv1.GenesisState) error {
	for _, write := range []func(context.Context, *modelv1.GenesisState) error{
		k.initModels, k.initParameters, k.initContributions, k.initPeople, k.initMoney, k.initMarkets,
	} {
		if err := write(ctx, g); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initModels(ctx context.Context, g *modelv1.GenesisState) error {
	for _, c := range g.Counts {
		if err := k.nonces.Set(ctx, c.Creator, c.Models); err != nil {
			return err
		}
	}
	for i := range g.Models {
		m, err := wire.ModelFromProto(&g.Models[i])
		if err != nil {
			return err
		}
		if err := k.addModel(ctx, m); err != nil {
			return err
		}
		if m.Replaying() {
			if err := k.replays.Push(ctx, kit.Now(ctx), string(m.ID)); err != nil {
				return err
			}
		}
	}
	for i := range g.Challenges {
		c, err := wire.ModelChallengeFromProto(&g.Challenges[i])
		if err != nil {
			return err
		}
		if err := k.setChallenge(ctx, c); err != nil {
			return err
		}
		if c.State != model.Scoring {
			continue
		}
		if err := k.contests.Push(ctx, c.Deadline.Add(1), collections.Join(string(c.Champion), c.Number)); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initParameters(ctx context.Context, g *modelv1.GenesisState) error {
	for _, seed := range g.Seeds {
		if err := k.seeds.Set(ctx, string(id.RawCID(seed)), seed); err != nil {
			return err
		}
	}
	for _, c := range g.Chunks {
		if err := k.chunks.Set(ctx, c.Key, c.Value); err != nil {
			return err
		}
	}
	for _, o := range g.Obsolete {
		if err := k.obsolete.Set(ctx, collections.Join(o.Model, o.Generation)); err != nil {
			return err
		}
	}
	return k.entries.fill(ctx, g.Entries, func(e *modelv1.Entry) (string, uint64) { return e.Model, e.Number })
}

func (k *Keeper) initContributions(ctx context.Context, g *modelv1.GenesisState) error {
	if err := k.items.fill(ctx, g.Contributions, func(c *modelv1.Contribution) (string, uint64) { return c.Model, c.Number }); err != nil {
		return err
	}
	for i := range g.Models {
		if err := k.judged.Set(ctx, g.Models[i].Id, g.Models[i].Entries); err != nil {
			return err
		}
	}
	for i := range g.Contributions {
		c, err := wire.ContributionFromProto(&g.Contributions[i])
		if err != nil {
			return err
		}
		if err := k.initWaiting(ctx, c); err != nil {
			return err
		}
	}
	for _, b := range g.Bands {
		if err := k.bands.Set(ctx, b.Key, b.Value); err != nil {
			return err
		}
	}
	return nil
}

// initWaiting puts an open contribution where it waits.
func (k *Keeper) initWaiting(ctx context.Context, c model.Contribution) error {
	d := k.bare(ctx, model.Model{ID: c.Model})
	switch c.State {
	case model.Committed:
		return d.await(c)
	case model.Given:
		if err := d.await(c); err != nil {
			return err
		}
		return k.waiting.Set(ctx, collections.Join(string(c.Model), c.Number))
	case model.Trained:
		judged, err := k.judgedOf(ctx, c.Model)
		if err != nil {
			return err
		}
		if err := k.judged.Set(ctx, string(c.Model), min(judged, c.Entry-1)); err != nil {
			return err
		}
		return k.verdicts.Push(ctx, c.Deadline, string(c.Model))
	default:
		return nil
	}
}

func (k *Keeper) initPeople(ctx context.Context, g *modelv1.GenesisState) error {
	for i := range g.Contributors {
		w, err := wire.ContributorFromProto(&g.Contributors[i])
		if err != nil {
			return err
		}
		p := person{before: model.NewContributor(w.Model, w.Address), now: w}
		if err := k.savePerson(ctx, &p); err != nil {
			return err
		}
	}
	for i := range g.Ballots {
		if err := k.ballots.Set(ctx, collections.Join(g.Ballots[i].Model, g.Ballots[i].Number), g.Ballots[i]); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initMoney(ctx context.Context, g *modelv1.GenesisState) error {
	for i := range g.Prices {
		if err := k.prices.Set(ctx, g.Prices[i].Model, g.Prices[i]); err != nil {
			return err
		}
	}
	for i := range g.Purses {
		if err := k.purses.Set(ctx, g.Purses[i].Model, g.Purses[i]); err != nil {
			return err
		}
	}
	for i := range g.Reports {
		r := g.Reports[i]
		if err := k.reports.Set(ctx, collections.Join3(r.Model, r.Number, r.Reporter), r); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initMarkets(ctx context.Context, g *modelv1.GenesisState) error {
	for i := range g.Markets {
		m, err := wire.ModelMarketFromProto(&g.Markets[i])
		if err != nil {
			return err
		}
		if err := k.setMarket(ctx, bounty.Market{State: bounty.Void}, m); err != nil {
			return err
		}
	}
	for i := range g.Batches {
		b, err := wire.BatchFromProto(&g.Batches[i])
		if err != nil {
			return err
		}
		if err := k.setBatch(ctx, bounty.Batch{}, b); err != nil {
			return err
		}
	}
	for _, t := range g.TestItems {
		if err := k.tests.Set(ctx, collections.Join3(t.Model, t.Market, t.Number), t.Item); err != nil {
			return err
		}
	}
	return nil
}

// ExportGenesis returns the whole state, each list in the order of its keys.
func (k *Keeper) ExportGenesis(ctx context.Context) (*modelv1.GenesisState, error) {
	g := &modelv1.GenesisState{}
	for _, read := range []func(context.Context, *modelv1.GenesisState) error{k.exportModels, k.exportLists, k.exportIndexes} {
		if err := read(ctx, g); err != nil {
			return nil, err
		}
	}
	return g, nil
}

func (k *Keeper) exportModels(ctx context.Context, g *modelv1.GenesisState) error {
	err := k.nonces.Walk(ctx, nil, func(creator string, n uint64) (bool, error) {
		g.Counts = append(g.Counts, modelv1.Count{Creator: creator, Models: n})
		return false, nil
	})
	if err != nil {
		return err
	}
	err = k.models.Walk(ctx, nil, func(key string, _ modelv1.Model) (bool, error) {
		m, err := k.model(ctx, key)
		g.Models = append(g.Models, m)
		return false, err
	})
	if err != nil {
		return err
	}
	err = k.obsolete.Walk(ctx, nil, func(key placeKey) (bool, error) {
		g.Obsolete = append(g.Obsolete, modelv1.Obsolete{Model: key.K1(), Generation: key.K2()})
		return false, nil
	})
	if err != nil {
		return err
	}
	return k.chunks.Walk(ctx, nil, func(key, value []byte) (bool, error) {
		g.Chunks = append(g.Chunks, modelv1.Chunk{Key: key, Value: value})
		return false, nil
	})
}

func (k *Keeper) exportIndexes(ctx context.Context, g *modelv1.GenesisState) error {
	err := k.bands.Walk(ctx, nil, func(key, value []byte) (bool, error) {
		g.Bands = append(g.Bands, modelv1.Band{Key: key, Value: value})
		return false, nil
	})
	if err != nil {
		return err
	}
	return k.tests.Walk(ctx, nil, func(key batchKey, t modelv1.Item) (bool, error) {
		g.TestItems = append(g.TestItems, modelv1.TestItem{Model: key.K1(), Market: key.K2(), Number: key.K3(), Item: t})
		return false, nil
	})
}

// exportLists exports the maps whose keys follow from their values.
func (k *Keeper) exportLists(ctx context.Context, g *modelv1.GenesisState) (err error) {
	take := func(read func() error) {
		if err == nil {
			err = read()
		}
	}
	take(func() (err error) { g.Seeds, err = values(ctx, k.seeds); return err })
	take(func() (err error) { g.Contributions, err = k.items.all(ctx); return err })
	take(func() (err error) { g.Contributors, err = values(ctx, k.people); return err })
	take(func() (err error) { g.Entries, err = k.entries.all(ctx); return err })
	take(func() (err error) { g.Prices, err = values(ctx, k.prices); return err })
	take(func() (err error) { g.Purses, err = values(ctx, k.purses); return err })
	take(func() (err error) { g.Reports, err = values(ctx, k.reports); return err })
	take(func() (err error) { g.Ballots, err = values(ctx, k.ballots); return err })
	take(func() (err error) { g.Challenges, err = values(ctx, k.challenges); return err })
	take(func() (err error) { g.Markets, err = values(ctx, k.markets); return err })
	take(func() (err error) { g.Batches, err = values(ctx, k.batches); return err })
	return err
}

func values[K, V any](ctx context.Context, m collections.Map[K, V]) ([]V, error) {
	it, err := m.Iterate(ctx, nil)
	if err != nil {
		return nil, err
	}
	return it.Values()
}
