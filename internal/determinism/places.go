package determinism

import "strings"

// Place is a package and all below it, the rules it is held to, and why these.
type Place struct {
	Path  string
	Rules Rules
	Why   string
}

const module = "github.com/alaya-network/alaya/"

// block is what holds for code that a block runs.
const block = Order | Clock | Chance | Threads | Floats | Inexact

// Places is the table for this repository.
func Places() []Place {
	return []Place{
		{module + "core/quality/strict", Order | Clock | Chance | Inexact | Fused, "shares work between goroutines for the rest of quality, in fixed shards"},
		{module + "core/quality", Order | Clock | Chance | Threads | Inexact | Fused, "validators must agree on the bits; it runs beside blocks, so floats are allowed"},
		{module + "core/escrow/memory", 0, "helps simulations and tests; runs in no block"},
		{module + "core", block, "the rules that blocks run"},
		{module + "chain/kit/kittest", 0, "helps tests; runs in no block"},
		{module + "chain/kit", block, "runs in blocks"},
		{module + "chain/votes", block, "runs in blocks"},
		{module + "chain/x", block, "runs in blocks"},
		{module + "chain/app", block, "runs in blocks"},
	}
}

// rulesOf returns the rules of the first place that a package lies in.
func rulesOf(places []Place, pkg string) Rules {
	pkg, _, _ = strings.Cut(pkg, " ") // "path [path.test]" is path, built for its test
	for _, p := range places {
		if pkg == p.Path || strings.HasPrefix(pkg, p.Path+"/") {
			return p.Rules
		}
	}
	return 0
}
