package plane

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Durability says when Put makes a blob survive a power cut. The end of the
// process it survives always.
type Durability int

const (
	// SyncLarge syncs once at the end of a blob of more than one block.
	SyncLarge Durability = iota
	// SyncAlways syncs once at the end of every blob.
	SyncAlways
	// SyncNever leaves it to the operating system.
	SyncNever
)

// Options are the settings of a Store. Start from Defaults.
type Options struct {
	// MaxSize is the most bytes a blob may have.
	MaxSize int64
	// Durability says when to sync.
	Durability Durability
	// Grace is how long a blob stays without a pin after its Put, and every
	// block after New: long enough for whoever put it to pin it.
	Grace time.Duration
	// Now tells the time by which Grace is measured.
	Now func() time.Time
}

// Defaults returns 16 GiB, SyncLarge, one hour and the system clock.
func Defaults() Options {
	return Options{MaxSize: 16 << 30, Durability: SyncLarge, Grace: time.Hour, Now: time.Now}
}

// Store keeps blobs on a driver. All methods may be called concurrently.
type Store struct {
	driver     Driver
	options    Options
	leases     *leases
	collecting sync.Mutex
}

// New returns the store that lies on driver. One driver has one store.
func New(driver Driver, options Options) (*Store, error) {
	if options.MaxSize <= 0 {
		return nil, fault.Invalid("plane: size limit %d: want more than 0", options.MaxSize)
	}
	if options.Grace < 0 {
		return nil, fault.Invalid("plane: grace %s: want 0 or more", options.Grace)
	}
	if options.Now == nil {
		return nil, fault.Invalid("plane: no clock")
	}
	return &Store{driver: driver, options: options, leases: newLeases(options.Grace, options.Now)}, nil
}

// MaxSize returns the most bytes a blob may have here.
func (s *Store) MaxSize() int64 { return s.options.MaxSize }

// block reads one block and checks it against its name.
func (s *Store) block(ctx context.Context, key id.Hash) ([]byte, error) {
	b, err := s.driver.Get(ctx, key)
	if err != nil {
		return nil, err
	}
	if sum := id.Hash(sha256.Sum256(b)); sum != key {
		return nil, corrupt(key, fmt.Sprintf("%d bytes of hash %s", len(b), sum))
	}
	return b, nil
}

func corrupt(key id.Hash, found string) error {
	return fault.Internal("%w", &CorruptError{Block: key, Found: found})
}
