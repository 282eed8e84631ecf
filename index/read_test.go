package index_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/index"
	"github.com/alaya-network/alaya/index/indextest"
	"github.com/alaya-network/alaya/index/view"
)

// medium is a world with a few hundred requests in all states.
func medium() *indextest.World {
	w := indextest.New(indextest.Config{Seed: 2, AtOnce: 20, People: 40, Crew: 2, Pages: 1})
	w.Advance(20)
	return w
}

// walk reads a list of requests to its end, in steps.
func walk(t *testing.T, x *index.Index, f index.Requests, step int) []view.Card {
	t.Helper()
	var all []view.Card
	for f.Limit = step; ; {
		p, err := x.Requests(t.Context(), f)
		if err != nil {
			t.Fatalf("%+v: %v", f, err)
		}
		all = append(all, p.Items...)
		if f.Cursor = p.Next; f.Cursor == "" {
			return all
		}
	}
}

func ids(cards []view.Card) []string {
	list := []string{}
	for _, c := range cards {
		list = append(list, c.ID)
	}
	return list
}

func TestFiltersGiveWhatTheySay(t *testing.T) {
	w := medium()
	has := func(text, word string) bool { return strings.Contains(text, word) }
	tests := []struct {
		name string
		f    index.Requests
		fits func(view.Card) bool
	}{
		{"no filter", index.Requests{}, func(view.Card) bool { return true }},
		{"a state", index.Requests{State: "working"}, func(c view.Card) bool { return c.State == "working" }},
		{"a skill", index.Requests{Skill: "label"}, func(c view.Card) bool { return c.Skill == "label" }},
		{"a language", index.Requests{Language: "DE"}, func(c view.Card) bool { return slices.Contains(c.Languages, "de") }},
		{"a requester", index.Requests{Requester: w.Person(3)}, func(c view.Card) bool { return c.Requester == w.Person(3) }},
		{"a least pay", index.Requests{MinPay: 50_000}, func(c view.Card) bool { return c.PriceCap >= 50_000 }},
		{"a least pay by the hour", index.Requests{MinHourly: 20_000_000}, func(c view.Card) bool { return c.HourlyEstimate >= 20_000_000 }},
		{"a deadline", index.Requests{DeadlineBefore: 1_800_000_500_000}, func(c view.Card) bool { return c.BidDeadline < 1_800_000_500_000 }},
		{"a word", index.Requests{Q: "Glacier"}, func(c view.Card) bool {
			return has(c.Title, "glacier") || has(c.Summary, "glacier") || slices.Contains(c.Tags, "glacier")
		}},
		{"two words", index.Requests{Q: "images, label"}, func(c view.Card) bool {
			all := c.Title + c.Summary + strings.Join(c.Tags, " ")
			return has(all, "images") && has(all, "label")
		}},
		{"the beginning of a word", index.Requests{Q: "glac"}, func(c view.Card) bool {
			return has(c.Title+c.Summary+strings.Join(c.Tags, " "), "glac")
		}},
		{"a word and a state", index.Requests{Q: "label", State: "closed", MinPay: 20_000}, func(c view.Card) bool {
			return has(c.Title+c.Summary+strings.Join(c.Tags, " "), "label") && c.State == "closed" && c.PriceCap >= 20_000
		}},
		{"an absent value", index.Requests{Modality: "video"}, func(view.Card) bool { return false }},
	}
	sorts := map[string]func(a, b view.Card) bool{ // may a stand before b?
		"":         func(a, b view.Card) bool { return a.PostedAt >= b.PostedAt },
		"pay":      func(a, b view.Card) bool { return a.PriceCap >= b.PriceCap },
		"hourly":   func(a, b view.Card) bool { return a.HourlyEstimate >= b.HourlyEstimate },
		"deadline": func(a, b view.Card) bool { return a.BidDeadline <= b.BidDeadline },
	}
	eachBase(t, func(t *testing.T, b base) {
		x := open(t, b.create(t))
		follow(t, x, w)
		all := walk(t, x, index.Requests{}, 100)
		if len(all) != w.Requests() {
			t.Fatalf("%d requests, want %d", len(all), w.Requests())
		}
		for _, tt := range tests {
			for sort, before := range sorts {
				tt.f.Sort = sort
				got := walk(t, x, tt.f, 7)
				var want []string
				for _, c := range all {
					if tt.fits(c) {
						want = append(want, c.ID)
					}
				}
				for i := 1; i < len(got); i++ {
					if !before(got[i-1], got[i]) {
						t.Errorf("%s by %q: %s stands before %s", tt.name, sort, got[i-1].ID, got[i].ID)
					}
				}
				have := ids(got)
				slices.Sort(have)
				slices.Sort(want)
				if !slices.Equal(have, want) {
					t.Errorf("%s by %q: %d requests, want %d", tt.name, sort, len(have), len(want))
				}
			}
		}
	})
}

func TestOfManyHitsTheNewestAreSorted(t *testing.T) {
	w := indextest.New(indextest.Config{Seed: 3, AtOnce: 500, People: 10, Final: 4000})
	w.Advance(8)
	eachBase(t, func(t *testing.T, b base) {
		x := open(t, b.create(t))
		follow(t, x, w)
		got := walk(t, x, index.Requests{Q: "please say what", Sort: "pay"}, 100) // in every summary
		if len(got) != index.Reach {
			t.Errorf("%d hits, want the newest %d", len(got), index.Reach)
		}
		for i := 1; i < len(got); i++ {
			if got[i].PostedAt < 1_800_000_006_000 { // six of the eight blocks came before
				t.Fatalf("hit %d is of %d: not of the newest", i, got[i].PostedAt)
			}
			if got[i].PriceCap > got[i-1].PriceCap {
				t.Fatalf("hit %d pays %d after %d", i, got[i].PriceCap, got[i-1].PriceCap)
			}
		}
	})
}

func TestBothDatabasesAnswerAlike(t *testing.T) {
	w := medium()
	answers := map[string][]string{}
	eachBase(t, func(t *testing.T, b base) {
		x := open(t, b.create(t))
		follow(t, x, w)
		ctx, request := t.Context(), walk(t, x, index.Requests{State: "closed"}, 1)[0].ID
		note := func(v any, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			answers[b.name] = append(answers[b.name], string(text))
		}
		note(x.Request(ctx, request))
		note(x.Bids(ctx, request, "", 1))
		note(x.Engagements(ctx, request, "", 10))
		note(x.Rounds(ctx, request, "", 10))
		note(x.Verdicts(ctx, request, "", 10))
		note(x.Verdict(ctx, request, 1))
		note(x.Events(ctx, request, "", 5))
		note(x.Blocks(ctx, "", 5))
		note(x.Block(ctx, 9))
		note(x.Txs(ctx, w.Person(1), "work", "", 5))
		note(x.Txs(ctx, "", "market", "", 5))
		note(x.Txs(ctx, "", "", "", 5))
		note(x.Party(ctx, w.Person(1)))
		note(x.Work(ctx, w.Person(1), 0))
		note(x.Earnings(ctx, w.Person(1)))
		note(x.Datasets(ctx, index.Datasets{Q: "x", Licence: "y", Modality: "text", AnswerType: "box", Owner: "z"}))
		note(x.Models(ctx, index.Models{Q: "x", Family: "y", Incentive: "points", State: "live"}))
		note(x.Search(ctx, "street audio", "", 100)) // a cursor has the database's own numbers
		note(x.Search(ctx, request, "", 10))
		d, _, err := x.Dashboard(ctx, request)
		note(d, err)
		proposed, voted, err := x.Activity(ctx)
		note([]any{proposed, voted}, err)
	})
	for i, got := range answers["postgres"] {
		if want := answers["sqlite"][i]; got != want {
			t.Errorf("answer %d: postgres %.600s, sqlite %.600s", i, got, want)
		}
	}
}

func TestUnknownThingsAreNotFound(t *testing.T) {
	eachBase(t, func(t *testing.T, b base) {
		x := open(t, b.create(t))
		ctx := t.Context()
		for name, ask := range map[string]func() error{
			"request":   func() error { _, err := x.Request(ctx, "00"); return err },
			"card":      func() error { _, err := x.Card(ctx, "00"); return err },
			"block":     func() error { _, err := x.Block(ctx, 1); return err },
			"tx":        func() error { _, err := x.Tx(ctx, "00"); return err },
			"dataset":   func() error { _, err := x.Dataset(ctx, "00"); return err },
			"verdict":   func() error { _, err := x.Verdict(ctx, "00", 1); return err },
			"dashboard": func() error { _, _, err := x.Dashboard(ctx, "00"); return err },
		} {
			if err := ask(); !fault.Is(err, fault.KindNotFound) {
				t.Errorf("%s: %v, want kind not found", name, err)
			}
		}
	})
}

func FuzzCursorsAndWords(f *testing.F) {
	x, err := index.Open(f.Context(), f.TempDir()+"/chain.db")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = x.Close() })
	w := indextest.New(small())
	w.Advance(8)
	writer := index.NewWriter(x, w, nil, nil)
	if _, err := writer.Step(f.Context()); err != nil {
		f.Fatal(err)
	}
	first, err := x.Requests(f.Context(), index.Requests{Limit: 1})
	if err != nil {
		f.Fatal(err)
	}
	for _, cursor := range []string{"", "abc", first.Next, "eyJsIjoiYmxvY2tzIiwibiI6LTF9", strings.Repeat("A", 500)} {
		for _, words := range []string{"", "label", `"'*`, "a OR b NEAR(c)", "ärger -x", "\x00", "title:label", "(", "\\", ":* & !"} {
			f.Add(cursor, words)
		}
	}
	f.Fuzz(func(t *testing.T, cursor, words string) {
		ctx := t.Context()
		for name, ask := range map[string]func() error{
			"requests": func() error {
				_, err := x.Requests(ctx, index.Requests{Q: words, Skill: words, Language: words, AnswerType: words, Cursor: cursor})
				return err
			},
			"search": func() error { _, err := x.Search(ctx, words, cursor, 5); return err },
			"bids":   func() error { _, err := x.Bids(ctx, words, cursor, 5); return err },
			"txs":    func() error { _, err := x.Txs(ctx, words, words, cursor, 5); return err },
			"events": func() error { _, err := x.Events(ctx, words, cursor, 5); return err },
		} {
			if err := ask(); err != nil && !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%s(%q, %q): %v", name, cursor, words, err)
			}
		}
	})
}
