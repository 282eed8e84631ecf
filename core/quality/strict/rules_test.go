package strict_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// checker looks for what may come out differently elsewhere: inexact functions,
// sums the compiler may fuse with a product, and loops over maps.
type checker struct {
	fset  *token.FileSet
	info  *types.Info
	found []string
}

// exact are the functions of package math that are exact on every machine.
var exact = []string{"Float64bits", "Float64frombits", "Floor", "Frexp", "Inf", "Sqrt"}

func (c *checker) report(at ast.Node, what string) {
	p := c.fset.Position(at.Pos())
	c.found = append(c.found, fmt.Sprintf("%s:%d: %s", filepath.Base(p.Filename), p.Line, what))
}

func (c *checker) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		f, ok := c.info.Uses[n.Sel].(*types.Func)
		if ok && f.Pkg() != nil && f.Pkg().Path() == "math" && !slices.Contains(exact, f.Name()) {
			c.report(n, "math."+f.Name())
		}
	case *ast.BinaryExpr:
		if (n.Op == token.ADD || n.Op == token.SUB) && (c.product(n.X) || c.product(n.Y)) {
			c.report(n, "a product that may be fused")
		}
	case *ast.AssignStmt:
		if (n.Tok == token.ADD_ASSIGN || n.Tok == token.SUB_ASSIGN) && c.product(n.Rhs[0]) {
			c.report(n, "a product that may be fused")
		}
	case *ast.RangeStmt:
		if _, ok := c.info.TypeOf(n.X).Underlying().(*types.Map); ok {
			c.report(n, "a loop over a map")
		}
	}
	return c
}

// product says whether e is a floating-point product not rounded by a
// conversion or an assignment.
func (c *checker) product(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return c.product(e.X)
	case *ast.UnaryExpr:
		return c.product(e.X)
	case *ast.BinaryExpr:
		typed := c.info.Types[e]
		basic, ok := typed.Type.Underlying().(*types.Basic)
		return e.Op == token.MUL && typed.Value == nil && ok && basic.Info()&types.IsFloat != 0
	}
	return false
}

// check reports what it finds in one package; the importer keeps what it has
// read, which takes seconds.
func check(t *testing.T, fset *token.FileSet, from types.Importer, files []*ast.File) []string {
	t.Helper()
	c := &checker{fset: fset, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{},
	}}
	config := types.Config{Importer: from}
	if _, err := config.Check(files[0].Name.Name, fset, files, c.info); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		ast.Walk(c, f)
	}
	return c.found
}

func TestTheCheckFindsPlantedFaults(t *testing.T) {
	tests := []struct{ name, code, want string }{
		{"the library's Exp", `import "math"; func f(x float64) float64 { return math.Exp(x) }`, "math.Exp"},
		{"an exact function", `import "math"; func f(x float64) float64 { return math.Sqrt(x) }`, ""},
		{"a naked product in a sum", `func f(a, b, c float64) float64 { return a*b + c }`, "a product that may be fused"},
		{"a negated product in a difference", `func f(a, b, c float64) float64 { return c - (-(a * b)) }`, "a product that may be fused"},
		{"a product added to a variable", `func f(a, b, c float64) float64 { c += a * b; return c }`, "a product that may be fused"},
		{"a rounded product", `func f(a, b, c float64) float64 { return float64(a*b) + c }`, ""},
		{"integers", `func f(a, b, c int) int { return a*b + c }`, ""},
		{"a loop over a map", `func f(m map[int]int) (n int) { for range m { n++ }; return n }`, "a loop over a map"},
		{"a loop over a list", `func f(m []int) (n int) { for range m { n++ }; return n }`, ""},
	}
	fset := token.NewFileSet()
	from := importer.ForCompiler(fset, "source", nil)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file, err := parser.ParseFile(fset, "planted.go", "package planted; "+tt.code, 0)
			if err != nil {
				t.Fatal(err)
			}
			found := strings.Join(check(t, fset, from, []*ast.File{file}), "; ")
			if tt.want == "" && found != "" || !strings.Contains(found, tt.want) {
				t.Errorf("%s\nfound %q, want %q", tt.code, found, tt.want)
			}
		})
	}
}

func TestQualityHoldsTheRules(t *testing.T) {
	fset := token.NewFileSet()
	from := importer.ForCompiler(fset, "source", nil)
	err := filepath.WalkDir("..", func(dir string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || entry.Name() == "testdata" {
			return err
		}
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return err
		}
		var files []*ast.File
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(fset, name, nil, 0)
			if err != nil {
				return err
			}
			files = append(files, file)
		}
		if len(files) > 0 {
			for _, found := range check(t, fset, from, files) {
				t.Error(found)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
