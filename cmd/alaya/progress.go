package main

import (
	"io"
	"strings"
	"sync"
	"time"
)

const (
	barWidth   = 30
	barRefresh = 100 * time.Millisecond
)

// bar shows how far long work has come, on standard error and only if that is
// a terminal; elsewhere it does nothing. All methods may be called
// concurrently and on a nil bar.
type bar struct {
	w     io.Writer
	label string
	total int64
	begun time.Time

	mu    sync.Mutex
	at    int64
	drawn time.Time
}

// bar begins a progress bar over total steps. The caller ends it with done.
func (s *session) bar(label string, total int64) *bar {
	if _, ok := terminalOf(s.notes); !ok || s.flags.quiet || total <= 0 {
		return nil
	}
	b := &bar{w: s.notes, label: clean(label), total: total, begun: time.Now()}
	b.add(0)
	return b
}

// add moves the bar on by n steps.
func (b *bar) add(n int64) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.at = min(b.at+n, b.total)
	if now := time.Now(); now.Sub(b.drawn) >= barRefresh {
		b.drawn = now
		b.draw(now)
	}
}

// done takes the bar away.
func (b *bar) done() {
	if b != nil {
		tell(b.w, "\r\x1b[K")
	}
}

func (b *bar) draw(now time.Time) {
	full := int(b.at * barWidth / b.total)
	tell(b.w, "\r\x1b[K%s [%s%s] %d/%d %s", b.label, strings.Repeat("#", full), strings.Repeat(".", barWidth-full),
		b.at, b.total, now.Sub(b.begun).Round(time.Second))
}
