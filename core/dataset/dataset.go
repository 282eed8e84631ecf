// Package dataset is what was made: versions of records under a Merkle root,
// with the lineage that lets anybody check them.
//
// Words: a record is one labelled item; a version is a set of records that a
// final verdict delivered; the ingredients label says what a version is made
// of, and is computed from the process, never typed in; a tombstone withdraws a
// version and leaves its record standing.
//
// Invariants:
//  1. A version comes from exactly one final verdict and never changes but for
//     its tombstone.
//  2. Version n+1 names version n as parent; its records contain all items of
//     version n.
//  3. Only the owner withdraws a version, once, with a reason.
package dataset

import (
	"fmt"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// State says whether a version may be used.
type State uint8

// States of a version.
const (
	Published State = iota + 1
	Tombstoned
)

// String names the state.
func (s State) String() string {
	return [...]string{"unspecified", "published", "tombstoned"}[min(s, 2)]
}

// CanMove is the table of a version's moves.
func (s State) CanMove(to State) bool { return s == Published && to == Tombstoned }

// Parent is a dataset version that another comes from.
type Parent struct {
	Dataset  id.DatasetID
	Version  uint32
	Relation string // revises, extends, subset_of or derived_from
}

// Dataset is one version of what a request made.
type Dataset struct {
	ID               id.DatasetID
	Version          uint32 // from 1
	Semver           string
	Owner            id.Address
	Title            string
	RecordsRoot      id.Hash
	Records          uint64
	Content          id.CID // the records, JSON Lines
	Manifest         id.CID // the items
	Label            id.CID // the ingredients label
	Request          id.RequestID
	Round            uint32
	VerdictDigest    id.Hash
	Parents          []Parent
	Licence          string
	Policy           string
	ContributorShare num.Ppm
	State            State
	Reason           string
	Published        id.Time
}

// IDOf is the dataset that a request makes: one per request.
func IDOf(r id.RequestID) id.DatasetID {
	h := id.Sum("alaya/dataset/id/v1", []byte(r))
	return id.DatasetID(h.String()[:len(r)])
}

// Next makes a new version after prev (nil for the first): each milestone adds
// records, so the minor number rises.
func (d Dataset) Next(prev *Dataset) Dataset {
	d.ID = IDOf(d.Request)
	d.Version, d.Parents, d.State = 1, nil, Published
	if prev != nil {
		d.Version = prev.Version + 1
		d.Parents = []Parent{{Dataset: d.ID, Version: prev.Version, Relation: "extends"}}
	}
	d.Semver = fmt.Sprintf("1.%d.0", d.Version-1)
	return d
}

// MaxReasonLen bounds the reason of a tombstone, in bytes.
const MaxReasonLen = 256

// Tombstone withdraws the version.
func (d Dataset) Tombstone(by id.Address, reason string) (Dataset, error) {
	if by != d.Owner {
		return d, fault.Forbidden("dataset: %s version %d belongs to %s, not to %s", d.ID, d.Version, d.Owner, by)
	}
	if len(reason) == 0 || len(reason) > MaxReasonLen {
		return d, fault.Limit("dataset: reason of %d bytes: 1 to %d", len(reason), MaxReasonLen)
	}
	if !d.State.CanMove(Tombstoned) {
		return d, fault.State("dataset: %s version %d is %s already", d.ID, d.Version, d.State)
	}
	d.State, d.Reason = Tombstoned, reason
	return d, nil
}

// Check holds what every stored version must show.
func (d Dataset) Check() error {
	if d.ID != IDOf(d.Request) || d.Version == 0 || d.State < Published || d.State > Tombstoned || (d.State == Tombstoned) != (d.Reason != "") {
		return fault.Internal("dataset: %s version %d of request %s: %s, reason %q", d.ID, d.Version, d.Request, d.State, d.Reason)
	}
	return nil
}
