package plane_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/boxo/ipld/unixfs"
	"github.com/ipfs/boxo/ipld/unixfs/pb"
	"github.com/ipfs/go-cid"
	ipld "github.com/ipfs/go-ipld-format"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/memory"
)

// Anybody may put a node of his own making as the bytes of a raw blob and then
// ask for it as a tree.
func TestCraftedNodesAreRefused(t *testing.T) {
	const mib = plane.ChunkSize
	leaf, tail := id.RawCID(content(mib)), id.RawCID([]byte("tail"))
	tests := []struct {
		name  string
		kind  fault.Kind
		craft func(t *testing.T, s *plane.Store) []byte
	}{
		{"no node at all", fault.KindInvalid, func(*testing.T, *plane.Store) []byte { return []byte("no node") }},
		{"a node without links", fault.KindInvalid, crafted(unixfs.TFile, 0)},
		{"a folder", fault.KindInvalid, crafted(unixfs.TDirectory, 4, link{tail, 4})},
		{"a leaf that claims more than it has", fault.KindInternal, crafted(unixfs.TFile, 5, link{tail, 5})},
		{"a leaf of size 0", fault.KindInvalid, crafted(unixfs.TFile, 0, link{tail, 0})},
		{"a size that overflows", fault.KindInvalid, crafted(unixfs.TFile, 0, link{tail, 1 << 63}, link{tail, 1 << 63})},
		{"a short leaf before the last", fault.KindInvalid, crafted(unixfs.TFile, 8, link{tail, 4}, link{tail, 4})},
		{"a leaf above 1 MiB", fault.KindInvalid, crafted(unixfs.TFile, mib+1, link{leaf, mib + 1})},
		{"a total that is not the sum", fault.KindInvalid, crafted(unixfs.TFile, mib+5, link{leaf, mib}, link{tail, 4})},
		{"a claim above the limit", fault.KindLimit, crafted(unixfs.TFile, 1<<40, link{id.NewCID(id.DagPB, id.Hash{1}), 1 << 40})},
		{"too many links", fault.KindInvalid, crafted(unixfs.TFile, 175*mib, many(link{leaf, mib}, 175)...)},
		{"a child that is not here", fault.KindNotFound, crafted(unixfs.TFile, mib, link{id.NewCID(id.DagPB, id.Hash{1}), mib})},
		{"a child of another size", fault.KindInvalid, func(t *testing.T, s *plane.Store) []byte {
			child := node(t, unixfs.TFile, mib, link{leaf, mib})
			put(t, s, child)
			return node(t, unixfs.TFile, 2*mib, link{tree(child), 2 * mib})
		}},
		{"a chain that is too deep", fault.KindInvalid, func(t *testing.T, s *plane.Store) []byte {
			b := node(t, unixfs.TFile, mib, link{leaf, mib})
			for range 6 {
				put(t, s, b)
				b = node(t, unixfs.TFile, mib, link{tree(b), mib})
			}
			return b
		}},
		{"a bomb of nodes that repeat", fault.KindLimit, func(t *testing.T, s *plane.Store) []byte {
			b, size := node(t, unixfs.TFile, 174*mib, many(link{leaf, mib}, 174)...), uint64(174*mib)
			for range 4 {
				put(t, s, b)
				l := link{tree(b), size}
				size *= 174
				b = node(t, unixfs.TFile, size, many(l, 174)...)
			}
			return b
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newStore(t, memory.New(), settings())
			put(t, s, content(mib))
			put(t, s, []byte("tail"))
			b := tt.craft(t, s)
			put(t, s, b)
			err := s.Pin(t.Context(), tree(b), "test")
			if fault.KindOf(err) != tt.kind || !strings.Contains(err.Error(), tree(b).String()) {
				t.Errorf("Pin: %v, want kind %s naming %s", err, tt.kind, tree(b))
			}
			if got, err := readAll(t, s, tree(b)); err == nil {
				t.Errorf("read %d bytes without an error", len(got))
			}
		})
	}
}

func FuzzNode(f *testing.F) {
	leaf := content(plane.ChunkSize)
	encode := func(links ...link) []byte {
		b, err := encoded(unixfs.TFile, uint64(len(links))*plane.ChunkSize, links)
		if err != nil {
			f.Fatal(err)
		}
		return b
	}
	f.Add(encode(link{id.RawCID(leaf), plane.ChunkSize}))
	f.Add(encode(many(link{id.RawCID(leaf), plane.ChunkSize}, 3)...))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := plane.New(memory.New(), settings())
		if err != nil {
			t.Fatal(err)
		}
		for _, blob := range [][]byte{leaf, b} {
			if _, err := s.PutBytes(context.Background(), blob); err != nil {
				t.Fatal(err)
			}
		}
		stat, err := s.Stat(context.Background(), tree(b))
		if err != nil {
			return
		}
		got, err := s.GetBytes(context.Background(), tree(b), s.MaxSize())
		if err == nil && (int64(len(got)) != stat.Size || !bytes.Equal(got[:min(len(got), len(leaf))], leaf[:min(len(got), len(leaf))])) {
			t.Fatalf("read %d bytes of a blob of %d, all of one leaf", len(got), stat.Size)
		}
	})
}

type link struct {
	to   id.CID
	size uint64
}

func many(l link, n int) []link {
	links := make([]link, n)
	for i := range links {
		links[i] = l
	}
	return links
}

func crafted(kind pb.Data_DataType, size uint64, links ...link) func(*testing.T, *plane.Store) []byte {
	return func(t *testing.T, _ *plane.Store) []byte { return node(t, kind, size, links...) }
}

func node(t *testing.T, kind pb.Data_DataType, size uint64, links ...link) []byte {
	t.Helper()
	b, err := encoded(kind, size, links)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// encoded is a UnixFS node that claims size, whatever its links sum up to.
func encoded(kind pb.Data_DataType, size uint64, links []link) ([]byte, error) {
	file := unixfs.NewFSNode(kind)
	outer := new(merkledag.ProtoNode)
	for i, l := range links {
		c, err := cid.Parse(l.to.String())
		if err != nil {
			return nil, err
		}
		file.AddBlockSize(l.size)
		if err := outer.AddRawLink(fmt.Sprintf("%03d", i), &ipld.Link{Cid: c, Size: l.size & 1 << 40}); err != nil {
			return nil, err
		}
	}
	file.UpdateFilesize(int64(size) - int64(file.FileSize()))
	data, err := file.GetBytes()
	if err != nil {
		return nil, err
	}
	outer.SetData(data)
	return outer.EncodeProtobuf(true)
}

// tree is the CID under which block b is read as a node.
func tree(b []byte) id.CID { return id.NewCID(id.DagPB, id.RawCID(b).Digest()) }
