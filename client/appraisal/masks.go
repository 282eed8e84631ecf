package appraisal

import (
	"encoding/json"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/mask"
	"github.com/alaya-network/alaya/core/quality/table"
)

// painted are answers that mark the pixels of a picture.
type painted struct {
	values[mask.Mask]
	table *table.Table[mask.Mask]
}

func newPainted(repeated Repeated) *painted {
	return &painted{values: newValues(repeated, parseMask)}
}

// coco is a mask as COCO writes it: counts are runs, or a text of them.
type coco struct {
	Size   [2]int          `json:"size"` // height, width
	Counts json.RawMessage `json:"counts"`
}

func parseMask(label []byte) (mask.Mask, error) {
	const want = `want a mask such as {"size":[height,width],"counts":[…]}`
	var m coco
	if err := json.Unmarshal(label, &m); err != nil {
		return mask.Mask{}, fault.Invalid("%s: "+want, quoted(label))
	}
	var packed string
	if json.Unmarshal(m.Counts, &packed) == nil {
		return mask.Parse(m.Size[0], m.Size[1], packed)
	}
	var runs []int
	if err := json.Unmarshal(m.Counts, &runs); err != nil {
		return mask.Mask{}, fault.Invalid("%s: "+want, quoted(label))
	}
	return mask.FromRuns(m.Size[0], m.Size[1], runs)
}

// writeMask writes a mask as COCO does, its runs as text.
func writeMask(m mask.Mask) string {
	height, width := m.Size()
	return written(struct {
		Size   [2]int `json:"size"`
		Counts string `json:"counts"`
	}{[2]int{height, width}, m.String()})
}

func (p *painted) order() (s summary, err error) {
	if p.table, err = p.values.table(); err != nil {
		return s, err
	}
	return summary{p.table.Tasks, p.table.Workers, p.table.Repeated}, nil
}

// aggregate finds the masks. The confidence is the overlap to be expected with
// the right mask; a worker's skill is his mean overlap with what was found.
func (p *painted) aggregate(o Options) (*Outcome, error) {
	if o.Method == Auto {
		o.Method = mask.EM{}.Name()
	}
	method, err := mask.New(o.Method)
	if err != nil {
		return nil, err
	}
	gold, err := known(p.table, o.Gold, parseMask)
	if err != nil {
		return nil, err
	}
	r, err := method.Aggregate(p.table)
	if err != nil {
		return nil, err
	}
	out := &Outcome{Kind: Masks, Method: o.Method}
	for i, task := range p.table.Tasks {
		item := Item{Task: task, Label: writeMask(r.Masks[i]), Confidence: share(r.Confidence[i]), Answers: len(p.table.Votes(i))}
		item.Status = o.status(item.Confidence)
		if gold[i] != nil {
			item.Label, item.Confidence, item.Status = writeMask(*gold[i]), 1, Gold
		}
		out.Items = append(out.Items, item)
	}
	for j, w := range r.Workers {
		out.Workers = append(out.Workers, Worker{Worker: p.table.Workers[j], Skill: share(w.Overlap), Answers: w.Masks})
	}
	return out, nil
}

// measureMasks scores masks by their mean overlap.
func (s *Scores) measureMasks(guesses []Guess) error {
	sum := 0.0
	for _, g := range guesses {
		given, err := parseMask([]byte(g.Label))
		if err != nil {
			return err
		}
		wanted, err := parseMask([]byte(g.Gold))
		if err != nil {
			return err
		}
		sum += given.IoU(wanted)
	}
	s.MeanIoU = pointer(sum / float64(len(guesses)))
	return nil
}
