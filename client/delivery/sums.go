package delivery

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

// Write writes the files into a folder, which is made if needed and must hold
// nothing else. The checksums come last: a folder without them is unfinished.
func Write(dir string, files []File) error {
	if err := checkNames(files); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if there, err := os.ReadDir(dir); err != nil || len(there) > 0 {
		if err == nil {
			err = fault.Exists("delivery: folder %s is not empty: it holds %s", dir, there[0].Name())
		}
		return err
	}
	var sums []File
	for _, f := range files {
		if f.Name == SumsFile {
			sums = append(sums, f)
			continue
		}
		if err := writeFile(dir, f); err != nil {
			return err
		}
	}
	for _, f := range sums {
		if err := writeFile(dir, f); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(dir string, f File) error {
	path := filepath.Join(dir, filepath.FromSlash(f.Name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, f.Text, 0o644)
}

// checkNames refuses names that leave the folder, cannot stand in SHA256SUMS, or
// come twice.
func checkNames(files []File) error {
	seen := make(map[string]bool, len(files))
	for _, f := range files {
		if !filepath.IsLocal(filepath.FromSlash(f.Name)) || strings.ContainsAny(f.Name, "\r\n\\") || seen[f.Name] {
			return fault.Invalid("delivery: file name %q leaves the folder or stands twice", f.Name)
		}
		seen[f.Name] = true
	}
	return nil
}

func sumsOf(files []File) map[string]string {
	sums := make(map[string]string, len(files))
	for _, f := range files {
		sums[f.Name] = hashOf(f.Text)
	}
	return sums
}

func encodeSums(files []File) []byte {
	var text bytes.Buffer
	for _, f := range files {
		fmt.Fprintf(&text, "%s  %s\n", hashOf(f.Text), f.Name)
	}
	return text.Bytes()
}

// ParseSums reads SHA256SUMS: name to hash in hex.
func ParseSums(text []byte) (map[string]string, error) {
	sums := map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		hash, name, ok := strings.Cut(lines.Text(), "  ")
		if !ok || len(hash) != 64 || strings.Trim(hash, "0123456789abcdef") != "" || !filepath.IsLocal(filepath.FromSlash(name)) || sums[name] != "" {
			return nil, fault.Invalid("delivery: %s line %d: want a hash, two spaces and a new name", SumsFile, n)
		}
		sums[name] = hash
	}
	return sums, lines.Err()
}

// Check holds a delivered folder against its checksums and its Croissant file
// against both. The error, of kind invalid, names the first file that was
// changed, added or removed.
func Check(dir string) error {
	sums, err := CheckSums(dir)
	if err != nil {
		return err
	}
	croissant, err := os.ReadFile(filepath.Join(dir, CroissantFile))
	if err != nil {
		return err
	}
	return CheckCroissant(croissant, sums)
}

// CheckSums holds a folder against its checksums, which it returns, as Check
// does.
func CheckSums(dir string) (map[string]string, error) {
	text, err := os.ReadFile(filepath.Join(dir, SumsFile))
	if err != nil {
		return nil, err
	}
	sums, err := ParseSums(text)
	if err != nil {
		return nil, err
	}
	found, err := checkFiles(dir, sums)
	if err == nil && found != len(sums) {
		err = missing(dir, sums)
	}
	return sums, err
}

// WithSums adds the checksums of files to them, and sorts all by name.
func WithSums(files []File) []File {
	sortFiles(files)
	files = append(files, File{SumsFile, encodeSums(files)})
	sortFiles(files)
	return files
}

// checkFiles holds every file of the folder against the checksums and counts
// those that stand there.
func checkFiles(dir string, sums map[string]string) (found int, err error) {
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		local, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(local)
		if name == SumsFile {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if want, listed := sums[name]; !listed || hashOf(text) != want {
			return fault.Invalid("delivery: %s has SHA-256 %s, %s says %q", name, hashOf(text), SumsFile, want)
		}
		found++
		return nil
	})
	return found, err
}

func missing(dir string, sums map[string]string) error {
	for name := range sums {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			return fault.Invalid("delivery: %s is missing", name)
		}
	}
	return fault.Invalid("delivery: a file of %s is missing", SumsFile)
}
