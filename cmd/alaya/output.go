package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/cosmos/gogoproto/jsonpb"
	"github.com/cosmos/gogoproto/proto"
	"go.yaml.in/yaml/v3"

	"github.com/alaya-network/alaya/core/fault"
)

// The formats of --output.
const (
	formatText = "text"
	formatJSON = "json"
	formatYAML = "yaml"
)

// show writes a view: for people what text puts on the page, for programs data,
// a proto message or a plain struct.
func (s *session) show(data any, text func(*page)) error {
	if s.flags.output.value == formatText {
		p := newPage(s.out, s.flags.quiet)
		text(p)
		return p.flush()
	}
	encoded, err := encode(data)
	if err == nil && s.flags.output.value == formatYAML {
		encoded, err = toYAML(encoded)
	}
	if err != nil {
		return err
	}
	_, err = s.out.Write(encoded)
	return err
}

// encode writes data as indented JSON with a last line end.
func encode(data any) ([]byte, error) {
	var text bytes.Buffer
	if m, ok := data.(proto.Message); ok {
		marshal := jsonpb.Marshaler{OrigName: true, EmitDefaults: true, Indent: "  "}
		if err := marshal.Marshal(&text, m); err != nil {
			return nil, fault.Internal("write JSON: %w", err)
		}
	} else {
		plain, err := json.MarshalIndent(data, "", "  ")
		if err != nil {
			return nil, fault.Internal("write JSON: %w", err)
		}
		text.Write(plain)
	}
	text.WriteByte('\n')
	return text.Bytes(), nil
}

// toYAML turns JSON into YAML with the fields in the same order.
func toYAML(text []byte) ([]byte, error) {
	var node yaml.Node
	if err := yaml.Unmarshal(text, &node); err != nil {
		return nil, fault.Internal("write YAML: %w", err)
	}
	unstyle(&node)
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(&node); err != nil {
		return nil, fault.Internal("write YAML: %w", err)
	}
	return out.Bytes(), nil
}

// unstyle takes JSON's brackets and quotes off.
func unstyle(n *yaml.Node) {
	n.Style = 0
	for _, child := range n.Content {
		unstyle(child)
	}
}

// page is a view in text: lines, fields and tables with aligned columns.
type page struct {
	out     io.Writer
	text    bytes.Buffer
	columns *tabwriter.Writer
	quiet   bool
}

func newPage(w io.Writer, quiet bool) *page {
	p := &page{out: w, quiet: quiet}
	p.columns = tabwriter.NewWriter(&p.text, 0, 0, 2, ' ', 0)
	return p
}

// line writes a line of its own.
func (p *page) line(format string, args ...any) {
	if p.quiet {
		return
	}
	p.align()
	tell(p.columns, "%s\n", clean(fmt.Sprintf(format, args...)))
}

// field writes a name with its value; an empty value is left out.
func (p *page) field(name string, value any) {
	if text := cell(value); text != "" && !p.quiet {
		tell(p.columns, "%s\t%s\n", name, text)
	}
}

// table writes the head of a table; rows of as many cells follow.
func (p *page) table(head ...string) {
	if p.quiet {
		return
	}
	p.align()
	texts := make([]string, len(head))
	for i, name := range head {
		texts[i] = strings.ToUpper(cell(name))
	}
	tell(p.columns, "%s\n", strings.Join(texts, "\t"))
}

// row writes a row; when ids only are wanted, its first cell.
func (p *page) row(cells ...any) {
	if p.quiet {
		cells = cells[:1]
	}
	texts := make([]string, len(cells))
	for i, c := range cells {
		texts[i] = cell(c)
	}
	tell(p.columns, "%s\n", strings.Join(texts, "\t"))
}

// align ends the columns so far; what follows has widths of its own.
func (p *page) align() { _ = p.columns.Flush() } // a buffer takes everything

// flush writes the page, without the blanks that end a line.
func (p *page) flush() error {
	p.align()
	for line := range strings.Lines(p.text.String()) {
		if _, err := fmt.Fprintln(p.out, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	p.text.Reset()
	return nil
}

// cell writes a value on one line.
func cell(value any) string {
	if list, ok := value.([]string); ok {
		value = strings.Join(list, ", ")
	}
	return clean(strings.ReplaceAll(fmt.Sprint(value), "\n", " "))
}

// tell writes where a failure has nobody to be told to: to people, or into a
// buffer.
func tell(w io.Writer, format string, args ...any) {
	_, _ = fmt.Fprintf(w, format, args...)
}

// clean takes out what could move a terminal's cursor: much of what is shown
// was written by strangers.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || !unicode.IsControl(r) && !unicode.Is(unicode.Bidi_Control, r) {
			return r
		}
		return '\uFFFD'
	}, text)
}
