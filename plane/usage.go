package plane

import (
	"context"

	"github.com/alaya-network/alaya/core/fault"
)

// Usage is what a store holds.
type Usage struct {
	Blocks uint64
	Bytes  int64
}

// Usage counts the blocks and their bytes. It looks at every one.
func (s *Store) Usage(ctx context.Context) (Usage, error) {
	var u Usage
	for key, err := range s.driver.Keys(ctx) {
		if err != nil {
			return u, err
		}
		size, err := s.driver.Size(ctx, key)
		if fault.Is(err, fault.KindNotFound) {
			continue // collected meanwhile
		}
		if err != nil {
			return u, err
		}
		u.Blocks++
		u.Bytes += size
	}
	return u, nil
}
