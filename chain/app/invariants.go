package app

import (
	"context"
	"fmt"
)

// Invariants reads the whole committed state of our stages and holds it against
// the invariants of core. It returns the first that does not hold.
func (a *App) Invariants() error {
	ctx, err := a.CreateQueryContextWithCheckHeader(a.LastBlockHeight(), false, false)
	if err != nil {
		return fmt.Errorf("app: read state: %w", err)
	}
	s := a.Keepers.Stages
	for _, check := range []func(context.Context) error{
		s.Party.Invariants, s.Market.Invariants, s.Work.Invariants, s.Quality.Invariants, s.Settle.Invariants, s.Dataset.Invariants, s.Model.Invariants,
	} {
		if err := check(ctx); err != nil {
			return err
		}
	}
	return nil
}
