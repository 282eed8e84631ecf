package audit

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/delivery"
	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/work"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// Files of a version that was made of what a model was taught, beside those of
// any version.
const (
	LogFile     = "proofs/log.jsonl" // an entry of the model's log a line
	EncoderFile = "encoder.json"     // of a model that names it by its content id
)

// lessons are a version that was made of what a model was taught: its request
// is the model, and its verdict the model's root. Proved are the version, the
// model's record and its terms; the log must chain to the root in the record,
// and what was taught must be what the log says.
type lessons struct {
	Bundle
	Model   model.Model
	Log     []model.Entry
	Encoder []byte // the blob; empty if the terms hold it
}

// logLine is an entry as the root commits to it; number, model and root follow.
type logLine struct {
	Kind         model.EntryKind `json:"kind"`
	Contribution uint64          `json:"contribution,omitempty"`
	Item         id.Hash         `json:"item"`
	To           uint64          `json:"to,omitempty"`
	Generation   uint32          `json:"generation,omitempty"`
	Other        id.ModelID      `json:"other,omitempty"`
	Height       id.Height       `json:"height"`
	At           id.Time         `json:"at"`
}

// readLessons reads the proved records.
func readLessons(ctx context.Context, s source, d id.DatasetID, version uint32) (l lessons, err error) {
	if l.Dataset, err = fetch(ctx, s, datasetAt(d, version), wire.DatasetFromProto); err != nil {
		return l, err
	}
	if l.Dataset.State == dataset.Tombstoned {
		return l, fault.State("audit: version %d of dataset %s is withdrawn: %s", version, d, l.Dataset.Reason)
	}
	name := id.ModelID(l.Dataset.Request)
	record, err := fetch(ctx, s, modelAt(name), asIs[modelv1.Model])
	if err != nil {
		return l, err
	}
	terms, err := fetch(ctx, s, modelTermsAt(name), asIs[modelv1.Terms])
	if err != nil {
		return l, err
	}
	record.Terms = *terms
	l.Model, err = wire.ModelFromProto(record)
	return l, err
}

// lessons gathers a version of what a model was taught.
func (c *collector) lessons(ctx context.Context, d dataset.Dataset) (l lessons, err error) {
	if l, err = readLessons(ctx, c, d.ID, d.Version); err != nil {
		return l, err
	}
	l.Proofs = c.proofs
	if l.Header, err = c.Client.Header(ctx, c.height+1); err != nil {
		return l, err
	}
	if l.Log, err = learner.Log(client.AtHeight(ctx, c.height), c.Client, l.Model); err != nil {
		return l, err
	}
	papers := []paper{{l.Dataset.Content, "records", false}, {l.Dataset.Manifest, "items", false}, {l.Dataset.Label, "ingredients label", false}}
	encoder := l.Model.Terms.Encoder.Content
	if encoder != "" {
		papers = append(papers, paper{encoder, "encoder", false})
	}
	l.Blobs, err = c.fetch(ctx, papers)
	l.Encoder = l.Blobs[encoder]
	return l, err
}

// files writes the folder.
func (l lessons) files() ([]delivery.File, error) {
	files, err := signed(l.Header, l.Proofs)
	if err != nil {
		return nil, err
	}
	var log []byte
	for _, e := range l.Log {
		log = work.AppendLine(log, logLine{e.Kind, e.Contribution, e.Item, e.To, e.Generation, e.Other, e.Height, e.At})
	}
	files = append(files,
		delivery.File{Name: LogFile, Text: log},
		delivery.File{Name: delivery.RecordsFile, Text: l.Blobs[l.Dataset.Content]},
		delivery.File{Name: delivery.ItemsFile, Text: l.Blobs[l.Dataset.Manifest]},
		delivery.File{Name: delivery.LabelFile, Text: l.Blobs[l.Dataset.Label]},
	)
	if len(l.Encoder) > 0 {
		files = append(files, delivery.File{Name: EncoderFile, Text: l.Encoder})
	}
	return delivery.WithSums(files), nil
}

// taught says whether the folder is of what a model was taught.
func (v *verifier) taught() bool {
	_, err := fs.Stat(v.folder, LogFile)
	return err == nil
}

func (v *verifier) lessonChecks() []check {
	l := &lessonVerifier{verifier: v}
	return []check{{"files", l.files}, {"bundle", l.load}, {"header", v.header}, {"proofs", v.proofs}, {"log", l.log}, {"items", l.items}}
}

// lessonVerifier is a verification of what a model was taught.
type lessonVerifier struct {
	*verifier
	found lessons
}

func (v *lessonVerifier) files() (string, error) {
	if err := inspect(v.folder); err != nil {
		return "", err
	}
	sums, err := delivery.CheckSums(v.dir)
	return fmt.Sprintf("%d files have the SHA-256 that %s gives", len(sums), delivery.SumsFile), err
}

// load reads the proved records, and the blobs that they name.
func (v *lessonVerifier) load() (string, error) {
	b := &Bundle{}
	source, err := b.loadState(v.folder)
	if err != nil {
		return "", err
	}
	d, version, err := source.first()
	if err != nil {
		return "", err
	}
	if v.found, err = readLessons(context.Background(), source, d, version); err != nil {
		return "", err
	}
	if err := source.spent(); err != nil {
		return "", err
	}
	v.found.Header, v.found.Proofs = b.Header, b.Proofs
	v.bundle = &v.found.Bundle
	v.report.Chain, v.report.Height = b.Chain(), b.Header.Signed.Height
	v.report.Dataset, v.report.Version = v.found.Dataset.ID, v.found.Dataset.Version
	return fmt.Sprintf("%d blobs have their content ids", len(v.named())), v.loadBlobs()
}

// named are the blobs by the files that hold them.
func (v *lessonVerifier) named() map[string]id.CID {
	d, encoder := v.found.Dataset, v.found.Model.Terms.Encoder.Content
	named := map[string]id.CID{delivery.RecordsFile: d.Content, delivery.ItemsFile: d.Manifest, delivery.LabelFile: d.Label}
	if encoder != "" {
		named[EncoderFile] = encoder
	}
	return named
}

func (v *lessonVerifier) loadBlobs() error {
	v.found.Blobs = map[id.CID][]byte{}
	for name, want := range v.named() {
		content, err := readFile(v.folder, name)
		if err != nil {
			return err
		}
		if got := client.CIDOf(content); got != want {
			return fault.Invalid("audit: %s: %d bytes with content id %s, the chain says %s", name, len(content), got, want)
		}
		v.found.Blobs[want] = content
	}
	return nil
}

// log chains the model's log to the root in its record, on the way of which the
// version was made.
func (v *lessonVerifier) log() (string, error) {
	lines, err := readLines[logLine](v.folder, LogFile)
	if err != nil {
		return "", err
	}
	m := v.found.Model
	root, made := m.FirstRoot(), m.FirstRoot() == v.found.Dataset.VerdictDigest
	for i, line := range lines {
		e := model.Entry{
			Model: m.ID, Number: uint64(i) + 1, Kind: line.Kind, Contribution: line.Contribution, Item: line.Item, To: line.To,
			Generation: line.Generation, Other: line.Other, Height: line.Height, At: line.At,
		}
		root = e.Chain(root)
		e.Root = root
		made = made || root == v.found.Dataset.VerdictDigest
		v.found.Log = append(v.found.Log, e)
	}
	if root != m.Root || uint64(len(lines)) != m.Entries {
		return "", fault.Invalid("audit: %s: %d entries chain to %s, the record of model %s says %d and %s", LogFile, len(lines), root, m.ID, m.Entries, m.Root)
	}
	if !made {
		return "", fault.Invalid("audit: %s: no entry has the root %s at which version %d was made", LogFile, v.found.Dataset.VerdictDigest, v.found.Dataset.Version)
	}
	return fmt.Sprintf("%d entries chain to root %s of model %s", len(lines), root, m.ID), nil
}

// items holds the blobs against the log.
func (v *lessonVerifier) items() (string, error) {
	d, m := v.found.Dataset, v.found.Model
	root, count, err := work.Root(v.found.Blobs[d.Content])
	if err != nil {
		return "", err
	}
	if root != d.RecordsRoot || count != d.Records {
		return "", fault.Invalid("audit: %s: %d lines with root %s, version %d of dataset %s says %d with %s", delivery.RecordsFile, count, root, d.Version, d.ID, d.Records, d.RecordsRoot)
	}
	encoder, err := learner.EncoderOf(m.Terms, func(c id.CID) ([]byte, error) { return v.found.Blobs[c], nil })
	if err != nil {
		return "", err
	}
	blobs := learner.Blobs{Records: v.found.Blobs[d.Content], Items: v.found.Blobs[d.Manifest], Label: v.found.Blobs[d.Label]}
	l, err := learner.ReadLessons(learner.Part{Model: m, Log: v.found.Log}, encoder, blobs)
	return fmt.Sprintf("%d records are all that model %s was taught and kept until entry %d", count, m.ID, l.At.Entry), err
}
