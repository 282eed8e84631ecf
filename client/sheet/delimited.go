package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

// byteOrderMark begins text that some programs write.
const byteOrderMark = "\ufeff"

// lines reads text line by line.
type lines struct {
	scan *bufio.Scanner
	line int
}

func newLines(in io.Reader) lines {
	scan := bufio.NewScanner(in)
	scan.Buffer(make([]byte, 0, 1<<16), MaxLine)
	return lines{scan: scan}
}

// next returns a line without its end, io.EOF after the last.
func (l *lines) next() ([]byte, error) {
	l.line++
	if l.scan.Scan() {
		return l.scan.Bytes(), nil
	}
	err := l.scan.Err()
	switch {
	case err == nil:
		return nil, io.EOF
	case errors.Is(err, bufio.ErrTooLong):
		return nil, fault.Limit("more than %d bytes", MaxLine)
	default:
		return nil, fault.Invalid("%w", err)
	}
}

// columns are those of a head, and where the picked ones stand.
type columns struct {
	head  []string
	place []int // of each picked column, -1 for none
}

func (c *columns) names() []string { return c.head }

func (c *columns) pick(names []string) {
	c.place = make([]int, len(names))
	for i, name := range names {
		c.place[i] = slices.Index(c.head, name)
	}
}

// noHeader is what an empty file is refused with.
func noHeader() error { return fault.Invalid("no header line") }

// tsvDecoder reads tab-separated lines.
type tsvDecoder struct {
	columns
	lines
	fields [][]byte
}

func newTSV(in io.Reader) (*tsvDecoder, error) {
	d := &tsvDecoder{lines: newLines(in)}
	line, err := d.lines.next()
	if errors.Is(err, io.EOF) {
		return nil, noHeader()
	}
	if err != nil {
		return nil, err
	}
	line = bytes.TrimPrefix(line, []byte(byteOrderMark))
	for name := range bytes.SplitSeq(line, []byte{'\t'}) {
		d.head = append(d.head, string(name))
	}
	d.fields = make([][]byte, len(d.head))
	return d, nil
}

func (d *tsvDecoder) next(cells [][]byte) (int, error) {
	line, err := d.lines.next()
	if err != nil {
		return d.line, err
	}
	n := 0
	for more := true; more; n++ {
		var field []byte
		field, line, more = bytes.Cut(line, []byte{'\t'})
		if n < len(d.fields) {
			d.fields[n] = field
		}
	}
	if n != len(d.fields) {
		return d.line, fault.Invalid("%d fields: want %d, as in the header", n, len(d.fields))
	}
	for i, at := range d.place {
		cells[i] = nil
		if at >= 0 {
			cells[i] = d.fields[at]
		}
	}
	return d.line, nil
}

// csvDecoder reads RFC 4180.
type csvDecoder struct {
	columns
	in    *bounded
	table *csv.Reader
	line  int
	text  []byte // of the picked cells
}

func newCSV(in io.Reader) (*csvDecoder, error) {
	d := &csvDecoder{in: &bounded{in: in, left: MaxLine}}
	d.table = csv.NewReader(d.in)
	d.table.ReuseRecord = true
	head, err := d.table.Read()
	if errors.Is(err, io.EOF) {
		return nil, noHeader()
	}
	if err != nil {
		_, err = d.failed(err)
		return nil, err
	}
	d.line = 1
	d.head = slices.Clone(head)
	d.head[0] = strings.TrimPrefix(head[0], byteOrderMark)
	return d, nil
}

func (d *csvDecoder) next(cells [][]byte) (int, error) {
	d.in.left = MaxLine
	row, err := d.table.Read()
	if err != nil {
		return d.failed(err)
	}
	d.line, _ = d.table.FieldPos(0)
	d.text = d.text[:0]
	for _, at := range d.place {
		if at >= 0 {
			d.text = append(d.text, row[at]...)
		}
	}
	rest := d.text
	for i, at := range d.place {
		cells[i] = nil
		if at >= 0 {
			n := len(row[at])
			cells[i], rest = rest[:n:n], rest[n:]
		}
	}
	return d.line, nil
}

// failed gives an error of package csv its line and its kind.
func (d *csvDecoder) failed(err error) (line int, _ error) {
	var wrong *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return d.line, err
	case errors.As(err, &wrong):
		return wrong.Line, fault.Invalid("%w", wrong.Err)
	case fault.Is(err, fault.KindLimit):
		return d.line + 1, err
	default:
		return d.line + 1, fault.Invalid("%w", err)
	}
}

// bounded refuses to read more than what is left.
type bounded struct {
	in   io.Reader
	left int
}

// Read reads at most what is left.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fault.Limit("a row of more than %d bytes: a quote that does not end?", MaxLine)
	}
	n, err := b.in.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
