// Package labelstudio reads and writes what Label Studio does: labelling
// configurations in XML as forms, and its tasks and annotations in JSON as
// items and values.
//
// Words: a configuration is the XML, a tag an element of it; an object tag
// shows data, a control tag asks about it; a result is one entry of an
// annotation.
//
// Invariants:
//  1. A form written as a configuration reads as the same form, but for what
//     Lost names.
//  2. What is not understood is ignored and reported, never dropped silently.
//  3. No document type, no entity beyond XML's own, at most MaxConfig bytes and
//     MaxDepth levels are read.
//
// Source: labelstud.io/tags and labelstud.io/guide/task_format, 2026-11.
package labelstudio

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
)

// Bounds of a configuration.
const (
	MaxConfig = 1 << 20 // bytes
	MaxDepth  = 64
	maxTags   = 20_000
)

// Config is a configuration as a form.
type Config struct {
	Form answer.Form
	// Names are those that controls have in results, by the form's names.
	Names map[string]string
	// Ignored lists what was not understood: tags, and attributes of tags.
	Ignored []string
}

// tag is an element of a configuration.
type tag struct {
	name     string
	attrs    map[string]string
	order    []string // of the attributes
	children []*tag
	used     map[string]bool
}

// attr returns an attribute and notes that it was understood.
func (t *tag) attr(name string) string {
	t.used[name] = true
	return t.attrs[name]
}

// ParseConfig reads a configuration. Errors are of kind invalid for what is no
// configuration or makes no form, limit beyond a bound.
func ParseConfig(text []byte) (Config, error) {
	root, err := parseTags(text)
	if err != nil {
		return Config{}, err
	}
	r := newReader(root)
	r.walk(root)
	r.finish()
	r.report(root)
	if err := r.config.Form.Validate(); err != nil {
		return r.config, fmt.Errorf("label studio: %w", err)
	}
	return r.config, nil
}

// parseTags reads the tree of tags.
func parseTags(text []byte) (*tag, error) {
	if len(text) > MaxConfig {
		return nil, fault.Limit("label studio: configuration of %d bytes: at most %d", len(text), MaxConfig)
	}
	dec := xml.NewDecoder(bytes.NewReader(text))
	root := &tag{used: map[string]bool{}}
	open := []*tag{root}
	for n := 0; ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fault.Invalid("label studio: configuration: %w", err)
		}
		switch token := token.(type) {
		case xml.Directive:
			return nil, fault.Invalid("label studio: configuration with a document type: none is read")
		case xml.StartElement:
			if n++; n > maxTags || len(open) > MaxDepth {
				return nil, fault.Limit("label studio: configuration of more than %d tags, or %d levels", maxTags, MaxDepth)
			}
			t := newTag(token)
			top := open[len(open)-1]
			top.children = append(top.children, t)
			open = append(open, t)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
	if len(root.children) == 0 {
		return nil, fault.Invalid("label studio: configuration without a tag")
	}
	return root, nil
}

func newTag(e xml.StartElement) *tag {
	t := &tag{name: e.Name.Local, attrs: map[string]string{}, used: map[string]bool{}}
	for _, a := range e.Attr {
		if _, twice := t.attrs[a.Name.Local]; !twice {
			t.order = append(t.order, a.Name.Local)
		}
		t.attrs[a.Name.Local] = a.Value
	}
	return t
}

// slug makes a control's name of any name.
func slug(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9' && b.Len() > 0:
			b.WriteRune(r)
		case b.Len() > 0:
			b.WriteByte('_')
		}
		if b.Len() == answer.MaxName {
			break
		}
	}
	if b.Len() == 0 {
		return "control"
	}
	return b.String()
}
