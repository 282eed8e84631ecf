package replay

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
)

// Bounds of a recorded campaign.
const (
	MaxRows    = 10_000_000
	MaxLineLen = 1 << 20 // bytes
)

// Recorded is a campaign somebody ran before: who answered what.
type Recorded struct {
	Items   []work.Item                  // sorted by id
	Workers []string                     // sorted
	Labels  []string                     // sorted
	Answers map[string]map[string]string // worker, item: label
	Gold    map[string]string            // item: true label
	Rows    int                          // answers kept
	Repeats int                          // of a worker to an item: the first is kept
}

// Read reads answers.tsv (task, worker, label), and gold.tsv (task, gold) and
// items.tsv (task, any columns) where they are there. Each has one header line.
// Errors name file, line and field.
func Read(folder fs.FS) (*Recorded, error) {
	r := &Recorded{Answers: map[string]map[string]string{}, Gold: map[string]string{}}
	items := map[string]work.Item{}
	labels := map[string]struct{}{}
	err := table(folder, "answers.tsv", []string{"task", "worker", "label"}, func(_, row []string) error {
		return r.answer(row, items, labels)
	})
	if err != nil {
		return nil, err
	}
	if len(items) == 0 {
		return nil, fault.Invalid("answers.tsv: no answers")
	}
	err = optional(table(folder, "gold.tsv", []string{"task", "gold"}, func(_, row []string) error {
		if _, answered := items[row[0]]; answered {
			r.Gold[row[0]] = row[1]
		}
		return nil
	}))
	if err != nil {
		return nil, err
	}
	err = optional(table(folder, "items.tsv", []string{"task"}, func(head, row []string) error {
		return describe(items, head, row)
	}))
	if err != nil {
		return nil, err
	}
	r.Workers, r.Labels = sortedKeys(r.Answers), sortedKeys(labels)
	for _, id := range sortedKeys(items) {
		r.Items = append(r.Items, items[id])
	}
	return r, market.Spec{Labels: r.Labels}.Validate()
}

func (r *Recorded) answer(row []string, items map[string]work.Item, labels map[string]struct{}) error {
	task, worker, label := row[0], row[1], row[2]
	if err := work.CheckItemID(task); err != nil {
		return fault.Invalid("field task: %w", err)
	}
	if worker == "" || label == "" {
		return fault.Invalid("field worker %q, label %q: not empty", worker, label)
	}
	if r.Answers[worker] == nil {
		r.Answers[worker] = map[string]string{}
	}
	if _, twice := r.Answers[worker][task]; twice {
		r.Repeats++
		return nil
	}
	r.Answers[worker][task] = label
	labels[label] = struct{}{}
	if _, known := items[task]; !known {
		items[task] = work.Item{ID: task}
	}
	r.Rows++
	return nil
}

func describe(items map[string]work.Item, head, row []string) error {
	item, answered := items[row[0]]
	if !answered {
		return nil
	}
	data := map[string]string{}
	for i, name := range head[1:] {
		if i+1 < len(row) {
			data[name] = row[i+1]
		}
	}
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	item.Data = text
	items[row[0]] = item
	return nil
}

// table calls do for every row of a tab-separated file, after checking that
// the header begins with the columns wanted and every row has them.
func table(folder fs.FS, name string, columns []string, do func(head, row []string) error) error {
	f, err := folder.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, MaxLineLen)
	var head []string
	n := 0
	for lines.Scan() {
		n++
		row := strings.Split(strings.TrimSuffix(lines.Text(), "\r"), "\t")
		if n == 1 {
			if head = row; len(head) < len(columns) || !slices.Equal(head[:len(columns)], columns) {
				return fault.Invalid("%s line 1: header %q: must begin with %q", name, head, columns)
			}
			continue
		}
		if n > MaxRows {
			return fault.Limit("%s line %d: more than %d rows", name, n, MaxRows)
		}
		if len(row) < len(columns) {
			return fault.Invalid("%s line %d: %d fields: %q is missing", name, n, len(row), columns[len(row)])
		}
		if err := do(head, row); err != nil {
			return fmt.Errorf("%s line %d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return fault.Limit("%s line %d: longer than %d bytes", name, n+1, MaxLineLen)
		}
		return fmt.Errorf("%s line %d: %w", name, n+1, err)
	}
	if n == 0 {
		return fault.Invalid("%s: empty, not even a header: %w", name, io.ErrUnexpectedEOF)
	}
	return nil
}

// optional forgives a file that is not there.
func optional(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
