package model

import (
	"encoding/binary"

	"github.com/alaya-network/alaya/core/id"
)

// EntryKind says what an entry of the log did.
type EntryKind uint8

// The entries. Rebuild is where a replay became live; what it left out, removes
// and rollbacks before it say.
const (
	EntryTrain EntryKind = iota + 1
	EntryRemove
	EntryRollback
	EntryRebuild
	EntryPromote
)

// String names the kind.
func (k EntryKind) String() string {
	return [...]string{"unspecified", "train", "remove", "rollback", "rebuild", "promote"}[min(k, 5)]
}

// Entry is one change of a model. Fields that its kind does not use are zero.
type Entry struct {
	Model        id.ModelID
	Number       uint64 // in the log, from 1
	Kind         EntryKind
	Contribution uint64     // train, remove
	Item         id.Hash    // train, remove: hash of input and label
	To           uint64     // rollback: the last entry that stays in force
	Generation   uint32     // rebuild: the one that became live
	Other        id.ModelID // promote: the challenger
	Height       id.Height
	At           id.Time
	Root         id.Hash // after the entry
}

// Now is the block in which something happens.
type Now struct {
	Height id.Height
	Time   id.Time
}

// Chain is the root after the entry, given the one before.
func (e Entry) Chain(before id.Hash) id.Hash {
	word := func(v uint64) []byte { return binary.BigEndian.AppendUint64(nil, v) }
	return id.Sum("alaya/model/entry/v1", before[:], word(e.Number), []byte{byte(e.Kind)}, word(e.Contribution), e.Item[:],
		word(e.To), word(uint64(e.Generation)), []byte(e.Other), word(uint64(e.Height)), word(uint64(e.At)))
}

// log adds an entry; its kind and facts are given.
func (m Model) log(e Entry, now Now) (Model, Entry) {
	m.Entries++
	e.Model, e.Number, e.Height, e.At = m.ID, m.Entries, now.Height, now.Time
	m.Root = e.Chain(m.Root)
	e.Root = m.Root
	return m, e
}
