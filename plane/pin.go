package plane

import (
	"cmp"
	"context"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// MaxReasonLen is the most characters a pin's reason has.
const MaxReasonLen = 100

// Pin keeps one blob for one reason, such as "dataset:45dbe6a72cefd7d7". A
// blob may have many pins and stays until the last is gone.
type Pin struct {
	CID    id.CID `json:"cid"`
	Reason string `json:"reason"`
}

// Check accepts a well-formed CID and a reason of 1 to 100 characters out of
// a-z, 0-9, ':', '.', '_' and '-'.
func (p Pin) Check() error {
	if _, err := id.ParseCID(p.CID.String()); err != nil {
		return err
	}
	if len(p.Reason) == 0 || len(p.Reason) > MaxReasonLen {
		return fault.Invalid("plane: pin %s: reason of %d characters, want 1 to %d", p.CID, len(p.Reason), MaxReasonLen)
	}
	for _, r := range p.Reason {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == ':', r == '.', r == '_', r == '-':
		default:
			return fault.Invalid("plane: pin %s: reason %q: character %q, want a-z 0-9 : . _ -", p.CID, p.Reason, r)
		}
	}
	return nil
}

// Compare orders pins by CID, then reason: -1, 0 or +1.
func (p Pin) Compare(other Pin) int {
	return cmp.Or(cmp.Compare(p.CID, other.CID), cmp.Compare(p.Reason, other.Reason))
}

// Pin keeps the blob for a reason, see Pin.Check, until Unpin. Pinning twice
// is no error. A blob of which any block is missing is an error of kind not
// found and is not pinned.
func (s *Store) Pin(ctx context.Context, c id.CID, reason string) error {
	p := Pin{CID: c, Reason: reason}
	if err := p.Check(); err != nil {
		return err
	}
	o, err := s.outline(ctx, c)
	if err != nil {
		return err
	}
	keys := o.blocks()
	for _, key := range keys {
		s.leases.hold(key)
	}
	if err := s.complete(ctx, c, o); err != nil {
		s.leases.release(keys)
		return err
	}
	if err := s.driver.AddPin(ctx, p); err != nil {
		s.leases.release(keys)
		return err
	}
	s.leases.keep(keys) // a GC that listed the pins before must spare them
	return nil
}

// Unpin takes one reason away. An absent pin is no error.
func (s *Store) Unpin(ctx context.Context, c id.CID, reason string) error {
	p := Pin{CID: c, Reason: reason}
	if err := p.Check(); err != nil {
		return err
	}
	return s.driver.RemovePin(ctx, p)
}

// Pins returns all pins, ordered by CID, then reason.
func (s *Store) Pins(ctx context.Context) ([]Pin, error) { return s.driver.ListPins(ctx) }

// blocks returns the keys of all nodes and leaves.
func (o *outline) blocks() []id.Hash {
	return append(append(make([]id.Hash, 0, len(o.nodes)+len(o.leaves)), o.nodes...), o.leaves...)
}
