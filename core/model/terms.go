package model

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
)

// Bounds of what a stranger sends, and of what a model keeps open.
const (
	MaxName    = 64    // bytes of a name
	MaxLicence = 64    // bytes of a licence's name
	MaxConsent = 128   // bytes of a consent, be it a content id or a sentence
	MaxEncoder = 8_192 // bytes of an encoder kept with the model
	MaxOpen    = 256   // items of one author and model that are not judged yet
	MaxBatch   = 256   // contributions in one message
	MaxCuts    = 64    // rollbacks of one model
	MaxDepth   = 8     // forks of forks
	MaxHoldout = 100_000
	MaxSlice   = 5_000 // holdout items for one challenge

	second  = int64(1_000)
	MaxWait = 90 * 24 * 3600 * second // ms until a verdict, a reveal or a window's end
	MaxOwn  = 366 * 24 * 3600 * second
)

// Encoder says how things become inputs: a declaration of core/model/feature,
// kept here (canonical JSON) or, when longer, in the plane.
type Encoder struct {
	Inline  json.RawMessage `json:"inline,omitempty"`
	Content id.CID          `json:"content,omitempty"`
}

// Holdout commits to Count items under a root of salted leaves (Leaf); every
// challenge uses the next Slice of them.
type Holdout struct {
	Root  id.Hash `json:"root"`
	Count uint32  `json:"count"`
	Slice uint32  `json:"slice"`
}

// Robust are the rules that bound what one contributor does to the model; see
// core/model/robust. Zero fields are off.
type Robust struct {
	Norm   int64   `json:"norm,omitempty"`   // longest input, Q20; longer ones are scaled down
	Window uint32  `json:"window,omitempty"` // items that are trained together
	Trim   num.Ppm `json:"trim,omitempty"`   // share of a window that is left out: what surprises the model most
}

// Terms are what a model is made of, fixed when it is created.
type Terms struct {
	Name         string       `json:"name"`
	Config       learn.Config `json:"config"`
	Encoder      Encoder      `json:"encoder"`
	Incentive    Incentive    `json:"incentive"`
	Licence      string       `json:"licence"`                 // of the model and what it takes
	Owner        id.Address   `json:"owner,omitempty"`         // nobody by default
	OwnerUntil   id.Time      `json:"owner_until,omitempty"`   // when his rights end
	Seed         id.CID       `json:"seed,omitempty"`          // parameters it starts from (learn.EncodeCells)
	CommitWindow int64        `json:"commit_window,omitempty"` // ms from commit to reveal; 0: no commits
	Holdout      Holdout      `json:"holdout"`
	Robust       Robust       `json:"robust"`
}

// Hash commits to the terms.
func (t Terms) Hash() id.Hash { return hashJSON("alaya/model/terms/v1", t) }

// Validate checks every bound, and names the one that is broken.
func (t Terms) Validate(now id.Time) error {
	if err := checkText("name", t.Name, 1, MaxName); err != nil {
		return err
	}
	if err := checkText("licence", t.Licence, 1, MaxLicence); err != nil {
		return err
	}
	for _, check := range []func() error{
		t.Config.Validate, t.Encoder.Validate, t.Holdout.Validate, t.Robust.Validate, t.Incentive.Validate,
		func() error { return t.checkOwner(now) },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	if t.Robust.Norm > 0 {
		if err := t.Config.Check(learn.Input{Indices: []uint32{0}, Values: []int64{fixed.One}}); err != nil {
			return fault.Invalid("model: a norm needs a family that takes values: %w", err)
		}
	}
	if t.CommitWindow < 0 || t.CommitWindow > MaxWait || t.CommitWindow > 0 && t.Incentive.Kind == Bounty {
		return fault.Limit("model: commit window of %d ms with %s: 0 to %d, 0 with a bounty", t.CommitWindow, t.Incentive.Kind, MaxWait)
	}
	return checkCID("seed", t.Seed)
}

func (t Terms) checkOwner(now id.Time) error {
	if t.Owner == "" && t.OwnerUntil == 0 {
		return nil
	}
	if t.Owner == "" || t.OwnerUntil <= now || t.OwnerUntil > now.Add(MaxOwn) {
		return fault.Limit("model: owner %q until %s: want an address and a time after %s, within %d ms", t.Owner, t.OwnerUntil, now, MaxOwn)
	}
	return nil
}

// Validate checks that the encoder stands in one place.
func (e Encoder) Validate() error {
	if len(e.Inline) > MaxEncoder {
		return fault.Limit("model: encoder of %d bytes: at most %d, keep a longer one in the plane", len(e.Inline), MaxEncoder)
	}
	if (len(e.Inline) == 0) == (e.Content == "") {
		return fault.Invalid("model: encoder of %d bytes and content %q: want one of the two", len(e.Inline), e.Content)
	}
	if len(e.Inline) > 0 && !json.Valid(e.Inline) {
		return fault.Invalid("model: encoder %.40q: not JSON", e.Inline)
	}
	return checkCID("encoder", e.Content)
}

// Validate checks the bounds of a holdout; the zero one means none.
func (h Holdout) Validate() error {
	if h == (Holdout{}) {
		return nil
	}
	if h.Root.IsZero() || h.Count < 1 || h.Count > MaxHoldout || h.Slice < 1 || h.Slice > min(h.Count, MaxSlice) {
		return fault.Limit("model: holdout of %d items in slices of %d under root %s: 1 to %d items, slices of 1 to %d", h.Count, h.Slice, h.Root, MaxHoldout, MaxSlice)
	}
	return nil
}

// Validate checks the bounds of the robust rules.
func (r Robust) Validate() error {
	if r.Norm < 0 || r.Window > MaxBatch || r.Trim < 0 || r.Trim >= num.One/2 || r.Trim > 0 && r.Window == 0 {
		return fault.Limit("model: robust rules: norm %d, window %d, trim %s: norm from 0, window to %d, trim below half of a window", r.Norm, r.Window, r.Trim, MaxBatch)
	}
	return nil
}

func checkText(what, text string, least, most int) error {
	if len(text) < least || len(text) > most || !utf8.ValidString(text) {
		return fault.Limit("model: %s %.80q of %d bytes: %d to %d, in UTF-8", what, text, len(text), least, most)
	}
	return nil
}

func checkCID(what string, c id.CID) error {
	if c == "" {
		return nil
	}
	if _, err := id.ParseCID(string(c)); err != nil {
		return fault.Invalid("model: %s: %w", what, err)
	}
	return nil
}
