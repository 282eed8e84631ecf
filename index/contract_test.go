package index_test

import (
	"context"
	"testing"

	"github.com/alaya-network/alaya/index"
	"github.com/alaya-network/alaya/index/indextest"
)

// small is a world that ends.
func small() indextest.Config {
	return indextest.Config{Seed: 1, AtOnce: 2, People: 12, Crew: 3, Pages: 2, Final: 30}
}

// finish lets a world come to its end.
func finish(c indextest.Config) *indextest.World {
	w := indextest.New(c)
	for !w.Idle() {
		w.Advance(1)
	}
	return w
}

// follow writes all that the world has.
func follow(t *testing.T, x *index.Index, w *indextest.World) {
	t.Helper()
	writer := index.NewWriter(x, w, nil, nil)
	for {
		at, err := x.Position(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if at.Height == w.Height() {
			return
		}
		if _, err := writer.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func open(t *testing.T, dsn string) *index.Index {
	t.Helper()
	x, err := index.Open(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}
func TestX(t *testing.T) {
	x := open(t, t.TempDir()+"/x.db")
	w := finish(small())
	follow(t, x, w)
	p, err := x.Requests(t.Context(), index.Requests{Limit: 3})
	t.Logf("%+v %v", p, err)
	r, err := x.Request(t.Context(), p.Items[0].ID)
	t.Logf("%+v %v", r, err)
	wk, err := x.Work(t.Context(), w.Person(0), 0)
	t.Logf("%+v %v", wk, err)
	e, err := x.Earnings(t.Context(), w.Person(0))
	t.Logf("%+v %v", e, err)
	pa, err := x.Party(t.Context(), w.Person(0))
	t.Logf("%+v %v", pa, err)
	d, _, err := x.Dashboard(t.Context(), p.Items[0].ID)
	t.Logf("%+v %v", d, err)
	s, err := x.Search(t.Context(), "label im", "", 3)
	t.Logf("%+v %v", s, err)
	tx, err := x.Txs(t.Context(), w.Person(0), "work", "", 3)
	t.Logf("%+v %v", tx, err)
}
