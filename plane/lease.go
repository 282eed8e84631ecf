package plane

import (
	"sync"
	"time"

	"github.com/alaya-network/alaya/core/id"
)

// leases knows the blocks that GC spares although no pin reaches them: those
// that running Puts hold, and those kept less than the grace period ago.
type leases struct {
	grace  time.Duration
	now    func() time.Time
	opened time.Time

	mu    sync.Mutex
	held  map[id.Hash]int       // by how many running Puts
	kept  map[id.Hash]time.Time // when the last Put ended
	tidy  int                   // size of kept at which to forget the stale
	sweep time.Time             // when the running GC began, else zero
}

func newLeases(grace time.Duration, now func() time.Time) *leases {
	return &leases{
		grace: grace, now: now, opened: now(),
		held: map[id.Hash]int{}, kept: map[id.Hash]time.Time{}, tidy: 1024,
	}
}

// hold leases key until release or keep.
func (l *leases) hold(key id.Hash) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held[key]++
}

// release ends the leases of a Put that failed.
func (l *leases) release(keys []id.Hash) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, key := range keys {
		l.drop(key)
	}
}

// keep ends the leases of a Put that succeeded: its grace period begins.
func (l *leases) keep(keys []id.Hash) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := l.now()
	for _, key := range keys {
		l.kept[key] = at
		l.drop(key)
	}
	if len(l.kept) >= l.tidy {
		l.forget(at)
	}
}

// beginSweep says whether anything may be removed at all: not within the
// first grace period, when nobody knows how old the blocks are. What is kept
// between here and endSweep is spared whatever the grace period.
func (l *leases) beginSweep() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep = l.now()
	l.forget(l.sweep)
	return l.sweep.Sub(l.opened) >= l.grace
}

func (l *leases) endSweep() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep = time.Time{}
}

// unlessLeased runs remove if nobody leases key, and says whether it ran. No
// lease of any key begins meanwhile, so a Put that follows finds key removed.
func (l *leases) unlessLeased(key id.Hash, remove func() error) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if at, ok := l.kept[key]; l.held[key] > 0 || ok && l.fresh(at, l.now()) {
		return false, nil
	}
	return true, remove()
}

func (l *leases) drop(key id.Hash) {
	if l.held[key]--; l.held[key] == 0 {
		delete(l.held, key)
	}
}

// fresh says whether what was kept at kept is spared at now.
func (l *leases) fresh(kept, now time.Time) bool {
	return now.Sub(kept) < l.grace || !l.sweep.IsZero() && !kept.Before(l.sweep)
}

// forget drops what is stale, and does so again once as much has come anew.
func (l *leases) forget(now time.Time) {
	for key, at := range l.kept {
		if !l.fresh(at, now) {
			delete(l.kept, key)
		}
	}
	l.tidy = 2*len(l.kept) + 1024
}
