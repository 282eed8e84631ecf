// Package sheet reads and writes tables, row by row, as TSV, CSV, JSON Lines or
// Parquet: the files in which answers, gold and labels come and go.
//
// Words: a column has a name, a cell is the text of one column in one row; a
// reader picks the columns it wants and never sees the others. A null is a
// cell without a value, which only JSON Lines and Parquet have.
//
// Assumptions: the first line of TSV and CSV names the columns; TSV knows no
// quotes, so that it cannot hold a tab or a line end; each line of JSON Lines
// is one object, and the first names the columns; columns of Parquet are flat.
// Text that begins as gzip does is unpacked.
//
// Invariants:
//  1. One row is in memory at a time, of Parquet a few thousand.
//  2. An error names the file, the line (of Parquet: the row), the field and
//     the value.
//  3. A file that is written appears whole or not at all.
package sheet

import (
	"path/filepath"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

// Format is how a table is written down.
type Format string

// The formats.
const (
	TSV     Format = "tsv"
	CSV     Format = "csv"
	JSONL   Format = "jsonl"
	Parquet Format = "parquet"
)

// Std names standard input and standard output.
const Std = "-"

// Bounds of what is read.
const (
	MaxLine    = 1 << 24 // bytes of a line of text, or a row of CSV
	MaxColumns = 4096
)

// Packed is the suffix of a file that is written as gzip.
const Packed = ".gz"

// FormatOf returns the format that a file's name ends with, before ".gz". A
// format given goes before the name's; "-" needs one, TSV else.
func FormatOf(name string, given Format) (Format, error) {
	format := given
	if format == "" {
		format = byName(name)
	}
	switch format {
	case TSV, CSV, JSONL:
		return format, nil
	case Parquet:
		if strings.HasSuffix(name, Packed) {
			return "", fault.Invalid("%s: Parquet packs itself: leave %s away", name, Packed)
		}
		return format, nil
	}
	if given != "" {
		return "", fault.Invalid("format %.40q: want tsv, csv, jsonl or parquet", given)
	}
	return "", fault.Invalid("%s: want a name that ends with .tsv, .csv, .jsonl or .parquet, or a format", name)
}

func byName(name string) Format {
	if name == Std {
		return TSV
	}
	ext := strings.ToLower(filepath.Ext(strings.TrimSuffix(name, Packed)))
	if ext == ".ndjson" {
		return JSONL
	}
	return Format(strings.TrimPrefix(ext, "."))
}
