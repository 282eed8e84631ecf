package delivery_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/alaya-network/alaya/client/delivery"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/work"
)

var update = flag.Bool("update", false, "rewrite testdata/golden")

const (
	request   id.RequestID = "1f3a5b7c9d2e4f60"
	requester id.Address   = "alaya1requester"
	posted    id.Time      = 1_767_225_600_000 // 2026-01-01
	published id.Time      = 1_767_830_400_000 // 2026-01-08
)

// shapes is a small dataset: four items, three of them labelled, texts that
// must be quoted.
func shapes() delivery.Package {
	var items, records []byte
	for i := range 4 {
		items = work.AppendLine(items, work.Item{ID: fmt.Sprintf("item-%d", i), Data: json.RawMessage(`{"text":"a <shape>"}`)})
	}
	for i, r := range []dataset.Record{
		{Label: "round", Confidence: 990_000, Answers: 3, Status: dataset.StatusAccepted},
		{Label: "\"square\"", Confidence: 712_345, Answers: 5, Status: dataset.StatusDelivered},
		{Label: "round", Confidence: num.One, Answers: 3, Status: dataset.StatusGold},
	} {
		r.Item = fmt.Sprintf("item-%d", i)
		records = work.AppendLine(records, r)
	}
	itemsRoot, itemCount, _ := work.Root(items)
	root, count, _ := work.Root(records)
	spec := id.RawCID([]byte("spec"))
	p := delivery.Package{
		Chain: "alaya-test-1", Items: items, Records: records,
		Request: market.Request{
			ID: request, Requester: requester, Posted: posted, Guidelines: []market.Guideline{{Version: 1, Spec: spec, Since: posted}},
			Terms: market.Terms{
				Title: "Shapes: round | square?", Summary: "Tell *round* from \"square\".", Tags: []string{"vision", "toy: data"},
				Manifest: market.Manifest{CID: id.RawCID(items), Root: itemsRoot, Count: itemCount}, Method: "ds-map", MethodVersion: 1,
			},
		},
		Votes: votes(),
	}
	p.Label = label(p, root, count)
	p.Dataset = dataset.Dataset{
		Owner: requester, Title: p.Request.Terms.Title, RecordsRoot: root, Records: count, Content: id.RawCID(records),
		Manifest: id.RawCID(items), Label: id.RawCID(dataset.EncodeLabel(p.Label)), Request: request, Round: 2,
		VerdictDigest: id.Sum("verdict"), Licence: "CC-BY-4.0", Policy: "Research only.", ContributorShare: 100_000, Published: published,
	}
	first := p.Dataset.Next(nil)
	p.Dataset = p.Dataset.Next(&first)
	p.Verdicts = []oracle.Verdict{
		{Request: request, Round: 1, Inputs: id.Sum("inputs", []byte{1}), Items: 4, Accepted: 2, Contested: 2},
		{Request: request, Round: 2, Inputs: id.Sum("inputs", []byte{2}), Items: 2, Accepted: 2, Delivered: 1, Final: true, RecordsRoot: root, RecordsCount: count},
	}
	return p
}

func votes() []delivery.Vote {
	var list []delivery.Vote
	for i, who := range []id.Address{"alaya1ann", "alaya1bob", "alaya1cay"} {
		for item := range 4 {
			v := delivery.Vote{
				Pseudonym: delivery.Pseudonym([]byte("key"), who), Item: fmt.Sprintf("item-%d", item),
				Label: "round", Round: 1, Guideline: 1, Ms: int64(1000*i + item),
			}
			if item == 3 {
				v.Label, v.Skip = "", "unclear"
			}
			list = append(list, v)
		}
	}
	return list
}

func label(p delivery.Package, root id.Hash, count uint64) dataset.Label {
	m := p.Request.Terms.Manifest
	return dataset.Label{
		Identity: dataset.Identity{Title: p.Request.Terms.Title, Dataset: dataset.IDOf(request), RecordsRoot: root, Records: count, Bytes: uint64(len(p.Records))},
		Contract: dataset.Contract{
			Request: request, Requester: requester, Metric: "accuracy", Threshold: 900_000, Confidence: 950_000,
			Evidence: "gold", Measured: 20, Estimate: 950_000, LowerBound: 901_234, Holds: true, PriceDue: num.One, Paid: 1_234_567,
		},
		Sources: []dataset.Source{{Manifest: m.CID, Root: m.Root, Items: m.Count, Method: "supplied by the requester", Licence: "CC-BY-4.0"}},
		People: dataset.People{
			Contributors: 3, Answers: 12, PerPerson: dataset.Spread{Min: 4, Median: 4, Max: 4},
			PayPerAnswer: dataset.Spread{Min: 90, Median: 100, Max: 100}, Languages: []string{"en"},
		},
		Process: dataset.Process{Method: "ds-map", MethodVersion: 1, Target: 950_000, Rounds: 2, PerItem: dataset.Spread{Min: 3, Median: 3, Max: 5}, Guidelines: []string{string(p.Request.Guidelines[0].Spec)}},
		Quality: dataset.Quality{
			Classes:   []dataset.Class{{Label: "\"square\"", Items: 1}, {Label: "round", Items: 2}},
			Agreement: 612_000, GoldItems: 20, GoldRight: 19, Confidence: 900_781,
		},
		Limits: dataset.Limits{Unanswered: 1, BelowTarget: 1, Skips: 3, PersonalData: "none known", PrivacyBudget: "none spent", Notes: []string{"a toy"}},
		Use:    dataset.Use{Licence: "CC-BY-4.0", Policy: "Research only.", ContributorShare: 100_000, Withdrawal: "the owner tombstones a version on the chain"},
	}
}

func files(t testing.TB, p delivery.Package) map[string][]byte {
	t.Helper()
	list, err := p.Files()
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string][]byte{}
	for _, f := range list {
		byName[f.Name] = f.Text
	}
	return byName
}

func TestTheFolderIsTheSameByteForByte(t *testing.T) {
	list, err := shapes().Files()
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "golden")
	if *update {
		if err := os.RemoveAll(golden); err != nil {
			t.Fatal(err)
		}
		if err := delivery.Write(golden, list); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range list {
		want, err := os.ReadFile(filepath.Join(golden, filepath.FromSlash(f.Name)))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(f.Text, want) {
			t.Errorf("%s: %d bytes differ from the golden %d; see 'go test -update' and git diff", f.Name, len(f.Text), len(want))
		}
	}
	if err := delivery.Check(golden); err != nil {
		t.Error(err)
	}
}

func TestTheOrderOfVotesDoesNotMatter(t *testing.T) {
	p := shapes()
	want := files(t, p)
	slices.Reverse(p.Votes)
	for name, text := range files(t, p) {
		if !bytes.Equal(text, want[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestBlobsAreDeliveredAsTheyAre(t *testing.T) {
	p := shapes()
	p.Extra = []delivery.File{{Name: "proofs/header.json", Text: []byte("{}")}}
	got := files(t, p)
	for name, want := range map[string][]byte{
		delivery.RecordsFile: p.Records, delivery.ItemsFile: p.Items, delivery.LabelFile: dataset.EncodeLabel(p.Label), "proofs/header.json": []byte("{}"),
	} {
		if !bytes.Equal(got[name], want) {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
	if len(got) != 11 {
		t.Errorf("%d files", len(got))
	}
}

type final struct {
	Item       string  `parquet:"item"`
	Label      string  `parquet:"label"`
	Confidence float64 `parquet:"confidence"`
	Answers    int32   `parquet:"answers"`
	Status     string  `parquet:"status"`
}

type vote struct {
	Item       string  `parquet:"item"`
	Labeller   string  `parquet:"labeller"`
	Label      *string `parquet:"label,optional"`
	Skip       *string `parquet:"skip,optional"`
	Round      int32   `parquet:"round"`
	Guideline  int32   `parquet:"guideline"`
	DurationMs int64   `parquet:"duration_ms"`
}

func read[T any](t testing.TB, text []byte) []T {
	t.Helper()
	rows, err := parquet.Read[T](bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestTablesReadBack(t *testing.T) {
	p := shapes()
	got := files(t, p)
	rows := read[final](t, got[delivery.FinalFile])
	want := []final{
		{"item-0", "round", 0.99, 3, "accepted"}, {"item-1", "\"square\"", 0.712345, 5, "delivered"}, {"item-2", "round", 1, 3, "gold"},
	}
	if !slices.Equal(rows, want) {
		t.Errorf("final %+v, want %+v", rows, want)
	}
	cast := read[vote](t, got[delivery.VotesFile])
	if len(cast) != len(p.Votes) {
		t.Fatalf("%d votes, want %d", len(cast), len(p.Votes))
	}
	for i, v := range cast {
		skipped := v.Item == "item-3"
		if (v.Label == nil) != skipped || (v.Skip != nil) != skipped || v.Round != 1 || v.Guideline != 1 || len(v.Labeller) != 16 {
			t.Errorf("vote %d: %+v", i, v)
		}
	}
}

func TestPseudonymsAreOfOneDataset(t *testing.T) {
	ann := delivery.Pseudonym([]byte("one"), "alaya1ann")
	if ann != delivery.Pseudonym([]byte("one"), "alaya1ann") || ann == delivery.Pseudonym([]byte("two"), "alaya1ann") || ann == delivery.Pseudonym([]byte("one"), "alaya1bob") {
		t.Errorf("pseudonym %s is not one of key and address", ann)
	}
}

func TestAPackageThatContradictsItselfIsRefused(t *testing.T) {
	tests := []struct {
		name   string
		damage func(*delivery.Package)
	}{
		{"a record changed", func(p *delivery.Package) { p.Records = bytes.Replace(p.Records, []byte("round"), []byte("ROUND"), 1) }},
		{"a record less", func(p *delivery.Package) { p.Records = p.Records[:bytes.IndexByte(p.Records, '\n')+1] }},
		{"an item changed", func(p *delivery.Package) { p.Items = bytes.Replace(p.Items, []byte("item-0"), []byte("item-9"), 1) }},
		{"another content id", func(p *delivery.Package) { p.Dataset.Content = id.RawCID([]byte("x")) }},
		{"a label changed", func(p *delivery.Package) { p.Label.Quality.GoldRight++ }},
		{"a label on another dataset", func(p *delivery.Package) { p.Label.Identity.Dataset = "0000000000000000" }},
		{"another request", func(p *delivery.Package) { p.Request.ID = "0000000000000000" }},
		{"an extra file outside the folder", func(p *delivery.Package) { p.Extra = []delivery.File{{Name: "../evil"}} }},
		{"an extra file over another", func(p *delivery.Package) { p.Extra = []delivery.File{{Name: delivery.CardFile}} }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := shapes()
			tt.damage(&p)
			if _, err := p.Files(); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("Files: %v, want kind invalid", err)
			}
		})
	}
}

func TestCheckNamesTheFileThatChanged(t *testing.T) {
	list, err := shapes().Files()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		file   string
		change func(path string) error
	}{
		{"one flipped bit", delivery.RecordsFile, func(path string) error {
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			text[17] ^= 4
			return os.WriteFile(path, text, 0o600)
		}},
		{"a file less", delivery.FinalFile, os.Remove},
		{"a file more", "labels/more.parquet", func(path string) error { return os.WriteFile(path, nil, 0o600) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			if err := delivery.Write(dir, list); err != nil {
				t.Fatal(err)
			}
			if err := delivery.Check(dir); err != nil {
				t.Fatal(err)
			}
			if err := tt.change(filepath.Join(dir, filepath.FromSlash(tt.file))); err != nil {
				t.Fatal(err)
			}
			if err := delivery.Check(dir); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), tt.file) {
				t.Errorf("Check: %v, want it to name %s", err, tt.file)
			}
		})
	}
}

func TestWriteNeedsAnEmptyFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := delivery.Write(dir, nil); !fault.Is(err, fault.KindExists) {
		t.Errorf("Write: %v, want kind exists", err)
	}
}
