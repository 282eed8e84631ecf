package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
)

func TestExitCodesFollowTheKind(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want int
	}{
		{"no error", nil, 0},
		{"an error without a kind", errors.New("x"), 1},
		{"internal", fault.Internal("x"), 1},
		{"invalid", fault.Invalid("x"), 2},
		{"not found", fault.NotFound("x"), 3},
		{"a file that is not there", fmt.Errorf("read: %w", fs.ErrNotExist), 3},
		{"exists", fault.Exists("x"), 4},
		{"a file that is there", fs.ErrExist, 4},
		{"forbidden", fault.Forbidden("x"), 5},
		{"a file one may not read", fs.ErrPermission, 5},
		{"state", fault.State("x"), 6},
		{"funds", fault.Funds("x"), 7},
		{"limit", fault.Limit("x"), 8},
		{"advice keeps the kind", advise(fault.Funds("x"), "earn some"), 7},
		{"interrupted", fmt.Errorf("wait: %w", context.Canceled), 130},
	} {
		if got := exitCode(c.err); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

func TestReportsSayWhatWhereAndWhatNext(t *testing.T) {
	refused := &client.TxError{
		Hash: "AB", Height: 9, Codespace: "alaya", Code: uint32(fault.KindState),
		Log: "failed to execute message; message index: 2: work: round 7/1 is closed: no leases",
	}
	var out bytes.Buffer
	report(&out, advise(fault.State("client: %w", refused), "wait"))
	want := "alaya: message 2: work: round 7/1 is closed: no leases\n  in: transaction AB, block 9\n  next: wait\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &out, want)
	}
}

func TestReportsCannotMoveTheCursor(t *testing.T) {
	var out bytes.Buffer
	report(&out, fault.Invalid("title \x1b[2J\u202e\r%s", "x"))
	if strings.ContainsAny(out.String(), "\x1b\r\u202e") {
		t.Errorf("control characters reach the terminal: %q", &out)
	}
}
