package archtest_test

import (
	"slices"
	"strings"
	"testing"
)

// layer is a place, what it may import besides itself, and why no more.
type layer struct {
	place string
	may   []string
	why   string
}

// layers says which of our own places each place may import besides itself;
// the first entry that fits a package counts. What is missing here fails.
var layers = []layer{
	{"core", nil, "the rules stand alone"},
	{"gen", nil, "generated code knows only its like"},
	{"wire", []string{"core", "gen"}, "translation between core's nouns and the wire, nothing else"},
	{"chain/kit", []string{"core"}, "ceremony knows no stage"},
	{"chain/votes", []string{"core"}, "votes carry digests, whatever they stand for"},
	{"chain/x", []string{"chain/kit", "chain/votes", "core", "gen", "wire"}, "a stage meets another only in chain/app"},
	{"chain/app", []string{"chain/kit", "chain/votes", "chain/x", "core", "gen", "wire"}, "the chain knows no bytes, agents or gateways"},
	{"chain/node", []string{"chain/app", "chain/kit", "chain/votes", "core"}, "a node runs the app"},
	{"client", []string{"core", "gen", "wire"}, "clients speak the wire contract only"},
	{"plane", []string{"core", "internal/durable"}, "bytes know no chain"},
	{"sandbox", []string{"core"}, "visiting code knows no chain"},
	{"index", []string{"client", "core", "gen", "wire"}, "the read model follows events"},
	{"agent", []string{"client", "core", "gen", "index", "internal/durable", "plane", "sandbox", "wire"}, "agents use the chain as any client does"},
	{"portal", nil, "the portal talks to the gateway over HTTP only"},
	{"gateway", []string{"client", "core", "gen", "index", "plane", "portal", "sandbox", "wire"}, "the gateway is a client with an HTTP face"},
	{"station", []string{"agent", "chain", "client", "core", "gateway", "gen", "index", "plane", "portal", "sandbox", "wire"}, "a station puts one machine's parts together"},
	{"cmd", []string{"agent", "bench", "chain", "client", "core", "gateway", "gen", "index", "internal", "plane", "portal", "sandbox", "station", "wire"}, "the binary has everything"},
	{"internal", []string{"core"}, "plumbing for all"},
	{"bench", []string{"agent", "chain", "client", "core", "gen", "index", "internal", "plane", "sandbox", "station", "wire"}, "benchmarks drive the whole"},
	{"test", []string{"agent", "chain", "client", "core", "gateway", "gen", "index", "internal", "plane", "sandbox", "station", "wire"}, "stories use the whole"},
}

func TestImportsRunDown(t *testing.T) {
	for _, p := range list(t, "./...") {
		from := p.place()
		i := slices.IndexFunc(layers, func(l layer) bool { return within(from, l.place) })
		if i < 0 {
			t.Errorf("%s is in no layer: add its place to the table, with a reason", from)
			continue
		}
		l := layers[i]
		for _, path := range p.Imports {
			to := ours(path)
			if to == "" || allowed(l, from, to) {
				continue
			}
			t.Errorf("%s imports %s: %s", from, to, l.why)
		}
	}
}

// allowed says whether a package of the layer may import to. A stage of the
// chain is a place of its own.
func allowed(l layer, from, to string) bool {
	if l.place == "chain/x" && within(to, "chain/x") {
		return within(to, stage(from))
	}
	return within(to, l.place) || slices.ContainsFunc(l.may, func(place string) bool { return within(to, place) })
}

// stage returns "chain/x/market" of any path in it.
func stage(path string) string {
	return strings.Join(strings.SplitN(path, "/", 4)[:3], "/")
}

// order is the way of data inside core: a stage may import what stands in an
// earlier line, and its own sub-packages.
var order = [][]string{
	{"core/fault"},
	{"core/answer", "core/id", "core/num"},
	{"core/merkle", "core/quality", "core/escrow"},
	{"core/party"},
	{"core/market"},
	{"core/work"},
	{"core/settle", "core/dataset"},
	{"core/oracle"},
	{"core/model"},
}

func TestCoreFollowsTheWayOfData(t *testing.T) {
	rank := func(path string) int {
		return slices.IndexFunc(order, func(line []string) bool {
			return slices.ContainsFunc(line, func(place string) bool { return within(path, place) })
		})
	}
	for _, p := range list(t, "./core/...") {
		from := p.place()
		if rank(from) < 0 {
			t.Errorf("%s is not in the order of core: add it", from)
		}
		for _, path := range p.Imports {
			to := ours(path)
			same := strings.Split(from, "/")[1] == strings.Split(to+"/ ", "/")[1]
			if to != "" && !same && rank(to) >= rank(from) {
				t.Errorf("%s imports %s: inside core a later stage may import an earlier one, never back", from, to)
			}
		}
	}
}

// outside are imports that a place must not have, and why.
var outside = []struct {
	places []string
	not    []string
	why    string
}{
	{[]string{"core"}, []string{"os", "os/exec", "io/ioutil", "net", "net/http", "syscall", "unsafe", "math/rand", "math/rand/v2", "crypto/rand", "path/filepath", "log", "log/slog", "embed", "plugin"},
		"core reads no clock, randomness, environment, network or files"},
	{[]string{"plane", "sandbox", "index", "wire", "portal"}, []string{"github.com/cosmos/cosmos-sdk", "github.com/cometbft/cometbft", "cosmossdk.io"},
		"only chain, client and their users know the engine"},
	{[]string{"agent", "chain", "client", "cmd", "gateway", "station"}, []string{"github.com/cosmos/cosmos-sdk/enterprise"},
		"evaluation licence"},
	{[]string{"agent", "chain", "client", "cmd", "gateway", "station"}, []string{"github.com/cosmos/cosmos-sdk/contrib"},
		"unmaintained"},
}

func TestNobodyImportsWhatHisPlaceMustNot(t *testing.T) {
	for _, p := range list(t, "./...") {
		for _, rule := range outside {
			if !slices.ContainsFunc(rule.places, func(place string) bool { return within(p.place(), place) }) {
				continue
			}
			for _, path := range p.Imports {
				if slices.ContainsFunc(rule.not, func(not string) bool { return within(path, not) }) {
					t.Errorf("%s imports %s: %s", p.place(), path, rule.why)
				}
			}
		}
	}
}

func TestCoreNeedsTheStandardLibraryOnly(t *testing.T) {
	for _, p := range list(t, "-deps", "./core/...") {
		if !p.Standard && !within(p.place(), "core") {
			t.Errorf("core depends on %s", p.ImportPath)
		}
	}
}
