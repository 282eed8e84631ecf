package replay_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/alaya-network/alaya/agent/replay"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/work"
)

// folder makes a recording of files by name.
func folder(files ...string) fstest.MapFS {
	f := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		f[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return f
}

const answers = "task\tworker\tlabel\nt1\tann\tcat\nt1\tbob\tdog\nt2\tann\tdog\nt2\tbob\tdog\nt1\tann\tdog\n"

func TestReadKeepsTheFirstAnswerOfAWorkerToATask(t *testing.T) {
	r, err := replay.Read(folder("answers.tsv", answers, "gold.tsv", "task\tgold\nt1\tcat\nunasked\tdog\n", "items.tsv", "task\ttext\tnote\nt1\tpurrs\nt2\tbarks\tloud\n"))
	if err != nil {
		t.Fatal(err)
	}
	if r.Rows != 4 || r.Repeats != 1 || r.Answers["ann"]["t1"] != "cat" {
		t.Errorf("%d rows, %d repeats, ann says %q; want 4, 1, cat", r.Rows, r.Repeats, r.Answers["ann"]["t1"])
	}
	if len(r.Gold) != 1 || r.Gold["t1"] != "cat" {
		t.Errorf("gold %v, want that of t1: the other was not asked", r.Gold)
	}
	if !slices.Equal(r.Workers, []string{"ann", "bob"}) || !slices.Equal(r.Labels, []string{"cat", "dog"}) || len(r.Items) != 2 {
		t.Errorf("workers %v, labels %v, %d items", r.Workers, r.Labels, len(r.Items))
	}
	if got := string(r.Items[0].Data); got != `{"text":"purrs"}` {
		t.Errorf("item t1 shows %s", got)
	}
}

func TestReadNamesFileLineAndField(t *testing.T) {
	head := "task\tworker\tlabel\n"
	garbage := head + "t\tw\tcat\nt\tv\tdog\n" + strings.Repeat("\x00\xff\xfe garbage\n", 10_000)
	tests := []struct {
		name  string
		files []string
		kind  fault.Kind
		says  []string
	}{
		{"no answers file", nil, fault.KindInternal, []string{"answers.tsv"}},
		{"an empty file", []string{"answers.tsv", ""}, fault.KindInvalid, []string{"answers.tsv", "empty"}},
		{"a header alone", []string{"answers.tsv", head}, fault.KindInvalid, []string{"answers.tsv", "no answers"}},
		{"another header", []string{"answers.tsv", "item\twho\tlabel\n"}, fault.KindInvalid, []string{"answers.tsv line 1", "header"}},
		{"too few fields", []string{"answers.tsv", head + "t1\tann\tcat\nt1\tbob\n"}, fault.KindInvalid, []string{"answers.tsv line 3", `"label" is missing`}},
		{"no task", []string{"answers.tsv", head + "\tann\tcat\n"}, fault.KindInvalid, []string{"answers.tsv line 2", "field task"}},
		{"a task that is not UTF-8", []string{"answers.tsv", head + "\xff\tann\tcat\n"}, fault.KindInvalid, []string{"answers.tsv line 2", "field task"}},
		{"no worker", []string{"answers.tsv", head + "t1\t\tcat\n"}, fault.KindInvalid, []string{"answers.tsv line 2", "field worker"}},
		{"no label", []string{"answers.tsv", head + "t1\tann\t\n"}, fault.KindInvalid, []string{"answers.tsv line 2", "label"}},
		{"one label only", []string{"answers.tsv", head + "t1\tann\tcat\n"}, fault.KindLimit, []string{"1 labels"}},
		{"ten thousand lines of garbage", []string{"answers.tsv", garbage}, fault.KindInvalid, []string{"answers.tsv line 4", `"worker" is missing`}},
		{"a line without end", []string{"answers.tsv", head + strings.Repeat("x", replay.MaxLineLen+1)}, fault.KindLimit, []string{"answers.tsv line 2", "longer"}},
		{"broken gold", []string{"answers.tsv", answers, "gold.tsv", "task\tgold\nt1\n"}, fault.KindInvalid, []string{"gold.tsv line 2", `"gold" is missing`}},
		{"broken items", []string{"answers.tsv", answers, "items.tsv", "id\ttext\n"}, fault.KindInvalid, []string{"items.tsv line 1", "header"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := replay.Read(folder(tt.files...))
			if !fault.Is(err, tt.kind) {
				t.Fatalf("got %v (%s), want %s", err, fault.KindOf(err), tt.kind)
			}
			for _, want := range tt.says {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got %q, want it to say %q", err, want)
				}
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(answers, "task\tgold\nt1\tcat\n", "task\ttext\nt1\tpurrs\n")
	f.Add("task\tworker\tlabel\r\n\t\t\r\n", "", "\n")
	f.Fuzz(func(t *testing.T, answers, gold, items string) {
		r, err := replay.Read(folder("answers.tsv", answers, "gold.tsv", gold, "items.tsv", items))
		if err != nil {
			return
		}
		laidOut(t, r, 3)
	})
}

func TestTheBuiltInTableIsThePublishedOne(t *testing.T) {
	r, err := replay.Read(replay.Anaesthesia())
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Items) != 45 || len(r.Workers) != 7 || r.Rows != 315 || r.Repeats != 0 || len(r.Gold) != 0 || len(r.Labels) != 4 {
		t.Errorf("%d patients, %d doctors, %d ratings, %d repeats, %d gold, labels %v", len(r.Items), len(r.Workers), r.Rows, r.Repeats, len(r.Gold), r.Labels)
	}
	l := laidOut(t, r, 50)
	if len(l.Pages) != 1 || l.Needed != 7 {
		t.Errorf("%d pages, %d answers at most; want 1, 7: all judged all", len(l.Pages), l.Needed)
	}
}

// laidOut checks a layout: every item is on one page, and nobody is able to do
// a page of which he did not answer all items.
func laidOut(t *testing.T, r *replay.Recorded, size int) replay.Layout {
	t.Helper()
	l := r.Lay(size)
	var starts []int
	at := 0
	for i, n := range l.Pages {
		if n < 1 || int(n) > size {
			t.Errorf("page %d of %d items, want 1 to %d", i, n, size)
		}
		starts = append(starts, at)
		at += int(n)
	}
	if at != len(r.Items) || len(l.Items) != at {
		t.Fatalf("%d items on pages, %d laid out, %d recorded", at, len(l.Items), len(r.Items))
	}
	for worker, pages := range l.Able {
		if !slices.IsSorted(pages) {
			t.Errorf("pages %v of %s: not sorted", pages, worker)
		}
		for _, p := range pages {
			for _, item := range l.Items[starts[p] : starts[p]+int(l.Pages[p])] {
				if _, answered := r.Answers[worker][item.ID]; !answered {
					t.Errorf("%s can do page %d, but did not answer %s", worker, p, item.ID)
				}
			}
		}
	}
	return l
}

func TestGoldIsChosenBySeedAndTheRestMeasures(t *testing.T) {
	var rows, gold strings.Builder
	rows.WriteString("task\tworker\tlabel\n")
	gold.WriteString("task\tgold\n")
	for i := range 40 {
		task := string(rune('A'+i%20)) + string(rune('a'+i/20))
		rows.WriteString(task + "\tann\tcat\n" + task + "\tbob\tdog\n")
		gold.WriteString(task + "\tcat\n")
	}
	r, err := replay.Read(folder("answers.tsv", rows.String(), "gold.tsv", gold.String()))
	if err != nil {
		t.Fatal(err)
	}
	chosen, again, other := r.ChooseGold(10, "1"), r.ChooseGold(10, "1"), r.ChooseGold(10, "2")
	if len(chosen) != 4 || !slices.Equal(chosen, again) || slices.Equal(chosen, other) {
		t.Errorf("chosen %v, again %v, by another seed %v; want 4, the same, others", chosen, again, other)
	}
	rest := r.Unused(chosen)
	if len(rest) != 36 {
		t.Errorf("%d measure, want 36", len(rest))
	}
	if slices.ContainsFunc(chosen, func(g work.GoldLabel) bool { _, both := rest[g.Item]; return both }) {
		t.Error("gold that is used measures as well")
	}
}
