package main

import (
	"io"
	"strings"
	"testing"
)

func TestSummary(t *testing.T) {
	const skipped = `{"Action":"run","Package":"p","Test":"S"}
{"Action":"output","Package":"p","Test":"S","Output":"=== RUN   S\n"}
{"Action":"output","Package":"p","Test":"S","Output":"    s_test.go:5: ALAYA_DATA is not set\n"}
{"Action":"output","Package":"p","Test":"S","Output":"--- SKIP: S (0.00s)\n"}
{"Action":"skip","Package":"p","Test":"S"}
{"Action":"pass","Package":"p"}
`
	tests := []struct {
		name, in, want string
		data           bool
	}{
		{"nothing", "", "0 passed, 0 failed, 0 skipped", false},
		{"a passing test counts, its package does not",
			`{"Action":"pass","Package":"p","Test":"A"}` + "\n" + `{"Action":"pass","Package":"p"}`,
			"1 passed, 0 failed, 0 skipped", false},
		{"a failing test counts once and is repeated",
			`{"Action":"output","Package":"p","Test":"A","Output":"boom\n"}` + "\n" +
				`{"Action":"fail","Package":"p","Test":"A"}` + "\n" + `{"Action":"fail","Package":"p"}`,
			"boom\n0 passed, 1 failed, 0 skipped", false},
		{"a package that does not build counts",
			`{"Action":"build-output","ImportPath":"p","Output":"syntax error\n"}` + "\n" + `{"Action":"fail","Package":"p"}`,
			"syntax error\nFAILED p \n0 passed, 1 failed, 0 skipped", false},
		{"what is no event is repeated", "panic in the go command", "panic in the go command\n0 passed, 0 failed, 0 skipped", false},
		{"a skip says why", skipped, "skipped p S: s_test.go:5: ALAYA_DATA is not set\n0 passed, 0 failed, 1 skipped", false},
		{"a skip for lack of data that is there fails", skipped, "0 passed, 1 failed, 1 skipped", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			s, err := read(strings.NewReader(tt.in), &out)
			if err != nil {
				t.Fatal(err)
			}
			if tt.data {
				s.refuseSkipped(io.Discard)
			}
			s.print(&out)
			if !strings.Contains(out.String(), tt.want+"\n") {
				t.Errorf("said\n%swant\n%s", out.String(), tt.want)
			}
		})
	}
}
