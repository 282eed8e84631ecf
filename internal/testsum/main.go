// Command testsum reads the output of `go test -json`, repeats what failed and
// what was skipped, and ends with the line "N passed, N failed, N skipped". It
// fails if a test failed, and also if a test was skipped for lack of
// ALAYA_DATA while ALAYA_DATA is set: data that is there must be used.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// needsData marks a skip that names the variable it lacks.
const needsData = "ALAYA_DATA"

func main() {
	s, err := read(os.Stdin, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "testsum:", err)
		os.Exit(2)
	}
	if os.Getenv(needsData) != "" {
		s.refuseSkipped(os.Stdout)
	}
	s.print(os.Stdout)
	if s.failed > 0 {
		os.Exit(1)
	}
}

// event is a line of `go test -json`; see `go doc test2json`.
type event struct {
	Action, Package, ImportPath, Test, Output string
}

// name identifies a test, or a package if Test is empty.
type name struct{ pkg, test string }

// summary counts tests; a package that fails without a failed test, because it
// does not build or dies, counts as one.
type summary struct {
	passed, failed int
	skipped        map[name]string // with the reason
}

// read consumes events and writes what failed to out. A line that is no event
// is written too: the go command says there what it cannot say in JSON.
func read(in io.Reader, out io.Writer) (summary, error) {
	s := summary{skipped: map[name]string{}}
	output := map[name][]string{}
	broken := map[string]bool{} // packages with a failed test
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			fmt.Fprintln(out, lines.Text())
			continue
		}
		n := name{e.Package, e.Test}
		switch e.Action {
		case "output":
			output[n] = append(output[n], e.Output)
		case "build-output":
			fmt.Fprint(out, e.Output)
		case "pass", "skip", "fail":
			s.count(e.Action, n, output[n], broken, out)
			delete(output, n)
		}
	}
	return s, lines.Err()
}

func (s *summary) count(action string, n name, output []string, broken map[string]bool, out io.Writer) {
	switch {
	case action == "fail" && n.test != "", action == "fail" && !broken[n.pkg]:
		s.failed++
		broken[n.pkg] = true
		fmt.Fprintf(out, "FAILED %s %s\n%s", n.pkg, n.test, strings.Join(output, ""))
	case n.test == "":
	case action == "pass":
		s.passed++
	case action == "skip":
		s.skipped[n] = reason(output)
	}
}

// reason is what a skipped test said, without the frame of the go command.
func reason(output []string) string {
	said := slices.DeleteFunc(output, func(line string) bool {
		line = strings.TrimSpace(line)
		return strings.HasPrefix(line, "===") || strings.HasPrefix(line, "--- SKIP")
	})
	return strings.TrimSpace(strings.Join(said, ""))
}

// refuseSkipped turns skips for lack of data into failures.
func (s *summary) refuseSkipped(out io.Writer) {
	for _, n := range s.skippedNames() {
		if strings.Contains(s.skipped[n], needsData) {
			s.failed++
			fmt.Fprintf(out, "FAILED %s %s: skipped, though %s is set\n", n.pkg, n.test, needsData)
		}
	}
}

func (s *summary) print(out io.Writer) {
	for _, n := range s.skippedNames() {
		fmt.Fprintf(out, "skipped %s %s: %s\n", n.pkg, n.test, s.skipped[n])
	}
	fmt.Fprintf(out, "%d passed, %d failed, %d skipped\n", s.passed, s.failed, len(s.skipped))
}

func (s *summary) skippedNames() []name {
	return slices.SortedFunc(maps.Keys(s.skipped), func(a, b name) int {
		return cmp.Or(cmp.Compare(a.pkg, b.pkg), cmp.Compare(a.test, b.test))
	})
}
