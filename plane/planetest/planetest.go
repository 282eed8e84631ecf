// Package planetest is the contract that every plane driver passes: the law
// written at plane.Blocks and plane.Pins, as tests.
package planetest

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
)

// Run checks the drivers that open makes; each must be empty and its own.
func Run(t *testing.T, open func(t *testing.T) plane.Driver) {
	tests := []struct {
		name string
		run  func(*testing.T, plane.Driver)
	}{
		{"a block comes back as it was put", roundTrip},
		{"an absent block is not found", absent},
		{"put mends a broken block", mend},
		{"a deleted block is gone and may come again", deleted},
		{"keys yields every block once and stops when told", keys},
		{"blocks may be put and read concurrently", concurrent},
		{"pins are a set in order", pins},
		{"a malformed pin is refused", malformedPin},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, open(t)) })
	}
}

func roundTrip(t *testing.T, d plane.Driver) {
	for _, size := range []int{0, 1, 3000, plane.ChunkSize} {
		b := bytes.Repeat([]byte{byte(size)}, size)
		key := put(t, d, b)
		must(t, d.Put(t.Context(), key, b))
		got, err := d.Get(t.Context(), key)
		if err != nil || !bytes.Equal(got, b) {
			t.Errorf("Get of %d bytes = %d bytes, %v", size, len(got), err)
		}
		n, err := d.Size(t.Context(), key)
		if err != nil || n != int64(size) {
			t.Errorf("Size of %d bytes = %d, %v", size, n, err)
		}
	}
	must(t, d.Sync(t.Context()))
}

func absent(t *testing.T, d plane.Driver) {
	key := id.Hash{1}
	if _, err := d.Get(t.Context(), key); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("Get of an absent block: %v, want kind not found", err)
	}
	if _, err := d.Size(t.Context(), key); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("Size of an absent block: %v, want kind not found", err)
	}
	if err := d.Delete(t.Context(), key); err != nil {
		t.Errorf("Delete of an absent block: %v, want none", err)
	}
}

func mend(t *testing.T, d plane.Driver) {
	good := []byte("good")
	key := id.Hash(sha256.Sum256(good))
	for _, bad := range []string{"", "goo", "goot", "goodness"} {
		must(t, d.Put(t.Context(), key, []byte(bad)))
		must(t, d.Put(t.Context(), key, good))
		if got, err := d.Get(t.Context(), key); err != nil || !bytes.Equal(got, good) {
			t.Errorf("after %q was mended: Get = %q, %v, want %q", bad, got, err, good)
		}
	}
}

func deleted(t *testing.T, d plane.Driver) {
	b := []byte("block")
	key := put(t, d, b)
	must(t, d.Delete(t.Context(), key))
	if _, err := d.Get(t.Context(), key); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("Get of a deleted block: %v, want kind not found", err)
	}
	must(t, d.Put(t.Context(), key, b))
	if _, err := d.Get(t.Context(), key); err != nil {
		t.Errorf("Get of a block put again: %v", err)
	}
}

func keys(t *testing.T, d plane.Driver) {
	want := map[id.Hash]int{}
	for i := range 300 {
		want[put(t, d, fmt.Appendf(nil, "block %d", i))]--
	}
	for key, err := range d.Keys(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		want[key]++
	}
	for key, n := range want {
		if n != 0 {
			t.Errorf("key %s yielded %d times, want once", key, n+1)
		}
	}
	for range d.Keys(t.Context()) {
		break
	}
}

func concurrent(t *testing.T, d plane.Driver) {
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 50 {
				b := fmt.Appendf(nil, "block %d", (i+g)%60)
				key := id.Hash(sha256.Sum256(b))
				if err := d.Put(t.Context(), key, b); err != nil {
					t.Errorf("Put: %v", err)
				}
				if got, err := d.Get(t.Context(), key); err != nil || !bytes.Equal(got, b) {
					t.Errorf("Get after Put = %q, %v, want %q", got, err, b)
				}
			}
		})
	}
	wg.Wait()
}

func pins(t *testing.T, d plane.Driver) {
	a, b := id.RawCID([]byte("a")), id.RawCID([]byte("b"))
	want := []plane.Pin{
		{CID: a, Reason: "dataset:1"},
		{CID: a, Reason: "request:1"},
		{CID: b, Reason: "a.b_c-d:0"},
	}
	slices.SortFunc(want, plane.Pin.Compare)
	for _, i := range []int{2, 0, 1, 0} {
		must(t, d.AddPin(t.Context(), want[i]))
	}
	if got, err := d.ListPins(t.Context()); err != nil || !slices.Equal(got, want) {
		t.Fatalf("ListPins = %v, %v, want %v", got, err, want)
	}
	for range 2 {
		must(t, d.RemovePin(t.Context(), want[1]))
	}
	want = slices.Delete(want, 1, 2)
	if got, err := d.ListPins(t.Context()); err != nil || !slices.Equal(got, want) {
		t.Fatalf("ListPins after RemovePin = %v, %v, want %v", got, err, want)
	}
}

func malformedPin(t *testing.T, d plane.Driver) {
	p := plane.Pin{CID: "../../etc", Reason: "x"}
	if err := d.AddPin(t.Context(), p); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("AddPin(%v): %v, want kind invalid", p, err)
	}
	if got, err := d.ListPins(t.Context()); err != nil || len(got) > 0 {
		t.Errorf("ListPins = %v, %v, want none", got, err)
	}
}

func put(t *testing.T, d plane.Driver, b []byte) id.Hash {
	t.Helper()
	key := id.Hash(sha256.Sum256(b))
	must(t, d.Put(t.Context(), key, b))
	return key
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
