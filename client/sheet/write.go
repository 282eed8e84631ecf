package sheet

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/alaya-network/alaya/core/fault"
)

// Target says where to write.
type Target struct {
	Name   string    // of a file, or Std
	Format Format    // "": by the name
	Stdout io.Writer // what Std stands for
}

// Write writes rows as a table. T is a struct of strings, integers and
// float64s whose json tags, and for Parquet parquet tags, name the columns. A
// file appears with all rows or not at all, and its folder is made.
func Write[T any](to Target, rows iter.Seq[T]) error {
	format, err := FormatOf(to.Name, to.Format)
	if err != nil {
		return err
	}
	return WriteFile(to, func(w io.Writer) error {
		switch format {
		case CSV:
			return writeCSV(w, rows)
		case JSONL:
			return writeJSONL(w, rows)
		case Parquet:
			return writeParquet(w, rows)
		default:
			return writeTSV(w, rows)
		}
	})
}

// WriteFile calls fill with what Target names, buffered, and packed where the
// name ends so. A file appears whole or not at all.
func WriteFile(to Target, fill func(io.Writer) error) error {
	if to.Name == Std {
		return buffered(to.Stdout, fill)
	}
	dir, base := filepath.Split(to.Name)
	if err := os.MkdirAll(filepath.Clean(dir), 0o755); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Clean(dir), "."+base+"-*")
	if err != nil {
		return err
	}
	err = file.Chmod(0o644)
	if err == nil {
		err = packed(strings.HasSuffix(base, Packed), file, fill)
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), to.Name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

func packed(pack bool, w io.Writer, fill func(io.Writer) error) error {
	if !pack {
		return buffered(w, fill)
	}
	z := gzip.NewWriter(w)
	return errors.Join(buffered(z, fill), z.Close())
}

func buffered(w io.Writer, fill func(io.Writer) error) error {
	text := bufio.NewWriterSize(w, 1<<16)
	if err := fill(text); err != nil {
		return err
	}
	return text.Flush()
}

// fields returns the names of T's columns; those named "-" end the list.
func fields[T any]() []string {
	t := reflect.TypeFor[T]()
	var names []string
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name == "-" {
			break
		}
		names = append(names, name)
	}
	return names
}

// texts writes the cells of a row, in dst.
func texts(row any, dst []string) {
	v := reflect.ValueOf(row)
	for i := range dst {
		switch f := v.Field(i); {
		case f.Kind() == reflect.String:
			dst[i] = f.String()
		case f.CanInt():
			dst[i] = strconv.FormatInt(f.Int(), 10)
		case f.CanFloat():
			dst[i] = strconv.FormatFloat(f.Float(), 'f', -1, 64)
		default:
			panic(fmt.Sprintf("sheet: a column of type %v", f.Type())) // a programmer's T
		}
	}
}

func writeTSV[T any](w io.Writer, rows iter.Seq[T]) error {
	names := fields[T]()
	if _, err := fmt.Fprintln(w, strings.Join(names, "\t")); err != nil {
		return err
	}
	cells := make([]string, len(names))
	for row := range rows {
		texts(row, cells)
		for i, cell := range cells {
			if strings.ContainsAny(cell, "\t\r\n") {
				return fault.Invalid("field %s: %s: TSV holds no tab and no line end: write .csv, .jsonl or .parquet", names[i], quote([]byte(cell)))
			}
		}
		if _, err := fmt.Fprintln(w, strings.Join(cells, "\t")); err != nil {
			return err
		}
	}
	return nil
}

func writeCSV[T any](w io.Writer, rows iter.Seq[T]) error {
	names := fields[T]()
	table := csv.NewWriter(w)
	if err := table.Write(names); err != nil {
		return err
	}
	cells := make([]string, len(names))
	for row := range rows {
		texts(row, cells)
		if err := table.Write(cells); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

func writeJSONL[T any](w io.Writer, rows iter.Seq[T]) error {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	for row := range rows {
		line.Reset()
		if err := enc.Encode(row); err != nil {
			return fault.Internal("write JSON: %w", err)
		}
		if _, err := w.Write(line.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

func writeParquet[T any](w io.Writer, rows iter.Seq[T]) error {
	table := parquet.NewGenericWriter[T](w, parquet.Compression(&parquet.Snappy), parquet.CreatedBy("alaya", "1", ""))
	batch := make([]T, 0, 1024)
	for row := range rows {
		if batch = append(batch, row); len(batch) < cap(batch) {
			continue
		}
		if _, err := table.Write(batch); err != nil {
			return err
		}
		batch = batch[:0]
	}
	if _, err := table.Write(batch); err != nil {
		return err
	}
	return table.Close()
}
