package learner_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/host"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/simulate"
)

// lines are made-up documents.
func lines(seed uint64, n int) []learner.Line {
	var all []learner.Line
	for _, o := range simulate.Synthetic(seed, n) {
		all = append(all, learner.Line{Input: o.Input, Label: o.Label})
	}
	return all
}

func config(family string) learn.Config {
	return learn.Config{Family: family, Classes: 2, Features: simulate.SyntheticFeatures}
}

func TestTablesBecomeItemsOrNameWhatIsWrong(t *testing.T) {
	text := feature.Encoder{Kind: feature.Hashed, Bits: 10, Labels: []string{"bad", "good"}}
	vector := feature.Encoder{Kind: feature.Vector, Length: 2}
	rows := feature.Encoder{Kind: feature.Table, Columns: []feature.Column{{Name: "age", Edges: []feature.Decimal{18_000_000}}, {Name: "port", Values: []string{"C"}}}}
	for _, c := range []struct {
		name    string
		encoder feature.Encoder
		classes uint32
		table   string
		items   int
		wrong   string
	}{
		{"texts with labels", text, 2, "text\tlabel\nso fine\tgood\n", 1, ""},
		{"texts to ask", text, 0, "text\nso fine\nand so\n", 2, ""},
		{"vectors", vector, 2, "vector\tlabel\n0.5, -1\t1\n", 1, ""},
		{"rows, one value missing", rows, 2, "age\tport\tlabel\n40\t\t0\n", 1, ""},
		{"a label that is none", text, 2, "text\tlabel\nso fine\t1\n", 0, "line 2, field label"},
		{"no column of labels", text, 2, "text\nso fine\n", 0, "field label: no such column"},
		{"a text without words", text, 0, "text\n...\n", 0, "line 2, field text"},
		{"a vector that is too short", vector, 0, "vector\n1\n", 0, "line 2, field vector"},
		{"a number that is none", rows, 0, "age\tport\nNaN\tC\n", 0, "line 2, field age"},
		{"nothing", text, 0, "text\n", 0, "no items"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := learner.Reading{Encoder: c.encoder, Classes: c.classes}
			found, err := r.Read(sheet.Source{Name: sheet.Std, Format: sheet.TSV, Stdin: strings.NewReader(c.table)})
			if len(found) != c.items || (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("%d items, %v; want %d, %q", len(found), err, c.items, c.wrong)
			}
		})
	}
}

func TestAChampionStaysUntilItIsClearlyBeaten(t *testing.T) {
	rest, holdout := learner.Split(lines(1, 3000))
	candidate := func(family string) learner.Candidate {
		return learner.Candidate{Config: config(family), Learn: rest, Holdout: holdout}
	}
	beaten, err := learner.Choose([]learner.Candidate{candidate(learn.Perceptron), candidate(learn.Passive), candidate(learn.Bayes)})
	if err != nil {
		t.Fatal(err)
	}
	if beaten.Chosen != 2 || beaten.Wins[2] <= beaten.Losses[2] {
		t.Errorf("chosen %d, %+v; want naive Bayes", beaten.Chosen, beaten)
	}
	held, err := learner.Choose([]learner.Candidate{candidate(learn.Bayes), candidate(learn.Complement), candidate(learn.Bayes)})
	if err != nil || held.Chosen != 0 {
		t.Errorf("chosen %d, %v; want the champion, whom none beats", held.Chosen, err)
	}
	short := candidate(learn.Bayes)
	short.Holdout = short.Holdout[1:]
	if _, err := learner.Choose([]learner.Candidate{candidate(learn.Bayes), short}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("different holdouts: %v, want invalid", err)
	}
}

// taught is a model that learnt some items, forgot one and was rolled back and
// rebuilt, with the tape of all that.
func taught(t *testing.T, family string) (*host.Host, learner.Tape) {
	t.Helper()
	const owner, author id.Address = "alaya1owner", "alaya1author"
	terms := model.Terms{
		Name: "m", Licence: "MIT", Encoder: model.Encoder{Inline: []byte("{}")}, Config: config(family), Owner: owner, OwnerUntil: 1_000_000,
		Incentive: model.Incentive{Kind: model.Points, Wait: 3_600_000, Margin: 1},
	}
	seed := learner.Train(must(learn.New(terms.Config)), lines(9, 20)).Cells()
	h, err := host.New(owner, 1, terms, seed, 0)
	if err != nil {
		t.Fatal(err)
	}
	now := model.Now{Height: 5, Time: 1000}
	give := func(items []learner.Line) {
		for _, line := range items {
			if _, err := h.Give(author, model.Offer{Input: line.Input, Label: line.Label}, now); err != nil {
				t.Fatal(err)
			}
		}
	}
	items := lines(2, 60)
	give(items[:40])
	for _, err := range []error{h.Withdraw(author, 7, now), h.Rollback(owner, 30, now), h.Rebuild(), h.Replay(now)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	give(items[40:])
	return h, learner.Tape{Parts: []learner.Part{{Model: h.Model, Log: h.Log, Items: h.Items}}, Seed: seed}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestAReplayFindsTheLiveParameters(t *testing.T) {
	for _, family := range []string{learn.Bayes, learn.Logistic} {
		t.Run(family, func(t *testing.T) {
			h, tape := taught(t, family)
			if err := tape.Check(); err != nil {
				t.Fatal(err)
			}
			state, err := tape.Replay()
			if err != nil {
				t.Fatal(err)
			}
			if err := learner.Same(h.Live.Cells(), state.Cells()); err != nil {
				t.Error(err)
			}
			if tape.Lost() != 0 {
				t.Errorf("%d items lost, want none", tape.Lost())
			}
		})
	}
}

func TestATapeThatWasTamperedWithIsFound(t *testing.T) {
	for name, tamper := range map[string]func(*learner.Part){
		"an entry is missing":          func(p *learner.Part) { p.Log = p.Log[:len(p.Log)-1] },
		"an entry was changed":         func(p *learner.Part) { p.Log[3].Contribution = 1 },
		"an item has another label":    func(p *learner.Part) { p.Items[2].Offer.Label = 1 - p.Items[2].Offer.Label },
		"the record has another root":  func(p *learner.Part) { p.Model.Root = id.Hash{1} },
		"an item is of another number": func(p *learner.Part) { p.Items[1], p.Items[2] = p.Items[2], p.Items[1] },
	} {
		t.Run(name, func(t *testing.T) {
			_, tape := taught(t, learn.Bayes)
			tamper(&tape.Parts[0])
			if err := tape.Check(); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%v, want invalid", err)
			}
		})
	}
}

func TestParametersThatDifferAreNamed(t *testing.T) {
	a := []learn.Entry{{Cell: learn.Cell{Index: 1}, Value: 5}, {Cell: learn.Cell{Index: 2}, Value: 6}}
	b := []learn.Entry{{Cell: learn.Cell{Index: 1}, Value: 5}, {Cell: learn.Cell{Index: 2}, Value: 7}}
	for name, pair := range map[string][2][]learn.Entry{"another value": {a, b}, "one missing": {a[:1], a}, "one too many": {a, a[:1]}} {
		if err := learner.Same(pair[0], pair[1]); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
	if err := learner.Same(a, a); err != nil {
		t.Error(err)
	}
}

func TestASealedTestSetOpensInItsOrder(t *testing.T) {
	salt := func() []byte { return []byte("0123456789abcdef") }
	sealed, err := learner.Seal(lines(3, 21), bounty.MinSlices, salt)
	if err != nil {
		t.Fatal(err)
	}
	const sample = 2
	order, err := sealed.Order(sample)
	if err != nil || len(order) != 21 {
		t.Fatalf("%d items, %v", len(order), err)
	}
	m := bounty.Market{Terms: bounty.Terms{Root: sealed.Root(), Slices: sealed.Slices}, Sample: sample, Drawn: true}
	for i, r := range order {
		m.Revealed = uint32(i)
		slice, number, leaf := m.Next()
		if err := merkle.Verify(sealed.Root(), bounty.Leaf(r.Item, slice, number), uint64(leaf), 21, r.Path); err != nil {
			t.Errorf("item %d: %v", i, err)
		}
	}
	if _, err := learner.Seal(lines(3, 5), bounty.MinSlices, salt); !fault.Is(err, fault.KindLimit) {
		t.Errorf("five items in eight slices: %v, want limit", err)
	}
}

func TestADraftBecomesTermsThatTheChainTakes(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	write("seed.tsv", "text\tlabel\ngood\tb\nbad\ta\n")
	write("weights.json", `{"coef_": [[0.5, -1.5]], "intercept_": [0.25], "classes_": ["a", "b"]}`)
	head := "name: M\nlicence: MIT\nlabels: [a, b]\nincentive: {kind: deposit, wait: 1d, start: 2aly, floor: 1aly, target: 5, window: 1h, bond: 10%, share: 25%}\n"
	for _, c := range []struct{ name, text, family string }{
		{"a seed to learn", "family: nb\nencoder: {kind: hashed, bits: 10}\nseed: seed.tsv\n", learn.Bayes},
		{"weights from elsewhere", "family: logistic\nencoder: {kind: vector, length: 2}\nweights: weights.json\n", learn.Logistic},
		{"nothing known", "family: arow\nencoder: {kind: hashed, bits: 10}\n", learn.Arow},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := learner.ReadDraft(write("m.yaml", head+c.text))
			if err != nil {
				t.Fatal(err)
			}
			terms, err := b.Terms("", 1000)
			if err != nil {
				t.Fatal(err)
			}
			e, err := learner.EncoderOf(terms, nil)
			if err != nil || e.Labels[1] != "b" || terms.Config.Family != c.family || terms.Incentive.Deposit.Bond != 100_000 {
				t.Errorf("%+v, encoder %+v, %v", terms, e, err)
			}
			if (b.Cells == nil) != (terms.Seed == "") {
				t.Errorf("%d bytes of parameters, seed %q", len(b.Cells), terms.Seed)
			}
		})
	}
}

func TestAHoldoutIsRevealedSliceBySlice(t *testing.T) {
	h := learner.SealHoldout(lines(1, 10), func() []byte { return []byte("salt of sixteen bytes") })
	for _, tt := range []struct{ first, n uint32 }{{0, 4}, {4, 4}, {8, 2}, {0, 10}} {
		items, err := h.Slice(tt.first, tt.n)
		if err != nil || len(items) != int(tt.n) {
			t.Fatalf("%d items from %d: %d, %v", tt.n, tt.first, len(items), err)
		}
		for i, r := range items {
			number := tt.first + uint32(i)
			if err := merkle.Verify(h.Root(), r.Item.Leaf(model.HoldoutDomain, 0, number), uint64(number), 10, r.Path); err != nil {
				t.Errorf("item %d: %v", number, err)
			}
		}
	}
	if _, err := h.Slice(8, 3); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("more than there are: %v, want invalid", err)
	}
}
