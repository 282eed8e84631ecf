// Command truth prints the true answers to the items of the world of a seed, as
// a JSON array: `go run ./internal/world/truth SEED`.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/internal/world"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "truth: the one argument is a seed")
		os.Exit(2)
	}
	var all []work.Answer
	for _, t := range world.Tasks(os.Args[1]) {
		all = append(all, t.Truth...)
	}
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		fmt.Fprintln(os.Stderr, "truth:", err)
		os.Exit(1)
	}
}
