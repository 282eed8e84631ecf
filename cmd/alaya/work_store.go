package main

import (
	"fmt"
	"path/filepath"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/internal/durable"
)

// opening is what opens a commitment. It is kept in
// work/REQUEST/CONTRIBUTOR/ under the home folder, a file for each commitment:
// one that was sent twice never loses the salt of the one that counts.
type opening struct {
	work.Sheet
	Content id.CID  `json:"content"`
	Salt    id.Hash `json:"salt"`
	file    string
}

func (o opening) commitment() id.Hash { return work.Commitment(o.Content, o.Salt) }

func (s *session) openings(request id.RequestID, who id.Address) string {
	return s.path("work", string(request), string(who))
}

// keepOpening writes an opening down, readable by its owner only.
func (s *session) keepOpening(o opening) error {
	name := fmt.Sprintf("%d-%d-%s.json", o.Round, o.Page, o.commitment())
	return durable.Write(filepath.Join(s.openings(o.Request, o.Contributor), name), o)
}

// keptOpenings reads the openings of a contributor on a request, by
// commitment.
func (s *session) keptOpenings(request id.RequestID, who id.Address) (map[id.Hash]opening, error) {
	files, err := filepath.Glob(filepath.Join(s.openings(request, who), "*.json"))
	if err != nil {
		return nil, err
	}
	kept := make(map[id.Hash]opening, len(files))
	for _, file := range files {
		o := opening{file: file}
		if err := durable.Read(file, &o); err != nil {
			return nil, err
		}
		kept[o.commitment()] = o
	}
	return kept, nil
}
