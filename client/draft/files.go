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

	"github.com/alaya-network/alaya/core/fault"
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

// readGold reads a table of item and true label.
func readGold(folder fs.FS, name string, items []work.Item, labels []string) ([]work.GoldLabel, error) {
	known := make(map[string]bool, len(items))
	for _, item := range items {
		known[item.ID] = true
	}
	var gold []work.GoldLabel
	err := rows(folder, name, func(head, row []string) error {
		if len(row) < 2 {
			return fault.Invalid("1 field: item and label are needed")
		}
		if !known[row[0]] {
			return fault.Invalid("field %s: item %q is not among the items, or stands twice", head[0], row[0])
		}
		if !slices.Contains(labels, row[1]) {
			return fault.Invalid("field %s: label %q is not among %q", head[1], row[1], labels)
		}
		known[row[0]] = false
		gold = append(gold, work.GoldLabel{Item: row[0], Label: row[1]})
		return nil
	})
	return gold, err
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
