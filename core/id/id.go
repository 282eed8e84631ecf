// Package id holds the small typed values by which the stages name things.
//
// Words: a Hash is a domain-separated SHA-256; an Address names an account; a
// CID names bytes in the plane; a RequestID, DatasetID or ModelID names a record
// and is derived from who made it and his counter, so no global sequence
// exists; a Height counts blocks; a Time is chain time.
//
// Invariants:
//  1. Every Parse function accepts one spelling of a value and no other, so
//     equal values are equal strings and may be used as keys.
//  2. Every Parse error is of kind invalid and names the value.
//  3. Hashes of different domains, or of differently cut parts, differ.
//
// The zero value of each type means "absent" and never parses.
//
// Sources: CIDv1, https://github.com/multiformats/cid; base32 of RFC 4648
// without padding, multibase prefix "b".
package id

import (
	"encoding/binary"
	"encoding/hex"

	"github.com/alaya-network/alaya/core/fault"
)

const (
	shortBytes = 8
	shown      = 100 // characters of a foreign value that an error repeats
)

// RequestID names a market request: 16 lower-case hex characters.
type RequestID string

// DatasetID names a dataset: 16 lower-case hex characters.
type DatasetID string

// ModelID names a collaborative model: 16 lower-case hex characters.
type ModelID string

// NewRequestID derives the id of the requester's request number nonce.
func NewRequestID(requester Address, nonce uint64) RequestID {
	return RequestID(derive("alaya/id/request/v1", requester, nonce))
}

// NewDatasetID derives the id of the owner's dataset number nonce.
func NewDatasetID(owner Address, nonce uint64) DatasetID {
	return DatasetID(derive("alaya/id/dataset/v1", owner, nonce))
}

// NewModelID derives the id of the creator's model number nonce.
func NewModelID(creator Address, nonce uint64) ModelID {
	return ModelID(derive("alaya/id/model/v1", creator, nonce))
}

// ParseRequestID accepts 16 lower-case hex characters.
func ParseRequestID(s string) (RequestID, error) {
	if !isHex(s, 2*shortBytes) {
		return "", fault.Invalid("id: request id %q: want %d lower-case hex characters", clip(s), 2*shortBytes)
	}
	return RequestID(s), nil
}

// ParseDatasetID accepts 16 lower-case hex characters.
func ParseDatasetID(s string) (DatasetID, error) {
	if !isHex(s, 2*shortBytes) {
		return "", fault.Invalid("id: dataset id %q: want %d lower-case hex characters", clip(s), 2*shortBytes)
	}
	return DatasetID(s), nil
}

// ParseModelID accepts 16 lower-case hex characters.
func ParseModelID(s string) (ModelID, error) {
	if !isHex(s, 2*shortBytes) {
		return "", fault.Invalid("id: model id %q: want %d lower-case hex characters", clip(s), 2*shortBytes)
	}
	return ModelID(s), nil
}

// String returns the id's text.
func (r RequestID) String() string { return string(r) }

// String returns the id's text.
func (d DatasetID) String() string { return string(d) }

// String returns the id's text.
func (m ModelID) String() string { return string(m) }

func derive(domain string, by Address, nonce uint64) string {
	h := Sum(domain, []byte(by), binary.BigEndian.AppendUint64(nil, nonce))
	return hex.EncodeToString(h[:shortBytes])
}

func isHex(s string, length int) bool {
	if len(s) != length {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// clip bounds what an error repeats of a stranger's value.
func clip(s string) string {
	if len(s) <= shown {
		return s
	}
	return s[:shown] + "…"
}
