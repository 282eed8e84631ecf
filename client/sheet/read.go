package sheet

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
)

// Source says what to read.
type Source struct {
	Name   string    // of a file, or Std
	Format Format    // "": by the name
	Stdin  io.Reader // what Std stands for
}

// Column is a column wanted: the first of its names that the table has.
type Column struct {
	Names    []string
	Optional bool
}

// Need wants a column that must be there, under one of its names.
func Need(names ...string) Column { return Column{Names: names} }

// May wants a column that may be missing.
func May(names ...string) Column { return Column{Names: names, Optional: true} }

// decoder reads one format. Its errors come without the file's name.
type decoder interface {
	// names returns the columns that the table declares.
	names() []string
	// pick chooses the columns that next gives, "" for one that is missing.
	pick(names []string)
	// next fills cells with those of the next row, nil for null, and returns
	// its line. They hold until the next call. It returns io.EOF at the end.
	next(cells [][]byte) (line int, err error)
}

// Reader reads the rows of one table. One goroutine uses it.
type Reader struct {
	name    string
	decoder decoder
	picked  []string
	close   []func() error
}

// Open opens a table. The caller closes it.
func Open(from Source) (*Reader, error) {
	format, err := FormatOf(from.Name, from.Format)
	if err != nil {
		return nil, err
	}
	r := &Reader{name: from.Name}
	if err := r.open(from, format); err != nil {
		return nil, errors.Join(r.inFile(1, err), r.Close())
	}
	return r, nil
}

func (r *Reader) open(from Source, format Format) error {
	in := from.Stdin
	if from.Name == Std {
		r.name = "standard input"
	} else {
		f, err := os.Open(from.Name)
		if err != nil {
			return err
		}
		r.close = append(r.close, f.Close)
		in = f
	}
	if format == Parquet {
		return r.openParquet(in)
	}
	text, err := r.unpack(in)
	if err != nil {
		return err
	}
	switch format {
	case CSV:
		r.decoder, err = newCSV(text)
	case JSONL:
		r.decoder, err = newJSONL(text)
	default:
		r.decoder, err = newTSV(text)
	}
	if err != nil {
		return err
	}
	return checkNames(r.Names())
}

// unpack returns the text, also of what begins as gzip does.
func (r *Reader) unpack(in io.Reader) (io.Reader, error) {
	text := bufio.NewReaderSize(in, 1<<16)
	if magic, _ := text.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return text, nil
	}
	packed, err := gzip.NewReader(text)
	if err != nil {
		return nil, fault.Invalid("gzip: %w", err)
	}
	r.close = append(r.close, packed.Close)
	return packed, nil
}

func checkNames(names []string) error {
	if len(names) > MaxColumns {
		return fault.Limit("%d columns: want at most %d", len(names), MaxColumns)
	}
	for i, name := range names {
		if !utf8.ValidString(name) || slices.Contains(names[:i], name) {
			return fault.Invalid("column %d, %.40q: want names of UTF-8, each once", i+1, name)
		}
	}
	return nil
}

// Names returns the columns the table declares, in its order.
func (r *Reader) Names() []string { return r.decoder.names() }

// Name returns the file's name as errors have it.
func (r *Reader) Name() string { return r.name }

// Pick chooses the cells that Rows gives, in the order of columns. A column
// that must be there and is not is an error of kind invalid.
func (r *Reader) Pick(columns ...Column) error {
	r.picked = make([]string, len(columns))
	names := r.Names()
	for i, c := range columns {
		at := slices.IndexFunc(c.Names, func(name string) bool { return slices.Contains(names, name) })
		switch {
		case at >= 0:
			r.picked[i] = c.Names[at]
		case !c.Optional:
			return fault.Invalid("%s line 1, field %s: no such column among %.200q", r.name, c.Names[0], strings.Join(names, ", "))
		case len(c.Names) > 0:
			r.picked[i] = c.Names[0] // a later line of JSON may have it
		}
	}
	r.decoder.pick(r.picked)
	return nil
}

// Row is one row: the cells picked, nil where there is none. They hold until
// the next row.
type Row struct {
	Cells [][]byte
	Line  int // of the file, from 1; of Parquet the row
	from  *Reader
}

// Clone returns a row that stays.
func (r Row) Clone() Row {
	cells := make([][]byte, len(r.Cells))
	for i, cell := range r.Cells {
		cells[i] = slices.Clone(cell)
	}
	r.Cells = cells
	return r
}

// Invalid returns an error of kind invalid about a cell.
func (r Row) Invalid(cell int, want string) error {
	value := "null"
	if r.Cells[cell] != nil {
		value = quote(r.Cells[cell])
	}
	return fault.Invalid("%s line %d, field %s: %s: %s", r.from.name, r.Line, r.from.picked[cell], value, want)
}

// Wrap says where an error about a cell comes from.
func (r Row) Wrap(cell int, err error) error {
	return fault.Errorf(fault.KindOf(err), "%s line %d, field %s: %w", r.from.name, r.Line, r.from.picked[cell], err)
}

// Rows returns the rows; the first error is the last. To be called once, after
// Pick.
func (r *Reader) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		row := Row{Cells: make([][]byte, len(r.picked)), from: r}
		for {
			line, err := r.decoder.next(row.Cells)
			if errors.Is(err, io.EOF) {
				return
			}
			row.Line = line
			if err != nil {
				yield(row, r.inFile(line, err))
				return
			}
			for i, cell := range row.Cells {
				if !utf8.Valid(cell) {
					yield(row, row.Invalid(i, "want UTF-8"))
					return
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// Close lets go of the file.
func (r *Reader) Close() error {
	var all error
	for _, f := range slices.Backward(r.close) {
		all = errors.Join(all, f())
	}
	r.close = nil
	return all
}

// inFile names the file and line of an error of the input; what the system
// says of a file names it already.
func (r *Reader) inFile(line int, err error) error {
	if fault.KindOf(err) == fault.KindInternal {
		return err
	}
	return fault.Errorf(fault.KindOf(err), "%s line %d: %w", r.name, line, err)
}

// quote writes a cell as an error shows it.
func quote(cell []byte) string {
	const most = 60
	text := string(cell)
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return `"` + text + `"`
}
