package durable_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/internal/durable"
)

func TestARecordComesBackAsItWasLastWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new", "a.json")
	for _, want := range []string{"one", "two"} {
		if err := durable.Write(file, want); err != nil {
			t.Fatal(err)
		}
		var got string
		if err := durable.Read(file, &got); err != nil || got != want {
			t.Errorf("read %q, %v, want %q", got, err, want)
		}
	}
	for path, want := range map[string]os.FileMode{file: 0o600, filepath.Dir(file): os.ModeDir | 0o700} {
		info, err := os.Stat(path)
		if err != nil || info.Mode() != want {
			t.Errorf("%s: mode %v, %v, want %v", path, info.Mode(), err, want)
		}
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(file), ".new-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAnAbsentOrBrokenRecordIsAnError(t *testing.T) {
	folder := t.TempDir()
	var got string
	if err := durable.Read(filepath.Join(folder, "a.json"), &got); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("absent: %v", err)
	}
	broken := filepath.Join(folder, "b.json")
	if err := os.WriteFile(broken, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := durable.Read(broken, &got); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("broken: %v, want kind invalid", err)
	}
	if err := durable.Write(broken, func() {}); !fault.Is(err, fault.KindInternal) {
		t.Errorf("a value without JSON: %v, want kind internal", err)
	}
}

func TestAListSparesNothingUnfinished(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"b.json", "a.json", "other"} {
		if err := durable.Write(filepath.Join(folder, name), name); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, ".new-1"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := durable.List(folder)
	want := []string{filepath.Join(folder, "a.json"), filepath.Join(folder, "b.json")}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("list %v, %v, want %v", got, err, want)
	}
	if _, err := os.Stat(filepath.Join(folder, ".new-1")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was unfinished is there: %v", err)
	}
	if none, err := durable.List(filepath.Join(folder, "absent")); err != nil || len(none) != 0 {
		t.Errorf("an absent folder lists %v, %v", none, err)
	}
}
