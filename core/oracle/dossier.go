package oracle

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/work"
)

// maxTable bounds a manifest or gold blob, in bytes.
const maxTable = 1 << 30

// Shelf gives and takes the bytes behind content ids. Read must return exactly
// those bytes, or an error of kind not found when nobody has them, of kind
// limit when they are more than limit; Put must be idempotent and give the id
// that every other shelf gives.
type Shelf interface {
	Read(c id.CID, limit int64) ([]byte, error)
	Put([]byte) (id.CID, error)
}

// Dossier is a job with the records of the chain it rests on.
type Dossier struct {
	Job         Job
	Request     market.Request
	Rounds      []work.Round        // 1 to Job.Round
	Engagements []market.Engagement // all of the request, by contributor
	Submissions []work.Submission   // revealed ones, by ordinal from 1
}

// casework is a dossier with its bytes read and held against their hashes.
type casework struct {
	Dossier
	milestone uint32
	spec      market.Spec       // all versions joined
	specs     []market.Spec     // by guideline version - 1
	items     []work.Item       // of the whole request
	pages     [][]string        // by page: item ids of the request's manifest
	answers   []quality.Answer  // by ordinal, then by line
	pageOf    map[string]uint32 // item to page
	gold      map[string]string // item to true label or value
	missing   []uint64          // ordinals nobody could fetch, or longer than any submission
	spoiled   []uint64          // ordinals whose bytes are no submission
	skips     uint64
	count     map[string]uint32 // answers per item
}

func byContributor(e market.Engagement, who id.Address) int { return cmp.Compare(e.Contributor, who) }

// open reads everything the dossier names. Errors: not found for a manifest or
// spec that nobody has, invalid for records that contradict each other.
func open(d Dossier, s Shelf) (*casework, error) {
	if int(d.Job.Round) != len(d.Rounds) || d.Job.Round == 0 {
		return nil, fault.Invalid("oracle: job %s with %d rounds", d.Job.Name(), len(d.Rounds))
	}
	c := &casework{Dossier: d, milestone: d.Rounds[len(d.Rounds)-1].Milestone}
	c.Request.Guidelines = inForce(d)
	for _, step := range []func(Shelf) error{c.readSpecs, c.readItems, c.readGold, c.readPapers} {
		if err := step(s); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// inForce are the guideline versions that some submission saw, at least the
// first: later ones may come at any moment and must not change a verdict.
func inForce(d Dossier) []market.Guideline {
	newest := uint32(1)
	for _, s := range d.Submissions {
		newest = max(newest, s.Guideline)
	}
	return d.Request.Guidelines[:min(int(newest), len(d.Request.Guidelines))]
}

// readSpecs reads the versions of the spec. A later one that nobody has, that
// is no spec, or asks for something else, leaves the one before in force: the
// requester must not spoil answers by it.
func (c *casework) readSpecs(s Shelf) error {
	for i, g := range c.Request.Guidelines {
		spec, err := readSpec(s, g.Spec)
		joined := spec
		if i > 0 && err == nil {
			joined, err = c.spec.Join(spec)
		}
		if i > 0 && (absent(err) || fault.Is(err, fault.KindInvalid)) {
			spec, joined, err = c.specs[i-1], c.spec, nil
		}
		if err != nil {
			return err
		}
		c.specs, c.spec = append(c.specs, spec), joined
	}
	c.spec.Labels = slices.Sorted(slices.Values(c.spec.Labels))
	return nil
}

func readSpec(s Shelf, c id.CID) (market.Spec, error) {
	text, err := s.Read(c, market.MaxSpecSize)
	if err != nil {
		return market.Spec{}, err
	}
	return market.ParseSpec(text)
}

func (c *casework) readItems(s Shelf) error {
	m := c.Request.Terms.Manifest
	text, err := s.Read(m.CID, maxTable)
	if err != nil {
		return err
	}
	root, count, err := work.Root(text)
	if err != nil {
		return err
	}
	if root != m.Root || count != m.Count {
		return fault.Invalid("oracle: manifest %s has root %s over %d lines, request %s says %s over %d", m.CID, root, count, c.Request.ID, m.Root, m.Count)
	}
	if c.items, err = work.ParseItems(text); err != nil {
		return err
	}
	c.pageOf = make(map[string]uint32, len(c.items))
	at := 0
	for page, n := range m.Pages {
		var ids []string
		for _, item := range c.items[at : at+int(n)] {
			ids = append(ids, item.ID)
			c.pageOf[item.ID] = uint32(page)
		}
		c.pages = append(c.pages, ids)
		at += int(n)
	}
	return nil
}

// readGold collects what the requester opened; a blob that nobody has, or that
// does not fit its commitment, counts as not opened.
func (c *casework) readGold(s Shelf) error {
	c.gold = make(map[string]string)
	for _, r := range c.Rounds {
		if r.GoldContent == "" {
			continue
		}
		text, err := s.Read(r.GoldContent, maxTable)
		if absent(err) {
			continue
		}
		if err != nil {
			return err
		}
		labels, err := work.ParseGold(text, c.Request.Terms.Gold)
		if err != nil {
			continue
		}
		for _, g := range labels {
			_, known := c.pageOf[g.Item]
			if known && c.spec.Check(g.Label, g.Value) == nil {
				c.gold[g.Item] = answerOf(g.Label, g.Value)
			}
		}
	}
	return nil
}

// readPapers reads the submissions in order and checks that they are all those
// that the job's inputs cover.
func (c *casework) readPapers(s Shelf) error {
	rounds, err := c.roundPages(s)
	if err != nil {
		return err
	}
	c.count = make(map[string]uint32, len(c.items))
	var chain id.Hash
	for i, sub := range c.Submissions {
		if sub.Ordinal != uint64(i+1) || sub.Round == 0 || int(sub.Round) > len(rounds) || sub.Guideline == 0 || int(sub.Guideline) > len(c.specs) {
			return fault.Invalid("oracle: submission %d of job %s: ordinal %d, round %d, guideline %d", i+1, c.Job.Name(), sub.Ordinal, sub.Round, sub.Guideline)
		}
		chain = sub.Chain(chain)
		if err := c.readPaper(s, sub, rounds[sub.Round-1][sub.Page]); err != nil {
			return err
		}
	}
	if chain != c.Job.Inputs || uint64(len(c.Submissions)) != c.Job.Submissions {
		return fault.Invalid("oracle: job %s is over %d submissions with hash %s, %d with %s were given", c.Job.Name(), c.Job.Submissions, c.Job.Inputs, len(c.Submissions), chain)
	}
	return nil
}

// absent says whether a blob cannot be had. One that is too long counts as
// absent, since it looks so to those who would have to fetch it.
func absent(err error) bool {
	return fault.Is(err, fault.KindNotFound) || fault.Is(err, fault.KindLimit)
}

func (c *casework) readPaper(s Shelf, sub work.Submission, items []string) error {
	text, err := s.Read(sub.Content, work.MaxAnswersSize)
	if absent(err) {
		c.missing = append(c.missing, sub.Ordinal)
		return nil
	}
	if err != nil {
		return err
	}
	sheet := work.Sheet{Request: sub.Request, Round: sub.Round, Page: sub.Page, Contributor: sub.Contributor, Guideline: sub.Guideline}
	answers, err := work.ParseAnswers(text, sheet, items, c.specs[sub.Guideline-1])
	if err != nil {
		c.spoiled = append(c.spoiled, sub.Ordinal)
		return nil
	}
	for _, a := range answers {
		if a.Skip != "" {
			c.skips++
			continue
		}
		c.count[a.Item]++
		c.answers = append(c.answers, quality.Answer{Task: a.Item, Worker: string(sub.Contributor), Label: answerOf(a.Label, a.Value), Millis: a.Ms})
	}
	return nil
}

// answerOf is what the quality engine judges: a label, or the text of a value.
func answerOf(label string, value answer.Raw) string {
	if label != "" {
		return label
	}
	return string(value)
}

// roundPages returns, by round - 1, the items of every page asked in it.
func (c *casework) roundPages(s Shelf) ([]map[uint32][]string, error) {
	out := make([]map[uint32][]string, len(c.Rounds))
	for i, r := range c.Rounds {
		var text []byte
		var err error
		if !r.First(c.Request.Terms) {
			if text, err = s.Read(r.Manifest, maxTable); err != nil {
				return nil, err
			}
		}
		if out[i], err = r.PagesOf(c.Request.Terms, c.items, text); err != nil {
			return nil, err
		}
	}
	return out, nil
}
