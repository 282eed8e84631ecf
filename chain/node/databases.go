package node

import (
	"errors"
	"sync"

	cmtdb "github.com/cometbft/cometbft-db"
	cmtcfg "github.com/cometbft/cometbft/config"
	"github.com/syndtr/goleveldb/leveldb"
)

// databases remembers what CometBFT opened. CometBFT closes only some of it,
// and an open database keeps its home locked.
type databases struct {
	mu  sync.Mutex
	all []*database
}

func (d *databases) open(ctx *cmtcfg.DBContext) (cmtdb.DB, error) {
	db, err := cmtcfg.DefaultDBProvider(ctx)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	opened := &database{DB: db}
	d.all = append(d.all, opened)
	return opened, nil
}

func (d *databases) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var errs []error
	for _, db := range d.all {
		errs = append(errs, db.Close())
	}
	d.all = nil
	return errors.Join(errs...)
}

// database finds nothing once it is closed. What CometBFT tells its peers reads
// the block store for some seconds after the node has stopped, and would panic
// on an error.
type database struct {
	cmtdb.DB
	mu     sync.RWMutex
	closed bool
}

// Get returns nil for an absent key, and for any once closed.
func (d *database) Get(key []byte) ([]byte, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.closed {
		return nil, nil
	}
	return d.DB.Get(key)
}

// Close may be called again.
func (d *database) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return nil
	}
	d.closed = true
	if err := d.DB.Close(); err != nil && !errors.Is(err, leveldb.ErrClosed) {
		return err
	}
	return nil
}
