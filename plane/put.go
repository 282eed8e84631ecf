package plane

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"

	chunker "github.com/ipfs/boxo/chunker"
	"github.com/ipfs/boxo/ipld/unixfs/importer/balanced"
	"github.com/ipfs/boxo/ipld/unixfs/importer/helpers"
	"github.com/ipfs/go-cid"
	ipld "github.com/ipfs/go-ipld-format"
	"github.com/multiformats/go-multihash"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// PutBytes keeps content and returns its CID. Content above Options.MaxSize
// is an error of kind limit.
func (s *Store) PutBytes(ctx context.Context, content []byte) (id.CID, error) {
	if len(content) > ChunkSize || int64(len(content)) > s.options.MaxSize {
		c, _, err := s.Put(ctx, bytes.NewReader(content))
		return c, err
	}
	p := s.begin(ctx)
	c, err := p.raw(content)
	if err != nil {
		p.abandon()
		return "", err
	}
	return c, p.commit()
}

// Put keeps what r gives up to its end, and returns the CID and the number of
// bytes. It holds a few MiB in memory whatever the length. Content above
// Options.MaxSize is an error of kind limit; an error of r keeps its kind.
func (s *Store) Put(ctx context.Context, r io.Reader) (id.CID, int64, error) {
	p := s.begin(ctx)
	c, size, err := p.content(r)
	if err != nil {
		p.abandon()
		return "", 0, err
	}
	return c, size, p.commit()
}

// PutAs keeps what r gives only if its CID is want, and returns the number of
// bytes. Other content is an error of kind invalid that names both CIDs; more
// than a raw blob holds, or than Options.MaxSize, is one of kind limit.
func (s *Store) PutAs(ctx context.Context, want id.CID, r io.Reader) (int64, error) {
	if _, err := id.ParseCID(want.String()); err != nil {
		return 0, err
	}
	p := s.begin(ctx)
	got, size, err := p.contentAs(want, r)
	if err == nil && got != want {
		err = fault.Invalid("plane: content is %s, want %s", got, want)
	}
	if err != nil {
		p.abandon()
		return 0, err
	}
	return size, p.commit()
}

// put is one running Put: it leases every block before writing it. As a DAG
// service it serves Add alone, all that the UnixFS layout calls.
type put struct {
	ipld.DAGService
	ctx   context.Context
	store *Store
	keys  []id.Hash
}

func (s *Store) begin(ctx context.Context) *put { return &put{ctx: ctx, store: s} }

func (p *put) content(r io.Reader) (id.CID, int64, error) {
	src := &source{r: r, limit: p.store.options.MaxSize}
	first, err := io.ReadAll(io.LimitReader(src, ChunkSize+1))
	if err != nil {
		return "", 0, err
	}
	if len(first) <= ChunkSize {
		c, err := p.raw(first)
		return c, src.read, err
	}
	c, err := p.layout(io.MultiReader(bytes.NewReader(first), src))
	if src.err != nil { // the chunker takes some read errors for the end
		err = src.err
	}
	return c, src.read, err
}

// contentAs spares the store what cannot be want: raw content is compared
// before it is kept.
func (p *put) contentAs(want id.CID, r io.Reader) (id.CID, int64, error) {
	if want.Codec() != id.Raw {
		return p.content(r)
	}
	src := &source{r: r, limit: min(ChunkSize, p.store.options.MaxSize)}
	b, err := io.ReadAll(src)
	if err != nil {
		return "", 0, err
	}
	if got := id.RawCID(b); got != want {
		return got, src.read, nil
	}
	return want, src.read, p.block(want.Digest(), b)
}

func (p *put) raw(content []byte) (id.CID, error) {
	digest := id.Hash(sha256.Sum256(content))
	return id.NewCID(id.Raw, digest), p.block(digest, content)
}

func (p *put) layout(r io.Reader) (id.CID, error) {
	params := helpers.DagBuilderParams{
		Maxlinks:   helpers.DefaultLinksPerBlock,
		RawLeaves:  true,
		CidBuilder: cid.V1Builder{Codec: cid.DagProtobuf, MhType: multihash.SHA2_256},
		Dagserv:    p,
	}
	helper, err := params.New(chunker.NewSizeSplitter(r, ChunkSize))
	if err != nil {
		return "", fmt.Errorf("plane: lay out content: %w", err)
	}
	root, err := balanced.Layout(helper)
	if err != nil {
		return "", err
	}
	return id.ParseCID(root.Cid().String())
}

// Add keeps a node or leaf of the layout.
func (p *put) Add(_ context.Context, n ipld.Node) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	c, err := id.ParseCID(n.Cid().String())
	if err != nil {
		return err
	}
	return p.block(c.Digest(), n.RawData())
}

func (p *put) block(key id.Hash, b []byte) error {
	p.store.leases.hold(key)
	p.keys = append(p.keys, key)
	return p.store.driver.Put(p.ctx, key, b)
}

func (p *put) abandon() { p.store.leases.release(p.keys) }

func (p *put) commit() error {
	p.store.leases.keep(p.keys)
	how := p.store.options.Durability
	if how == SyncAlways || how == SyncLarge && len(p.keys) > 1 {
		return p.store.driver.Sync(p.ctx)
	}
	return nil
}

// source counts and bounds what is read, and remembers the first error.
type source struct {
	r           io.Reader
	read, limit int64
	err         error
}

func (s *source) Read(b []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(b)
	s.read += int64(n)
	switch {
	case s.read > s.limit:
		s.err = fault.Limit("plane: content exceeds the limit of %d bytes", s.limit)
	case err != nil && err != io.EOF:
		s.err = fmt.Errorf("plane: read content: %w", err)
	default:
		return n, err
	}
	return 0, s.err
}
