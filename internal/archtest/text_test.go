package archtest_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestEveryPackageHasOneComment(t *testing.T) {
	for _, p := range list(t, "./...") {
		if within(p.place(), "gen") || len(p.GoFiles) == 0 {
			continue
		}
		var commented []string
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.ParseComments|parser.PackageClauseOnly)
			if err != nil {
				t.Fatal(err)
			}
			if file.Doc != nil {
				commented = append(commented, name)
			}
		}
		if len(commented) != 1 {
			t.Errorf("%s: package comment in %v, want one file", p.place(), commented)
		}
	}
}

// deep lists places whose folders the map names one by one.
var deep = []string{"core", "chain"}

// TestTheMapHolds compares the map in ARCHITECTURE.md, its first fenced block
// after the heading "The map", with the folders that exist. A line of the map
// begins with folder names, "core/  the rules" or "  id/ num/  typed ids";
// indented ones lie in the last that was not.
func TestTheMapHolds(t *testing.T) {
	named := readMap(t)
	for _, place := range named {
		if info, err := os.Stat(filepath.Join(root(t), place)); err != nil || !info.IsDir() {
			t.Errorf("the map names %s/, which is not there", place)
		}
	}
	for _, place := range folders(t) {
		if !slices.Contains(named, place) {
			t.Errorf("%s/ is not in the map of ARCHITECTURE.md", place)
		}
	}
}

func readMap(t *testing.T) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root(t), "ARCHITECTURE.md"))
	if err != nil {
		t.Fatalf("no map: %v", err)
	}
	_, after, _ := strings.Cut(string(raw), "The map\n")
	_, after, found := strings.Cut(after, "```\n")
	block, _, closed := strings.Cut(after, "\n```")
	if !found || !closed {
		t.Fatal("ARCHITECTURE.md has no fenced block after the heading The map")
	}
	var named []string
	top := ""
	for line := range strings.Lines(block) {
		indented := strings.HasPrefix(line, " ")
		for _, word := range strings.Fields(line) {
			name, isFolder := strings.CutSuffix(word, "/")
			if !isFolder || strings.ContainsAny(name, "<>") {
				break
			}
			if !indented {
				top = name
				named = append(named, name)
				continue
			}
			named = append(named, filepath.ToSlash(filepath.Join(top, name)))
		}
	}
	return named
}

// folders lists the folders that the map must name: those at the top, and one
// level down in the deep places, if they hold any file.
func folders(t *testing.T) []string {
	t.Helper()
	var all []string
	add := func(place string) []fs.DirEntry {
		entries, err := os.ReadDir(filepath.Join(root(t), place))
		if err != nil {
			t.Fatal(err)
		}
		return slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
			return !e.IsDir() || strings.HasPrefix(e.Name(), ".") || slices.Contains([]string{"bin", "third_party"}, e.Name())
		})
	}
	for _, e := range add(".") {
		all = append(all, e.Name())
	}
	for _, place := range deep {
		for _, e := range add(place) {
			all = append(all, place+"/"+e.Name())
		}
	}
	return all
}
