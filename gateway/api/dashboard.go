package api

import (
	"encoding/json"
	"slices"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/index/view"
)

// dashboard answers how a request goes. Scores and agreement come from the
// last verdict's report, and so from answers that are open already.
func (a *API) dashboard(c *call) (any, error) {
	v, last, err := a.Index.Dashboard(c.Context(), c.text("id"))
	if err != nil {
		return nil, err
	}
	if last == nil {
		return v, nil
	}
	report, err := a.report(c, last.Request, last.Round)
	if err != nil {
		return nil, err
	}
	v.AgreementPpm = int64(report.Quality.Agreement)
	score(v.Contributors, report)
	v.Contested, err = a.contested(c, *last)
	return v, err
}

func score(list []view.Contributor, report oracle.Report) {
	for _, w := range report.Quality.Workers {
		i := slices.IndexFunc(list, func(c view.Contributor) bool { return c.Party == w.Worker })
		if i >= 0 {
			list[i].SkillPpm, list[i].GoldRight, list[i].GoldSeen = uint32(w.Skill), uint32(w.GoldRight), uint32(w.GoldSeen)
		}
	}
}

// maxContested is how many contested items a dashboard shows.
const maxContested = 100

// contested lists what the answers disagree on: the items of the next round,
// or in the end those delivered without being sure.
func (a *API) contested(c *call, v view.Verdict) ([]view.ContestedItem, error) {
	list := []view.ContestedItem{}
	source := v.NextManifest
	if v.Final {
		source = v.Records
	}
	if source == "" {
		return list, nil
	}
	err := a.lines(c.Context(), id.CID(source), 0, func(line []byte, _ int64) bool {
		if v.Final {
			list = append(list, unsure(line, v.Round)...)
			return true
		}
		var p work.PageItems
		if json.Unmarshal(line, &p) == nil {
			for _, item := range p.Items {
				list = append(list, view.ContestedItem{Item: item, Page: p.Page, Round: v.Round})
			}
		}
		return len(list) < maxContested
	})
	slices.SortStableFunc(list, func(x, y view.ContestedItem) int { return int(x.SupportPpm) - int(y.SupportPpm) })
	return list[:min(len(list), maxContested)], absent(err)
}

func unsure(line []byte, round uint32) []view.ContestedItem {
	r, ok := readRecord(line)
	if !ok || r.Status != "delivered" {
		return nil
	}
	return []view.ContestedItem{{Item: r.Item, Round: round, SupportPpm: r.Confidence}}
}
