package sheet

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/alaya-network/alaya/core/fault"
)

// openParquet reads the end of a file, where Parquet says what is in it;
// standard input goes into a temporary file first.
func (r *Reader) openParquet(in io.Reader) error {
	file, ok := in.(*os.File)
	info, err := statOf(file)
	if !ok || err != nil || !info.Mode().IsRegular() {
		if file, err = r.spool(in); err != nil {
			return err
		}
		if info, err = file.Stat(); err != nil {
			return err
		}
	}
	d, err := newParquet(file, info.Size())
	if err != nil {
		return err
	}
	r.decoder = d
	r.close = append(r.close, d.close)
	return checkNames(r.Names())
}

func statOf(file *os.File) (os.FileInfo, error) {
	if file == nil {
		return nil, os.ErrInvalid
	}
	return file.Stat()
}

// spool copies a stream into a temporary file that Close removes.
func (r *Reader) spool(in io.Reader) (*os.File, error) {
	file, err := os.CreateTemp("", "alaya-*.parquet")
	if err != nil {
		return nil, err
	}
	r.close = append(r.close, func() error { return errors.Join(file.Close(), os.Remove(file.Name())) })
	_, err = io.Copy(file, in)
	return file, err
}

// parquetDecoder reads the flat columns of a file, and of those the picked
// ones only.
type parquetDecoder struct {
	columns []*parquet.Column
	rows    int64
	row     int64
	picked  []*parquetColumn // nil for one that is missing
}

func newParquet(in io.ReaderAt, size int64) (d *parquetDecoder, err error) {
	defer refuse(&err)
	file, err := parquet.OpenFile(in, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fault.Invalid("no Parquet: %w", err)
	}
	d = &parquetDecoder{rows: file.NumRows()}
	for _, c := range file.Root().Columns() {
		if c.Leaf() && !c.Repeated() {
			d.columns = append(d.columns, c)
		}
	}
	return d, nil
}

// refuse turns a panic over a broken file into an error.
func refuse(err *error) {
	if broken := recover(); broken != nil {
		*err = fault.Invalid("broken Parquet: %v", broken)
	}
}

func (d *parquetDecoder) names() []string {
	names := make([]string, len(d.columns))
	for i, c := range d.columns {
		names[i] = c.Name()
	}
	return names
}

func (d *parquetDecoder) pick(names []string) {
	d.picked = make([]*parquetColumn, len(names))
	for i, name := range names {
		for _, c := range d.columns {
			if c.Name() == name {
				d.picked[i] = &parquetColumn{column: c, text: []byte{}}
			}
		}
	}
}

func (d *parquetDecoder) next(cells [][]byte) (line int, err error) {
	if d.row >= d.rows {
		return int(d.row), io.EOF
	}
	d.row++
	defer refuse(&err)
	for i, c := range d.picked {
		cells[i] = nil
		if c == nil {
			continue
		}
		if cells[i], err = c.next(); err != nil {
			return int(d.row), fault.Invalid("field %s: %w", c.column.Name(), err)
		}
	}
	return int(d.row), nil
}

func (d *parquetDecoder) close() (err error) {
	defer refuse(&err)
	for _, c := range d.picked {
		if c != nil && c.pages != nil {
			err = errors.Join(err, c.pages.Close())
		}
	}
	return err
}

// parquetColumn reads one column, page by page.
type parquetColumn struct {
	column *parquet.Column
	pages  parquet.Pages
	page   parquet.Page
	values parquet.ValueReader
	buffer [256]parquet.Value
	at, n  int
	text   []byte
}

// next returns the next cell, nil for null.
func (c *parquetColumn) next() ([]byte, error) {
	for c.at == c.n {
		if err := c.fill(); errors.Is(err, io.EOF) {
			return nil, errors.New("fewer values than rows")
		} else if err != nil {
			return nil, err
		}
	}
	v := c.buffer[c.at]
	c.at++
	if v.IsNull() {
		return nil, nil
	}
	var err error
	c.text, err = appendValue(c.text[:0], v, c.column.Type().LogicalType())
	return c.text, err
}

// fill reads values, of the next page where this one has no more.
func (c *parquetColumn) fill() (err error) {
	if c.pages == nil {
		c.pages = c.column.Pages()
	}
	if c.values == nil {
		if c.page, err = c.pages.ReadPage(); err != nil {
			return err
		}
		c.values = c.page.Values()
	}
	c.at = 0
	c.n, err = c.values.ReadValues(c.buffer[:])
	if errors.Is(err, io.EOF) {
		c.values, err = nil, nil
	}
	return err
}

// appendValue writes a value as text; times as RFC 3339.
func appendValue(to []byte, v parquet.Value, logical *format.LogicalType) ([]byte, error) {
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.AppendBool(to, v.Boolean()), nil
	case parquet.Int32:
		return strconv.AppendInt(to, int64(v.Int32()), 10), nil
	case parquet.Int64:
		return appendInt(to, v.Int64(), logical), nil
	case parquet.Float:
		return strconv.AppendFloat(to, float64(v.Float()), 'g', -1, 32), nil
	case parquet.Double:
		return strconv.AppendFloat(to, v.Double(), 'g', -1, 64), nil
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return append(to, v.ByteArray()...), nil
	default:
		return nil, fmt.Errorf("values of type %v: want text, numbers, true or false, or times", v.Kind())
	}
}

func appendInt(to []byte, n int64, logical *format.LogicalType) []byte {
	if logical == nil {
		return strconv.AppendInt(to, n, 10)
	}
	stamp, ok := logical.Value.(*format.TimestampType)
	if !ok {
		return strconv.AppendInt(to, n, 10)
	}
	at := time.Unix(0, n)
	switch stamp.Unit.Value.(type) {
	case *format.MilliSeconds:
		at = time.UnixMilli(n)
	case *format.MicroSeconds:
		at = time.UnixMicro(n)
	}
	return at.UTC().AppendFormat(to, time.RFC3339Nano)
}
