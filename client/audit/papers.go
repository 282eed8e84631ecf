package audit

import (
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/core/id"
)

// paper is a blob that the facts name.
type paper struct {
	cid      id.CID
	what     string
	optional bool // verdicts go on without it when nobody has it
}

// papers lists the blobs that verdicts rest on and those that final verdicts
// made, each once. Submissions that were missing at every verdict are left out.
func (f *Facts) papers() []paper {
	var list []paper
	seen := make(map[id.CID]struct{})
	add := func(c id.CID, optional bool, what string, args ...any) {
		if _, twice := seen[c]; c == "" || twice {
			return
		}
		seen[c] = struct{}{}
		list = append(list, paper{c, fmt.Sprintf(what, args...), optional})
	}
	for _, g := range f.guidelines() {
		add(f.Request.Guidelines[g].Spec, g > 0, "guideline version %d", g+1)
	}
	add(f.Request.Terms.Manifest.CID, false, "items")
	for _, r := range f.Rounds {
		add(r.Manifest, false, "manifest of round %d", r.Number)
		add(r.GoldContent, true, "gold of round %d", r.Number)
	}
	for i, needed := range f.needed() {
		if s := f.Submissions[i]; needed {
			add(s.Content, false, "submission %d, page %d of round %d by %s", i+1, s.Page, s.Round, s.Contributor)
		}
	}
	for _, v := range f.Verdicts {
		if !v.Final {
			continue
		}
		add(v.Records, false, "records of round %d", v.Round)
		add(v.Report, false, "report of round %d", v.Round)
		add(v.Label, false, "ingredients label of round %d", v.Round)
		add(v.PayoutsContent, false, "payouts of round %d", v.Round)
	}
	return list
}

// guidelines are the places of the versions that some submission saw, at least
// of the first.
func (f *Facts) guidelines() []int {
	newest := 1
	for _, s := range f.Submissions {
		newest = max(newest, int(s.Guideline))
	}
	list := make([]int, min(newest, len(f.Request.Guidelines)))
	for i := range list {
		list[i] = i
	}
	return list
}

// needed says of every submission whether some verdict had it.
func (f *Facts) needed() []bool {
	list := make([]bool, len(f.Submissions))
	for n, v := range f.Verdicts {
		for i := range f.Jobs[n].Submissions {
			if _, missing := slices.BinarySearch(v.Missing, i+1); !missing {
				list[i] = true
			}
		}
	}
	return list
}
