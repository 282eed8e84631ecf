package archtest_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// code is a type-checked package.
type code struct {
	pkg
	fset  *token.FileSet
	files []*ast.File
	info  *types.Info
}

// load type-checks the packages of some places, without their tests.
func load(t *testing.T, places ...string) []code {
	t.Helper()
	var patterns []string
	for _, place := range places {
		patterns = append(patterns, "./"+place+"/...")
	}
	exports := map[string]string{}
	for _, p := range list(t, append([]string{"-deps", "-export"}, patterns...)...) {
		exports[p.ImportPath] = p.Export
	}
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	var all []code
	for _, p := range list(t, patterns...) {
		c := code{pkg: p, fset: fset, info: &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
		}}
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			c.files = append(c.files, file)
		}
		config := types.Config{Importer: imports}
		if _, err := config.Check(p.ImportPath, fset, c.files, c.info); err != nil {
			t.Fatalf("%s: %v", p.ImportPath, err)
		}
		all = append(all, c)
	}
	return all
}

// finding is a place in the code and what is wrong there.
type finding struct {
	at  token.Position
	say string
}

func (f finding) String() string { return fmt.Sprintf("%s: %s", f.at, f.say) }

// inspect walks a package's files; look returns what is wrong with a node.
func (c code) inspect(look func(node, parent ast.Node) string) []finding {
	var found []finding
	for _, file := range c.files {
		var path []ast.Node
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil {
				path = path[:len(path)-1]
				return true
			}
			var parent ast.Node = file
			if len(path) > 0 {
				parent = path[len(path)-1]
			}
			if say := look(n, parent); say != "" {
				found = append(found, finding{c.fset.Position(n.Pos()), say})
			}
			path = append(path, n)
			return true
		})
	}
	return found
}

// called returns the full name of the function that a call names, as
// "time.Now".
func (c code) called(n ast.Node) string {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return ""
	}
	fun := ast.Unparen(call.Fun)
	if index, ok := fun.(*ast.IndexExpr); ok {
		fun = index.X
	}
	selector, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	if f, ok := c.info.Uses[selector.Sel].(*types.Func); ok {
		return f.FullName()
	}
	return ""
}

// mapOrder finds what depends on the order of a map: ranging over one, or
// using its keys or values without sorting them.
func (c code) mapOrder(n, parent ast.Node) string {
	if loop, ok := n.(*ast.RangeStmt); ok {
		if _, isMap := c.info.TypeOf(loop.X).Underlying().(*types.Map); isMap {
			return "ranges over a map: the order differs from node to node"
		}
	}
	switch c.called(n) {
	case "maps.Keys", "maps.Values", "maps.All":
		switch c.called(parent) {
		case "slices.Sorted", "slices.SortedFunc", "slices.SortedStableFunc":
			return ""
		}
		return "uses a map's content in the map's order: sort it"
	}
	return ""
}

// clock finds readings of the clock.
func (c code) clock(n, _ ast.Node) string {
	switch name := c.called(n); name {
	case "time.Now", "time.Since", "time.Until", "time.Sleep", "time.After", "time.NewTimer", "time.NewTicker":
		return name + ": time arrives as an argument"
	}
	return ""
}

// float finds values of a floating-point type.
func (c code) float(n, _ ast.Node) string {
	e, ok := n.(ast.Expr)
	if !ok {
		return ""
	}
	t, ok := c.info.Types[e]
	if !ok || t.Type == nil || t.IsType() {
		return ""
	}
	basic, ok := t.Type.Underlying().(*types.Basic)
	if ok && basic.Info()&(types.IsFloat|types.IsComplex) != 0 && basic.Info()&types.IsUntyped == 0 {
		return "has type " + basic.Name() + ": rules use integers"
	}
	return ""
}

func TestBlocksAreTheSameOnEveryNode(t *testing.T) {
	for _, c := range load(t, "core", "chain/kit", "chain/votes", "chain/app", "chain/x") {
		if strings.HasSuffix(c.place(), "test") {
			continue // helps tests; runs in no block
		}
		found := append(c.inspect(c.mapOrder), c.inspect(c.clock)...)
		if !within(c.place(), "core/quality") {
			found = append(found, c.inspect(c.float)...)
		}
		for _, f := range found {
			t.Error(f)
		}
	}
}

// What the walls above must find, or they guard nothing.
func TestTheWallsHold(t *testing.T) {
	const source = `package sample
import ("maps"; "slices"; "time")
func f(m map[string]int) (n int) {
	for range m { n++ }
	for k := range maps.Keys(m) { n += len(k) }
	n += len(slices.Collect(maps.Values(m)))
	n += len(slices.Sorted(maps.Keys(m)))
	_ = time.Now()
	x := float64(n) * 1.5
	return int(x)
}`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "sample.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	c := code{fset: fset, files: []*ast.File{file}, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
	}}
	config := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	if _, err := config.Check("sample", fset, c.files, c.info); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		look  func(node, parent ast.Node) string
		lines []int
	}{
		{"map order", c.mapOrder, []int{4, 5, 6}},
		{"clock", c.clock, []int{8}},
		{"floats", c.float, []int{9, 9, 9, 10}},
	} {
		var lines []int
		for _, f := range c.inspect(tt.look) {
			lines = append(lines, f.at.Line)
		}
		if fmt.Sprint(lines) != fmt.Sprint(tt.lines) {
			t.Errorf("%s: found in lines %v, want %v", tt.name, lines, tt.lines)
		}
	}
}
