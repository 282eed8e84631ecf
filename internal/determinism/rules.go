package determinism

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ast/inspector"
)

// order finds what follows the order of a map: a range over one, and its
// content used without being sorted.
func (c checker) order(at inspector.Cursor) string {
	if loop, ok := at.Node().(*ast.RangeStmt); ok && some(c.info.TypeOf(loop.X), isMap) {
		return "a range over a map: the order differs from run to run; sort the keys first"
	}
	switch name := c.uses(at.Node()); name {
	case "maps.Keys", "maps.Values", "maps.All":
		if !c.sorted(at) {
			return name + " without slices.Sorted around it: the order differs from run to run"
		}
	case "(*sync.Map).Range", "(reflect.Value).MapRange", "(reflect.Value).MapKeys":
		return name + ": the order differs from run to run"
	}
	return ""
}

// sorted says whether a function's name stands in a call that is the argument
// of a call that sorts. A stable sort is none: it keeps what it finds.
func (c checker) sorted(name inspector.Cursor) bool {
	for call := range name.Enclosing((*ast.CallExpr)(nil)) {
		outer, ok := call.Parent().Node().(*ast.CallExpr)
		if !ok || outer.Fun == call.Node() {
			return false
		}
		sorter, ok := calledName(outer)
		return ok && slices.Contains([]string{"slices.Sorted", "slices.SortedFunc"}, c.uses(sorter))
	}
	return false
}

// calledName returns the last name of what is called.
func calledName(call *ast.CallExpr) (*ast.Ident, bool) {
	fun := ast.Unparen(call.Fun)
	switch index := fun.(type) {
	case *ast.IndexExpr:
		fun = index.X
	case *ast.IndexListExpr:
		fun = index.X
	}
	if selector, ok := fun.(*ast.SelectorExpr); ok {
		return selector.Sel, true
	}
	name, ok := fun.(*ast.Ident)
	return name, ok
}

func (c checker) clock(at inspector.Cursor) string {
	switch name := c.uses(at.Node()); name {
	case "time.Now", "time.Since", "time.Until", "time.Sleep", "time.After", "time.AfterFunc", "time.Tick", "time.NewTimer", "time.NewTicker":
		return name + ": time arrives as an argument"
	}
	return ""
}

func (c checker) chance(at inspector.Cursor) string {
	spec, ok := at.Node().(*ast.ImportSpec)
	if !ok {
		return ""
	}
	path, _ := strconv.Unquote(spec.Path.Value) // the parser has seen to it
	switch path {
	case "math/rand", "math/rand/v2", "crypto/rand", "hash/maphash":
		return path + ": randomness arrives as an argument"
	}
	return ""
}

func (c checker) threads(at inspector.Cursor) string {
	switch at.Node().(type) {
	case *ast.GoStmt:
		return "a goroutine: results may depend on who comes first; share work by strict.Each"
	case *ast.SelectStmt:
		return "select: it takes ready cases at random"
	}
	switch name := c.uses(at.Node()); name {
	case "(*sync.WaitGroup).Go":
		return "a goroutine: results may depend on who comes first; share work by strict.Each"
	case "runtime.GOMAXPROCS", "runtime.NumCPU":
		return name + ": the number of processors differs between machines"
	}
	return ""
}

// floats finds the outermost expressions of a floating-point type, and the
// types themselves.
func (c checker) floats(at inspector.Cursor) string {
	if !c.float(at.Node()) || c.float(at.Parent().Node()) {
		return ""
	}
	return "a floating-point number: what a block runs uses integers (core/num)"
}

func (c checker) float(n ast.Node) bool {
	e, ok := n.(ast.Expr)
	return ok && some(c.info.TypeOf(e), isFloat)
}

// exact are the functions of package math that are exact on every machine.
var exact = []string{
	"Abs", "Ceil", "Copysign", "Float32bits", "Float32frombits", "Float64bits", "Float64frombits", "Floor",
	"Frexp", "Inf", "IsInf", "IsNaN", "Ldexp", "Max", "Min", "Round", "RoundToEven", "Signbit", "Sqrt", "Trunc",
}

func (c checker) inexact(at inspector.Cursor) string {
	name, ok := at.Node().(*ast.Ident)
	if !ok {
		return ""
	}
	if some(c.info.TypeOf(name), isComplex) {
		return "a complex number: its product is made of sums that may be fused"
	}
	f := c.info.Uses[name]
	if f == nil || f.Pkg() == nil || f.Pkg().Path() != "math" || slices.Contains(exact, f.Name()) || c.uses(name) == "" {
		return ""
	}
	return "math." + f.Name() + ": differs between machines; use core/quality/strict"
}

// fused finds floating-point products that are not rounded at once: a compiler
// may fuse them with a sum, here or wherever the value goes.
func (c checker) fused(at inspector.Cursor) string {
	switch n := at.Node().(type) {
	case *ast.BinaryExpr:
		if n.Op == token.MUL && c.float(n) && c.info.Types[n].Value == nil && !c.rounded(at) {
			return "a product that may be fused with a sum: round it, as in float64(x*y)"
		}
	case *ast.AssignStmt:
		if n.Tok == token.MUL_ASSIGN && c.float(n.Lhs[0]) {
			return "a product that may be fused with a sum: round it, x = float64(x*y) for x *= y"
		}
	}
	return ""
}

// rounded says whether what becomes of a product rounds it: a conversion,
// another product, a quotient, a comparison.
func (c checker) rounded(product inspector.Cursor) bool {
	for at := product.Parent(); ; at = at.Parent() {
		switch n := at.Node().(type) {
		case *ast.ParenExpr:
		case *ast.UnaryExpr: // a sign
		case *ast.CallExpr:
			return c.info.Types[n.Fun].IsType()
		case *ast.BinaryExpr:
			return n.Op != token.ADD && n.Op != token.SUB
		case *ast.AssignStmt:
			return n.Tok == token.QUO_ASSIGN
		default:
			return false
		}
	}
}
