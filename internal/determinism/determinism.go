// Package determinism is the part of the linter that refuses what may come out
// differently on another machine, or at another time: an analyser for
// golang.org/x/tools/go/analysis.
//
// Words: a rule is one thing that code may not do; a place is a package and
// all below it, with the rules it is held to. Tests are held to none.
//
// It cannot see everything: a float converted to an integer it does not fit,
// the bits of a NaN, an order that depends on addresses. Golden vectors on
// four architectures (test/vectors) are for those.
//
// Source: The Go Programming Language Specification, "Floating-point
// operators": a product may be fused with a sum, even across statements,
// unless an explicit conversion rounds it.
package determinism

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
)

// Rules is a set of rules.
type Rules uint8

// The rules.
const (
	// Order refuses what follows the order of a map.
	Order Rules = 1 << iota
	// Clock refuses to read the time or wait for it.
	Clock
	// Chance refuses random numbers.
	Chance
	// Threads refuses goroutines, select, and questions about processors.
	Threads
	// Floats refuses floating-point values altogether.
	Floats
	// Inexact refuses functions of package math that differ between machines,
	// and complex numbers.
	Inexact
	// Fused refuses products that a compiler may fuse with a sum.
	Fused
)

// New returns the analyser of some places; the first place that fits a package
// counts, and packages outside all places are passed over.
func New(places []Place) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:     "determinism",
		Doc:      "refuse what may come out differently on another machine or at another time",
		Requires: []*analysis.Analyzer{inspect.Analyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			run(pass, rulesOf(places, pass.Pkg.Path()))
			return nil, nil
		},
	}
}

// run holds every file that is no test to the rules.
func run(pass *analysis.Pass, rules Rules) {
	c := checker{pass: pass, info: pass.TypesInfo}
	checks := c.checks(rules)
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	for file := range root.Children() {
		name := pass.Fset.File(file.Node().Pos()).Name()
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for at := range file.Preorder() {
			for _, check := range checks {
				if say := check(at); say != "" {
					pass.ReportRangef(at.Node(), "%s", say)
				}
			}
		}
	}
}

// check returns what is wrong with a node, or nothing.
type check func(at inspector.Cursor) string

// checker looks at the nodes of one package.
type checker struct {
	pass *analysis.Pass
	info *types.Info
}

func (c checker) checks(rules Rules) []check {
	table := []struct {
		rule  Rules
		check check
	}{
		{Order, c.order},
		{Clock, c.clock},
		{Chance, c.chance},
		{Threads, c.threads},
		{Floats, c.floats},
		{Inexact, c.inexact},
		{Fused, c.fused},
	}
	var checks []check
	for _, row := range table {
		if rules&row.rule != 0 {
			checks = append(checks, row.check)
		}
	}
	return checks
}

// uses returns the full name of the function that a name stands for, as
// "time.Now" or "(*sync.WaitGroup).Go".
func (c checker) uses(n ast.Node) string {
	name, ok := n.(*ast.Ident)
	if !ok {
		return ""
	}
	if f, ok := c.info.Uses[name].(*types.Func); ok {
		return f.Origin().FullName()
	}
	return ""
}

// some says whether fits holds of a type, or of one that a type parameter may
// stand for.
func some(t types.Type, fits func(types.Type) bool) bool {
	if t == nil {
		return false
	}
	union, ok := t.Underlying().(*types.Interface)
	if _, parameter := types.Unalias(t).(*types.TypeParam); !ok || !parameter {
		return fits(t.Underlying())
	}
	for i := range union.NumEmbeddeds() {
		if someTerm(union.EmbeddedType(i), fits) {
			return true
		}
	}
	return false
}

// someTerm looks into one element of a constraint.
func someTerm(t types.Type, fits func(types.Type) bool) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Union:
		for i := range t.Len() {
			if someTerm(t.Term(i).Type(), fits) {
				return true
			}
		}
		return false
	case *types.Named:
		inner, ok := t.Underlying().(*types.Interface)
		if !ok {
			return fits(t.Underlying())
		}
		for i := range inner.NumEmbeddeds() {
			if someTerm(inner.EmbeddedType(i), fits) {
				return true
			}
		}
		return false
	default:
		return fits(t.Underlying())
	}
}

// isMap and the like are what some asks of an underlying type.
func isMap(t types.Type) bool {
	_, ok := t.(*types.Map)
	return ok
}

func isFloat(t types.Type) bool   { return isBasic(t, types.IsFloat|types.IsComplex) }
func isComplex(t types.Type) bool { return isBasic(t, types.IsComplex) }

func isBasic(t types.Type, kind types.BasicInfo) bool {
	basic, ok := t.(*types.Basic)
	return ok && basic.Info()&kind != 0 && basic.Info()&types.IsUntyped == 0
}
