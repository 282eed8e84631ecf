// Package draft turns the files a requester has on his desk into a request: a
// YAML draft, a table of items and, if there are any, known true labels become
// terms and the blobs those terms name.
//
// Words: a draft is a request in a requester's words, with durations from now
// and amounts in ALY; a Parcel is what comes of it.
//
// Invariants:
//  1. Every error names file, line and field.
//  2. The same draft and files give the same blobs; only the salts of gold
//     differ, and those never leave the parcel.
package draft

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
)

// MaxDraftSize bounds a draft, in bytes.
const MaxDraftSize = 1 << 20

// Draft is a request in a requester's words. Paths are relative to the draft.
type Draft struct {
	Title    string   `yaml:"title"`
	Summary  string   `yaml:"summary,omitempty"`
	Tags     []string `yaml:"tags,omitempty"`
	Items    string   `yaml:"items"` // .tsv, .csv (first column: id) or .jsonl
	Page     int      `yaml:"page,omitempty"`
	Assets   string   `yaml:"assets,omitempty"` // a folder: data that name a file in it become that file
	Question string   `yaml:"question"`
	Labels   []string `yaml:"labels,omitempty"`
	// Form asks for more than one label: controls here, or a Label Studio
	// configuration in a file. Match is the similarity from which two of its
	// values count as the same.
	Form        *Form   `yaml:"form,omitempty"`
	LabelStudio string  `yaml:"label_studio,omitempty"`
	Match       Percent `yaml:"match,omitempty"`
	Guidelines  string  `yaml:"guidelines,omitempty"` // a Markdown file
	Examples    string  `yaml:"examples,omitempty"`   // .jsonl: {"item", "label" or "value", "why"}
	Gold        string  `yaml:"gold,omitempty"`       // .tsv: item, label; or .jsonl: {"item", "label" or "value"}

	Redundancy Redundancy `yaml:"redundancy"`
	Clause     Clause     `yaml:"clause"`
	Method     string     `yaml:"method,omitempty"`

	PriceCap Amount `yaml:"price_cap"`
	Budget   Amount `yaml:"budget"`
	Stake    Amount `yaml:"stake,omitempty"`
	Deposit  Amount `yaml:"deposit,omitempty"`

	BidsUntil  Duration    `yaml:"bids_until"`
	DeliverBy  Duration    `yaml:"deliver_by"`
	Windows    Windows     `yaml:"windows,omitempty"`
	Milestones []Milestone `yaml:"milestones,omitempty"`

	Qualification    Qualification `yaml:"qualification,omitempty"`
	Matching         string        `yaml:"matching,omitempty"` // manual or auto
	Licence          string        `yaml:"licence"`
	Policy           string        `yaml:"policy,omitempty"`
	ContributorShare Percent       `yaml:"contributor_share,omitempty"`
}

// Redundancy is market.Redundancy in words.
type Redundancy struct {
	Min    uint32  `yaml:"min"`
	Max    uint32  `yaml:"max"`
	Step   uint32  `yaml:"step"`
	Target Percent `yaml:"target"`
}

// Clause is market.Clause in words.
type Clause struct {
	Metric      string      `yaml:"metric"`
	Threshold   Percent     `yaml:"threshold"`
	Confidence  Percent     `yaml:"confidence"`
	MinEvidence uint32      `yaml:"min_evidence"`
	Schedule    []PriceStep `yaml:"schedule,omitempty"`
}

// PriceStep is market.PriceStep in words.
type PriceStep struct {
	Shortfall Percent `yaml:"shortfall"`
	Pay       Percent `yaml:"pay"`
}

// Windows is market.Windows in words.
type Windows struct {
	Accept  Duration `yaml:"accept,omitempty"`
	Lease   Duration `yaml:"lease,omitempty"`
	Commit  Duration `yaml:"commit,omitempty"`
	Reveal  Duration `yaml:"reveal,omitempty"`
	Gold    Duration `yaml:"gold,omitempty"`
	Review  Duration `yaml:"review,omitempty"`
	Contest Duration `yaml:"contest,omitempty"`
}

// Milestone is market.Milestone in words.
type Milestone struct {
	Title string   `yaml:"title"`
	Pages uint32   `yaml:"pages"`
	Due   Duration `yaml:"due"`
}

// Qualification is market.Qualification in words.
type Qualification struct {
	Score     Percent  `yaml:"score,omitempty"`
	Skill     string   `yaml:"skill,omitempty"`
	Languages []string `yaml:"languages,omitempty"`
	Invited   []string `yaml:"invited,omitempty"`
}

// Read reads the draft called name. Fields that are not known are refused.
func Read(folder fs.FS, name string) (Draft, error) {
	d := Defaults()
	f, err := folder.Open(name)
	if err != nil {
		return d, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, MaxDraftSize+1))
	if err != nil {
		return d, err
	}
	if len(text) > MaxDraftSize {
		return d, fault.Limit("%s: more than %d bytes", name, MaxDraftSize)
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&d); err != nil && !errors.Is(err, io.EOF) {
		return d, fault.Invalid("%s: %w", name, err)
	}
	if d.asksForm() && !saysTarget(text) {
		d.Redundancy.Target = formTarget
	}
	return d, nil
}

// formTarget is how far answers to a form agree where nothing else is said:
// values are seldom as sure as labels are.
const formTarget = 800_000

func (d Draft) asksForm() bool { return d.Form != nil || d.LabelStudio != "" }

// saysTarget says whether a draft names redundancy.target.
func saysTarget(text []byte) bool {
	var said struct {
		Redundancy struct {
			Target any `yaml:"target"`
		} `yaml:"redundancy"`
	}
	return yaml.Unmarshal(text, &said) == nil && said.Redundancy.Target != nil
}

// Defaults are what a draft need not say.
func Defaults() Draft {
	day := Duration(24 * time.Hour)
	hour := Duration(time.Hour)
	return Draft{
		Page: 50, Method: "fds", Matching: "manual",
		Redundancy: Redundancy{Min: 3, Max: 9, Step: 2, Target: 990_000},
		Clause:     Clause{Metric: market.MetricAccuracy, Threshold: 800_000, Confidence: 950_000, MinEvidence: 20},
		BidsUntil:  day, DeliverBy: 30 * day,
		Windows: Windows{Accept: day, Lease: hour, Commit: 7 * day, Reveal: day, Gold: day, Review: 3 * day, Contest: 7 * day},
	}
}

// Terms are the draft's terms at the time of posting; spec, manifest and gold
// are those of the parcel.
func (p Parcel) Terms(now id.Time) (market.Terms, error) {
	d := p.Draft
	t := market.Terms{
		Kind: market.Label, Title: d.Title, Summary: d.Summary, Tags: d.Tags, Spec: p.SpecID, Manifest: p.Manifest, Gold: p.Gold,
		Redundancy: market.Redundancy{Min: d.Redundancy.Min, Max: d.Redundancy.Max, Step: d.Redundancy.Step, Target: num.Ppm(d.Redundancy.Target)},
		Clause: market.Clause{
			Metric: d.Clause.Metric, Threshold: num.Ppm(d.Clause.Threshold), Confidence: num.Ppm(d.Clause.Confidence), MinEvidence: d.Clause.MinEvidence,
		},
		Method: d.Method, MethodVersion: 1, PriceCap: num.Amount(d.PriceCap), Budget: num.Amount(d.Budget),
		Stake: num.Amount(d.Stake), Deposit: num.Amount(d.Deposit),
		BidDeadline: now.Add(d.BidsUntil.ms()), DeliveryDeadline: now.Add(d.DeliverBy.ms()),
		Windows: market.Windows{
			Accept: d.Windows.Accept.ms(), Lease: d.Windows.Lease.ms(), Commit: d.Windows.Commit.ms(), Reveal: d.Windows.Reveal.ms(),
			Gold: d.Windows.Gold.ms(), Review: d.Windows.Review.ms(), Contest: d.Windows.Contest.ms(),
		},
		Qualification: market.Qualification{Score: num.Ppm(d.Qualification.Score), Skill: d.Qualification.Skill, Languages: d.Qualification.Languages},
		Licence:       d.Licence, Policy: d.Policy, ContributorShare: num.Ppm(d.ContributorShare),
	}
	for _, s := range d.Clause.Schedule {
		t.Clause.Schedule = append(t.Clause.Schedule, market.PriceStep{Shortfall: num.Ppm(s.Shortfall), Pay: num.Ppm(s.Pay)})
	}
	for _, m := range d.Milestones {
		t.Milestones = append(t.Milestones, market.Milestone{Title: m.Title, Pages: m.Pages, Due: now.Add(m.Due.ms())})
	}
	for _, text := range d.Qualification.Invited {
		who, err := id.ParseAddress(text)
		if err != nil {
			return t, fault.Invalid("draft: qualification.invited: %w", err)
		}
		t.Qualification.Invited = append(t.Qualification.Invited, who)
	}
	switch d.Matching {
	case "manual":
		t.Matching = market.Manual
	case "auto":
		t.Matching = market.Auto
	default:
		return t, fault.Invalid("draft: matching %q: manual or auto", d.Matching)
	}
	return t, t.Validate(now)
}
