package plane_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/memory"
)

func TestBlobsComeBackAsTheyWerePut(t *testing.T) {
	s := newStore(t, memory.New(), settings())
	for _, size := range []int{
		0, 1, 3000, plane.ChunkSize - 1, plane.ChunkSize, plane.ChunkSize + 1, 2 * plane.ChunkSize, 5*plane.ChunkSize/2 + 3,
	} {
		want := content(size)
		c, n, err := s.Put(t.Context(), iotest.HalfReader(bytes.NewReader(want)))
		if err != nil || n != int64(size) {
			t.Fatalf("Put of %d bytes = %d, %v", size, n, err)
		}
		if again, err := s.PutBytes(t.Context(), want); err != nil || again != c {
			t.Errorf("PutBytes of %d bytes = %s, %v, want %s as Put gave", size, again, err, c)
		}
		if codec := c.Codec(); (codec == id.Raw) != (size <= plane.ChunkSize) {
			t.Errorf("%d bytes have codec %#x", size, codec)
		}
		got, err := s.GetBytes(t.Context(), c, int64(size))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("GetBytes of %d bytes = %d bytes, %v", size, len(got), err)
		}
		if ok, err := s.Has(t.Context(), c); !ok || err != nil {
			t.Errorf("Has of %d bytes = %v, %v", size, ok, err)
		}
		stat, err := s.Stat(t.Context(), c)
		blocks := max(1, (size+plane.ChunkSize-1)/plane.ChunkSize)
		if blocks > 1 {
			blocks++
		}
		if want := (plane.Stat{CID: c, Size: int64(size), Blocks: blocks}); err != nil || stat != want {
			t.Errorf("Stat of %d bytes = %+v, %v, want %+v", size, stat, err, want)
		}
	}
}

// TestReader runs the standard library's reader tests, seeking included.
func TestReader(t *testing.T) {
	s := newStore(t, memory.New(), settings())
	for _, size := range []int{0, 5, plane.ChunkSize + 2} {
		want := content(size)
		r, err := s.Get(t.Context(), put(t, s, want))
		if err != nil {
			t.Fatal(err)
		}
		if err := iotest.TestReader(r, want); err != nil {
			t.Errorf("reader of %d bytes: %v", size, err)
		}
		if _, err := r.Seek(-1, io.SeekStart); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("Seek to -1: %v, want kind invalid", err)
		}
		if _, err := r.Seek(0, 9); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("Seek from 9: %v, want kind invalid", err)
		}
		if err := r.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
}

func TestReadingEndsWithItsContext(t *testing.T) {
	s := newStore(t, memory.New(), settings())
	c := put(t, s, content(2*plane.ChunkSize))
	ctx, cancel := context.WithCancel(t.Context())
	r, err := s.Get(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := io.ReadAll(r); !errors.Is(err, context.Canceled) {
		t.Errorf("read after cancel: %v, want context canceled", err)
	}
}

func TestLimits(t *testing.T) {
	o := settings()
	o.MaxSize = plane.ChunkSize + 10
	s := newStore(t, memory.New(), o)
	if _, _, err := s.Put(t.Context(), bytes.NewReader(content(plane.ChunkSize+10))); err != nil {
		t.Errorf("Put at the limit: %v", err)
	}
	over := content(plane.ChunkSize + 11)
	_, _, err := s.Put(t.Context(), bytes.NewReader(over))
	limited(t, "Put", err, "1048586")
	_, err = s.PutBytes(t.Context(), over)
	limited(t, "PutBytes", err, "1048586")
	_, _, err = s.Put(t.Context(), endless{})
	limited(t, "Put of an endless reader", err, "1048586")
	_, err = s.GetBytes(t.Context(), put(t, s, content(100)), 99)
	limited(t, "GetBytes", err, "99")

	o.MaxSize = 10
	small := newStore(t, memory.New(), o)
	_, err = small.PutBytes(t.Context(), content(11))
	limited(t, "PutBytes of a small blob", err, "10")

	roomy := memory.New()
	big := put(t, newStore(t, roomy, settings()), content(2*plane.ChunkSize))
	_, err = newStore(t, roomy, o).Get(t.Context(), big)
	limited(t, "Get of a blob put under a wider limit", err, "10")
}

func TestABrokenSourceIsNeverTakenForTheEnd(t *testing.T) {
	s := newStore(t, memory.New(), settings())
	for _, size := range []int{10, plane.ChunkSize + 10} {
		for _, broken := range []error{io.ErrUnexpectedEOF, io.ErrClosedPipe, fault.Forbidden("no")} {
			r := io.MultiReader(bytes.NewReader(content(size)), iotest.ErrReader(broken))
			c, _, err := s.Put(t.Context(), r)
			if !errors.Is(err, broken) || fault.KindOf(err) != fault.KindOf(broken) {
				t.Errorf("Put of %d bytes, then %q = %s, %v", size, broken, c, err)
			}
		}
	}
}

func TestPutEndsWithItsContext(t *testing.T) {
	s := newStore(t, memory.New(), settings())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := s.Put(ctx, bytes.NewReader(content(2*plane.ChunkSize))); !errors.Is(err, context.Canceled) {
		t.Errorf("Put after cancel: %v, want context canceled", err)
	}
}

func TestPutAs(t *testing.T) {
	s := newStore(t, memory.New(), settings())
	for _, size := range []int{10, plane.ChunkSize + 1} {
		want := put(t, newStore(t, memory.New(), settings()), content(size))
		if _, err := s.PutAs(t.Context(), want, bytes.NewReader(content(size+1))); !fault.Is(err, fault.KindInvalid) ||
			!strings.Contains(err.Error(), want.String()) {
			t.Errorf("PutAs of other content: %v, want kind invalid naming %s", err, want)
		}
		if ok, err := s.Has(t.Context(), want); ok || err != nil {
			t.Errorf("Has after a refused PutAs = %v, %v", ok, err)
		}
		if n, err := s.PutAs(t.Context(), want, bytes.NewReader(content(size))); n != int64(size) || err != nil {
			t.Errorf("PutAs of the content = %d, %v", n, err)
		}
		if ok, err := s.Has(t.Context(), want); !ok || err != nil {
			t.Errorf("Has after PutAs = %v, %v", ok, err)
		}
	}
	if _, err := s.PutAs(t.Context(), "nonsense", bytes.NewReader(nil)); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("PutAs of a bad CID: %v, want kind invalid", err)
	}
}

func TestAbsentAndMalformed(t *testing.T) {
	s := newStore(t, memory.New(), settings())
	for _, c := range []id.CID{id.RawCID([]byte("absent")), id.NewCID(id.DagPB, id.Hash{1})} {
		if _, err := s.Get(t.Context(), c); !fault.Is(err, fault.KindNotFound) || !strings.Contains(err.Error(), c.String()) {
			t.Errorf("Get(%s): %v, want kind not found naming it", c, err)
		}
		if ok, err := s.Has(t.Context(), c); ok || err != nil {
			t.Errorf("Has(%s) = %v, %v, want false", c, ok, err)
		}
		if _, err := s.Stat(t.Context(), c); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("Stat(%s): %v, want kind not found", c, err)
		}
	}
	if _, err := s.Get(t.Context(), "nonsense"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("Get of a bad CID: %v, want kind invalid", err)
	}
	if _, err := s.Has(t.Context(), ""); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("Has of no CID: %v, want kind invalid", err)
	}
}

// Each block of a blob in turn is spoilt; the store must say so and must not
// hand out one wrong byte.
func TestCorruptionIsFoundAndNamed(t *testing.T) {
	d := memory.New()
	s := newStore(t, d, settings())
	want := content(2*plane.ChunkSize + 100)
	c := put(t, s, want)
	if err := s.Check(t.Context()); err != nil {
		t.Fatalf("Check of a whole store: %v", err)
	}
	for key, err := range d.Keys(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		good, err := d.Get(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		flipped := bytes.Clone(good)
		flipped[len(good)/2] ^= 1
		for _, bad := range [][]byte{flipped, good[:len(good)-1], nil} {
			spoil(t, d, key, bad)
			got, err := readAll(t, s, c)
			var corrupt *plane.CorruptError
			if !errors.As(err, &corrupt) || corrupt.Block != key || !fault.Is(err, fault.KindInternal) {
				t.Errorf("read with block %s spoilt: %v, want CorruptError of it", key, err)
			}
			if !bytes.HasPrefix(want, got) {
				t.Errorf("read with block %s spoilt handed out wrong bytes", key)
			}
			if err := s.Check(t.Context()); !errors.As(err, &corrupt) || corrupt.Block != key {
				t.Errorf("Check with block %s spoilt: %v, want CorruptError of it", key, err)
			}
		}
		put(t, s, want)
		if _, err := readAll(t, s, c); err != nil {
			t.Errorf("read after putting again: %v", err)
		}
	}
}

func TestAMissingLeafMakesTheBlobIncomplete(t *testing.T) {
	d := memory.New()
	s := newStore(t, d, settings())
	want := content(2 * plane.ChunkSize)
	c := put(t, s, want)
	leaf := id.RawCID(want[plane.ChunkSize:])
	if err := d.Delete(t.Context(), leaf.Digest()); err != nil {
		t.Fatal(err)
	}
	if ok, err := s.Has(t.Context(), c); ok || err != nil {
		t.Errorf("Has = %v, %v, want false", ok, err)
	}
	if err := s.Pin(t.Context(), c, "test"); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("Pin: %v, want kind not found", err)
	}
	if got, err := readAll(t, s, c); !fault.Is(err, fault.KindNotFound) || len(got) != plane.ChunkSize {
		t.Errorf("read = %d bytes, %v, want the first leaf and kind not found", len(got), err)
	}
}

func TestSyncFollowsTheDurability(t *testing.T) {
	tests := []struct {
		name         string
		how          plane.Durability
		small, large int
	}{
		{"large blobs only", plane.SyncLarge, 0, 1},
		{"always", plane.SyncAlways, 1, 1},
		{"never", plane.SyncNever, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := settings()
			o.Durability = tt.how
			for size, want := range map[int]int{100: tt.small, 3 * plane.ChunkSize: tt.large} {
				d := &syncCounter{Driver: memory.New()}
				put(t, newStore(t, d, o), content(size))
				if d.n != want {
					t.Errorf("%d bytes synced %d times, want %d", size, d.n, want)
				}
			}
		})
	}
}

func TestNewRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*plane.Options){
		"no size limit":    func(o *plane.Options) { o.MaxSize = 0 },
		"a negative grace": func(o *plane.Options) { o.Grace = -1 },
		"no clock":         func(o *plane.Options) { o.Now = nil },
	} {
		o := plane.Defaults()
		spoil(&o)
		if _, err := plane.New(memory.New(), o); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("New with %s: %v, want kind invalid", name, err)
		}
	}
}

type syncCounter struct {
	plane.Driver
	n int
}

func (s *syncCounter) Sync(context.Context) error { s.n++; return nil }

type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }

// settings are the defaults without a grace period, on a clock that stands.
func settings() plane.Options {
	o := plane.Defaults()
	o.Grace = 0
	o.Now = (&clock{}).now
	return o
}

// clock moves one second with every look, so that no two events share a time.
type clock struct{ t time.Time }

func (c *clock) now() time.Time {
	c.t = c.t.Add(time.Second)
	return c.t
}

func newStore(t *testing.T, d plane.Driver, o plane.Options) *plane.Store {
	t.Helper()
	s, err := plane.New(d, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, s *plane.Store, b []byte) id.CID {
	t.Helper()
	c, err := s.PutBytes(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func readAll(t *testing.T, s *plane.Store, c id.CID) ([]byte, error) {
	t.Helper()
	r, err := s.Get(t.Context(), c)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// spoil puts bad bytes under a key, as a failing disk would.
func spoil(t *testing.T, d plane.Driver, key id.Hash, bad []byte) {
	t.Helper()
	if err := d.Put(t.Context(), key, bad); err != nil {
		t.Fatal(err)
	}
}

// content returns size bytes that are the same at every call and never repeat.
func content(size int) []byte {
	b := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}

func limited(t *testing.T, what string, err error, limit string) {
	t.Helper()
	if !fault.Is(err, fault.KindLimit) || !strings.Contains(err.Error(), limit) {
		t.Errorf("%s: %v, want kind limit naming %s", what, err, limit)
	}
}
