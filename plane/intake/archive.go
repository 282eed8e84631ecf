package intake

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/plane/media"
)

// Archive bounds what an archive may unpack to; zero fields have their
// defaults.
type Archive struct {
	// Files is the most files; 0: 10,000. Size and Total are the most bytes of
	// one and of all; 0: 256 MiB and 2 GiB.
	Files       int
	Size, Total int64
	// Ratio is how many times its packed length a file may have, from Slack
	// bytes on; 0: 200 times, 1 MiB.
	Ratio, Slack int64
}

func (a Archive) withDefaults() Archive {
	return Archive{
		Files: cmp.Or(a.Files, 10_000), Size: cmp.Or(a.Size, 256<<20), Total: cmp.Or(a.Total, 2<<30),
		Ratio: cmp.Or(a.Ratio, 200), Slack: cmp.Or(a.Slack, 1<<20),
	}
}

// Entry is one unpacked file.
type Entry struct {
	Name string // within the archive
	Path string // on disk

	size  int64
	found media.File
}

// Unpack writes the files of an archive of that length into folder, under
// names of its own, and returns them in the order of the archive.
func (a Archive) Unpack(ctx context.Context, r io.ReaderAt, size int64, folder string) ([]Entry, error) {
	a = a.withDefaults()
	if err := a.checkDirectory(r, size); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fault.Invalid("archive: %w", err)
	}
	var entries []Entry
	seen := map[string]bool{}
	left := a.Total
	for _, f := range z.File {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if ignored(f.Name) {
			continue
		}
		if err := checkEntry(f); err != nil {
			return nil, err
		}
		if seen[f.Name] {
			return nil, fault.Invalid("archive: %q stands twice", f.Name)
		}
		seen[f.Name] = true
		e := Entry{Name: f.Name, Path: filepath.Join(folder, strconv.Itoa(len(entries)))}
		if e.size, err = a.unpackOne(f, e.Path, left); err != nil {
			return nil, err
		}
		left -= e.size
		entries = append(entries, e)
	}
	if len(entries) == 0 {
		return nil, fault.Invalid("archive: no files in it")
	}
	return entries, nil
}

// maxEntry bounds what one entry takes in the directory of an archive: 46 bytes,
// a name and some extras.
const maxEntry = 1024

// checkDirectory bounds the archive's directory before it is read into memory:
// the number of its entries, and its length, whatever the number says.
func (a Archive) checkDirectory(r io.ReaderAt, size int64) error {
	const record, comment = 22, 1<<16 - 1
	tail := make([]byte, min(size, record+comment))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return fault.Internal("archive: %w", err)
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || len(tail)-at < record {
		return fault.Invalid("archive: cut short: it has no directory")
	}
	files := int64(binary.LittleEndian.Uint16(tail[at+10:]))
	begins := int64(binary.LittleEndian.Uint32(tail[at+16:]))
	if length := size - int64(len(tail)-at) - begins; files > int64(a.Files) || length > int64(a.Files)*maxEntry {
		return fault.Limit("archive: %d files, directory of %d bytes: at most %d and %d", files, length, a.Files, int64(a.Files)*maxEntry)
	}
	return nil
}

// ignored are folders, and what operating systems put into archives unasked.
func ignored(name string) bool {
	base := path.Base(name)
	return strings.HasSuffix(name, "/") || strings.HasPrefix(name, "__MACOSX/") || base == ".DS_Store" || base == "Thumbs.db"
}

func checkEntry(f *zip.File) error {
	if err := checkName(f.Name); err != nil {
		return err
	}
	for part := range strings.SplitSeq(f.Name, "/") {
		if part == "" || part == "." || part == ".." || strings.ContainsAny(part, `\:`) {
			return fault.Invalid("archive: name %q leaves the archive or is not plain", f.Name)
		}
	}
	if !f.Mode().IsRegular() || f.Flags&1 != 0 {
		return fault.Invalid("archive: %q is a link, a device or encrypted", f.Name)
	}
	return nil
}

// checkName accepts 1 to MaxName bytes of UTF-8 without control characters.
func checkName(name string) error {
	bad := func(r rune) bool { return unicode.IsControl(r) }
	if len(name) == 0 || len(name) > MaxName || !utf8.ValidString(name) || strings.ContainsFunc(name, bad) {
		return fault.Invalid("name %q: 1 to %d bytes of UTF-8 without control characters", name, MaxName)
	}
	return nil
}

// unpackOne writes one file out and returns its length, which is counted, not
// read.
func (a Archive) unpackOne(f *zip.File, to string, left int64) (int64, error) {
	most := min(a.Size, left, max(a.Slack, int64(min(f.CompressedSize64, 1<<40))*a.Ratio))
	from, err := f.Open()
	if err != nil {
		return 0, fault.Invalid("archive: %q: %w", f.Name, err)
	}
	defer from.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, fault.Internal("archive: %w", err)
	}
	n, err := io.Copy(out, io.LimitReader(from, most+1))
	if closed := out.Close(); err == nil && closed != nil {
		return n, fault.Internal("archive: %w", closed)
	}
	if n > most {
		return n, fault.Limit("archive: %q of %d packed bytes unpacks to more than %d", f.Name, f.CompressedSize64, most)
	}
	if err != nil {
		return n, fault.Invalid("archive: %q: %w", f.Name, err)
	}
	return n, nil
}

// inspect tells what an unpacked file is; an archive within is refused.
func (e *Entry) inspect() error {
	f, err := os.Open(e.Path)
	if err != nil {
		return fault.Internal("archive: %w", err)
	}
	defer f.Close()
	if e.found, err = inspect(f, e.size, path.Base(e.Name)); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	if e.found.MIME == media.Zip {
		return fault.Invalid("archive: %q is an archive itself", e.Name)
	}
	return nil
}
