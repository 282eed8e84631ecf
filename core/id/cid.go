package id

import (
	"crypto/sha256"
	"encoding/base32"

	"github.com/alaya-network/alaya/core/fault"
)

// Codec says how the bytes behind a CID are read.
type Codec byte

const (
	// Raw bytes are the content itself: one block.
	Raw Codec = 0x55
	// DagPB bytes are a UnixFS node that links to further blocks.
	DagPB Codec = 0x70
)

// CID is the content id of bytes in the plane: CIDv1, codec raw or dag-pb,
// SHA-256, in base32 lower case; 59 characters that begin with "b".
type CID string

// A binary CID is version 1, codec, hash function, hash length, digest.
const (
	cidVersion  = 0x01
	hashSHA256  = 0x12
	cidHeader   = 4
	cidBytes    = cidHeader + HashSize
	cidTextLen  = 1 + (cidBytes*8+4)/5
	cidAlphabet = "abcdefghijklmnopqrstuvwxyz234567"
)

// NewCID returns the CID of the block with this codec and plain SHA-256.
func NewCID(codec Codec, digest Hash) CID {
	b := append([]byte{cidVersion, byte(codec), hashSHA256, HashSize}, digest[:]...)
	return CID("b" + cidEncoding().EncodeToString(b))
}

// RawCID returns the CID of content kept as one raw block, as the plane keeps
// everything of at most 1 MiB; longer content has a DagPB root instead.
func RawCID(content []byte) CID { return NewCID(Raw, sha256.Sum256(content)) }

// ParseCID accepts the canonical text of a CID as this package describes it.
func ParseCID(s string) (CID, error) {
	if _, err := decodeCID(s); err != nil {
		return "", err
	}
	return CID(s), nil
}

// Codec returns how the bytes are read, 0 when c is not a CID.
func (c CID) Codec() Codec {
	b, err := decodeCID(string(c))
	if err != nil {
		return 0
	}
	return Codec(b[1])
}

// Digest returns the SHA-256 of the block that c names: of the content itself
// for Raw, of the root node for DagPB. It is zero when c is not a CID.
func (c CID) Digest() Hash {
	b, err := decodeCID(string(c))
	if err != nil {
		return Hash{}
	}
	return Hash(b[cidHeader:])
}

// String returns the CID's text.
func (c CID) String() string { return string(c) }

func decodeCID(s string) ([]byte, error) {
	if len(s) != cidTextLen {
		return nil, fault.Invalid("id: cid %q: %d characters, want %d", clip(s), len(s), cidTextLen)
	}
	if s[0] != 'b' {
		return nil, fault.Invalid("id: cid %q: want multibase prefix \"b\" (base32 lower case)", s)
	}
	b, err := cidEncoding().DecodeString(s[1:])
	if err != nil {
		return nil, fault.Invalid("id: cid %q: %w", s, err)
	}
	if len(b) != cidBytes || cidEncoding().EncodeToString(b) != s[1:] {
		return nil, fault.Invalid("id: cid %q: not in canonical base32", s)
	}
	return b, checkCIDHeader(s, b)
}

func checkCIDHeader(s string, b []byte) error {
	switch {
	case b[0] != cidVersion:
		return fault.Invalid("id: cid %q: version %d, want 1", s, b[0])
	case Codec(b[1]) != Raw && Codec(b[1]) != DagPB:
		return fault.Invalid("id: cid %q: codec %#x, want raw (0x55) or dag-pb (0x70)", s, b[1])
	case b[2] != hashSHA256 || b[3] != HashSize:
		return fault.Invalid("id: cid %q: hash %#x of %d bytes, want sha2-256 of 32", s, b[2], b[3])
	}
	return nil
}

func cidEncoding() *base32.Encoding {
	return base32.NewEncoding(cidAlphabet).WithPadding(base32.NoPadding)
}
