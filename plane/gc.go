package plane

import (
	"context"
	"errors"
	"fmt"

	"github.com/alaya-network/alaya/core/id"
)

// Collected counts the blocks that a GC met.
type Collected struct {
	Kept    int
	Removed int
}

// GC removes every block that no pin reaches and no lease keeps; see
// Options.Grace. Puts, Gets and Pins may go on meanwhile; a second GC waits. If
// a pinned blob is incomplete or corrupt, nothing is removed, since what lies
// below it cannot be told: fetch it again or unpin it.
func (s *Store) GC(ctx context.Context) (Collected, error) {
	s.collecting.Lock()
	defer s.collecting.Unlock()
	ripe := s.leases.beginSweep()
	defer s.leases.endSweep()

	pinned, err := s.pinned(ctx)
	if err != nil {
		return Collected{}, err
	}
	var done Collected
	for key, err := range s.driver.Keys(ctx) {
		if err != nil {
			return done, fmt.Errorf("plane: collect: %w", err)
		}
		removed := false
		if _, keep := pinned[key]; ripe && !keep {
			removed, err = s.leases.unlessLeased(key, func() error { return s.driver.Delete(ctx, key) })
		}
		if err != nil {
			return done, fmt.Errorf("plane: collect: %w", err)
		}
		if removed {
			done.Removed++
		} else {
			done.Kept++
		}
	}
	return done, nil
}

// pinned returns the keys of all blocks that pins reach.
func (s *Store) pinned(ctx context.Context) (map[id.Hash]struct{}, error) {
	pins, err := s.driver.ListPins(ctx)
	if err != nil {
		return nil, fmt.Errorf("plane: collect: %w", err)
	}
	keys := map[id.Hash]struct{}{}
	var last id.CID
	for _, p := range pins {
		if p.CID == last {
			continue
		}
		o, err := s.outline(ctx, p.CID)
		if err != nil {
			return nil, fmt.Errorf("plane: collect: pin %s: %w", p.Reason, err)
		}
		for _, key := range o.blocks() {
			keys[key] = struct{}{}
		}
		last = p.CID
	}
	return keys, nil
}

// Check reads the whole store and returns every fault it finds, joined: blocks
// that do not match their names and pinned blobs that are not complete.
func (s *Store) Check(ctx context.Context) error {
	var faults []error
	for key, err := range s.driver.Keys(ctx) {
		if err == nil {
			_, err = s.block(ctx, key)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("plane: check: %w", err))
		}
	}
	pins, err := s.driver.ListPins(ctx)
	if err != nil {
		faults = append(faults, fmt.Errorf("plane: check: %w", err))
	}
	for _, p := range pins {
		o, err := s.outline(ctx, p.CID)
		if err == nil {
			err = s.complete(ctx, p.CID, o)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("plane: check: pin %s: %w", p.Reason, err))
		}
	}
	return errors.Join(faults...)
}
