// Package block is planted with what code in a block may not do.
package block

type share float64 // want `a floating-point number` `a floating-point number`

type report struct {
	ratio []float32 // want `a floating-point number`
}

func floats(n int) int {
	x := float64(n) * 1.5   // want `a floating-point number` `a floating-point number`
	const ratio = 1.5 * 2   // exact, until it meets a type
	_ = share(x) > share(n) // want `a floating-point number` `a floating-point number`
	return int(x) + ratio*n // want `a floating-point number`
}
