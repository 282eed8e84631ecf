// Package intake takes in files from browsers, piece by piece, and hands them
// to the store once they are whole and known for what they are.
//
//	POST  /api/v1/uploads              begins one: {"name","size","mime"?,"sha256"?}
//	HEAD  /api/v1/uploads/{id}         how far it is, in Upload-Offset
//	PATCH /api/v1/uploads/{id}         goes on at Upload-Offset
//	POST  /api/v1/uploads/{id}/finish  keeps the file, or the files of an archive
//
// Words: an upload is a file on its way; its offset is how many bytes of it are
// here; a visitor is where it comes from.
//
// Invariants:
//  1. Nothing reaches the store before the whole upload is here, is what its
//     sender said, is a kind of package media, and no text under another name.
//  2. An archive is taken in as a whole or not at all: every file of it is
//     unpacked and known before the first is kept.
//  3. What is here of an upload survives the end of the process; what nobody
//     goes on with is gone after Options.Lifetime.
//  4. Uploads, their bytes, and what an archive unpacks to are bounded, and
//     bytes are counted as they come, not as announced.
package intake

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/internal/durable"
	"github.com/alaya-network/alaya/plane"
)

// Options are the settings of an Intake; zero fields have their defaults.
type Options struct {
	// Folder holds what is on its way.
	Folder string
	Store  *plane.Store
	// MaxSize is the most bytes of a file; 0: 256 MiB.
	MaxSize int64
	// Each and All are the most uploads of a visitor and of everybody at a time;
	// 0: 200 and 2,000. Bytes is what they may hold together; 0: 16 GiB.
	Each, All int
	Bytes     int64
	// Hourly is how many a visitor may begin within an hour; 0: 5,000.
	Hourly int
	// Lifetime is how long an upload waits for somebody to go on; 0: one day.
	Lifetime time.Duration
	Archive  Archive
	// Visitor names where a request comes from.
	Visitor func(*http.Request) string
	Now     func() time.Time
	Log     *slog.Logger
}

func (o Options) withDefaults() Options {
	o.MaxSize = cmp.Or(o.MaxSize, 256<<20)
	o.Each = cmp.Or(o.Each, 200)
	o.All = cmp.Or(o.All, 2_000)
	o.Bytes = cmp.Or(o.Bytes, 16<<30)
	o.Hourly = cmp.Or(o.Hourly, 5_000)
	o.Lifetime = cmp.Or(o.Lifetime, 24*time.Hour)
	o.Archive = o.Archive.withDefaults()
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Begun is what a sender says of a file. The media type is a hint that is never
// believed.
type Begun struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	MIME   string `json:"mime,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
}

// MaxName bounds a file's name, in bytes.
const MaxName = 255

func (b Begun) check(most int64) error {
	if err := checkName(b.Name); err != nil || strings.ContainsAny(b.Name, "/\\") {
		return fault.Invalid("upload: name %q: 1 to %d bytes of UTF-8 without folders or control characters", b.Name, MaxName)
	}
	if b.Size < 1 || b.Size > most {
		return fault.Limit("upload: %q of %d bytes: 1 to %d", b.Name, b.Size, most)
	}
	if b.SHA256 != "" {
		if _, err := id.ParseHash(b.SHA256); err != nil {
			return fault.Invalid("upload: sha256: %w", err)
		}
	}
	return nil
}

// upload is one file on its way, as it is written down.
type upload struct {
	ID      string    `json:"id"`
	Visitor string    `json:"visitor"`
	Begun   Begun     `json:"begun"`
	At      time.Time `json:"at"`
	// Done is what it became; then its bytes are gone from here.
	Done *Finished `json:"done,omitempty"`

	busy bool
}

// Intake takes files in. All methods may be called concurrently; Run once.
type Intake struct {
	Options
	mu      sync.Mutex
	uploads map[string]*upload
	hour    time.Time
	begun   map[string]int // by visitor, since hour
}

// New takes up what an earlier process left on its way.
func New(o Options) (*Intake, error) {
	in := &Intake{Options: o.withDefaults(), uploads: map[string]*upload{}, begun: map[string]int{}}
	files, err := durable.List(o.Folder)
	if err != nil {
		return nil, fault.Internal("intake: %w", err)
	}
	for _, file := range files {
		var u upload
		if err := durable.Read(file, &u); err != nil {
			return nil, fault.Internal("intake: %w", err)
		}
		in.uploads[u.ID] = &u
	}
	return in, nil
}

// Run removes what nobody goes on with, until ctx ends.
func (in *Intake) Run(ctx context.Context) error {
	tick := time.NewTicker(min(in.Lifetime, time.Minute))
	defer tick.Stop()
	for {
		if err := in.sweep(); err != nil {
			in.Log.Warn("intake", "error", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// sweep removes what is older than its lifetime.
func (in *Intake) sweep() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	var faults []error
	for name, u := range in.uploads {
		if u.busy || in.Now().Sub(in.touched(u)) < in.Lifetime {
			continue
		}
		faults = append(faults, os.RemoveAll(in.unpacked(name)), remove(in.part(name)), remove(in.record(name)))
		delete(in.uploads, name)
	}
	return errors.Join(faults...)
}

// touched is when somebody last went on with an upload.
func (in *Intake) touched(u *upload) time.Time {
	if info, err := os.Stat(in.part(u.ID)); err == nil && info.ModTime().After(u.At) {
		return info.ModTime()
	}
	return u.At
}

func remove(file string) error {
	if err := os.Remove(file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (in *Intake) record(name string) string   { return filepath.Join(in.Folder, name+".json") }
func (in *Intake) part(name string) string     { return filepath.Join(in.Folder, name+".part") }
func (in *Intake) unpacked(name string) string { return filepath.Join(in.Folder, name+".files") }

// begin makes room for an upload.
func (in *Intake) begin(b Begun, visitor string) (*upload, error) {
	if err := b.check(in.MaxSize); err != nil {
		return nil, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if err := in.room(b, visitor); err != nil {
		return nil, err
	}
	u := &upload{ID: strings.ToLower(rand.Text()), Visitor: visitor, Begun: b, At: in.Now().UTC()}
	if err := durable.Write(in.record(u.ID), u); err != nil {
		return nil, fault.Internal("intake: %w", err)
	}
	in.uploads[u.ID] = u
	in.begun[visitor]++
	return u, nil
}

// full is a bound that time heals: after is when to come back.
type full struct {
	error
	after time.Duration
}

// Unwrap serves errors.As.
func (f full) Unwrap() error { return f.error }

// soon is when others may have finished.
const soon = time.Minute

// room says which bound one more upload would break.
func (in *Intake) room(b Begun, visitor string) error {
	if now := in.Now(); now.Sub(in.hour) >= time.Hour {
		in.hour, in.begun = now, map[string]int{}
	}
	var own, all int
	bytes := b.Size
	for _, u := range in.uploads {
		if u.Done != nil {
			continue
		}
		all++
		bytes += u.Begun.Size
		if u.Visitor == visitor {
			own++
		}
	}
	switch {
	case in.begun[visitor] >= in.Hourly:
		return full{fault.Limit("upload: %d begun within an hour: at most %d: try again later", in.begun[visitor], in.Hourly), in.hour.Add(time.Hour).Sub(in.Now())}
	case own >= in.Each:
		return full{fault.Limit("upload: %d of yours are on their way: at most %d: finish some", own, in.Each), soon}
	case all >= in.All:
		return full{fault.Limit("upload: %d are on their way: at most %d: try again later", all, in.All), soon}
	case bytes > in.Bytes:
		return full{fault.Limit("upload: %d bytes would be on their way: at most %d: try again later", bytes, in.Bytes), soon}
	}
	return nil
}

// hold gives an upload to one request at a time.
func (in *Intake) hold(name string) (*upload, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	u, known := in.uploads[name]
	if !known {
		return nil, fault.NotFound("upload %.40q: not here, or given up", name)
	}
	if u.busy {
		return nil, fault.State("upload %s: another request is at it", name)
	}
	u.busy = true
	return u, nil
}

func (in *Intake) release(u *upload) {
	in.mu.Lock()
	defer in.mu.Unlock()
	u.busy = false
}

// offset is how many bytes of an upload are here.
func (in *Intake) offset(u *upload) (int64, error) {
	if u.Done != nil {
		return u.Begun.Size, nil
	}
	info, err := os.Stat(in.part(u.ID))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fault.Internal("intake: %w", err)
	}
	return info.Size(), nil
}

// add goes on with an upload from an offset and returns the new one. What came
// before a fault of r stays; nothing stays of more than was announced.
func (in *Intake) add(u *upload, from int64, r io.Reader) (int64, error) {
	at, err := in.offset(u)
	if err != nil {
		return at, err
	}
	if u.Done != nil {
		return at, fault.State("upload %s: finished", u.ID)
	}
	if from != at {
		return at, fault.State("upload %s: goes on at byte %d, not %d", u.ID, at, from)
	}
	f, err := os.OpenFile(in.part(u.ID), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return at, fault.Internal("intake: %w", err)
	}
	n, err := io.Copy(f, io.LimitReader(r, u.Begun.Size-at+1))
	if at+n > u.Begun.Size {
		err = errors.Join(fault.Limit("upload %s: more than the %d bytes announced", u.ID, u.Begun.Size), f.Truncate(at))
		n = 0
	} else if err != nil {
		err = fault.Invalid("upload %s: cut off at byte %d: %w", u.ID, at+n, err)
	}
	return at + n, errors.Join(err, f.Close())
}
