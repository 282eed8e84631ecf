package appraisal

import (
	"errors"

	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
)

// MaxGold bounds the rows of a table of gold.
const MaxGold = 1 << 27

// ReadGold reads a table of task and gold. Of a task named twice the first
// label counts.
func ReadGold(from sheet.Source) (gold []Truth, err error) {
	in, err := sheet.Open(from)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if err := in.Pick(sheet.Need("task", "item"), sheet.Need("gold", "label", "truth")); err != nil {
		return nil, err
	}
	seen := map[string]struct{}{}
	for row, err := range in.Rows() {
		if err != nil {
			return nil, err
		}
		if len(row.Cells[0]) == 0 {
			return nil, row.Invalid(0, "want a name")
		}
		if row.Cells[1] == nil {
			return nil, row.Invalid(1, "want a label")
		}
		if _, twice := seen[string(row.Cells[0])]; twice {
			continue
		}
		if len(gold) == MaxGold {
			return nil, fault.Limit("%s line %d: more than %d tasks", in.Name(), row.Line, MaxGold)
		}
		g := Truth{string(row.Cells[0]), string(row.Cells[1])}
		seen[g.Task] = struct{}{}
		gold = append(gold, g)
	}
	if len(gold) == 0 {
		return nil, fault.Invalid("%s: no gold", in.Name())
	}
	return gold, nil
}
