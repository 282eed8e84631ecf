// Package relay reveals submissions for contributors who have closed their
// browser: a commitment binds, so whoever brings what opens it can change
// nothing.
//
// Words: an opening is what opens a commitment, content and salt; the desk is
// the folder of openings that wait for their round.
//
// Invariants:
//  1. Once Keep has returned, the opening is revealed when its round takes
//     reveals, however often the process is killed before.
//  2. Nothing is kept that does not open a commitment on the chain, so nobody
//     can fill the desk without being engaged and at work.
//  3. Content and salt leave the desk only when the round takes reveals.
//  4. What is revealed, or too late, leaves the desk.
package relay

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/internal/durable"
)

// Opening is what opens a commitment.
type Opening struct {
	Request     id.RequestID `json:"request"`
	Round       uint32       `json:"round"`
	Page        uint32       `json:"page"`
	Contributor id.Address   `json:"contributor"`
	Content     []byte       `json:"content"` // base64
	Salt        id.Hash      `json:"salt"`
}

func (o Opening) sheet() work.Sheet {
	return work.Sheet{Request: o.Request, Round: o.Round, Page: o.Page, Contributor: o.Contributor}
}

// Limits bound the desk; zero fields have their defaults.
type Limits struct {
	// Each and All are the most openings of one address and of everybody;
	// 0: 256, 20,000.
	Each, All int
	// Bytes is the most bytes of content; 0: 1 GiB.
	Bytes int64
}

// Config says whom a relay works for.
type Config struct {
	Client *client.Client
	// Account pays for reveals.
	Account *client.Account
	// Blobs take revealed content, where validators find it.
	Blobs client.Blobs
	// Folder is the desk.
	Folder string
	Limits Limits
	Log    *slog.Logger
}

// Relay keeps openings and reveals them. Run is called once; Keep at any time.
type Relay struct {
	Config
	mu    sync.Mutex
	desk  map[string]waiting // by file
	each  map[id.Address]int
	bytes int64
	fresh chan struct{}
}

// waiting is an opening on the desk without its secrets.
type waiting struct {
	sheet work.Sheet
	bytes int64
}

// New takes up the desk as an earlier process left it.
func New(c Config) (*Relay, error) {
	c.Limits.Each = cmp.Or(c.Limits.Each, 256)
	c.Limits.All = cmp.Or(c.Limits.All, 20_000)
	c.Limits.Bytes = cmp.Or(c.Limits.Bytes, 1<<30)
	r := &Relay{Config: c, desk: map[string]waiting{}, each: map[id.Address]int{}, fresh: make(chan struct{}, 1)}
	files, err := durable.List(c.Folder)
	if err != nil {
		return nil, fault.Internal("relay: %w", err)
	}
	for _, file := range files {
		var o Opening
		if err := durable.Read(file, &o); err != nil {
			return nil, fault.Internal("relay: %w", err)
		}
		r.note(file, o)
	}
	return r, nil
}

// Keep takes an opening over. Errors: not found without a commitment on the
// chain, invalid when it opens another, state when the round takes no more
// reveals, limit when the desk is full.
func (r *Relay) Keep(ctx context.Context, o Opening) error {
	if err := o.check(); err != nil {
		return err
	}
	if err := r.opens(ctx, o); err != nil {
		return err
	}
	file := filepath.Join(r.Folder, o.name())
	if err := r.reserve(file, o); err != nil {
		return err
	}
	if err := durable.Write(file, o); err != nil {
		r.forget(file)
		return fault.Internal("relay: %w", err)
	}
	select {
	case r.fresh <- struct{}{}:
	default:
	}
	return nil
}

// check refuses what can open nothing, or cannot be a file's name.
func (o Opening) check() error {
	if _, err := id.ParseRequestID(string(o.Request)); err != nil {
		return err
	}
	if _, err := client.ParseAddress(o.Contributor); err != nil {
		return err
	}
	if n := len(o.Content); n == 0 || n > work.MaxAnswersSize {
		return fault.Limit("relay: content of %d bytes: 1 to %d", n, work.MaxAnswersSize)
	}
	return nil
}

func (o Opening) name() string {
	text, err := json.Marshal(o.sheet())
	if err != nil {
		panic("relay: " + err.Error()) // plain structs always marshal
	}
	return id.Sum("alaya/relay/name/v1", text).String() + ".json"
}

// opens holds the opening against the chain.
func (r *Relay) opens(ctx context.Context, o Opening) error {
	round, err := r.Client.Round(ctx, o.Request, o.Round)
	if err != nil {
		return err
	}
	if round.State > work.Revealing {
		return fault.State("relay: round %s is %s: it takes no more reveals", round.Key(), round.State)
	}
	s, err := r.Client.Submission(ctx, o.sheet())
	if err != nil {
		return err
	}
	if s.State != work.SubmissionCommitted {
		return fault.State("relay: submission of %s for page %d of round %s is %s", o.Contributor, o.Page, round.Key(), s.State)
	}
	if work.Commitment(client.CIDOf(o.Content), o.Salt) != s.Commitment {
		return fault.Invalid("relay: content and salt do not open the commitment of %s for page %d of round %s", o.Contributor, o.Page, round.Key())
	}
	return nil
}

// reserve makes room on the desk, or says which bound is reached.
func (r *Relay) reserve(file string, o Opening) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, again := r.desk[file]; again {
		return nil // the same opening: a commitment has one
	}
	switch l := r.Limits; {
	case r.each[o.Contributor] >= l.Each:
		return fault.Limit("relay: %s has %d openings waiting: at most %d", o.Contributor, r.each[o.Contributor], l.Each)
	case len(r.desk) >= l.All:
		return fault.Limit("relay: %d openings are waiting: at most %d", len(r.desk), l.All)
	case r.bytes+int64(len(o.Content)) > l.Bytes:
		return fault.Limit("relay: %d bytes are waiting: at most %d", r.bytes, l.Bytes)
	}
	r.add(file, o)
	return nil
}

func (r *Relay) note(file string, o Opening) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(file, o)
}

func (r *Relay) add(file string, o Opening) {
	r.desk[file] = waiting{o.sheet(), int64(len(o.Content))}
	r.each[o.Contributor]++
	r.bytes += int64(len(o.Content))
}

// forget takes an opening off the desk, but not its file.
func (r *Relay) forget(file string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	w, known := r.desk[file]
	if !known {
		return
	}
	delete(r.desk, file)
	r.bytes -= w.bytes
	if r.each[w.sheet.Contributor]--; r.each[w.sheet.Contributor] == 0 {
		delete(r.each, w.sheet.Contributor)
	}
}

// drop takes an opening off the desk for good.
func (r *Relay) drop(file string) error {
	if err := os.Remove(file); err != nil {
		return fault.Internal("relay: %w", err)
	}
	r.forget(file)
	return nil
}
