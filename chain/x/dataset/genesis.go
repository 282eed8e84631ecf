package dataset

import (
	"context"

	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	"github.com/alaya-network/alaya/wire"
)

// DefaultGenesis is the state of a new chain: nothing.
func DefaultGenesis() *datasetv1.GenesisState { return &datasetv1.GenesisState{} }

// ValidateGenesis reads every version, in the order of export, and checks
// invariants 1 and 2.
func ValidateGenesis(g *datasetv1.GenesisState) error {
	latest := map[id.DatasetID]dataset.Dataset{}
	for i := range g.Datasets {
		d, err := wire.DatasetFromProto(&g.Datasets[i])
		if err != nil {
			return err
		}
		if err := d.Check(); err != nil {
			return err
		}
		if err := follows(latest[d.ID], d); err != nil {
			return err
		}
		latest[d.ID] = d
	}
	return nil
}

// follows says whether d may stand after prev, the zero Dataset before all.
func follows(prev, d dataset.Dataset) error {
	if d.Version != prev.Version+1 {
		return fault.Invalid("dataset: %s: version %d stands after version %d", d.ID, d.Version, prev.Version)
	}
	if prev.Version == 0 {
		return nil
	}
	if d.Owner != prev.Owner {
		return fault.Invalid("dataset: %s: version %d belongs to %s, version %d to %s", d.ID, d.Version, d.Owner, prev.Version, prev.Owner)
	}
	if len(d.Parents) == 0 || d.Parents[0].Dataset != d.ID || d.Parents[0].Version != prev.Version {
		return fault.Invalid("dataset: %s: version %d does not name version %d as its parent", d.ID, d.Version, prev.Version)
	}
	return nil
}

// InitGenesis writes the state.
func (k *Keeper) InitGenesis(ctx context.Context, g *datasetv1.GenesisState) error {
	for i := range g.Datasets {
		d, err := wire.DatasetFromProto(&g.Datasets[i])
		if err != nil {
			return err
		}
		if err := k.save(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// ExportGenesis returns the whole state in the order of its keys.
func (k *Keeper) ExportGenesis(ctx context.Context) (*datasetv1.GenesisState, error) {
	it, err := k.versions.Iterate(ctx, nil)
	if err != nil {
		return nil, err
	}
	versions, err := it.Values()
	return &datasetv1.GenesisState{Datasets: versions}, err
}

// Invariants walks the whole state and checks invariants 1 and 2.
func (k *Keeper) Invariants(ctx context.Context) error {
	g, err := k.ExportGenesis(ctx)
	if err != nil {
		return err
	}
	return ValidateGenesis(g)
}
