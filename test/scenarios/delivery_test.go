package scenarios_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/agent/replay"
	"github.com/alaya-network/alaya/client/audit"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
)

// pull delivers a version of a dataset into a new folder.
func (y yard) pull(t *testing.T, d id.DatasetID, version uint32) (dir string, key []byte) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "delivered", "here")
	key, err := audit.MakeKey(filepath.Join(t.TempDir(), "keys", "key"))
	if err != nil {
		t.Fatal(err)
	}
	order := audit.Order{Dataset: d, Version: version, Dir: dir, Key: key}
	receipt, err := audit.Pull(y.ctx, audit.Origin{Client: y.Client, Blobs: y.Store}, order)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", receipt)
	if _, err := audit.Pull(y.ctx, audit.Origin{Client: y.Client, Blobs: y.Store}, order); !fault.Is(err, fault.KindExists) {
		t.Errorf("pulled over a folder that is not empty: %v", err)
	}
	return dir, key
}

func TestADeliveredDatasetIsProvedByItsFilesAlone(t *testing.T) {
	y := open(t, nil)
	report := run(t, y, replay.Anaesthesia())
	dir, key := y.pull(t, id.DatasetID(report.Dataset.ID), 0)
	trust, err := audit.TrustNode(y.ctx, y.Client, "the node")
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]audit.Options{"by itself": {}, "with key and validators": {Key: key, Trust: trust}} {
		found, err := audit.Verify(dir, o)
		t.Logf("%s:\n%s", name, found)
		if err != nil || !found.OK || string(found.Dataset) != report.Dataset.ID {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i, name := range filesOf(t, dir) {
		harmed(t, dir, name, i)
	}
}

// filesOf lists all files of a folder.
func filesOf(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// harmed flips a bit of a file, cuts it, and takes it away: each is found and
// named.
func harmed(t *testing.T, dir, name string, seed int) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	place := id.Sum("test/harm", []byte(name))
	flipped := slices.Clone(whole)
	flipped[(int(place[0])<<8+int(place[1]))%len(whole)] ^= 1 << (seed % 8)
	for what, text := range map[string][]byte{"a flipped bit": flipped, "a lost end": whole[:len(whole)-1], "no file": nil} {
		if text == nil {
			err = os.Remove(path)
		} else {
			err = os.WriteFile(path, text, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := audit.Verify(dir, audit.Options{}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %s: %v", name, what, err)
		}
		if err := os.WriteFile(path, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEveryMilestoneDeliversAVersionThatIsProved(t *testing.T) {
	y := open(t, nil)
	terms, gold, err := y.terms(task{pages: 4, page: 5, gold: 6})
	if err != nil {
		t.Fatal(err)
	}
	terms.Milestones = []market.Milestone{{Title: "first", Pages: 1, Due: terms.DeliveryDeadline - 1}, {Title: "rest", Pages: 3, Due: terms.DeliveryDeadline}}
	cast, err := replay.Begin(y.ctx, y.stage(t.Logf), terms, town("hhhhl"), gold)
	if err != nil {
		t.Fatal(err)
	}
	if err := cast.Play(y.ctx); err != nil {
		t.Fatal(err)
	}
	d := dataset.IDOf(cast.Request)
	for version, records := range map[uint32]uint64{1: 5, 2: 20} {
		dir, _ := y.pull(t, d, version)
		found, err := audit.Verify(dir, audit.Options{})
		if err != nil || found.Version != version {
			t.Errorf("version %d: %v\n%s", version, err, found)
		}
		b, err := audit.Load(os.DirFS(dir))
		if err != nil || b.Dataset.Records != records || len(b.Settlements) != int(version) {
			t.Errorf("version %d: %d records, %d settlements: %v", version, b.Dataset.Records, len(b.Settlements), err)
		}
	}
	if _, err := audit.Collect(y.ctx, audit.Origin{Client: y.Client, Blobs: y.Store}, d, 3); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("version 3: %v, want kind not found", err)
	}
}
