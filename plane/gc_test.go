package plane_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/memory"
)

func TestGCKeepsWhatPinsReach(t *testing.T) {
	s := newStore(t, memory.New(), settings())
	large := content(3 * plane.ChunkSize)
	kept, shared := put(t, s, large), put(t, s, large[:plane.ChunkSize])
	twice, loose := put(t, s, []byte("twice")), put(t, s, []byte("loose"))
	pin(t, s, kept, "dataset:1")
	pin(t, s, twice, "dataset:1")
	pin(t, s, twice, "request:2")

	got, err := s.GC(t.Context())
	if want := (plane.Collected{Kept: 5, Removed: 1}); err != nil || got != want {
		t.Errorf("GC = %+v, %v, want %+v", got, err, want)
	}
	present(t, s, map[id.CID]bool{kept: true, shared: true, twice: true, loose: false})

	unpin(t, s, kept, "dataset:1")
	unpin(t, s, twice, "dataset:1")
	if _, err := s.GC(t.Context()); err != nil {
		t.Fatal(err)
	}
	present(t, s, map[id.CID]bool{kept: false, shared: false, twice: true})

	unpin(t, s, twice, "request:2")
	unpin(t, s, twice, "request:2")
	got, err = s.GC(t.Context())
	if want := (plane.Collected{Removed: 1}); err != nil || got != want {
		t.Errorf("last GC = %+v, %v, want %+v", got, err, want)
	}
}

func TestGraceSparesNewBlobs(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	o := settings()
	o.Grace, o.Now = time.Hour, func() time.Time { return at }
	d := memory.New()
	before := put(t, newStore(t, d, settings()), []byte("from before"))
	s := newStore(t, d, o)

	at = at.Add(30 * time.Minute)
	fresh := put(t, s, []byte("fresh"))
	collect := func(wait time.Duration, want map[id.CID]bool) {
		t.Helper()
		at = at.Add(wait)
		if _, err := s.GC(t.Context()); err != nil {
			t.Fatal(err)
		}
		present(t, s, want)
	}
	collect(29*time.Minute, map[id.CID]bool{before: true, fresh: true})
	collect(1*time.Minute, map[id.CID]bool{before: false, fresh: true})
	collect(29*time.Minute, map[id.CID]bool{fresh: true})
	put(t, s, []byte("fresh")) // again: its time begins anew
	collect(59*time.Minute, map[id.CID]bool{fresh: true})
	collect(1*time.Minute, map[id.CID]bool{fresh: false})
}

func TestGCSparesARunningPut(t *testing.T) {
	s := newStore(t, memory.New(), settings())
	want := content(3 * plane.ChunkSize)
	during := &hook{r: bytes.NewReader(want), at: 2 * plane.ChunkSize, do: func() {
		if got, err := s.GC(t.Context()); err != nil || got.Removed > 0 {
			t.Errorf("GC during Put = %+v, %v, want nothing removed", got, err)
		}
	}}
	c, _, err := s.Put(t.Context(), during)
	if err != nil || !during.done {
		t.Fatalf("Put: %v (collected meanwhile: %v)", err, during.done)
	}
	if got, err := readAll(t, s, c); err != nil || !bytes.Equal(got, want) {
		t.Errorf("read = %d bytes, %v", len(got), err)
	}
}

func TestAFailedPutLeavesNothingBehind(t *testing.T) {
	d := memory.New()
	s := newStore(t, d, settings())
	want := id.NewCID(id.DagPB, id.Hash{1})
	if _, err := s.PutAs(t.Context(), want, bytes.NewReader(content(2*plane.ChunkSize))); err == nil {
		t.Fatal("PutAs of other content succeeded")
	}
	if got, err := s.GC(t.Context()); err != nil || got.Kept > 0 || got.Removed == 0 {
		t.Errorf("GC = %+v, %v, want all removed", got, err)
	}
}

func TestGCStopsAtAPinItCannotFollow(t *testing.T) {
	d := memory.New()
	s := newStore(t, d, settings())
	want := content(2 * plane.ChunkSize)
	c, loose := put(t, s, want), put(t, s, []byte("loose"))
	pin(t, s, c, "dataset:1")
	root, err := d.Get(t.Context(), c.Digest())
	if err != nil {
		t.Fatal(err)
	}
	spoil(t, d, c.Digest(), root[1:])
	if got, err := s.GC(t.Context()); err == nil || !strings.Contains(err.Error(), "dataset:1") {
		t.Errorf("GC = %+v, %v, want an error naming the pin", got, err)
	}
	present(t, s, map[id.CID]bool{loose: true})
}

func TestPinRefuses(t *testing.T) {
	s := newStore(t, memory.New(), settings())
	c := put(t, s, []byte("content"))
	for _, reason := range []string{"", "Dataset", "a b", "../x", "a@b", strings.Repeat("a", plane.MaxReasonLen+1)} {
		if err := s.Pin(t.Context(), c, reason); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("Pin for %q: %v, want kind invalid", reason, err)
		}
		if err := s.Unpin(t.Context(), c, reason); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("Unpin for %q: %v, want kind invalid", reason, err)
		}
	}
	if err := s.Pin(t.Context(), id.RawCID([]byte("absent")), "x"); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("Pin of an absent blob: %v, want kind not found", err)
	}
	if err := s.Pin(t.Context(), "nonsense", "x"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("Pin of a bad CID: %v, want kind invalid", err)
	}
	if pins, err := s.Pins(t.Context()); err != nil || len(pins) > 0 {
		t.Errorf("Pins = %v, %v, want none", pins, err)
	}
}

// A model of pins and blobs: after every step, exactly what the model holds
// is pinned, and nothing pinned is missing.
func TestPinsAndGCAgreeWithTheModel(t *testing.T) {
	blobs := [][]byte{[]byte("a"), []byte("b"), content(plane.ChunkSize + 1), content(plane.ChunkSize)}
	cids := make([]id.CID, len(blobs))
	for i, b := range blobs {
		cids[i] = put(t, newStore(t, memory.New(), settings()), b)
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := newStore(t, memory.New(), settings())
		stored, pinned := map[int]bool{}, map[plane.Pin]bool{}
		draw := func(t *rapid.T) (int, id.CID, string) {
			i := rapid.IntRange(0, len(blobs)-1).Draw(t, "blob")
			return i, cids[i], rapid.SampledFrom([]string{"x", "y"}).Draw(t, "reason")
		}
		rt.Repeat(map[string]func(*rapid.T){
			"put": func(rt *rapid.T) {
				i, _, _ := draw(rt)
				put(t, s, blobs[i])
				stored[i] = true
				if i == 2 {
					stored[3] = true // the first leaf of 2 is 3
				}
			},
			"pin": func(rt *rapid.T) {
				i, c, reason := draw(rt)
				err := s.Pin(t.Context(), c, reason)
				if stored[i] != (err == nil) {
					rt.Fatalf("pin of blob %d, stored %v: %v", i, stored[i], err)
				}
				if err == nil {
					pinned[plane.Pin{CID: c, Reason: reason}] = true
				}
			},
			"unpin": func(rt *rapid.T) {
				_, c, reason := draw(rt)
				unpin(t, s, c, reason)
				delete(pinned, plane.Pin{CID: c, Reason: reason})
			},
			"gc": func(rt *rapid.T) {
				if _, err := s.GC(t.Context()); err != nil {
					rt.Fatal(err)
				}
				stored = map[int]bool{}
				for i, c := range cids {
					for _, reason := range []string{"x", "y"} {
						if pinned[plane.Pin{CID: c, Reason: reason}] {
							stored[i] = true
							stored[3] = stored[3] || i == 2
						}
					}
				}
			},
			"": func(rt *rapid.T) {
				pins, err := s.Pins(t.Context())
				if err != nil || len(pins) != len(pinned) || !slices.IsSortedFunc(pins, plane.Pin.Compare) {
					rt.Fatalf("Pins = %v, %v, want %v in order", pins, err, pinned)
				}
				for i, c := range cids {
					if ok, err := s.Has(t.Context(), c); ok != stored[i] || err != nil {
						rt.Fatalf("Has(blob %d) = %v, %v, want %v", i, ok, err, stored[i])
					}
				}
			},
		})
	})
}

// Puts, Pins and GCs run at once without a grace period: what was put and
// pinned is there at the end, though GC saw it come and go.
func TestGCWhilePuttingAndPinning(t *testing.T) {
	o := settings()
	o.Now = time.Now
	s := newStore(t, memory.New(), o)
	ctx, stop := context.WithCancel(t.Context())
	var collector, writers sync.WaitGroup
	collector.Go(func() {
		for ctx.Err() == nil {
			if _, err := s.GC(t.Context()); err != nil {
				t.Errorf("GC: %v", err)
			}
		}
	})
	const each = 200
	for range 2 { // the same blobs twice: one finds what the other's GC removes
		writers.Go(func() {
			for i := range each {
				keep(t, s, fmt.Appendf(nil, "blob %d", i))
			}
		})
	}
	writers.Wait()
	stop()
	collector.Wait()
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if pins, err := s.Pins(t.Context()); err != nil || len(pins) != each {
		t.Errorf("%d pins, %v, want %d", len(pins), err, each)
	}
}

// keep puts and pins b. Without grace GC may come between the two: then again.
func keep(t *testing.T, s *plane.Store, b []byte) {
	for {
		c, err := s.PutBytes(t.Context(), b)
		if err != nil {
			t.Errorf("PutBytes: %v", err)
			return
		}
		switch err := s.Pin(t.Context(), c, "test"); {
		case err == nil:
			return
		case !fault.Is(err, fault.KindNotFound):
			t.Errorf("Pin: %v", err)
			return
		}
	}
}

// hook runs do once, when the reader has passed at.
type hook struct {
	r    io.Reader
	at   int
	do   func()
	done bool
}

func (h *hook) Read(b []byte) (int, error) {
	n, err := h.r.Read(b)
	if h.at -= n; h.at <= 0 && !h.done {
		h.done = true
		h.do()
	}
	return n, err
}

func pin(t *testing.T, s *plane.Store, c id.CID, reason string) {
	t.Helper()
	if err := s.Pin(t.Context(), c, reason); err != nil {
		t.Fatal(err)
	}
}

func unpin(t *testing.T, s *plane.Store, c id.CID, reason string) {
	t.Helper()
	if err := s.Unpin(t.Context(), c, reason); err != nil {
		t.Fatal(err)
	}
}

func present(t *testing.T, s *plane.Store, want map[id.CID]bool) {
	t.Helper()
	for c, there := range want {
		if ok, err := s.Has(t.Context(), c); ok != there || err != nil {
			t.Errorf("Has(%s) = %v, %v, want %v", c, ok, err, there)
		}
	}
}
