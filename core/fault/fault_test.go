package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
)

func TestKindOf(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want fault.Kind
	}{
		{"nil has no kind", nil, fault.KindNone},
		{"a foreign error is internal", io.EOF, fault.KindInternal},
		{"invalid", fault.Invalid("x"), fault.KindInvalid},
		{"not found", fault.NotFound("x"), fault.KindNotFound},
		{"exists", fault.Exists("x"), fault.KindExists},
		{"forbidden", fault.Forbidden("x"), fault.KindForbidden},
		{"state", fault.State("x"), fault.KindState},
		{"funds", fault.Funds("x"), fault.KindFunds},
		{"limit", fault.Limit("x"), fault.KindLimit},
		{"internal", fault.Internal("x"), fault.KindInternal},
		{"adding facts keeps the kind", fmt.Errorf("page 3: %w", fault.Funds("x")), fault.KindFunds},
		{"the outermost kind wins", fault.State("closed: %w", fault.Funds("x")), fault.KindState},
		{"a joined error keeps the kind", errors.Join(io.EOF, fault.Limit("x")), fault.KindLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := fault.KindOf(tt.err); got != tt.want {
				t.Errorf("KindOf(%v) = %s, want %s", tt.err, got, tt.want)
			}
			if !fault.Is(tt.err, tt.want) {
				t.Errorf("Is(%v, %s) = false", tt.err, tt.want)
			}
		})
	}
}

func TestErrorKeepsTextAndCause(t *testing.T) {
	err := fault.NotFound("plane: blob %s: %w", "b1", io.ErrUnexpectedEOF)
	if got, want := err.Error(), "plane: blob b1: unexpected EOF"; got != want {
		t.Errorf("text = %q, want %q", got, want)
	}
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("errors.Is(%v, io.ErrUnexpectedEOF) = false", err)
	}
	var e *fault.Error
	if !errors.As(err, &e) || e.Kind != fault.KindNotFound {
		t.Errorf("errors.As(%v) = %v, want kind not found", err, e)
	}
}

func TestKindNames(t *testing.T) {
	want := map[fault.Kind]string{
		fault.KindNone: "none", fault.KindInvalid: "invalid", fault.KindNotFound: "not found",
		fault.KindExists: "exists", fault.KindForbidden: "forbidden", fault.KindState: "state",
		fault.KindFunds: "funds", fault.KindLimit: "limit", fault.KindInternal: "internal",
		9: "kind(9)",
	}
	for k, name := range want {
		if k.String() != name {
			t.Errorf("Kind(%d) = %q, want %q", k, k, name)
		}
	}
}
