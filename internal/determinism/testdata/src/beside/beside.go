// Package beside is planted with what code beside a block may not do.
package beside

import (
	"cmp"
	"maps"
	"math"
	"math/rand/v2" // want `math/rand/v2: randomness arrives as an argument`
	"reflect"
	"slices"
	"sync"
	"time"
)

type share float64

const half = 0.5

func inexact(x, y float64) float64 {
	x = math.Exp(x)         // want `math.Exp: differs between machines`
	x = math.FMA(x, x, x)   // want `math.FMA: differs between machines`
	f := math.Pow           // want `math.Pow: differs between machines`
	z := complex(x, y)      // want `a complex number`
	x = math.Floor(real(z)) // want `a complex number`
	return math.Sqrt(x) + math.MaxFloat64 + f(x, y) + math.Pi
}

func fused(a, b, c float64, u, v share, f, g float32) (float64, share, float32) {
	_ = a*b + c        // want `a product that may be fused`
	_ = c - a*b        // want `a product that may be fused`
	_ = (a * b) - c    // want `a product that may be fused`
	_ = c + (-(a * b)) // want `a product that may be fused`
	c += a * b         // want `a product that may be fused`
	c -= half * b      // want `a product that may be fused`
	t := a * b         // want `a product that may be fused`
	c *= a             // want `x = float64\(x\*y\) for x \*= y`
	_ = u*v + 1        // want `a product that may be fused`
	_ = f*g + 1        // want `a product that may be fused`
	_ = max(a*b, c)    // want `a product that may be fused`
	_ = a*b*c + t      // want `a product that may be fused`
	return t + c, u, f
}

func generic[F ~float32 | ~float64](a, b, c F) F {
	if a > b {
		return F(a*b) + c
	}
	return a*b + c // want `a product that may be fused`
}

func rounded(a, b, c float64, u, v share, i, j int) {
	_ = float64(a*b) + c
	_ = c - float64(-(a * b))
	_ = share(u*v) + 1
	_ = float64(a*b*c) + 1
	_ = a*b/c + c
	_ = a*b < c
	c /= a * b
	_ = i*j + i
	_ = 2*half + c
	_ = int64(a*b) + 1
}

func order[M ~map[string]int](m map[string]int, own M, kept *sync.Map) {
	for range m { // want `a range over a map`
	}
	for range own { // want `a range over a map`
	}
	for range maps.Keys(m) { // want `maps.Keys without slices.Sorted`
	}
	_ = slices.Collect(maps.Values(m))                     // want `maps.Values without slices.Sorted`
	_ = slices.SortedStableFunc(maps.Keys(m), cmp.Compare) // want `maps.Keys without slices.Sorted`
	kept.Range(nil)                                        // want `\(\*sync.Map\).Range: the order differs`
	_ = reflect.ValueOf(m).MapKeys()                       // want `\(reflect.Value\).MapKeys: the order differs`
	all := maps.All[M]                                     // want `maps.All without slices.Sorted`
	all(own)
	for range slices.Sorted(maps.Keys(m)) {
	}
	_ = slices.SortedFunc(maps.Keys(m), cmp.Compare[string])
	for range []int{1} {
	}
}

func threads(done chan int) time.Time {
	go close(done) // want `a goroutine: results may depend on who comes first`
	var group sync.WaitGroup
	group.Go(func() {}) // want `a goroutine: results may depend on who comes first`
	select {            // want `select: it takes ready cases at random`
	case <-done:
	default:
	}
	_ = rand.Int()
	return time.Now() // want `time.Now: time arrives as an argument`
}
