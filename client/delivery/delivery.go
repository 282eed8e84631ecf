// Package delivery writes a dataset version as a folder that people and
// programs can use without Alaya: records, tables, the ingredients label,
// Croissant, PROV, a card and checksums.
//
// Words: a package is what is delivered, in memory; a vote is one raw answer; a
// pseudonym names a contributor inside one dataset; the card is README.md.
//
// The folder:
//
//	README.md              Hugging Face card
//	SHA256SUMS             of all files but itself
//	croissant.json         Croissant 1.1 with RAI 1.0
//	ingredients.json, .md  the ingredients label, as computed and for people
//	items.jsonl            the items, as the requester posted them
//	labels/final.parquet   one row per record
//	labels/votes.parquet   one row per vote
//	prov.json              PROV-JSON
//	records.jsonl          the records, as the verdict names them
//
// and of a form:
//
//	labels/wide.jsonl      one line per record, a member per control
//	labels/coco-*.json     COCO, of each control that marks pictures
//	labels/LOSS.txt        what these leave out
//
// Invariants:
//  1. The same package gives the same bytes.
//  2. Nothing is written of a package whose blobs do not have the roots, counts
//     and content ids that its dataset record names.
//  3. Every file but the checksums stands in SHA256SUMS, and every file of
//     these but croissant.json is described there: with its hash, or, if it is
//     evidence in a folder of its own, by that folder.
//
// Sources: Croissant 1.1 (http://mlcommons.org/croissant/1.1), RAI 1.0, PROV-JSON
// (W3C member submission 2013), the Hugging Face dataset card.
package delivery

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/work"
)

// Package is one dataset version with all it rests on.
type Package struct {
	Chain    string // chain id
	URL      string // where the dataset is found; empty: a urn of chain and id
	Dataset  dataset.Dataset
	Request  market.Request
	Form     *answer.Form // what the records' values answer; none for labels
	Label    dataset.Label
	Items    []byte           // the manifest blob
	Records  []byte           // the records blob
	Votes    []Vote           // in any order
	Verdicts []oracle.Verdict // of the request's rounds up to the dataset's
	Extra    []File           // such as proofs; delivered as they are
}

// Vote is one raw answer: a label, the text of a form's value, or a reason for
// neither.
type Vote struct {
	Pseudonym string
	Item      string
	Label     string
	Value     string
	Skip      string
	Round     uint32
	Guideline uint32
	Ms        int64 // active time
}

// File is a file of the folder; its name is a slash-separated path.
type File struct {
	Name string
	Text []byte
}

// Names of the files that readers look for.
const (
	CardFile      = "README.md"
	CroissantFile = "croissant.json"
	LabelFile     = "ingredients.json"
	LabelCardFile = "ingredients.md"
	ItemsFile     = "items.jsonl"
	RecordsFile   = "records.jsonl"
	FinalFile     = "labels/final.parquet"
	VotesFile     = "labels/votes.parquet"
	ProvFile      = "prov.json"
	SumsFile      = "SHA256SUMS"
)

// Pseudonym names a contributor inside one dataset. Whoever has no key cannot
// tell that two pseudonyms of different datasets are one person.
func Pseudonym(key []byte, who id.Address) string {
	sum := id.Sum("alaya/dataset/pseudonym/v1", key, []byte(who))
	return sum.String()[:16]
}

// Files writes the package, sorted by name. A package that contradicts itself
// is refused with kind invalid.
func (p Package) Files() ([]File, error) {
	records, err := p.open()
	if err != nil {
		return nil, err
	}
	p.Votes = slices.Clone(p.Votes)
	slices.SortFunc(p.Votes, compareVotes)
	files := slices.Concat(p.Extra, []File{
		{RecordsFile, p.Records},
		{ItemsFile, p.Items},
		{LabelFile, dataset.EncodeLabel(p.Label)},
		{LabelCardFile, p.labelCard()},
		{CardFile, p.card()},
		{ProvFile, encode(p.prov())},
	})
	for _, table := range []func([]dataset.Record) (File, error){p.final, p.votes} {
		file, err := table(records)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	exports, err := Exports(p.Form, p.Items, records)
	if err != nil {
		return nil, err
	}
	files = append(files, exports...)
	if err := checkNames(append(slices.Clone(files), File{Name: CroissantFile}, File{Name: SumsFile})); err != nil {
		return nil, err
	}
	sortFiles(files)
	croissant := encode(p.croissant(files))
	if err := CheckCroissant(croissant, sumsOf(files)); err != nil {
		return nil, fault.Internal("%w", err)
	}
	return WithSums(append(files, File{CroissantFile, croissant})), nil
}

// open holds the blobs against the dataset record and reads the records.
func (p Package) open() ([]dataset.Record, error) {
	root, count, err := work.Root(p.Records)
	if err != nil {
		return nil, err
	}
	d := p.Dataset
	if root != d.RecordsRoot || count != d.Records {
		return nil, fault.Invalid("delivery: %d records with root %s, dataset %s version %d says %d with %s", count, root, d.ID, d.Version, d.Records, d.RecordsRoot)
	}
	if l := p.Label.Identity; l.RecordsRoot != root || l.Records != count || l.Dataset != d.ID {
		return nil, fault.Invalid("delivery: the label is on dataset %s, %d records with root %s, not on %s, %d with %s", l.Dataset, l.Records, l.RecordsRoot, d.ID, count, root)
	}
	if p.Request.ID != d.Request {
		return nil, fault.Invalid("delivery: dataset %s is of request %s, not of %s", d.ID, d.Request, p.Request.ID)
	}
	if root, count, err := work.Root(p.Items); err != nil {
		return nil, err
	} else if m := p.Request.Terms.Manifest; root != m.Root || count != m.Count {
		return nil, fault.Invalid("delivery: %d items with root %s, request %s says %d with %s", count, root, p.Request.ID, m.Count, m.Root)
	}
	if err := p.checkBlobs(); err != nil {
		return nil, err
	}
	return readRecords(p.Records)
}

// checkBlobs holds those blobs that are one block against their content ids;
// the roots cover the others.
func (p Package) checkBlobs() error {
	for _, blob := range []struct {
		cid  id.CID
		text []byte
	}{{p.Dataset.Content, p.Records}, {p.Dataset.Manifest, p.Items}, {p.Dataset.Label, dataset.EncodeLabel(p.Label)}} {
		if blob.cid.Codec() == id.Raw && blob.cid != id.RawCID(blob.text) {
			return fault.Invalid("delivery: a blob of %d bytes has content id %s, dataset %s version %d says %s", len(blob.text), id.RawCID(blob.text), p.Dataset.ID, p.Dataset.Version, blob.cid)
		}
	}
	return nil
}

func readRecords(text []byte) ([]dataset.Record, error) {
	lines, err := work.Lines(text)
	if err != nil {
		return nil, err
	}
	records := make([]dataset.Record, len(lines))
	for i, line := range lines {
		if records[i], err = dataset.ParseRecord(line); err != nil {
			return nil, fault.Invalid("delivery: record %d: %w", i+1, err)
		}
	}
	return records, nil
}

func compareVotes(a, b Vote) int {
	return cmp.Or(
		cmp.Compare(a.Item, b.Item), cmp.Compare(a.Round, b.Round), cmp.Compare(a.Pseudonym, b.Pseudonym),
		cmp.Compare(a.Label, b.Label), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Skip, b.Skip), cmp.Compare(a.Guideline, b.Guideline), cmp.Compare(a.Ms, b.Ms),
	)
}

func sortFiles(files []File) {
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
}

// object is a JSON object; encode writes its keys sorted.
type object = map[string]any

// encode writes a value's one spelling: indented JSON, keys sorted, with a last
// line end.
func encode(v any) []byte {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		panic("delivery: " + err.Error()) // objects of plain values always encode
	}
	return text.Bytes()
}

func hashOf(text []byte) string { return fmt.Sprintf("%x", sha256.Sum256(text)) }

// name is the dataset's name for machines.
func (p Package) name() string { return "alaya-" + string(p.Dataset.ID) }

func (p Package) url() string {
	if p.URL != "" {
		return p.URL
	}
	return fmt.Sprintf("urn:alaya:%s:dataset:%s:%d", p.Chain, p.Dataset.ID, p.Dataset.Version)
}
