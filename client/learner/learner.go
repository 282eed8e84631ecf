// Package learner is the client's side of collaborative models: it turns files
// into models and contributions, chooses a family before a model is made, and
// replays a model's log to see that the chain told the truth.
//
// Words: a draft is a model in its creator's words; a line is an item of a file
// with the text it came from; a tape is all that a replay needs; a champion is
// the candidate that others have to beat.
//
// Everything here runs on the machine at hand; it needs a node only for what
// the caller fetched from one.
//
// Invariants:
//  1. Every error about a file names file, line and field.
//  2. Check trusts no answer of a node but the model's record, which a proof
//     or the caller's own node must vouch for.
package learner

import (
	"slices"
	"strings"

	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Line is an item of a file.
type Line struct {
	Text  string // what it came from; of a table the cells with tabs between
	Input learn.Input
	Label int64
}

// Reading says how a file becomes items.
type Reading struct {
	Encoder feature.Encoder
	Classes uint32 // 0: the file has no labels
}

// MaxLines bounds the items of a file.
const MaxLines = 1_000_000

// Fields returns the columns that the encoder reads: text, vector, or those of
// its table.
func Fields(e feature.Encoder) []string {
	switch e.Kind {
	case feature.Vector:
		return []string{"vector"}
	case feature.Table:
		names := make([]string, len(e.Columns))
		for i, c := range e.Columns {
			names[i] = c.Name
		}
		return names
	default:
		return []string{"text"}
	}
}

// Encode encodes the cells of one item, in the order of Fields. The numbers of
// a vector have spaces or commas between them.
func Encode(e feature.Encoder, cells []string) (learn.Input, error) {
	switch e.Kind {
	case feature.Vector:
		var values []int64
		for _, word := range strings.FieldsFunc(cells[0], func(r rune) bool { return r == ' ' || r == ',' }) {
			v, err := feature.ParseDecimal(word)
			if err != nil {
				return learn.Input{}, err
			}
			values = append(values, v.Q20())
		}
		return e.Vector(values)
	case feature.Table:
		return e.Row(cells)
	default:
		return e.Text(cells[0])
	}
}

// Read reads a table with the columns of Fields and, for items with labels,
// label.
func (r Reading) Read(from sheet.Source) (lines []Line, err error) {
	table, err := sheet.Open(from)
	if err != nil {
		return nil, err
	}
	defer func() { _ = table.Close() }()
	names := Fields(r.Encoder)
	if r.Classes > 0 {
		names = append(slices.Clone(names), "label")
	}
	columns := make([]sheet.Column, len(names))
	for i, name := range names {
		columns[i] = sheet.Need(name)
	}
	if err := table.Pick(columns...); err != nil {
		return nil, err
	}
	for row, err := range table.Rows() {
		if err != nil {
			return nil, err
		}
		if len(lines) == MaxLines {
			return nil, fault.Limit("%s: more than %d items", table.Name(), MaxLines)
		}
		line, err := r.line(row)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return nil, fault.Invalid("%s: no items", table.Name())
	}
	return lines, nil
}

func (r Reading) line(row sheet.Row) (l Line, err error) {
	cells := make([]string, len(row.Cells))
	for i, cell := range row.Cells {
		cells[i] = string(cell)
	}
	if last := len(cells) - 1; r.Classes > 0 {
		if l.Label, err = r.Encoder.Label(cells[last], r.Classes); err != nil {
			return l, row.Wrap(last, err)
		}
		cells = cells[:last]
	}
	l.Text = strings.Join(cells, "\t")
	if l.Input, err = Encode(r.Encoder, cells); err != nil {
		return l, row.Wrap(0, err)
	}
	return l, nil
}

// Train lets a learner learn all lines, in their order, from nothing.
func Train(l learn.Learner, lines []Line) *learn.Memory {
	s := &learn.Memory{}
	for _, line := range lines {
		l.Update(s, line.Input, line.Label)
	}
	return s
}

// Right counts the lines that a model answers with their label.
func Right(l learn.Learner, s learn.State, lines []Line) int {
	count := 0
	for _, line := range lines {
		if class, _ := learn.Predict(l, s, line.Input); int64(class) == line.Label {
			count++
		}
	}
	return count
}
