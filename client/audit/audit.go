// Package audit lets a stranger check a dataset version by himself: it collects
// all that the version rests on, writes it beside the data, and verifies a
// delivered folder from its files alone.
//
// Words: the facts are the records of the chain behind a version; a paper is a
// blob that the facts name; a bundle is facts, proofs and papers; a folder is a
// delivered package (client/delivery) with its bundle; a check is one step of
// verification.
//
// What is proven. One header, signed by more than two thirds of the voting
// power, answers for every record by an ICS-23 proof at one height: the dataset
// version, the request and its terms, every round up to the version's, the job
// and the verdict of each, the settlement of each final verdict, and the
// engagement (the price) of everybody who answered.
//
// What is recomputed. Submissions are too many to prove one by one: the hash
// over their chain must be the one in the proven jobs. Papers must have the
// content ids that facts name. Every verdict is judged again (core/oracle) and
// must be the proven one; so must pay, votes, tables and documents, which
// follow from it.
//
// The bundle in the folder:
//
//	proofs/header.json        header, signatures, validators
//	proofs/state.jsonl        a proven record of the chain a line
//	proofs/submissions.jsonl  a revealed submission a line, in order of reveal
//	blobs/<content id>        papers, but for those that the folder names:
//	                          records.jsonl, items.jsonl, ingredients.json
//
// A version may also be made of what a model was taught (its lessons,
// client/learner). Then version, model and terms are proven, the model's log must
// chain to the root in its record, and every record must follow from the entry
// that taught it; licences and consents stand beside them as the chain gave them.
//
//	proofs/log.jsonl  an entry of the model's log a line
//	encoder.json      where the model's terms name it by its content id
//
// Invariants:
//  1. Collect and Load read the same facts in the same order through the same
//     code; they differ in who gives a record.
//  2. A bundle has one spelling: every byte of its files follows from its
//     content, nothing is superfluous.
//  3. Verify believes no byte of a folder that it has not traced to the header.
//
// Sources: ICS-23 (Cosmos IBC specification), CometBFT light client
// specification (verification of a commit).
package audit

import (
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/delivery"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
)

// Places of the bundle in a folder.
const (
	HeaderFile      = "proofs/header.json"
	StateFile       = "proofs/state.jsonl"
	SubmissionsFile = "proofs/submissions.jsonl"
	BlobFolder      = "blobs/"
)

// MaxBlob bounds a paper, and any file of a folder, in bytes.
const MaxBlob = 1 << 30

// Bundle is all that a dataset version rests on.
type Bundle struct {
	Facts
	Header client.Header
	Proofs []client.Proof // in the order in which facts are read
	Blobs  map[id.CID][]byte
}

// Chain returns the id of the chain that the header says it is of.
func (b *Bundle) Chain() string { return b.Header.Signed.ChainID }

// paperLine is a line of SubmissionsFile; its number is the ordinal.
type paperLine struct {
	Round       uint32     `json:"round"`
	Page        uint32     `json:"page"`
	Contributor id.Address `json:"contributor"`
	Content     id.CID     `json:"content"`
	Guideline   uint32     `json:"guideline"`
}

// Files writes the bundle but for the papers that stand in the folder under a
// name of their own.
func (b *Bundle) Files() ([]delivery.File, error) {
	files, err := signed(b.Header, b.Proofs)
	if err != nil {
		return nil, err
	}
	var submissions []byte
	for _, s := range b.Submissions {
		submissions = work.AppendLine(submissions, paperLine{s.Round, s.Page, s.Contributor, s.Content, s.Guideline})
	}
	files = append(files, delivery.File{Name: SubmissionsFile, Text: submissions})
	for _, p := range b.papers() {
		if blob, there := b.Blobs[p.cid]; there && b.named(p.cid) == "" {
			files = append(files, delivery.File{Name: BlobFolder + string(p.cid), Text: blob})
		}
	}
	return files, nil
}

// signed writes a header and what is proved under it.
func signed(h client.Header, proofs []client.Proof) ([]delivery.File, error) {
	header, err := plain(h).MarshalJSON()
	if err != nil {
		return nil, err
	}
	var state []byte
	for _, p := range proofs {
		state = work.AppendLine(state, p)
	}
	return []delivery.File{{Name: HeaderFile, Text: append(header, '\n')}, {Name: StateFile, Text: state}}, nil
}

// plain leaves out of a header what no signature covers: whose turn it is to
// propose.
func plain(h client.Header) client.Header {
	if h.Validators == nil || len(h.Validators.Validators) == 0 {
		return h
	}
	set := &cmttypes.ValidatorSet{}
	for _, v := range h.Validators.Validators {
		if v == nil {
			return h // VerifyHeader refuses it
		}
		set.Validators = append(set.Validators, &cmttypes.Validator{Address: v.Address, PubKey: v.PubKey, VotingPower: v.VotingPower})
	}
	set.Proposer = set.Validators[0]
	return client.Header{Signed: h.Signed, Validators: set}
}

// named returns the file that holds a paper under a name of its own, or "".
func (b *Bundle) named(c id.CID) string {
	switch c {
	case b.Dataset.Content:
		return delivery.RecordsFile
	case b.Dataset.Manifest:
		return delivery.ItemsFile
	case b.Dataset.Label:
		return delivery.LabelFile
	}
	return ""
}
