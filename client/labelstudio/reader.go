package labelstudio

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/core/answer"
)

// reader makes a form of a tree of tags.
type reader struct {
	config    Config
	objects   map[string]*tag // by name
	labels    map[string]*tag // Labels, by the object they are for
	films     map[string]bool // objects that a VideoRectangle is for
	relations []string
	title     string // for the next control
	hint      string
	known     map[*tag]bool
}

func newReader(root *tag) *reader {
	r := &reader{config: Config{Names: map[string]string{}}, objects: map[string]*tag{}, labels: map[string]*tag{}, films: map[string]bool{}, known: map[*tag]bool{root: true}}
	r.index(root)
	return r
}

// index notes the object tags, and the labels that a VideoRectangle goes with.
func (r *reader) index(t *tag) {
	if value := t.attrs["value"]; t.attrs["name"] != "" && strings.HasPrefix(value, "$") {
		r.objects[t.attrs["name"]] = t
	}
	for _, c := range t.children {
		r.index(c)
	}
	switch t.name {
	case "VideoRectangle":
		r.films[t.attrs["toName"]] = true
	case "Labels":
		r.labels[t.attrs["toName"]] = t
	}
}

// shapes are the control tags whose type does not depend on what they are for.
func shapes() map[string]answer.Type {
	return map[string]answer.Type{
		"RectangleLabels": answer.TypeBox, "PolygonLabels": answer.TypePolygon, "BrushLabels": answer.TypeMask,
		"KeyPointLabels": answer.TypeKeypoint, "HyperTextLabels": answer.TypeSpan, "ParagraphLabels": answer.TypeSpan,
		"TimeSeriesLabels": answer.TypeInterval, "TimelineLabels": answer.TypeInterval, "Taxonomy": answer.TypePath,
		"Rating": answer.TypeRating, "Number": answer.TypeNumber, "TextArea": answer.TypeText, "Pairwise": answer.TypePreference,
	}
}

// walk reads a tag and those in it.
func (r *reader) walk(t *tag) {
	switch t.name {
	case "", "View", "Collapse", "Panel":
		r.known[t] = true
	case "Header":
		r.known[t] = true
		if value := t.attr("value"); t.attr("size") == "6" {
			r.hint = value
		} else {
			r.title = value
		}
	case "Text", "HyperText", "Paragraphs", "Image", "Audio", "AudioPlus", "Video", "TimeSeries":
		r.known[t] = true
		t.attr("name")
		t.attr("value")
	case "Relations":
		r.known[t] = true
		for _, c := range t.children {
			if c.name == "Relation" && c.attr("value") != "" {
				r.known[c] = true
				r.relations = append(r.relations, c.attrs["value"])
			}
		}
		return
	case "Choices":
		kind := answer.TypeChoice
		if t.attr("choice") == "multiple" {
			kind = answer.TypeChoices
		}
		r.control(t, kind)
		return
	case "Labels":
		r.labelsTag(t)
		return
	case "VideoRectangle":
		r.track(t)
		return
	default:
		if kind, ok := shapes()[t.name]; ok {
			r.control(t, kind)
			return
		}
	}
	for _, c := range t.children {
		r.walk(c)
	}
}

// labelsTag reads Labels: spans of a text, intervals of what has time, or the
// labels of the boxes of a video.
func (r *reader) labelsTag(t *tag) {
	object := r.objects[t.attrs["toName"]]
	if r.films[t.attr("toName")] {
		r.known[t] = true
		t.attr("name")
		return
	}
	if object != nil && slices.Contains([]string{"Audio", "AudioPlus", "Video", "TimeSeries"}, object.name) {
		r.control(t, answer.TypeInterval)
		return
	}
	r.control(t, answer.TypeSpan)
}

// track reads VideoRectangle, whose labels stand in a tag of their own.
func (r *reader) track(t *tag) {
	if labels := r.labels[t.attrs["toName"]]; labels != nil {
		t.children, labels.children = labels.children, nil
	}
	r.control(t, answer.TypeTrack)
}

// control adds a control of a type.
func (r *reader) control(t *tag, kind answer.Type) {
	r.known[t] = true
	if t.attr("perRegion") == "true" {
		r.ignore("%s %s: perRegion: regions carry a text only where the type has one", t.name, t.attrs["name"])
		return
	}
	name := slug(t.attr("name"))
	for n := 2; r.config.Names[name] != ""; n++ {
		name = fmt.Sprintf("%.28s_%d", slug(t.attrs["name"]), n)
	}
	c := answer.Control{Name: name, Type: kind, Title: r.title, Hint: r.hint, Required: t.attr("required") == "true"}
	r.title, r.hint = "", ""
	r.config.Names[name] = t.attrs["name"]
	targets := strings.Split(t.attr("toName"), ",")
	for _, object := range targets {
		if o := r.objects[object]; o != nil && len(targets) == 1 {
			c.Target = strings.TrimPrefix(o.attrs["value"], "$")
		} else if o != nil {
			c.Options = append(c.Options, strings.TrimPrefix(o.attrs["value"], "$"))
		}
	}
	r.fields(t, &c)
	r.config.Form.Controls = append(r.config.Form.Controls, c)
}

// fields reads what a control's type needs.
func (r *reader) fields(t *tag, c *answer.Control) {
	switch c.Type {
	case answer.TypeRating:
		c.Max = whole(t.attr("maxRating"), 5)
	case answer.TypeNumber:
		r.number(t, c)
	case answer.TypeText:
		if n, err := strconv.ParseInt(t.attr("maxLength"), 10, 64); err == nil {
			c.MaxLength = n
		}
	case answer.TypeInterval:
		c.Unit = t.attr("unit")
		r.offer(t, c, "")
	case answer.TypePreference:
	default:
		r.offer(t, c, "")
	}
}

func whole(text string, otherwise int64) *int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		n = otherwise
	}
	return &n
}

// number reads bounds and step as integers of the decimals that they need.
func (r *reader) number(t *tag, c *answer.Control) {
	texts := []string{t.attr("min"), t.attr("max"), t.attr("step")}
	for _, text := range texts {
		if _, part, ok := strings.Cut(text, "."); ok {
			c.Decimals = max(c.Decimals, min(answer.MaxDecimals, int64(len(part))))
		}
	}
	if n, ok := scaled(texts[0], c.Decimals); ok {
		c.Min = &n
	}
	if n, ok := scaled(texts[1], c.Decimals); ok {
		c.Max = &n
	}
	if n, ok := scaled(texts[2], c.Decimals); ok {
		c.Step = n
	}
	c.Unit = t.attr("unit")
}

// offer adds the labels below a tag.
func (r *reader) offer(t *tag, c *answer.Control, parent string) {
	for _, l := range t.children {
		if l.name != "Label" && l.name != "Choice" {
			continue
		}
		r.known[l] = true
		value := l.attr("value")
		label := answer.Label{ID: value, Hotkey: l.attr("hotkey"), Parent: parent}
		if alias := l.attr("alias"); alias != "" {
			label.ID, label.Name = alias, value
		}
		if background := l.attr("background"); background != "" {
			if label.Color = color(background); label.Color == "" {
				r.ignore("%s %q: background %q", l.name, value, background)
			}
		}
		c.Labels = append(c.Labels, label)
		r.offer(l, c, label.ID)
	}
}

// finish gives the relations to the spans.
func (r *reader) finish() {
	for i := range r.config.Form.Controls {
		if c := &r.config.Form.Controls[i]; c.Type == answer.TypeSpan {
			c.Relations = slices.Clone(r.relations)
		}
	}
}

func (r *reader) ignore(format string, args ...any) {
	r.config.Ignored = append(r.config.Ignored, fmt.Sprintf(format, args...))
}

// report lists the tags and attributes that nothing was read from.
func (r *reader) report(t *tag) {
	if !r.known[t] {
		r.ignore("%s", t.name)
	} else {
		for _, name := range t.order {
			if !t.used[name] {
				r.ignore("%s: %s", t.name, name)
			}
		}
	}
	for _, c := range t.children {
		r.report(c)
	}
}
