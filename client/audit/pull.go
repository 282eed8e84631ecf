package audit

import (
	"context"
	"os"
	"path/filepath"

	"github.com/alaya-network/alaya/client/delivery"
	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
)

// Order says what to pull, and where to.
type Order struct {
	Dataset id.DatasetID
	Version uint32 // 0: the newest
	Dir     string // absent or empty
	Key     []byte // makes the pseudonyms; see LoadKey
}

// Receipt says what was pulled.
type Receipt struct {
	Dir     string       `json:"dir"`
	Dataset id.DatasetID `json:"dataset"`
	Version uint32       `json:"version"`
	Records uint64       `json:"records"`
	Files   int          `json:"files"`
	Bytes   int64        `json:"bytes"`
}

// Pull writes a version of a dataset with its bundle as a folder: all of it or
// nothing. A folder that is not empty is refused with kind exists.
func Pull(ctx context.Context, from Origin, o Order) (Receipt, error) {
	if len(o.Key) == 0 {
		return Receipt{}, fault.Invalid("audit: pull of dataset %s: no key for the pseudonyms", o.Dataset)
	}
	if err := checkEmpty(o.Dir); err != nil {
		return Receipt{}, err
	}
	files, d, err := deliver(ctx, from, o)
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{Dir: o.Dir, Dataset: d.ID, Version: d.Version, Records: d.Records, Files: len(files)}
	for _, f := range files {
		r.Bytes += int64(len(f.Text))
	}
	return r, writeWhole(o.Dir, files)
}

// deliver collects a version and writes its folder's files.
func deliver(ctx context.Context, from Origin, o Order) ([]delivery.File, dataset.Dataset, error) {
	c, version, err := begin(ctx, from, o.Dataset, o.Version)
	if err != nil {
		return nil, dataset.Dataset{}, err
	}
	if version.Round == 0 {
		l, err := c.lessons(ctx, version)
		if err != nil {
			return nil, version, err
		}
		files, err := l.files()
		return files, version, err
	}
	b, err := c.bundle(ctx, version)
	if err != nil {
		return nil, version, err
	}
	ballots, err := b.ballots()
	if err != nil {
		return nil, version, err
	}
	files, err := b.Package(b.keyed(o.Key).votes(ballots))
	return files, version, err
}

// Package writes the delivered package of the bundle under given votes.
func (b *Bundle) Package(votes []delivery.Vote) ([]delivery.File, error) {
	label, err := dataset.ParseLabel(b.Blobs[b.Dataset.Label])
	if err != nil {
		return nil, err
	}
	extra, err := b.Files()
	if err != nil {
		return nil, err
	}
	return delivery.Package{
		Chain: b.Chain(), Dataset: b.Dataset, Request: b.Request, Form: b.form(), Label: label, Items: b.Blobs[b.Dataset.Manifest],
		Records: b.Blobs[b.Dataset.Content], Votes: votes, Verdicts: b.Verdicts, Extra: extra,
	}.Files()
}

// form is what the records' values answer: that of all versions of the spec that
// submissions saw, as far as they go together; none for labels.
func (b *Bundle) form() *answer.Form {
	var joined market.Spec
	for _, g := range b.guidelines() {
		spec, err := market.ParseSpec(b.Blobs[b.Request.Guidelines[g].Spec])
		if err != nil {
			continue // the version before stays in force
		}
		if g == 0 {
			joined = spec
		} else if both, err := joined.Join(spec); err == nil {
			joined = both
		}
	}
	return joined.Form
}

func checkEmpty(dir string) error {
	there, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return fault.Exists("audit: folder %s is not empty: it holds %s", dir, there[0].Name())
	}
	return nil
}

// writeWhole writes beside dir first and gives the folder its name at the end.
func writeWhole(dir string, files []delivery.File) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	draft, err := os.MkdirTemp(filepath.Dir(dir), ".pull-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(draft) }() // once renamed there is nothing left
	if err := delivery.Write(draft, files); err != nil {
		return err
	}
	if err := os.Chmod(draft, 0o755); err != nil {
		return err
	}
	if err := os.Remove(dir); err != nil && !os.IsNotExist(err) {
		return err
	}
	return os.Rename(draft, dir)
}
