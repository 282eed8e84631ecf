// Command check runs the determinism analyser: `check -test=false ./core/...`,
// or as `go vet -vettool=check`. It fails if it finds anything.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/alaya-network/alaya/internal/determinism"
)

func main() {
	singlechecker.Main(determinism.New(determinism.Places()))
}
