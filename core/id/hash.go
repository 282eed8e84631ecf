package id

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"

	"github.com/alaya-network/alaya/core/fault"
)

// HashSize is the length of a Hash in bytes.
const HashSize = sha256.Size

// Hash is a SHA-256 digest. Its text form is 64 lower-case hex characters.
type Hash [HashSize]byte

// Sum hashes parts under a domain such as "alaya/work/submission/v1". The
// domain and every part are preceded by their length (8 bytes, big endian),
// so bytes cannot move from one part to the next.
func Sum(domain string, parts ...[]byte) Hash {
	var size [8]byte
	d := sha256.New()
	write := func(p []byte) {
		binary.BigEndian.PutUint64(size[:], uint64(len(p)))
		d.Write(size[:])
		d.Write(p)
	}
	write([]byte(domain))
	for _, p := range parts {
		write(p)
	}
	return Hash(d.Sum(nil))
}

// ParseHash accepts 64 lower-case hex characters.
func ParseHash(s string) (Hash, error) {
	var h Hash
	if !isHex(s, 2*HashSize) {
		return h, fault.Invalid("id: hash %q: want %d lower-case hex characters", clip(s), 2*HashSize)
	}
	if _, err := hex.Decode(h[:], []byte(s)); err != nil {
		return Hash{}, fault.Invalid("id: hash %q: %w", s, err)
	}
	return h, nil
}

// HashFromBytes accepts exactly 32 bytes.
func HashFromBytes(b []byte) (Hash, error) {
	if len(b) != HashSize {
		return Hash{}, fault.Invalid("id: hash of %d bytes: want %d", len(b), HashSize)
	}
	return Hash(b), nil
}

// String returns 64 lower-case hex characters.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// IsZero says whether h is the absent hash.
func (h Hash) IsZero() bool { return h == Hash{} }

// Compare orders hashes by their bytes: -1, 0 or +1.
func (h Hash) Compare(other Hash) int { return bytes.Compare(h[:], other[:]) }

// MarshalText writes the text form.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads the text form as ParseHash does.
func (h *Hash) UnmarshalText(text []byte) error {
	parsed, err := ParseHash(string(text))
	if err != nil {
		return err
	}
	*h = parsed
	return nil
}
