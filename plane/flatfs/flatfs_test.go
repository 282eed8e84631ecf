package flatfs_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/flatfs"
	"github.com/alaya-network/alaya/plane/planetest"
)

// writerEnv makes the test binary a writer that TestKilledProcess kills.
const writerEnv = "ALAYA_FLATFS_TEST_WRITER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerEnv); dir != "" {
		fmt.Fprintln(os.Stderr, write(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func TestDriver(t *testing.T) {
	planetest.Run(t, func(t *testing.T) plane.Driver { return open(t, t.TempDir()) })
}

func TestBlocksAndPinsAreThereAfterReopening(t *testing.T) {
	dir, content := t.TempDir(), []byte("content")
	pin := plane.Pin{CID: id.RawCID(content), Reason: "dataset:1"}
	d := open(t, dir)
	if err := d.Put(t.Context(), pin.CID.Digest(), content); err != nil {
		t.Fatal(err)
	}
	if err := d.AddPin(t.Context(), pin); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = open(t, dir)
	if b, err := d.Get(t.Context(), pin.CID.Digest()); err != nil || !bytes.Equal(b, content) {
		t.Errorf("Get after reopening = %q, %v, want %q", b, err, content)
	}
	if pins, err := d.ListPins(t.Context()); err != nil || len(pins) != 1 || pins[0] != pin {
		t.Errorf("ListPins after reopening = %v, %v, want %v", pins, err, pin)
	}
}

func TestStrangeFilesAreNamed(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "pins", "stray"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := d.ListPins(t.Context())
	if !fault.Is(err, fault.KindInternal) || !strings.Contains(err.Error(), "stray") {
		t.Errorf("ListPins with a stray file: %v, want kind internal naming it", err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "blocks", "AA"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "blocks", "AA", "STRAYAAX.data"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var last error
	for _, err := range d.Keys(t.Context()) {
		last = err
	}
	if !fault.Is(last, fault.KindInternal) || !strings.Contains(last.Error(), "STRAY") {
		t.Errorf("Keys with a stray file: %v, want kind internal naming it", last)
	}
}

// A process that acknowledges blobs is killed while it writes; every
// acknowledged blob and pin is there whole.
func TestKilledProcess(t *testing.T) {
	dir := t.TempDir()
	writer := exec.Command(os.Args[0])
	writer.Env = append(os.Environ(), writerEnv+"="+dir)
	out, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	var acknowledged []id.CID
	for len(acknowledged) < 200 && lines.Scan() {
		acknowledged = append(acknowledged, id.CID(lines.Text()))
	}
	if err := writer.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
		if c, err := id.ParseCID(lines.Text()); err == nil {
			acknowledged = append(acknowledged, c)
		}
	}
	_ = writer.Wait()
	if len(acknowledged) < 200 {
		t.Fatalf("the writer ended after %d blobs", len(acknowledged))
	}

	s := store(t, open(t, dir))
	for i, c := range acknowledged {
		content, err := s.GetBytes(t.Context(), c, s.MaxSize())
		if err != nil || !bytes.Equal(content, blob(i)) {
			t.Errorf("blob %d after the kill: %d bytes, %v", i, len(content), err)
		}
	}
	if err := s.Check(t.Context()); err != nil {
		t.Errorf("Check after the kill: %v", err)
	}
	if pins, err := s.Pins(t.Context()); err != nil || len(pins) < len(acknowledged) {
		t.Errorf("%d pins after the kill, %v, want %d or more", len(pins), err, len(acknowledged))
	}
}

// BenchmarkPutSmall puts different blobs of 3 KB, as submissions are.
func BenchmarkPutSmall(b *testing.B) {
	d, err := flatfs.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	s, err := plane.New(d, plane.Defaults())
	if err != nil {
		b.Fatal(err)
	}
	content := make([]byte, 3000)
	for i := 0; b.Loop(); i++ {
		copy(content, fmt.Sprint(i))
		if _, err := s.PutBytes(b.Context(), content); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPutLarge puts one blob of 64 MiB without syncing.
func BenchmarkPutLarge(b *testing.B) {
	d, err := flatfs.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	o := plane.Defaults()
	o.Durability = plane.SyncNever
	s, err := plane.New(d, o)
	if err != nil {
		b.Fatal(err)
	}
	content := make([]byte, 64<<20)
	b.SetBytes(int64(len(content)))
	for i := 0; b.Loop(); i++ {
		for at := 0; at < len(content); at += plane.ChunkSize {
			copy(content[at:], fmt.Sprint(i, at))
		}
		if _, _, err := s.Put(b.Context(), bytes.NewReader(content)); err != nil {
			b.Fatal(err)
		}
	}
}

// write puts and pins blobs for ever and acknowledges each on a line.
func write(dir string) error {
	d, err := flatfs.Open(dir)
	if err != nil {
		return err
	}
	s, err := plane.New(d, plane.Defaults())
	if err != nil {
		return err
	}
	ctx := context.Background()
	for i := 0; ; i++ {
		c, err := s.PutBytes(ctx, blob(i))
		if err != nil {
			return err
		}
		if err := s.Pin(ctx, c, "submission"); err != nil {
			return err
		}
		if _, err := fmt.Println(c); err != nil {
			return err
		}
	}
}

// blob is the content number i: mostly small, now and then of three blocks.
func blob(i int) []byte {
	size := 3000
	if i%50 == 7 {
		size = plane.ChunkSize + 8
	}
	return bytes.Repeat(fmt.Appendf(nil, "%08d", i), size/8)
}

func open(t *testing.T, dir string) *flatfs.Driver {
	t.Helper()
	d, err := flatfs.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func store(t *testing.T, d plane.Driver) *plane.Store {
	t.Helper()
	s, err := plane.New(d, plane.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return s
}
