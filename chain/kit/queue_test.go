package kit_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/chain/kit/kittest"
	"github.com/alaya-network/alaya/core/id"
)

// fixture is a module's store with one queue and one set of notes.
type fixture struct {
	*kittest.Env
	queue kit.Queue[string]
	notes collections.KeySet[string]
}

func newFixture(t testing.TB) *fixture {
	env := kittest.New(t, "probe")
	sb := collections.NewSchemaBuilder(env.Store("probe"))
	f := &fixture{
		Env:   env,
		queue: kit.NewQueue(sb, collections.NewPrefix(1), "deadlines", collections.StringKey),
		notes: collections.NewKeySet(sb, collections.NewPrefix(2), "notes", collections.StringKey),
	}
	if _, err := sb.Build(); err != nil {
		t.Fatal(err)
	}
	return f
}

// due collects the keys that Due hands out, all handlers succeeding.
func (f *fixture) due(t testing.TB, now id.Time, limit int) []string {
	t.Helper()
	var got []string
	n, err := f.queue.Due(f.Ctx, now, limit, func(_ context.Context, key string) error {
		got = append(got, key)
		return nil
	})
	if err != nil || n != len(got) {
		t.Fatalf("Due(%d, %d) = %d, %v; want %d keys", now, limit, n, err, len(got))
	}
	return got
}

func TestQueueHandsOutInOrderWithinItsLimit(t *testing.T) {
	f := newFixture(t)
	for _, e := range []struct {
		at  id.Time
		key string
	}{{30, "c"}, {10, "b"}, {10, "a"}, {-5, "z"}, {40, "d"}, {10, "a"}} {
		if err := f.queue.Push(f.Ctx, e.at, e.key); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.queue.Remove(f.Ctx, 40, "unknown"); err != nil {
		t.Errorf("removing an unknown key: %v", err)
	}
	steps := []struct {
		name  string
		now   id.Time
		limit int
		want  []string
	}{
		{"nothing before its time", -6, 10, nil},
		{"earliest first, equal times by key, up to the limit", 30, 2, []string{"z", "a"}},
		{"the rest comes with the next call, its own time included", 30, 10, []string{"b", "c"}},
		{"what was handed out is gone", 39, 10, nil},
		{"the last", 1000, 10, []string{"d"}},
	}
	for _, s := range steps {
		if got := f.due(t, s.now, s.limit); !slices.Equal(got, s.want) {
			t.Errorf("%s: Due(%d, %d) = %v, want %v", s.name, s.now, s.limit, got, s.want)
		}
	}
}

func TestAFailingHandlerLeavesNoTraceAndIsRetried(t *testing.T) {
	f := newFixture(t)
	for _, key := range []string{"bad", "good"} {
		if err := f.queue.Push(f.Ctx, 1, key); err != nil {
			t.Fatal(err)
		}
	}
	fail := true
	handle := func(ctx context.Context, key string) error {
		if err := f.notes.Set(ctx, key); err != nil {
			return err
		}
		if key == "bad" && fail {
			return errors.New("broken")
		}
		return nil
	}
	if _, err := f.queue.Due(f.Ctx, 1, 10, handle); err != nil {
		t.Fatalf("a failing handler must not fail the block: %v", err)
	}
	for key, want := range map[string]bool{"bad": false, "good": true} {
		if got, err := f.notes.Has(f.Ctx, key); err != nil || got != want {
			t.Errorf("note of %q = %t, %v, want %t", key, got, err, want)
		}
	}
	if !slices.ContainsFunc(f.Ctx.EventManager().ABCIEvents(), isFailure) {
		t.Errorf("no %s event", kit.EventDeadlineFailed)
	}
	fail = false
	if got := f.due(t, kit.RetryAfter, 10); got != nil {
		t.Errorf("came back early: %v", got)
	}
	if got := f.due(t, kit.RetryAfter+1, 10); !slices.Equal(got, []string{"bad"}) {
		t.Errorf("after the rest got %v, want [bad]", got)
	}
}

func TestAHandlerMayPushAndRemove(t *testing.T) {
	f := newFixture(t)
	for _, key := range []string{"a", "b"} {
		if err := f.queue.Push(f.Ctx, 1, key); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	_, err := f.queue.Due(f.Ctx, 5, 10, func(ctx context.Context, key string) error {
		got = append(got, key)
		return errors.Join(f.queue.Remove(ctx, 1, "b"), f.queue.Push(ctx, 2, "c"))
	})
	if err != nil || !slices.Equal(got, []string{"a"}) {
		t.Errorf("handled %v, %v; want [a] only, since a removed b", got, err)
	}
	if got := f.due(t, 5, 10); !slices.Equal(got, []string{"c"}) {
		t.Errorf("then %v, want [c]", got)
	}
}

func TestQueueAgreesWithASortedList(t *testing.T) {
	type entry struct {
		at  id.Time
		key string
	}
	order := func(a, b entry) int {
		if a.at != b.at {
			return int(a.at - b.at)
		}
		return slices.Compare([]byte(a.key), []byte(b.key))
	}
	rapid.Check(t, func(r *rapid.T) {
		f := newFixture(t)
		var model []entry
		draw := func(r *rapid.T) entry {
			return entry{id.Time(rapid.Int64Range(-3, 12).Draw(r, "at")), fmt.Sprint("k", rapid.IntRange(0, 4).Draw(r, "key"))}
		}
		r.Repeat(map[string]func(*rapid.T){
			"push": func(r *rapid.T) {
				e := draw(r)
				if err := f.queue.Push(f.Ctx, e.at, e.key); err != nil {
					r.Fatal(err)
				}
				if !slices.Contains(model, e) {
					model = append(model, e)
					slices.SortFunc(model, order)
				}
			},
			"remove": func(r *rapid.T) {
				e := draw(r)
				if err := f.queue.Remove(f.Ctx, e.at, e.key); err != nil {
					r.Fatal(err)
				}
				model = slices.DeleteFunc(model, func(m entry) bool { return m == e })
			},
			"due": func(r *rapid.T) {
				now, limit := draw(r).at, rapid.IntRange(0, 5).Draw(r, "limit")
				n := 0
				for n < min(limit, len(model)) && !model[n].at.After(now) {
					n++
				}
				var want []string
				for _, e := range model[:n] {
					want = append(want, e.key)
				}
				model = model[n:]
				if got := f.due(t, now, limit); !slices.Equal(got, want) {
					r.Fatalf("Due(%d, %d) = %v, want %v", now, limit, got, want)
				}
			},
			"": func(r *rapid.T) {
				for _, e := range model {
					if has, err := f.queue.Has(f.Ctx, e.at, e.key); err != nil || !has {
						r.Fatalf("Has(%d, %s) = %t, %v", e.at, e.key, has, err)
					}
				}
			},
		})
	})
}
