package api

import (
	"bufio"
	"context"
	"errors"
	"io"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

const (
	// maxLine bounds a line of a blob of lines, in bytes, maxRead what one
	// request reads of such a blob.
	maxLine, maxRead = 1 << 20, 256 << 20
	// maxReport bounds a report or label, in bytes.
	maxReport = 32 << 20
)

// blob returns a blob of at most so many bytes; nothing when it is not here.
func (a *API) blob(ctx context.Context, c id.CID, most int64) ([]byte, error) {
	if c == "" {
		return nil, nil
	}
	r, err := a.Store.Get(ctx, c)
	if fault.Is(err, fault.KindNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, fault.Internal("api: blob %s: %w", c, err)
	}
	if int64(len(text)) > most {
		return nil, nil // whoever made it did not mean it to be read here
	}
	return text, nil
}

// lines reads a blob line by line from an offset on, until see says that it
// has enough. It tells see where the next line begins.
func (a *API) lines(ctx context.Context, c id.CID, from int64, see func(line []byte, next int64) (more bool)) error {
	r, err := a.Store.Get(ctx, c)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := begin(r, c, from); err != nil {
		return err
	}
	s := bufio.NewScanner(io.LimitReader(r, maxRead))
	s.Buffer(make([]byte, 0, 64<<10), maxLine)
	at := from
	for s.Scan() {
		if err := ctx.Err(); err != nil {
			return fault.Limit("api: blob %s: not read in time", c)
		}
		at += int64(len(s.Bytes())) + 1
		if !see(s.Bytes(), at) {
			return nil
		}
	}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		return fault.Limit("api: blob %s: a line of more than %d bytes", c, maxLine)
	}
	if s.Err() != nil {
		return fault.Internal("api: blob %s: %w", c, s.Err())
	}
	return nil
}

// begin goes to the beginning of a line.
func begin(r io.ReadSeeker, c id.CID, from int64) error {
	if from == 0 {
		return nil
	}
	before := make([]byte, 1)
	_, err := r.Seek(from-1, io.SeekStart)
	if err == nil {
		_, err = io.ReadFull(r, before)
	}
	if err != nil || before[0] != '\n' {
		return fault.Invalid("api: cursor %d: no line of %s begins there", from, c)
	}
	return nil
}
