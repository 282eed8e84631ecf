package dataset

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// Status says how a record's label came to stand.
const (
	StatusAccepted  = "accepted"  // the posterior reached the target
	StatusDelivered = "delivered" // all answers that could be bought were
	StatusGold      = "gold"      // the requester knew it
	// StatusContributed is a label that its one giver vouches for, to a model.
	StatusContributed = "contributed"
)

// Record is one labelled item: a line of the records blob and a leaf under the
// records root. It has a label, or the value of a form. Confidence is the
// calibrated posterior of the label, or how far the answers agree with the
// value.
type Record struct {
	Item       string     `json:"item"`
	Label      string     `json:"label,omitempty"`
	Value      answer.Raw `json:"value,omitempty"`
	Confidence num.Ppm    `json:"confidence"`
	Answers    uint32     `json:"answers"`
	Status     string     `json:"status"`
}

// ParseRecord reads one line of the records blob.
func ParseRecord(line []byte) (Record, error) {
	var r Record
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		return r, fault.Invalid("dataset: record: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return r, fault.Invalid("dataset: record %q: something behind it", r.Item)
	}
	if r.Item == "" || (r.Label == "") == (len(r.Value) == 0) || r.Confidence < 0 || r.Confidence > num.One {
		return r, fault.Invalid("dataset: record %q: label %q, value of %d bytes, confidence %d ppm", r.Item, r.Label, len(r.Value), r.Confidence)
	}
	return r, nil
}
