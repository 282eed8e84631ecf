package dataset

import (
	"bytes"
	"encoding/json"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// Label is the ingredients label of a version: what it is made of, by whom, how
// well. The oracle computes it with the verdict; integers only, so that every
// validator writes the same bytes. Ratios are in ppm.
type Label struct {
	Identity Identity `json:"identity"`
	Contract Contract `json:"contract"`
	Sources  []Source `json:"sources"`
	People   People   `json:"people"`
	Process  Process  `json:"process"`
	Quality  Quality  `json:"quality"`
	Limits   Limits   `json:"limits"`
	Use      Use      `json:"use"`
}

// Identity says which data the label is on.
type Identity struct {
	Title       string       `json:"title"`
	Summary     string       `json:"summary,omitempty"`
	Dataset     id.DatasetID `json:"dataset"`
	RecordsRoot id.Hash      `json:"records_root"`
	Records     uint64       `json:"records"`
	Bytes       uint64       `json:"bytes"`
}

// Contract says what was agreed.
type Contract struct {
	Request     id.RequestID `json:"request"`
	Requester   id.Address   `json:"requester"`
	TermsHash   id.Hash      `json:"terms_hash"`
	Milestone   uint32       `json:"milestone"`
	Metric      string       `json:"metric"`
	Threshold   num.Ppm      `json:"threshold"`
	Confidence  num.Ppm      `json:"confidence"`
	Evidence    string       `json:"evidence"`
	Measured    uint64       `json:"measured_items"`
	Estimate    num.Ppm      `json:"estimate"`
	LowerBound  num.Ppm      `json:"lower_bound"`
	Holds       bool         `json:"holds"`
	PriceDue    num.Ppm      `json:"price_due"`
	PricePerCap num.Amount   `json:"price_cap_ualy"`
	Paid        num.Amount   `json:"paid_ualy"`
}

// Source says where the items come from.
type Source struct {
	Manifest id.CID  `json:"manifest"`
	Root     id.Hash `json:"root"`
	Items    uint64  `json:"items"`
	Method   string  `json:"method"`
	Licence  string  `json:"licence"`
}

// People says who answered, in numbers only.
type People struct {
	Contributors uint64   `json:"contributors"`
	Answers      uint64   `json:"answers"`
	PerPerson    Spread   `json:"answers_per_contributor"`
	Skill        Spread   `json:"skill"`
	PayPerAnswer Spread   `json:"pay_per_answer_ualy"`
	Worthless    uint64   `json:"found_worthless"`
	Languages    []string `json:"languages,omitempty"`
}

// Spread is the smallest, the lower median and the largest of some numbers.
type Spread struct {
	Min    int64 `json:"min"`
	Median int64 `json:"median"`
	Max    int64 `json:"max"`
}

// SpreadOf summarises sorted numbers; all zero for none.
func SpreadOf(sorted []int64) Spread {
	if len(sorted) == 0 {
		return Spread{}
	}
	return Spread{Min: sorted[0], Median: sorted[(len(sorted)-1)/2], Max: sorted[len(sorted)-1]}
}

// Process says how answers became labels.
type Process struct {
	Method        string   `json:"method"`
	MethodVersion uint32   `json:"method_version"`
	Target        num.Ppm  `json:"target"`
	Rounds        uint32   `json:"rounds"`
	PerItem       Spread   `json:"labels_per_item"`
	Guidelines    []string `json:"guidelines"` // content ids, oldest first
	Inputs        id.Hash  `json:"inputs"`
	Submissions   uint64   `json:"submissions"`
	Missing       uint64   `json:"missing_submissions"`
	PreLabels     num.Ppm  `json:"pre_label_share"`
}

// Quality says how good the labels are.
type Quality struct {
	Classes     []Class   `json:"classes"`
	Controls    []Control `json:"controls,omitempty"` // of a form
	Agreement   num.Ppm   `json:"raw_agreement"`
	GoldItems   uint64    `json:"gold_items"`
	GoldRight   uint64    `json:"gold_right"`
	Temperature int64     `json:"calibration_temperature"` // thousandths
	Confidence  num.Ppm   `json:"mean_confidence"`
}

// Control is how far answers to one control of a form agree.
type Control struct {
	Name      string  `json:"name"`
	Type      string  `json:"type"`
	Answers   uint64  `json:"answers"`
	Agreement num.Ppm `json:"agreement"` // Krippendorff's alpha, by one minus the similarity
	Support   num.Ppm `json:"support"`   // mean similarity of the answers to the values delivered
}

// Class is how often a label was given to an item, of a form in one control.
type Class struct {
	Control string `json:"control,omitempty"`
	Label   string `json:"label"`
	Items   uint64 `json:"items"`
}

// Limits says what the data lack.
type Limits struct {
	Unanswered    uint64   `json:"items_without_label"`
	BelowTarget   uint64   `json:"items_below_target"`
	Skips         uint64   `json:"skips"`
	PersonalData  string   `json:"personal_data"`
	PrivacyBudget string   `json:"privacy_budget"`
	Notes         []string `json:"notes,omitempty"`
}

// Use says what the data may be used for.
type Use struct {
	Licence          string  `json:"licence"`
	Policy           string  `json:"policy,omitempty"`
	ContributorShare num.Ppm `json:"contributor_share"`
	Withdrawal       string  `json:"withdrawal"`
}

// EncodeLabel writes the label's one spelling: indented JSON with a last line
// end.
func EncodeLabel(l Label) []byte {
	text, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		panic("dataset: " + err.Error()) // plain structs always marshal
	}
	return append(text, '\n')
}

// MaxLabelSize bounds the text of a label, in bytes.
const MaxLabelSize = 1 << 20

// ParseLabel reads what EncodeLabel wrote, and nothing else.
func ParseLabel(text []byte) (Label, error) {
	var l Label
	if len(text) > MaxLabelSize {
		return l, fault.Limit("dataset: label of %d bytes: at most %d", len(text), MaxLabelSize)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&l); err != nil {
		return l, fault.Invalid("dataset: label: %w", err)
	}
	if !bytes.Equal(EncodeLabel(l), text) {
		return l, fault.Invalid("dataset: label: not in its one spelling")
	}
	return l, nil
}
