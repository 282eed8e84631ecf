package labelstudio

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/answer"
)

// attribute is one of a tag, in the order of writing.
type attribute struct{ name, value string }

// Configuration writes a form as a configuration, and lists what Label Studio
// has no words for.
func Configuration(f answer.Form) (text []byte, lost []string) {
	w := &writer{}
	w.open("View")
	for _, object := range objects(f) {
		w.leaf(object.tag, attribute{"name", object.name}, attribute{"value", "$" + object.key})
	}
	var relations []string
	for _, c := range f.Controls {
		w.control(c)
		for _, r := range c.Relations {
			if !slices.Contains(relations, r) {
				relations = append(relations, r)
			}
		}
	}
	if len(relations) > 0 {
		w.open("Relations")
		for _, r := range relations {
			w.leaf("Relation", attribute{"value", r})
		}
		w.close("Relations")
	}
	w.close("View")
	return []byte(w.text.String()), w.lost
}

// object is what a control is about.
type object struct{ tag, name, key string }

// objects lists what the controls are about, each key once.
func objects(f answer.Form) []object {
	var all []object
	add := func(key, tag string) {
		i := slices.IndexFunc(all, func(o object) bool { return o.key == key })
		switch {
		case i < 0:
			all = append(all, object{tag, objectName(key), key})
		case all[i].tag == "Text":
			all[i].tag = tag
		}
	}
	for _, c := range f.Controls {
		for _, key := range c.Options {
			add(key, "Text")
		}
		add(target(c), objectTag(c.Type))
	}
	return all
}

// target is the key a control is about; Label Studio has no whole item.
func target(c answer.Control) string {
	if c.Target == "" {
		return "item"
	}
	return c.Target
}

func objectName(key string) string { return "show_" + slug(key) }

func objectTag(t answer.Type) string {
	switch t {
	case answer.TypeBox, answer.TypePolygon, answer.TypeKeypoint, answer.TypeMask:
		return "Image"
	case answer.TypeInterval:
		return "Audio"
	case answer.TypeTrack:
		return "Video"
	default:
		return "Text"
	}
}

type writer struct {
	text  strings.Builder
	depth int
	lost  []string
}

func (w *writer) start(name string, attrs []attribute) {
	fmt.Fprintf(&w.text, "%s<%s", strings.Repeat("  ", w.depth), name)
	for _, a := range attrs {
		if a.value == "" {
			continue
		}
		fmt.Fprintf(&w.text, ` %s="`, a.name)
		xml.EscapeText(&w.text, []byte(a.value)) //nolint:errcheck // a strings.Builder never fails
		w.text.WriteByte('"')
	}
}

func (w *writer) open(name string, attrs ...attribute) {
	w.start(name, attrs)
	w.text.WriteString(">\n")
	w.depth++
}

func (w *writer) leaf(name string, attrs ...attribute) {
	w.start(name, attrs)
	w.text.WriteString("/>\n")
}

func (w *writer) close(name string) {
	w.depth--
	fmt.Fprintf(&w.text, "%s</%s>\n", strings.Repeat("  ", w.depth), name)
}

// control writes one control with its labels.
func (w *writer) control(c answer.Control) {
	tag := controlTag(c.Type)
	if tag == "" {
		w.lost = append(w.lost, fmt.Sprintf("control %s: Label Studio has no %s", c.Name, c.Type))
		return
	}
	if c.Title != "" {
		w.leaf("Header", attribute{"value", c.Title})
	}
	if c.Hint != "" {
		w.leaf("Header", attribute{"value", c.Hint}, attribute{"size", "6"})
	}
	to := objectName(target(c))
	if c.Type == answer.TypePreference {
		to = objectName(c.Options[0]) + "," + objectName(c.Options[1])
	}
	attrs := append([]attribute{{"name", c.Name}, {"toName", to}}, details(c)...)
	if c.Required {
		attrs = append(attrs, attribute{"required", "true"})
	}
	if len(c.Labels) == 0 {
		w.leaf(tag, attrs...)
		return
	}
	if c.Type == answer.TypeTrack {
		w.leaf(tag, attrs...)
		tag, attrs = "Labels", []attribute{{"name", c.Name + "_labels"}, {"toName", to}}
	}
	w.open(tag, attrs...)
	w.labels(c, "")
	w.close(tag)
}

func controlTag(t answer.Type) string {
	switch t {
	case answer.TypeChoice, answer.TypeChoices:
		return "Choices"
	case answer.TypeSpan, answer.TypeInterval:
		return "Labels"
	case answer.TypeTrack:
		return "VideoRectangle"
	default: // has one tag at most
		for tag, kind := range shapes() {
			if kind == t {
				return tag
			}
		}
		return ""
	}
}

// details are the attributes of a control's type.
func details(c answer.Control) []attribute {
	number := func(n *int64) string {
		if n == nil {
			return ""
		}
		return decimal(*n, c.Decimals)
	}
	switch c.Type {
	case answer.TypeChoices:
		return []attribute{{"choice", "multiple"}}
	case answer.TypeRating:
		return []attribute{{"maxRating", number(c.Max)}}
	case answer.TypeNumber:
		step := ""
		if c.Step > 0 || c.Decimals > 0 {
			step = decimal(max(1, c.Step), c.Decimals)
		}
		return []attribute{{"min", number(c.Min)}, {"max", number(c.Max)}, {"step", step}, {"unit", c.Unit}}
	case answer.TypeInterval:
		return []attribute{{"unit", c.Unit}}
	case answer.TypeText:
		if c.MaxLength > 0 {
			return []attribute{{"maxLength", fmt.Sprint(c.MaxLength)}}
		}
		return nil
	default:
		return nil
	}
}

// labels writes the labels below a parent.
func (w *writer) labels(c answer.Control, parent string) {
	tag := "Label"
	if c.Type == answer.TypeChoice || c.Type == answer.TypeChoices || c.Type == answer.TypePath {
		tag = "Choice"
	}
	for _, l := range c.Labels {
		if l.Parent != parent {
			continue
		}
		attrs := []attribute{{"value", l.ID}, {"hotkey", l.Hotkey}, {"background", l.Color}}
		if l.Name != "" {
			attrs = []attribute{{"value", l.Name}, {"alias", l.ID}, {"hotkey", l.Hotkey}, {"background", l.Color}}
		}
		if !slices.ContainsFunc(c.Labels, func(m answer.Label) bool { return m.Parent == l.ID }) {
			w.leaf(tag, attrs...)
			continue
		}
		w.open(tag, attrs...)
		w.labels(c, l.ID)
		w.close(tag)
	}
}
