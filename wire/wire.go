// Package wire turns the nouns of core into the messages of gen and back: one
// file per stage, used by the chain for state and by clients for replies.
//
// Words: XToProto writes a noun and never fails; XFromProto reads what a
// stranger may have sent, so it checks by itself that ids, addresses, CIDs,
// hashes, amounts and states are well formed. Whether the values hang together
// is for Validate and Check of core.
//
// Invariants:
//  1. XFromProto(XToProto(x)) = x for every x that passes its Check.
//  2. XFromProto never panics on a decoded message; its errors are invalid.
//  3. A noun and its message share slices: neither is changed afterwards.
package wire

import (
	"fmt"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// reader checks foreign values one after the other and keeps the first error.
type reader struct{ err error }

// done returns the first error as one of the named noun, kind invalid.
func (r *reader) done(noun string) error {
	if r.err == nil {
		return nil
	}
	return fault.Invalid("%s: %w", noun, r.err)
}

func (r *reader) note(field string, err error) {
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("%s: %w", field, err)
	}
}

func (r *reader) address(field, text string) id.Address {
	a, err := id.ParseAddress(text)
	r.note(field, err)
	return a
}

func (r *reader) addresses(field string, texts []string) []id.Address {
	var list []id.Address
	for _, text := range texts {
		list = append(list, r.address(field, text))
	}
	return list
}

func (r *reader) request(field, text string) id.RequestID {
	v, err := id.ParseRequestID(text)
	r.note(field, err)
	return v
}

func (r *reader) cid(field, text string) id.CID {
	c, err := id.ParseCID(text)
	r.note(field, err)
	return c
}

// cidOrNone lets the empty text stand for no CID.
func (r *reader) cidOrNone(field, text string) id.CID {
	if text == "" {
		return ""
	}
	return r.cid(field, text)
}

func (r *reader) hash(field string, b []byte) id.Hash {
	h, err := id.HashFromBytes(b)
	r.note(field, err)
	return h
}

// hashOrNone lets no bytes stand for the absent hash.
func (r *reader) hashOrNone(field string, b []byte) id.Hash {
	if len(b) == 0 {
		return id.Hash{}
	}
	return r.hash(field, b)
}

func (r *reader) amount(field string, ualy int64) num.Amount {
	if ualy < 0 {
		r.note(field, fault.Invalid("%d ualy: below zero", ualy))
		return 0
	}
	return num.Amount(ualy)
}

// enum accepts the values from 1 to last.
func (r *reader) enum(field string, v, last int32) uint8 {
	if v < 1 || v > last {
		r.note(field, fault.Invalid("%d: 1 to %d", v, last))
		return 0
	}
	return uint8(v)
}

// hashBytes writes the absent hash as no bytes.
func hashBytes(h id.Hash) []byte {
	if h.IsZero() {
		return nil
	}
	return h[:]
}

func texts[T ~string](values []T) []string {
	var list []string
	for _, v := range values {
		list = append(list, string(v))
	}
	return list
}
