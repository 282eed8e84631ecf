package draft

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"

	"go.yaml.in/yaml/v3"

	"github.com/alaya-network/alaya/client/labelstudio"
	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
)

// Form is a form as YAML: {controls: […]}, in the words of core/answer.
type Form struct {
	answer.Form
}

// UnmarshalYAML implements yaml.Unmarshaler. Fields that are not known are
// refused.
func (f *Form) UnmarshalYAML(n *yaml.Node) error {
	var plain any
	if err := n.Decode(&plain); err != nil {
		return fault.Invalid("line %d: form: %w", n.Line, err)
	}
	text, err := json.Marshal(plain)
	if err != nil {
		return fault.Invalid("line %d: form: %w", n.Line, err)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f.Form); err != nil {
		return fault.Invalid("line %d: form: %w", n.Line, err)
	}
	if err := f.Validate(); err != nil {
		return fault.Invalid("line %d: form: %w", n.Line, err)
	}
	return nil
}

// MarshalYAML implements yaml.Marshaler.
func (f Form) MarshalYAML() (any, error) {
	text, err := json.Marshal(f.Form)
	if err != nil {
		return nil, fault.Internal("draft: form: %w", err)
	}
	var n yaml.Node
	if err := yaml.Unmarshal(text, &n); err != nil {
		return nil, fault.Internal("draft: form: %w", err)
	}
	block(&n)
	return n.Content[0], nil
}

// block writes a node over lines, as people do.
func block(n *yaml.Node) {
	n.Style = 0
	for _, child := range n.Content {
		block(child)
	}
}

// spec is what the draft asks, its files read.
func (d Draft) spec(folder fs.FS, guidelines string) (market.Spec, error) {
	s := market.Spec{Question: d.Question, Labels: d.Labels, Match: num.Ppm(d.Match), Guidelines: guidelines}
	switch {
	case d.Form != nil && d.LabelStudio != "":
		return s, fault.Invalid("draft: form and label_studio: either, not both")
	case d.Form != nil:
		s.Form = &d.Form.Form
	case d.LabelStudio != "":
		text, err := fs.ReadFile(folder, path.Clean(d.LabelStudio))
		if err != nil {
			return s, err
		}
		config, err := labelstudio.ParseConfig(text)
		if err != nil {
			return s, fault.Invalid("%s: %w", d.LabelStudio, err)
		}
		s.Form = &config.Form
	}
	return s, s.Validate()
}
