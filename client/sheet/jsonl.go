package sheet

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// jsonlDecoder reads one JSON object a line. Text loses its quotes; numbers,
// lists and objects stay as they are written, without blanks.
type jsonlDecoder struct {
	lines
	head   []string
	picked []string
	first  []byte // the first line, until it is read as a row
	cells  []bytes.Buffer
}

func newJSONL(in io.Reader) (*jsonlDecoder, error) {
	d := &jsonlDecoder{lines: newLines(in)}
	line, err := d.lines.next()
	if errors.Is(err, io.EOF) {
		return nil, fault.Invalid("no object")
	}
	if err != nil {
		return nil, err
	}
	d.first = slices.Clone(bytes.TrimPrefix(line, []byte(byteOrderMark)))
	d.head, err = keys(d.first)
	return d, err
}

// keys returns the names in an object, in its order.
func keys(line []byte) ([]string, error) {
	if err := json.Unmarshal(line, &map[string]json.RawMessage{}); err != nil {
		return nil, fault.Invalid("want an object: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(line))
	if _, err := d.Token(); err != nil {
		return nil, fault.Invalid("want an object: %w", err)
	}
	var names []string
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, fault.Invalid("want an object: %w", err)
		}
		if text, ok := name.(string); ok {
			names = append(names, text)
		}
		var skipped json.RawMessage
		if err := d.Decode(&skipped); err != nil {
			return nil, fault.Invalid("want an object: %w", err)
		}
	}
	return names, nil
}

func (d *jsonlDecoder) names() []string { return d.head }

func (d *jsonlDecoder) pick(names []string) {
	d.picked, d.cells = names, make([]bytes.Buffer, len(names))
	for i := range d.cells {
		d.cells[i].Grow(1) // so that an empty text is no null
	}
}

func (d *jsonlDecoder) next(cells [][]byte) (int, error) {
	line := d.first
	if line == nil {
		var err error
		if line, err = d.lines.next(); err != nil {
			return d.line, err
		}
	}
	d.first = nil
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(line, &fields); err != nil {
		return d.line, fault.Invalid("want an object: %w", err)
	}
	for i, name := range d.picked {
		d.cells[i].Reset()
		known, err := plain(&d.cells[i], fields[name])
		if err != nil {
			return d.line, fault.Invalid("field %s: %w", name, err)
		}
		cells[i] = nil
		if known {
			cells[i] = d.cells[i].Bytes()
		}
	}
	return d.line, nil
}

// plain writes a value as the text of a cell; it knows nothing of null.
func plain(to *bytes.Buffer, value json.RawMessage) (known bool, err error) {
	value = bytes.TrimSpace(value)
	if len(value) == 0 || bytes.Equal(value, []byte("null")) {
		return false, nil
	}
	if value[0] != '"' {
		return true, json.Compact(to, value)
	}
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return false, err
	}
	to.WriteString(text)
	return true, nil
}
