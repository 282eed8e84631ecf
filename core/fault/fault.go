// Package fault gives every error of Alaya one of eight kinds.
//
// A kind is what a caller branches on; the text is for people and says what
// failed and on which value: "market: bid 12 on request 7: closed at height
// 900". The set is closed: a new situation gets a new text, never a new kind.
//
// Invariants:
//  1. A non-nil error has exactly one kind, the outermost in its chain; an
//     error that came without one is internal.
//  2. Adding facts with fmt.Errorf and %w keeps the kind.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what a caller may do about an error. The numbers are stable: the
// chain uses them as error codes.
type Kind uint8

const (
	// KindNone is the kind of a nil error.
	KindNone Kind = iota
	// KindInvalid: the input can never be accepted; change it.
	KindInvalid
	// KindNotFound: the named thing does not exist here.
	KindNotFound
	// KindExists: the named thing exists already.
	KindExists
	// KindForbidden: the caller lacks the right, role or qualification.
	KindForbidden
	// KindState: right input, wrong moment: the thing is in another state.
	KindState
	// KindFunds: the money does not suffice.
	KindFunds
	// KindLimit: a stated bound is exceeded.
	KindLimit
	// KindInternal: a broken promise of the program or its surroundings.
	KindInternal
)

var kindNames = [...]string{
	"none", "invalid", "not found", "exists", "forbidden", "state", "funds", "limit", "internal",
}

// String returns the kind's name in lower case, "kind(n)" outside the set.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// Error is an error with a kind. Its text is the text of Err.
type Error struct {
	Kind Kind
	Err  error
}

// Error returns the text of Err.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns Err, so errors.Is and errors.As see what %w wrapped.
func (e *Error) Unwrap() error { return e.Err }

// Errorf formats an error of the given kind; %w works as in fmt.Errorf.
func Errorf(k Kind, format string, args ...any) error {
	return &Error{Kind: k, Err: fmt.Errorf(format, args...)}
}

// Invalid formats an error of KindInvalid.
func Invalid(format string, args ...any) error { return Errorf(KindInvalid, format, args...) }

// NotFound formats an error of KindNotFound.
func NotFound(format string, args ...any) error { return Errorf(KindNotFound, format, args...) }

// Exists formats an error of KindExists.
func Exists(format string, args ...any) error { return Errorf(KindExists, format, args...) }

// Forbidden formats an error of KindForbidden.
func Forbidden(format string, args ...any) error { return Errorf(KindForbidden, format, args...) }

// State formats an error of KindState.
func State(format string, args ...any) error { return Errorf(KindState, format, args...) }

// Funds formats an error of KindFunds.
func Funds(format string, args ...any) error { return Errorf(KindFunds, format, args...) }

// Limit formats an error of KindLimit.
func Limit(format string, args ...any) error { return Errorf(KindLimit, format, args...) }

// Internal formats an error of KindInternal.
func Internal(format string, args ...any) error { return Errorf(KindInternal, format, args...) }

// KindOf returns the kind of the outermost Error in err's chain, KindNone for
// nil, KindInternal for an error without a kind.
func KindOf(err error) Kind {
	if err == nil {
		return KindNone
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return KindInternal
}

// Is says whether err is of kind k.
func Is(err error, k Kind) bool { return KindOf(err) == k }
