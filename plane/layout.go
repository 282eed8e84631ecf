package plane

import (
	"context"
	"fmt"

	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/boxo/ipld/unixfs"
	"github.com/ipfs/boxo/ipld/unixfs/importer/helpers"
	ipld "github.com/ipfs/go-ipld-format"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// maxDepth bounds the nodes above a leaf: 174^6 leaves are beyond any disk.
const maxDepth = 6

// outline is the list of a blob's blocks. Leaf i begins at byte i*ChunkSize.
type outline struct {
	size   int64
	nodes  []id.Hash
	leaves []id.Hash
}

// leafSize returns the length of leaf i.
func (o *outline) leafSize(i int) int64 {
	return min(ChunkSize, o.size-int64(i)*ChunkSize)
}

// link is what a node says about one block below it.
type link struct {
	codec  id.Codec
	digest id.Hash
	size   int64
}

// outline reads the nodes of a blob, not its leaves. Nodes are foreign bytes:
// only the shape that Put makes is accepted, so the work is bounded by
// Options.MaxSize whatever they claim.
func (s *Store) outline(ctx context.Context, c id.CID) (*outline, error) {
	if _, err := id.ParseCID(c.String()); err != nil {
		return nil, err
	}
	o := &outline{}
	var err error
	if c.Codec() == id.Raw {
		o.leaves = []id.Hash{c.Digest()}
		o.size, err = s.driver.Size(ctx, c.Digest())
	} else {
		err = s.descend(ctx, o, link{codec: id.DagPB, digest: c.Digest()}, maxDepth)
	}
	if err != nil {
		return nil, fmt.Errorf("plane: blob %s: %w", c, err)
	}
	return o, nil
}

// descend appends what lies under the node l. The root says its size itself.
func (s *Store) descend(ctx context.Context, o *outline, l link, depth int) error {
	if depth == 0 {
		return fault.Invalid("node %s: deeper than %d", l.digest, maxDepth)
	}
	b, err := s.block(ctx, l.digest)
	if err != nil {
		return err
	}
	links, size, err := decodeNode(b)
	if err != nil {
		return fmt.Errorf("node %s: %w", l.digest, err)
	}
	if root := len(o.nodes) == 0; root {
		o.size = size
	} else if size != l.size {
		return fault.Invalid("node %s: holds %d bytes, its parent says %d", l.digest, size, l.size)
	}
	if o.size > s.options.MaxSize {
		return fault.Limit("%d bytes exceed the limit of %d", o.size, s.options.MaxSize)
	}
	o.nodes = append(o.nodes, l.digest)
	for _, below := range links {
		if err := s.place(ctx, o, below, depth); err != nil {
			return err
		}
	}
	return nil
}

// place appends the leaf l, or what lies under the node l.
func (s *Store) place(ctx context.Context, o *outline, l link, depth int) error {
	if l.codec == id.DagPB {
		return s.descend(ctx, o, l, depth-1)
	}
	if want := o.leafSize(len(o.leaves)); want <= 0 || l.size != want {
		return fault.Invalid("leaf %d of %d bytes: want %d", len(o.leaves), l.size, want)
	}
	o.leaves = append(o.leaves, l.digest)
	return nil
}

// decodeNode reads a UnixFS file node: its links in order and the bytes below.
func decodeNode(b []byte) ([]link, int64, error) {
	node, err := merkledag.DecodeProtobuf(b)
	if err != nil {
		return nil, 0, fault.Invalid("not dag-pb: %w", err)
	}
	file, err := unixfs.FSNodeFromBytes(node.Data())
	if err != nil {
		return nil, 0, fault.Invalid("not UnixFS: %w", err)
	}
	below := node.Links()
	if file.Type() != unixfs.TFile || len(file.Data()) > 0 || len(below) != file.NumChildren() {
		return nil, 0, fault.Invalid("not a node over leaves: type %s, %d bytes inside, %d links, %d sizes",
			file.Type(), len(file.Data()), len(below), file.NumChildren())
	}
	if len(below) == 0 || len(below) > helpers.DefaultLinksPerBlock {
		return nil, 0, fault.Invalid("%d links: want 1 to %d", len(below), helpers.DefaultLinksPerBlock)
	}
	links := make([]link, len(below))
	var sum int64
	for i := range below {
		if links[i], err = decodeLink(below[i], file.BlockSize(i)); err != nil {
			return nil, 0, err
		}
		sum += links[i].size
	}
	if uint64(sum) != file.FileSize() {
		return nil, 0, fault.Invalid("holds %d bytes, its links %d", file.FileSize(), sum)
	}
	return links, sum, nil
}

func decodeLink(l *ipld.Link, size uint64) (link, error) {
	c, err := id.ParseCID(l.Cid.String())
	if err != nil {
		return link{}, err
	}
	const most = 1 << 50
	if size == 0 || size > most {
		return link{}, fault.Invalid("link to %s: size %d, want 1 to %d", c, size, int64(most))
	}
	return link{codec: c.Codec(), digest: c.Digest(), size: int64(size)}, nil
}
