package appraisal

import (
	"errors"
	"strings"

	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/similar"
)

// nearShare is the share of common shingles from which texts are nearly equal.
const nearShare num.Ppm = 800_000

// maxTwins bounds the groups of near duplicates in a report.
const maxTwins = 100

// ReadItems reads what was asked: a table of task and columns of text, which
// are joined.
func ReadItems(from sheet.Source) (items map[string]string, err error) {
	in, err := sheet.Open(from)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	want := []sheet.Column{sheet.Need("task", "item")}
	for _, name := range in.Names() {
		if name != "task" && name != "item" {
			want = append(want, sheet.May(name))
		}
	}
	if err := in.Pick(want...); err != nil {
		return nil, err
	}
	items = map[string]string{}
	for row, err := range in.Rows() {
		if err != nil {
			return nil, err
		}
		parts := make([]string, 0, len(row.Cells))
		for _, cell := range row.Cells[1:] {
			if len(cell) > 0 {
				parts = append(parts, string(cell))
			}
		}
		items[string(row.Cells[0])] = strings.Join(parts, " · ")
	}
	return items, nil
}

// twins returns tasks whose texts are nearly the same: they were paid twice,
// and should have one label.
func (a *appraising) twins() ([]Twins, error) {
	if len(a.texts) == 0 {
		return nil, nil
	}
	texts := make([]string, len(a.table.Tasks))
	for i, task := range a.table.Tasks {
		texts[i] = a.texts[task]
	}
	groups, err := similar.Texts(texts, nearShare)
	if err != nil {
		return nil, err
	}
	var list []Twins
	for _, group := range groups[:min(len(groups), maxTwins)] {
		t := Twins{Text: texts[group[0]], Same: true}
		for _, i := range group {
			t.Tasks = append(t.Tasks, a.table.Tasks[i])
			t.Labels = append(t.Labels, a.table.Labels[a.found[i]])
			t.Same = t.Same && a.found[i] == a.found[group[0]]
		}
		list = append(list, t)
	}
	return list, nil
}
