package learner

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/draft"
	"github.com/alaya-network/alaya/client/modelfile"
	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
)

// Auto lets Choose pick the family, on a fifth of the seed's items.
const Auto = "auto"

// Draft is a model in its creator's words. Paths are relative to the draft.
type Draft struct {
	Name      string         `yaml:"name"`
	Family    string         `yaml:"family"`            // a family, or auto
	Classes   uint32         `yaml:"classes,omitempty"` // 1: regression; else the number of labels
	Labels    []string       `yaml:"labels,omitempty"`
	Encoder   map[string]any `yaml:"encoder"` // feature.Encoder; for tables and vocabularies too
	Params    map[string]any `yaml:"params,omitempty"`
	Licence   string         `yaml:"licence"`
	Incentive Incentive      `yaml:"incentive"`

	Holdout DraftHoldout `yaml:"holdout,omitempty"`

	Seed    string `yaml:"seed,omitempty"`    // a table of items with labels
	Weights string `yaml:"weights,omitempty"` // a .json file: scikit-learn's attributes, or DCAI's
	Words   string `yaml:"words,omitempty"`   // of DCAI's weights: the .json file of its vocabulary

	Owner        string         `yaml:"owner,omitempty"`
	OwnerFor     draft.Duration `yaml:"owner_for,omitempty"`
	CommitWindow draft.Duration `yaml:"commit_window,omitempty"`
	Robust       Robust         `yaml:"robust,omitempty"`
}

// Incentive is model.Incentive in words.
type Incentive struct {
	Kind   string         `yaml:"kind"` // points, deposit or bounty
	Wait   draft.Duration `yaml:"wait,omitempty"`
	Margin Real           `yaml:"margin,omitempty"`
	Quorum uint32         `yaml:"quorum,omitempty"`
	Start  draft.Amount   `yaml:"start,omitempty"`
	Floor  draft.Amount   `yaml:"floor,omitempty"`
	Target uint32         `yaml:"target,omitempty"`
	Window draft.Duration `yaml:"window,omitempty"`
	Bond   draft.Percent  `yaml:"bond,omitempty"`
	Share  draft.Percent  `yaml:"share,omitempty"`
}

// DraftHoldout are items that challenges are decided on.
type DraftHoldout struct {
	Items string `yaml:"items,omitempty"` // a table of items with labels, kept secret
	Slice uint32 `yaml:"slice,omitempty"` // for one challenge; 0: a quarter
}

// Robust is model.Robust in words.
type Robust struct {
	Norm   Real          `yaml:"norm,omitempty"`
	Window uint32        `yaml:"window,omitempty"`
	Trim   draft.Percent `yaml:"trim,omitempty"`
}

// Real is a decimal of a draft, in Q20.
type Real int64

// UnmarshalYAML implements yaml.Unmarshaler.
func (r *Real) UnmarshalYAML(n *yaml.Node) error {
	v, err := feature.ParseDecimal(n.Value)
	if err != nil {
		return fault.Invalid("line %d: %w", n.Line, err)
	}
	*r = Real(v.Q20())
	return nil
}

// Blueprint is what comes of a draft: all but what depends on the time.
type Blueprint struct {
	Draft   Draft
	Encoder feature.Encoder
	Config  learn.Config
	Cells   []byte   // encoded parameters to start from; nil without
	Items   int      // learnt for them
	Kept    []Line   // the holdout
	Sealed  *Holdout // once Seal has salted it
	Tried   []string // families, if the draft says auto
	Contest Contest
}

// ReadDraft reads a draft and the files it names.
func ReadDraft(file string) (b Blueprint, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return b, err
	}
	if len(text) > draft.MaxDraftSize {
		return b, fault.Limit("%s: more than %d bytes", file, draft.MaxDraftSize)
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&b.Draft); err != nil && !errors.Is(err, io.EOF) {
		return b, fault.Invalid("%s: %w", file, err)
	}
	if err := b.load(filepath.Dir(file)); err != nil {
		return b, fault.Errorf(fault.KindOf(err), "%s: %w", file, err)
	}
	return b, nil
}

func (b *Blueprint) load(folder string) error {
	d := b.Draft
	if err := remarshal("encoder", d.Encoder, &b.Encoder); err != nil {
		return err
	}
	if len(d.Labels) > 0 {
		b.Encoder.Labels = d.Labels
	}
	if err := b.Encoder.Validate(); err != nil {
		return err
	}
	var params learn.Params
	if err := remarshal("params", d.Params, &params); err != nil {
		return err
	}
	classes := d.Classes
	if classes == 0 {
		classes = uint32(len(b.Encoder.Labels))
	}
	b.Config = ConfigFor(d.Family, b.Encoder, classes, params)
	read := b.loadSeed
	if d.Weights != "" {
		read = b.loadWeights
	}
	if err := read(folder); err != nil {
		return err
	}
	return b.loadHoldout(folder)
}

func (b *Blueprint) loadHoldout(folder string) (err error) {
	d := b.Draft.Holdout
	if d.Items == "" {
		if d.Slice > 0 {
			return fault.Invalid("holdout: slices of %d items, and no items", d.Slice)
		}
		return nil
	}
	b.Kept, err = Reading{Encoder: b.Encoder, Classes: b.Config.Classes}.Read(sheet.Source{Name: filepath.Join(folder, d.Items)})
	return err
}

// Seal salts the holdout, if there is one; the terms then commit to it.
func (b *Blueprint) Seal(salt func() []byte) {
	if len(b.Kept) > 0 {
		sealed := SealHoldout(b.Kept, salt)
		b.Sealed = &sealed
	}
}

// holdout is the commitment to the sealed holdout.
func (b Blueprint) holdout() model.Holdout {
	if b.Sealed == nil {
		return model.Holdout{}
	}
	count := uint32(len(b.Sealed.Items))
	return model.Holdout{Root: b.Sealed.Root(), Count: count, Slice: cmp.Or(b.Draft.Holdout.Slice, max(1, min(count/4, model.MaxSlice)))}
}

// remarshal reads what YAML knows as any by the JSON form of into.
func remarshal(field string, from map[string]any, into any) error {
	text, err := json.Marshal(from)
	if err != nil {
		return fault.Invalid("%s: %w", field, err)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return fault.Invalid("%s: %w", field, err)
	}
	return nil
}

// loadSeed learns the seed's items, after a contest if the family is open.
func (b *Blueprint) loadSeed(folder string) error {
	d := b.Draft
	if d.Seed == "" {
		if d.Family == Auto {
			return fault.Invalid("family %s: needs a seed to try families on", Auto)
		}
		return b.Config.Validate()
	}
	lines, err := Reading{Encoder: b.Encoder, Classes: b.Config.Classes}.Read(sheet.Source{Name: filepath.Join(folder, d.Seed)})
	if err != nil {
		return err
	}
	if d.Family == Auto {
		if err := b.choose(lines); err != nil {
			return err
		}
	}
	l, err := learn.New(b.Config)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if err := b.Config.Check(line.Input); err != nil {
			return err
		}
	}
	b.Items = len(lines)
	b.Cells = learn.EncodeCells(Train(l, lines).Cells())
	return nil
}

func (b *Blueprint) choose(lines []Line) error {
	b.Tried = Families(b.Encoder)
	rest, holdout := Split(lines)
	candidates := make([]Candidate, len(b.Tried))
	for i, family := range b.Tried {
		candidates[i] = Candidate{Config: ConfigFor(family, b.Encoder, b.Config.Classes, learn.Params{}), Learn: rest, Holdout: holdout}
	}
	var err error
	if b.Contest, err = Choose(candidates); err != nil {
		return err
	}
	b.Config = candidates[b.Contest.Chosen].Config
	return nil
}

// loadWeights takes parameters that were learnt elsewhere.
func (b *Blueprint) loadWeights(folder string) error {
	open := func(name string) (*os.File, error) { return os.Open(filepath.Join(folder, name)) }
	weights, err := open(b.Draft.Weights)
	if err != nil {
		return err
	}
	defer func() { _ = weights.Close() }()
	var seed modelfile.Seed
	if b.Draft.Words != "" {
		words, err := open(b.Draft.Words)
		if err != nil {
			return err
		}
		defer func() { _ = words.Close() }()
		seed, err = modelfile.DCAI(weights, words)
		if err != nil {
			return err
		}
	} else if seed, err = modelfile.Sklearn(weights, b.Draft.Family); err != nil {
		return err
	}
	b.Config, b.Cells = seed.Config, learn.EncodeCells(seed.Cells)
	return b.Config.Validate()
}

// Terms are the draft's terms at the time of creation; owner is the address
// that the draft's owner names.
func (b Blueprint) Terms(owner id.Address, now id.Time) (model.Terms, error) {
	d := b.Draft
	inline, err := json.Marshal(b.Encoder)
	if err != nil {
		return model.Terms{}, fault.Internal("learner: encoder: %w", err)
	}
	incentive, err := d.Incentive.terms()
	if err != nil {
		return model.Terms{}, err
	}
	t := model.Terms{
		Name: d.Name, Config: b.Config, Encoder: model.Encoder{Inline: inline}, Incentive: incentive, Licence: d.Licence,
		Owner: owner, CommitWindow: ms(d.CommitWindow),
		Holdout: b.holdout(),
		Robust:  model.Robust{Norm: int64(d.Robust.Norm), Window: d.Robust.Window, Trim: num.Ppm(d.Robust.Trim)},
	}
	if owner != "" {
		t.OwnerUntil = now.Add(ms(d.OwnerFor))
	}
	if b.Cells != nil {
		t.Seed = client.CIDOf(b.Cells)
	}
	return t, t.Validate(now)
}

func (i Incentive) terms() (model.Incentive, error) {
	t := model.Incentive{Wait: ms(i.Wait), Margin: int64(i.Margin)}
	switch i.Kind {
	case model.Points.String():
		t.Kind, t.Points = model.Points, model.PointTerms{Quorum: i.Quorum}
	case model.Deposit.String():
		t.Kind = model.Deposit
		t.Deposit = model.DepositTerms{
			Start: num.Amount(i.Start), Floor: num.Amount(i.Floor), Target: i.Target, Window: ms(i.Window),
			Bond: num.Ppm(i.Bond), Share: num.Ppm(i.Share),
		}
	case model.Bounty.String():
		t.Kind = model.Bounty
	default:
		return t, fault.Invalid("incentive kind %.40q: want %s, %s or %s", i.Kind, model.Points, model.Deposit, model.Bounty)
	}
	return t, nil
}

func ms(d draft.Duration) int64 { return int64(d) / 1_000_000 }

// EncoderOf reads the encoder of a model's terms; blob fetches one that is kept
// elsewhere.
func EncoderOf(t model.Terms, blob func(id.CID) ([]byte, error)) (e feature.Encoder, err error) {
	text := []byte(t.Encoder.Inline)
	if len(text) == 0 {
		if text, err = blob(t.Encoder.Content); err != nil {
			return e, err
		}
	}
	if err := json.Unmarshal(text, &e); err != nil {
		return e, fault.Invalid("learner: encoder of %q: %w", t.Name, err)
	}
	if err := e.Validate(); err != nil {
		return e, err
	}
	if e.Features() != t.Config.Features {
		return e, fault.Invalid("learner: encoder of %q has %d features, the model %d", t.Name, e.Features(), t.Config.Features)
	}
	return e, nil
}
