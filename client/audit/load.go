package audit

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
)

const (
	// maxHeader bounds HeaderFile, in bytes.
	maxHeader = 32 << 20
	// maxFiles bounds the files of a folder.
	maxFiles = 4 << 20
)

// Load reads the bundle of a delivered folder. It accepts exactly what Files
// writes; whether proofs and header are worth anything, Verify says. Errors
// are of kind invalid and limit and name the file.
func Load(folder fs.FS) (*Bundle, error) {
	if err := inspect(folder); err != nil {
		return nil, err
	}
	b := &Bundle{}
	l, err := b.loadState(folder)
	if err != nil {
		return nil, err
	}
	if l.lines, err = readLines[paperLine](folder, SubmissionsFile); err != nil {
		return nil, err
	}
	if b.Facts, err = l.facts(); err != nil {
		return nil, err
	}
	if err := b.loadBlobs(folder); err != nil {
		return nil, err
	}
	return b, b.checkSpelling(folder)
}

// inspect bounds what the folder holds before anything is read: plain files,
// none of them huge.
func inspect(folder fs.FS) error {
	files := 0
	return fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return fault.Invalid("audit: %s: no plain file", name)
		}
		if files++; files > maxFiles || info.Size() > MaxBlob {
			return fault.Limit("audit: %s: file %d of %d bytes: at most %d files of %d bytes", name, files, info.Size(), maxFiles, MaxBlob)
		}
		return nil
	})
}

// loadState reads the header and the proved records.
func (b *Bundle) loadState(folder fs.FS) (*loaded, error) {
	header, err := readFile(folder, HeaderFile)
	if err != nil {
		return nil, err
	}
	if len(header) > maxHeader {
		return nil, fault.Limit("audit: %s: %d bytes: at most %d", HeaderFile, len(header), maxHeader)
	}
	if err := b.Header.UnmarshalJSON(header); err != nil {
		return nil, fault.Invalid("audit: %s: %w", HeaderFile, err)
	}
	if b.Header.Signed == nil || b.Header.Signed.Header == nil {
		return nil, fault.Invalid("audit: %s: there is no header in it", HeaderFile)
	}
	b.Proofs, err = readLines[client.Proof](folder, StateFile)
	return &loaded{proofs: b.Proofs}, err
}

// loadBlobs reads the papers; each must have its content id.
func (b *Bundle) loadBlobs(folder fs.FS) error {
	b.Blobs = make(map[id.CID][]byte)
	for _, p := range b.papers() {
		name := b.named(p.cid)
		if name == "" {
			name = BlobFolder + string(p.cid)
		}
		content, err := readFile(folder, name)
		if p.optional && fault.Is(err, fault.KindNotFound) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%w (%s)", err, p.what)
		}
		if got := client.CIDOf(content); got != p.cid {
			return fault.Invalid("audit: %s: %d bytes with content id %s, the chain says %s (%s)", name, len(content), got, p.cid, p.what)
		}
		b.Blobs[p.cid] = content
	}
	return nil
}

// checkSpelling holds the bundle's folders against what Files writes.
func (b *Bundle) checkSpelling(folder fs.FS) error {
	files, err := b.Files()
	if err != nil {
		return err
	}
	left := make(map[string]bool, len(files))
	for _, f := range files {
		left[f.Name] = true
		text, err := readFile(folder, f.Name)
		if err != nil {
			return err
		}
		if !bytes.Equal(text, f.Text) {
			return fault.Invalid("audit: %s: not in its one spelling: byte %d differs", f.Name, difference(text, f.Text))
		}
	}
	for _, dir := range []string{path.Dir(HeaderFile), strings.TrimSuffix(BlobFolder, "/")} {
		entries, err := fs.ReadDir(folder, dir)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if name := dir + "/" + e.Name(); !left[name] {
				return fault.Invalid("audit: %s: nothing refers to it", name)
			}
		}
	}
	return nil
}

// difference is the place of the first byte that differs.
func difference(a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

func readFile(folder fs.FS, name string) ([]byte, error) {
	text, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, fault.NotFound("audit: %s is missing or cannot be read: %w", name, err)
	}
	return text, nil
}

func readLines[T any](folder fs.FS, name string) ([]T, error) {
	text, err := readFile(folder, name)
	if err != nil {
		return nil, err
	}
	lines, err := work.Lines(text)
	if err != nil {
		return nil, fault.Invalid("audit: %s: %w", name, err)
	}
	list := make([]T, len(lines))
	for i, l := range lines {
		if err := work.DecodeLine(l, &list[i]); err != nil {
			return nil, fault.Invalid("audit: %s line %d: %w", name, i+1, err)
		}
	}
	return list, nil
}

// loaded gives the facts of a folder.
type loaded struct {
	proofs []client.Proof
	lines  []paperLine
	next   int // in proofs
}

// facts reads the version that the first proof is on. The proofs stand in the
// order in which they are read.
func (l *loaded) facts() (Facts, error) {
	d, version, err := l.first()
	if err != nil {
		return Facts{}, err
	}
	f, err := read(context.Background(), l, d, version)
	if err != nil {
		return f, err
	}
	return f, l.spent()
}

// first returns the version that the first proof is on.
func (l *loaded) first() (id.DatasetID, uint32, error) {
	if len(l.proofs) == 0 {
		return "", 0, fault.Invalid("audit: %s: empty", StateFile)
	}
	d, version, err := parseDatasetKey(l.proofs[0].Key)
	if err != nil {
		return "", 0, fault.Invalid("audit: %s line 1: %w", StateFile, err)
	}
	return d, version, nil
}

// spent refuses a record that was not read.
func (l *loaded) spent() error {
	if l.next != len(l.proofs) {
		return fault.Invalid("audit: %s line %d: nothing refers to this record", StateFile, l.next+1)
	}
	return nil
}

// record implements source.
func (l *loaded) record(_ context.Context, at place) ([]byte, error) {
	if l.next == len(l.proofs) {
		return nil, fault.Invalid("audit: %s line %d is missing: it must hold %s", StateFile, l.next+1, at)
	}
	p := l.proofs[l.next]
	l.next++
	if placeID(p.Store, p.Key) != at.id() || len(p.Value) == 0 {
		return nil, fault.Invalid("audit: %s line %d: record %s with %d bytes, it must hold %s", StateFile, l.next, placeID(p.Store, p.Key), len(p.Value), at)
	}
	return p.Value, nil
}

// submissions implements source.
func (l *loaded) submissions(_ context.Context, r id.RequestID, last uint32) ([]work.Submission, error) {
	list := make([]work.Submission, len(l.lines))
	for i, line := range l.lines {
		_, badID := id.ParseCID(string(line.Content))
		_, badAddress := id.ParseAddress(string(line.Contributor))
		if badID != nil || badAddress != nil || line.Round == 0 || line.Round > last || line.Page >= market.MaxPages || line.Guideline == 0 {
			return nil, fault.Invalid("audit: %s line %d: page %d of round %d by %q, guideline %d, content %q", SubmissionsFile, i+1,
				line.Page, line.Round, line.Contributor, line.Guideline, line.Content)
		}
		list[i] = work.Submission{
			Request: r, Round: line.Round, Page: line.Page, Contributor: line.Contributor, State: work.SubmissionRevealed,
			Content: line.Content, Ordinal: uint64(i + 1), Guideline: line.Guideline,
		}
	}
	return list, nil
}
