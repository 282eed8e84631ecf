package client

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"github.com/alaya-network/alaya/core/id"
)

// Content of more than one chunk is cut into leaves under nodes of many
// links, as the plane keeps it; the id of the root follows from the content
// alone, so that anyone can check it.
const (
	chunkSize    = 1 << 20
	linksPerNode = 174
)

// CIDOf returns the id under which the plane keeps content.
func CIDOf(content []byte) id.CID {
	s := newSummer()
	_, _ = s.Write(content) // never fails
	return s.cid()
}

// node is one block of a blob: its id, the bytes of content below it, and the
// bytes of all blocks from it down.
type node struct {
	cid     id.CID
	content uint64
	total   uint64
}

// summer computes the id of what is written to it; it keeps 100 bytes for
// each chunk.
type summer struct {
	leaves []node
	chunk  hash.Hash
	filled int
	size   int64
}

func newSummer() *summer { return &summer{chunk: sha256.New()} }

// Write takes content.
func (s *summer) Write(b []byte) (int, error) {
	written := len(b)
	s.size += int64(written)
	for len(b) > 0 {
		if s.filled == chunkSize {
			s.cut()
		}
		n := min(len(b), chunkSize-s.filled)
		s.chunk.Write(b[:n])
		s.filled += n
		b = b[n:]
	}
	return written, nil
}

// cut ends a leaf.
func (s *summer) cut() {
	digest := id.Hash(s.chunk.Sum(nil))
	s.leaves = append(s.leaves, node{id.NewCID(id.Raw, digest), uint64(s.filled), uint64(s.filled)})
	s.chunk.Reset()
	s.filled = 0
}

// cid ends the content and returns its id.
func (s *summer) cid() id.CID {
	s.cut()
	level := s.leaves
	for len(level) > 1 {
		var above []node
		for first := 0; first < len(level); first += linksPerNode {
			above = append(above, join(level[first:min(first+linksPerNode, len(level))]))
		}
		level = above
	}
	return level[0].cid
}

// join makes the dag-pb node of a UnixFS file over its children.
func join(children []node) node {
	var links, sizes bytes.Buffer
	var content, total uint64
	for _, child := range children {
		link := appendBytes(nil, 1, binaryCID(child.cid)) // PBLink.Hash
		link = appendBytes(link, 2, nil)                  // PBLink.Name
		link = appendVarint(link, 3, child.total)         // PBLink.Tsize
		links.Write(appendBytes(nil, 2, link))            // PBNode.Links
		sizes.Write(appendVarint(nil, 4, child.content))  // Data.blocksizes
		content += child.content
		total += child.total
	}
	file := appendVarint(nil, 1, 2)              // Data.Type: file
	file = appendVarint(file, 3, content)        // Data.filesize
	file = append(file, sizes.Bytes()...)        // in the order of the links
	block := appendBytes(links.Bytes(), 1, file) // PBNode.Data stands last
	digest := id.Hash(sha256.Sum256(block))
	return node{id.NewCID(id.DagPB, digest), content, total + uint64(len(block))}
}

// binaryCID is version 1, codec, sha2-256, 32 bytes of digest.
func binaryCID(c id.CID) []byte {
	digest := c.Digest()
	return append([]byte{1, byte(c.Codec()), 0x12, id.HashSize}, digest[:]...)
}

// appendBytes and appendVarint write one protobuf field.
func appendBytes(b []byte, field uint64, value []byte) []byte {
	b = binary.AppendUvarint(b, field<<3|2)
	b = binary.AppendUvarint(b, uint64(len(value)))
	return append(b, value...)
}

func appendVarint(b []byte, field, value uint64) []byte {
	b = binary.AppendUvarint(b, field<<3)
	return binary.AppendUvarint(b, value)
}
