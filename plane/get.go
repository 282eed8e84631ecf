package plane

import (
	"context"
	"fmt"
	"io"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Stat is what the store knows of a blob without reading all of it.
type Stat struct {
	CID    id.CID
	Size   int64 // bytes of content
	Blocks int   // nodes and leaves
}

// Stat describes a blob from its nodes. A blob that is not here is an error
// of kind not found; leaves may still be missing, see Has.
func (s *Store) Stat(ctx context.Context, c id.CID) (Stat, error) {
	o, err := s.outline(ctx, c)
	if err != nil {
		return Stat{}, err
	}
	return Stat{CID: c, Size: o.size, Blocks: len(o.nodes) + len(o.leaves)}, nil
}

// Has says whether the blob is here with every block at its right length.
func (s *Store) Has(ctx context.Context, c id.CID) (bool, error) {
	o, err := s.outline(ctx, c)
	if err == nil {
		err = s.complete(ctx, c, o)
	}
	if fault.Is(err, fault.KindNotFound) {
		return false, nil
	}
	return err == nil, err
}

// complete returns an error naming the first block that is missing or of a
// wrong length.
func (s *Store) complete(ctx context.Context, c id.CID, o *outline) error {
	for _, key := range o.nodes {
		if _, err := s.driver.Size(ctx, key); err != nil {
			return fmt.Errorf("plane: blob %s: %w", c, err)
		}
	}
	for i, key := range o.leaves {
		size, err := s.driver.Size(ctx, key)
		if err == nil && size != o.leafSize(i) {
			err = corrupt(key, fmt.Sprintf("%d bytes, want %d", size, o.leafSize(i)))
		}
		if err != nil {
			return fmt.Errorf("plane: blob %s: %w", c, err)
		}
	}
	return nil
}

// GetBytes returns the whole blob if it has at most limit bytes; a longer one
// is an error of kind limit.
func (s *Store) GetBytes(ctx context.Context, c id.CID, limit int64) ([]byte, error) {
	r, err := s.open(ctx, c)
	if err != nil {
		return nil, err
	}
	if r.o.size > limit {
		return nil, fault.Limit("plane: blob %s: %d bytes exceed the limit of %d", c, r.o.size, limit)
	}
	content := make([]byte, r.o.size)
	if _, err := io.ReadFull(r, content); err != nil {
		return nil, err
	}
	return content, nil
}

// Get opens a blob for reading from anywhere in it. Every block is checked
// when it is reached: bytes come out right or not at all. The reader holds one
// block, serves one goroutine and ends with ctx. A blob that is not here is an
// error of kind not found, a broken block a CorruptError.
func (s *Store) Get(ctx context.Context, c id.CID) (io.ReadSeekCloser, error) {
	r, err := s.open(ctx, c)
	if err != nil {
		return nil, err
	}
	return r, nil
}

func (s *Store) open(ctx context.Context, c id.CID) (*reader, error) {
	o, err := s.outline(ctx, c)
	if err != nil {
		return nil, err
	}
	r := &reader{ctx: ctx, store: s, cid: c, o: o}
	if err := r.load(0); err != nil {
		return nil, err
	}
	return r, nil
}

type reader struct {
	ctx    context.Context
	store  *Store
	cid    id.CID
	o      *outline
	offset int64
	index  int    // of the leaf held
	leaf   []byte // nil when none is held
}

// Read reads up to the end of a leaf.
func (r *reader) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	if r.offset >= r.o.size {
		return 0, io.EOF
	}
	if i := int(r.offset / ChunkSize); r.leaf == nil || r.index != i {
		if err := r.load(i); err != nil {
			return 0, err
		}
	}
	n := copy(b, r.leaf[r.offset%ChunkSize:])
	r.offset += int64(n)
	return n, nil
}

func (r *reader) load(i int) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	key := r.o.leaves[i]
	b, err := r.store.block(r.ctx, key)
	if err == nil && int64(len(b)) != r.o.leafSize(i) {
		err = fault.Invalid("leaf %d of %d bytes: want %d", i, len(b), r.o.leafSize(i))
	}
	if err != nil {
		return fmt.Errorf("plane: blob %s: %w", r.cid, err)
	}
	r.index, r.leaf = i, b
	return nil
}

// Seek sets where the next Read begins; beyond the end it finds the end.
func (r *reader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += r.offset
	case io.SeekEnd:
		offset += r.o.size
	default:
		return 0, fault.Invalid("plane: blob %s: seek from %d: no such origin", r.cid, whence)
	}
	if offset < 0 {
		return 0, fault.Invalid("plane: blob %s: seek to %d", r.cid, offset)
	}
	r.offset = offset
	return offset, nil
}

// Close lets go of the block held.
func (r *reader) Close() error {
	r.leaf = nil
	return nil
}
