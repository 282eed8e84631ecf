package learner

import (
	"maps"
	"slices"
	"strconv"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/work"
)

// Lesson is an item that a model was taught and that is still in force: a line
// of the items blob of the dataset that is made of them. Input and label are
// what the model's log commits to; licence, consent and content are what the
// chain keeps beside them.
type Lesson struct {
	ID          string `json:"id"`          // the contribution's number
	Entry       uint64 `json:"entry"`       // of the log, where it was taught
	Contributor string `json:"contributor"` // his name inside this dataset
	model.Offer
}

// Lessons are a model's, in the order of its log, as of a version of it.
type Lessons struct {
	Model   model.Model
	Encoder feature.Encoder
	At      model.Version
	List    []Lesson
}

// LessonsOf collects what a model's own log has taught it. The part must have
// passed Check; an item that was withdrawn is not there any more.
func LessonsOf(p Part, e feature.Encoder) Lessons {
	l := Lessons{Model: p.Model, Encoder: e, At: p.Model.Version()}
	for _, entry := range p.Log {
		if entry.Kind != model.EntryTrain || !p.Model.InForce(entry.Number, l.At.Entry) {
			continue
		}
		c := p.Items[entry.Contribution-1]
		if c.State == model.Withdrawn {
			continue
		}
		l.List = append(l.List, Lesson{
			ID: strconv.FormatUint(c.Number, 10), Entry: entry.Number, Contributor: pseudonym(p.Model.ID, c.Author), Offer: c.Offer,
		})
	}
	return l
}

// pseudonym names an author inside the dataset of one model. It hides nothing:
// who gave what is on the chain.
func pseudonym(m id.ModelID, who id.Address) string {
	return id.Sum("alaya/model/pseudonym/v1", []byte(m), []byte(who)).String()[:16]
}

// Blobs are lessons as the blobs of a dataset's version: one spelling, so that
// whoever has the lessons can tell whether the blobs are theirs.
type Blobs struct{ Records, Items, Label []byte }

// root is the Merkle root over the records, and their number.
func (b Blobs) root() (id.Hash, uint64, error) { return work.Root(b.Records) }

// Blobs writes the lessons.
func (l Lessons) Blobs() (b Blobs, err error) {
	for _, lesson := range l.List {
		b.Items = work.AppendLine(b.Items, lesson)
		b.Records = work.AppendLine(b.Records, dataset.Record{Item: lesson.ID, Label: l.label(lesson), Answers: 1, Status: dataset.StatusContributed})
	}
	label, err := l.ingredients(b)
	if err != nil {
		return b, err
	}
	b.Label = dataset.EncodeLabel(label)
	return b, nil
}

// label names a lesson's class; of a regression it is the value in Q20.
func (l Lessons) label(lesson Lesson) string {
	if l.Model.Terms.Config.Classes == 1 {
		return strconv.FormatInt(lesson.Offer.Label, 10)
	}
	return l.Encoder.LabelName(uint32(lesson.Offer.Label))
}

// ingredients is the label of the version that the blobs make.
func (l Lessons) ingredients(b Blobs) (dataset.Label, error) {
	root, count, err := b.root()
	if err != nil {
		return dataset.Label{}, err
	}
	itemsRoot, _, err := work.Root(b.Items)
	if err != nil {
		return dataset.Label{}, err
	}
	t, request := l.Model.Terms, id.RequestID(l.Model.ID)
	people, labels := map[string]int64{}, map[string]uint64{}
	for _, lesson := range l.List {
		people[lesson.Contributor]++
		labels[l.label(lesson)]++
	}
	made := dataset.Label{
		Identity: dataset.Identity{Title: t.Name, Dataset: dataset.IDOf(request), RecordsRoot: root, Records: count, Bytes: uint64(len(b.Records))},
		Contract: dataset.Contract{Request: request, Requester: l.Model.Creator, TermsHash: t.Hash()},
		Sources:  []dataset.Source{{Manifest: client.CIDOf(b.Items), Root: itemsRoot, Items: count, Method: "contributions to a collaborative model", Licence: t.Licence}},
		People:   dataset.People{Contributors: uint64(len(people)), Answers: count, PerPerson: dataset.SpreadOf(slices.Sorted(maps.Values(people)))},
		Process: dataset.Process{
			Method: t.Config.Family, MethodVersion: 1, PerItem: dataset.Spread{Min: 1, Median: 1, Max: 1}, Guidelines: []string{}, Inputs: l.At.Root, Submissions: l.At.Entry,
		},
		Quality: dataset.Quality{Classes: []dataset.Class{}},
		Limits: dataset.Limits{
			PersonalData: "contributors appear under a name inside this dataset; who they are is on the chain", PrivacyBudget: "none spent",
			Notes: []string{"labels are as given by one contributor each", "a licence of its own stands with each item"},
		},
		Use: dataset.Use{Licence: t.Licence, Withdrawal: "a contributor takes his items back on the chain; the next version is without them"},
	}
	if t.Config.Classes == 1 {
		return made, nil
	}
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		made.Quality.Classes = append(made.Quality.Classes, dataset.Class{Label: label, Items: labels[label]})
	}
	return made, nil
}

// ReadLessons reads the blobs of a version that was made of a model's lessons,
// and holds them against the model's record and log: every item is what the
// entry that it names taught, nothing that was in force is left out but what was
// withdrawn since, and records and label follow from the items. The log must
// chain to the record's root.
func ReadLessons(p Part, e feature.Encoder, b Blobs) (Lessons, error) {
	l := Lessons{Model: p.Model, Encoder: e}
	label, err := dataset.ParseLabel(b.Label)
	if err != nil {
		return l, err
	}
	if l.At, err = p.version(label.Process.Submissions, label.Process.Inputs); err != nil {
		return l, err
	}
	if l.List, err = readLessons(b.Items); err != nil {
		return l, err
	}
	if err := p.holds(l); err != nil {
		return l, err
	}
	made, err := l.Blobs()
	if err != nil {
		return l, err
	}
	if string(made.Records) != string(b.Records) || string(made.Label) != string(b.Label) {
		return l, fault.Invalid("learner: records or ingredients label of %s do not follow from its %d items", p.Model.ID, len(l.List))
	}
	return l, nil
}

// version is the model after an entry that must have the root.
func (p Part) version(entry uint64, root id.Hash) (model.Version, error) {
	v := model.Version{Model: p.Model.ID, Entry: entry, Root: root}
	if entry > uint64(len(p.Log)) || p.root(entry) != root {
		return v, fault.Invalid("learner: entry %d of %s, of %d, has not the root %s", entry, p.Model.ID, len(p.Log), root)
	}
	return v, nil
}

func readLessons(text []byte) ([]Lesson, error) {
	lines, err := work.Lines(text)
	if err != nil {
		return nil, err
	}
	list := make([]Lesson, len(lines))
	for i, line := range lines {
		if err := work.DecodeLine(line, &list[i]); err != nil {
			return nil, fault.Invalid("learner: item %d: %w", i+1, err)
		}
		if again := work.AppendLine(nil, list[i]); string(again[:len(again)-1]) != string(line) {
			return nil, fault.Invalid("learner: item %d: not in its one spelling", i+1)
		}
	}
	return list, nil
}

// holds holds lessons against the log.
func (p Part) holds(l Lessons) error {
	removed := map[uint64]bool{}
	for _, e := range p.Log {
		removed[e.Contribution] = removed[e.Contribution] || e.Kind == model.EntryRemove
	}
	left := l.List
	for _, e := range p.Log[:l.At.Entry] {
		if e.Kind != model.EntryTrain || !p.Model.InForce(e.Number, l.At.Entry) {
			continue
		}
		if len(left) > 0 && left[0].Entry == e.Number {
			if got := left[0]; got.ID != strconv.FormatUint(e.Contribution, 10) || got.Offer.Item() != e.Item {
				return fault.Invalid("learner: item %s is not what entry %d of %s taught", got.ID, e.Number, p.Model.ID)
			}
			left = left[1:]
			continue
		}
		if !removed[e.Contribution] {
			return fault.Invalid("learner: contribution %d, taught by entry %d of %s, is left out", e.Contribution, e.Number, p.Model.ID)
		}
	}
	if len(left) > 0 {
		return fault.Invalid("learner: item %s names entry %d of %s, which teaches nothing that is in force", left[0].ID, left[0].Entry, p.Model.ID)
	}
	return nil
}
