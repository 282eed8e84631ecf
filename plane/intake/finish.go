package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/internal/durable"
	"github.com/alaya-network/alaya/plane/media"
)

// Kept is a file in the store.
type Kept struct {
	Name string `json:"name"`
	CID  id.CID `json:"cid"`
	Size int64  `json:"size"`
	media.File
}

// Finished is what an upload became: a file, or the files of an archive.
type Finished struct {
	*Kept
	Items []Kept `json:"items,omitempty"`
}

// finish hands a whole upload to the store. It may be asked again: the answer
// is the same.
func (in *Intake) finish(ctx context.Context, u *upload) (Finished, error) {
	if u.Done != nil {
		return *u.Done, nil
	}
	at, err := in.offset(u)
	if err != nil {
		return Finished{}, err
	}
	if at != u.Begun.Size {
		return Finished{}, fault.State("upload %s: %d of %d bytes are here", u.ID, at, u.Begun.Size)
	}
	done, err := in.take(ctx, u)
	if err != nil {
		return Finished{}, err
	}
	in.mu.Lock()
	u.Done, u.At = &done, in.Now().UTC()
	in.mu.Unlock()
	if err := durable.Write(in.record(u.ID), u); err != nil {
		return Finished{}, fault.Internal("intake: %w", err)
	}
	return done, remove(in.part(u.ID))
}

// take looks at an upload and keeps it.
func (in *Intake) take(ctx context.Context, u *upload) (Finished, error) {
	f, err := os.Open(in.part(u.ID))
	if err != nil {
		return Finished{}, fault.Internal("intake: %w", err)
	}
	defer f.Close()
	if err := u.Begun.matches(f); err != nil {
		return Finished{}, err
	}
	found, err := inspect(f, u.Begun.Size, u.Begun.Name)
	if err != nil {
		return Finished{}, err
	}
	if found.MIME == media.Zip {
		items, err := in.unpack(ctx, u, f)
		return Finished{Items: items}, err
	}
	kept, err := in.keep(ctx, u.Begun.Name, f, found)
	return Finished{Kept: &kept}, err
}

// matches holds a file against the hash that its sender gave.
func (b Begun) matches(f io.ReadSeeker) error {
	if b.SHA256 == "" {
		return nil
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return fault.Internal("intake: %w", err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != b.SHA256 {
		return fault.Invalid("upload: %q has SHA-256 %s, announced was %s", b.Name, got, b.SHA256)
	}
	return nil
}

// keep puts one file into the store.
func (in *Intake) keep(ctx context.Context, name string, f io.ReadSeeker, found media.File) (Kept, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Kept{}, fault.Internal("intake: %w", err)
	}
	c, size, err := in.Store.Put(ctx, f)
	if err != nil {
		return Kept{}, fmt.Errorf("upload: %q: %w", name, err)
	}
	return Kept{Name: name, CID: c, Size: size, File: found}, nil
}

// unpack takes in the files of an archive: first all are unpacked and known,
// then all are kept.
func (in *Intake) unpack(ctx context.Context, u *upload, f io.ReaderAt) (items []Kept, err error) {
	folder := in.unpacked(u.ID)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fault.Internal("intake: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	entries, err := in.Archive.Unpack(ctx, f, u.Begun.Size, folder)
	if err != nil {
		return nil, fmt.Errorf("upload: %q: %w", u.Begun.Name, err)
	}
	for i := range entries {
		if err := entries[i].inspect(); err != nil {
			return nil, fmt.Errorf("upload: %q: %w", u.Begun.Name, err)
		}
	}
	for _, e := range entries {
		kept, err := in.keepEntry(ctx, e)
		if err != nil {
			return nil, err
		}
		items = append(items, kept)
	}
	return items, nil
}

func (in *Intake) keepEntry(ctx context.Context, e Entry) (Kept, error) {
	f, err := os.Open(e.Path)
	if err != nil {
		return Kept{}, fault.Internal("intake: %w", err)
	}
	defer f.Close()
	return in.keep(ctx, e.Name, f, e.found)
}
