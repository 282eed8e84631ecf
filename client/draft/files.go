package draft

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
)

// MaxItems bounds a table of items.
const MaxItems = 10_000_000

// readItems reads a table whose first column is the item's id and whose other
// columns are what contributors see, or JSON Lines of work.Item.
func readItems(folder fs.FS, name string) ([]work.Item, error) {
	switch path.Ext(name) {
	case ".jsonl":
		text, err := fs.ReadFile(folder, path.Clean(name))
		if err != nil {
			return nil, err
		}
		items, err := work.ParseItems(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return items, nil
	case ".tsv", ".csv":
		return itemTable(folder, name)
	}
	return nil, fault.Invalid("items file %q: .tsv, .csv or .jsonl", name)
}

func itemTable(folder fs.FS, name string) ([]work.Item, error) {
	var items []work.Item
	seen := map[string]struct{}{}
	err := rows(folder, name, func(head, row []string) error {
		if err := work.CheckItemID(row[0]); err != nil {
			return fault.Invalid("field %s: %w", head[0], err)
		}
		if _, twice := seen[row[0]]; twice {
			return fault.Exists("field %s: item %q stands twice", head[0], row[0])
		}
		if len(items) >= MaxItems {
			return fault.Limit("more than %d items", MaxItems)
		}
		seen[row[0]] = struct{}{}
		data := map[string]string{}
		for i := 1; i < len(head); i++ {
			data[head[i]] = row[i]
		}
		text, err := json.Marshal(data)
		if err != nil {
			return fault.Internal("%w", err)
		}
		items = append(items, work.Item{ID: row[0], Data: text})
		return nil
	})
	return items, err
}

// readGold reads true labels: a table of item and label, or JSON Lines of item
// and label or value.
func readGold(folder fs.FS, name string, items []work.Item, spec market.Spec) ([]work.GoldLabel, error) {
	known := make(map[string]bool, len(items))
	for _, item := range items {
		known[item.ID] = true
	}
	var gold []work.GoldLabel
	add := func(g work.GoldLabel) error {
		if !known[g.Item] {
			return fault.Invalid("field item: item %q is not among the items, or stands twice", g.Item)
		}
		if err := spec.Check(g.Label, g.Value); err != nil {
			return fmt.Errorf("field %s: item %q: %w", asked(spec), g.Item, err)
		}
		known[g.Item] = false
		gold = append(gold, g)
		return nil
	}
	if path.Ext(name) == ".jsonl" {
		err := goldLines(folder, name, add)
		return gold, err
	}
	err := rows(folder, name, func(_, row []string) error {
		if len(row) < 2 {
			return fault.Invalid("1 field: item and label are needed")
		}
		return add(work.GoldLabel{Item: row[0], Label: row[1]})
	})
	return gold, err
}

// told is a line of gold or examples: what an item is answered with.
type told struct {
	Item  json.RawMessage `json:"item"`
	Label string          `json:"label"`
	Value json.RawMessage `json:"value"`
	Why   string          `json:"why"`
}

// goldLines calls add for every line of a .jsonl file. Values may have spaces.
func goldLines(folder fs.FS, name string, add func(work.GoldLabel) error) error {
	return lines(folder, name, func(t told, value answer.Raw) error {
		var item string
		if err := json.Unmarshal(t.Item, &item); err != nil || t.Why != "" {
			return fault.Invalid("field item: %.80s: want the id of an item, without why", t.Item)
		}
		return add(work.GoldLabel{Item: item, Label: t.Label, Value: value})
	})
}

// readExamples reads JSON Lines of item, label or value, and why. An item is
// the id of one that is asked about, or stands there whole.
func readExamples(folder fs.FS, name string, items []work.Item, spec market.Spec) ([]market.Example, error) {
	if path.Ext(name) != ".jsonl" {
		return nil, fault.Invalid("examples file %q: .jsonl", name)
	}
	var all []market.Example
	err := lines(folder, name, func(t told, value answer.Raw) error {
		item := t.Item
		var known string
		if json.Unmarshal(item, &known) == nil {
			i := slices.IndexFunc(items, func(it work.Item) bool { return it.ID == known })
			if i < 0 {
				return fault.Invalid("field item: item %q is not among the items", known)
			}
			text, err := json.Marshal(items[i])
			if err != nil {
				return fault.Internal("%w", err)
			}
			item = text
		}
		if len(all) == market.MaxExamples {
			return fault.Limit("more than %d examples", market.MaxExamples)
		}
		all = append(all, market.Example{Item: item, Label: t.Label, Value: value, Why: t.Why})
		if err := spec.Check(t.Label, value); err != nil {
			return fmt.Errorf("field %s: %w", asked(spec), err)
		}
		return nil
	})
	return all, err
}

// asked is the field that answers a spec.
func asked(s market.Spec) string {
	if s.Form == nil {
		return "label"
	}
	return "value"
}

// lines calls add for every line of a .jsonl file, with its value as values are
// spelled.
func lines(folder fs.FS, name string, add func(told, answer.Raw) error) error {
	text, err := fs.ReadFile(folder, path.Clean(name))
	if err != nil {
		return err
	}
	found, err := work.Lines(text)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for i, line := range found {
		var t told
		err := work.DecodeLine(line, &t)
		var value []byte
		if err == nil && len(t.Value) > 0 {
			value, err = json.Marshal(t.Value) // without spaces, and escaped as values are
		}
		if err == nil {
			err = add(t, answer.Raw(value))
		}
		if err != nil {
			return fmt.Errorf("%s line %d: %w", name, i+1, err)
		}
	}
	return nil
}

// rows calls do for every row of a .tsv or .csv file behind its header line.
func rows(folder fs.FS, name string, do func(head, row []string) error) error {
	f, err := folder.Open(path.Clean(name))
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	if path.Ext(name) == ".tsv" {
		r.Comma = '\t'
		r.LazyQuotes = true
	}
	head, err := r.Read()
	if err != nil {
		return fault.Invalid("%s: header: %w", name, err)
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fault.Invalid("%s: %w", name, err)
		}
		if err := do(head, row); err != nil {
			line, _ := r.FieldPos(0)
			return fmt.Errorf("%s line %d: %w", name, line, err)
		}
	}
}
