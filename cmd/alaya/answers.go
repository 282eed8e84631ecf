package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/work"
)

// The columns of a table of answers; others are for people and left alone.
const (
	columnItem  = "item"
	columnLabel = "label"
	columnSkip  = "skip"
	columnMs    = "ms"
)

// maxAnswers bounds the answers in one file.
const maxAnswers = 1_000_000

// answers are answers by item.
type answers map[string]work.Answer

func (a answers) add(answer work.Answer) error {
	if err := work.CheckItemID(answer.Item); err != nil {
		return fault.Invalid("field %s: %w", columnItem, err)
	}
	if _, twice := a[answer.Item]; twice {
		return fault.Exists("field %s: item %q stands twice", columnItem, answer.Item)
	}
	if len(a) >= maxAnswers {
		return fault.Limit("more than %d answers", maxAnswers)
	}
	a[answer.Item] = answer
	return nil
}

// readAnswers reads answers from a .tsv or .csv table with a header line, or
// from JSON Lines. Errors name file, line and field.
func readAnswers(file string) (answers, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	switch filepath.Ext(file) {
	case ".tsv":
		return answerTable(f, file, '\t')
	case ".csv":
		return answerTable(f, file, ',')
	case ".jsonl":
		return answerLines(f, file)
	}
	return nil, fault.Invalid("answers file %q: .tsv, .csv or .jsonl", file)
}

func answerTable(in io.Reader, file string, comma rune) (answers, error) {
	table := csv.NewReader(in)
	table.Comma = comma
	table.LazyQuotes = comma == '\t'
	head, err := table.Read()
	if err != nil {
		return nil, fault.Invalid("%s: header: %w", file, err)
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	if !slices.Contains(head, columnItem) || !slices.Contains(head, columnLabel) {
		return nil, fault.Invalid("%s line 1: columns %q: %s and %s are needed", file, head, columnItem, columnLabel)
	}
	all := answers{}
	for {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fault.Invalid("%s: %w", file, err)
		}
		answer, err := answerOf(head, row)
		if err == nil {
			err = all.add(answer)
		}
		if err != nil {
			line, _ := table.FieldPos(0)
			return nil, fmt.Errorf("%s line %d: %w", file, line, err)
		}
	}
}

// answerOf reads a row; csv makes sure that it has as many fields as the head.
func answerOf(head, row []string) (work.Answer, error) {
	var a work.Answer
	for i, name := range head {
		value := row[i]
		switch name {
		case columnItem:
			a.Item = value
		case columnLabel:
			a.Label = value
		case columnSkip:
			a.Skip = value
		case columnMs:
			ms, err := strconv.ParseInt(value, 10, 64)
			if err != nil && value != "" {
				return a, fault.Invalid("field %s: %q: want milliseconds", columnMs, value)
			}
			a.Ms = ms
		}
	}
	return a, nil
}

func answerLines(in io.Reader, file string) (answers, error) {
	all := answers{}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, work.MaxLineLen)
	for n := 1; lines.Scan(); n++ {
		var a work.Answer
		err := work.DecodeLine(lines.Bytes(), &a)
		if err == nil {
			err = all.add(a)
		}
		if err != nil {
			return nil, fmt.Errorf("%s line %d: %w", file, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fault.Invalid("%s: %w", file, err)
	}
	return all, nil
}

// of picks the answers to the items of a page, which must all be there.
func (a answers) of(items []work.Item) ([]work.Answer, error) {
	picked := make([]work.Answer, len(items))
	for i, item := range items {
		answer, known := a[item.ID]
		if !known {
			return nil, fault.Invalid("no answer to item %q", item.ID)
		}
		picked[i] = answer
	}
	return picked, nil
}
