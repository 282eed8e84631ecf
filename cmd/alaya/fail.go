package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
)

// codeInterrupted is what shells take for an end by Ctrl-C.
const codeInterrupted = 130

// exitCode returns 0 for nil, else what the error's kind says.
func exitCode(err error) int {
	if errors.Is(err, context.Canceled) {
		return codeInterrupted
	}
	switch kindOf(err) {
	case fault.KindNone:
		return 0
	case fault.KindInternal:
		return 1
	case fault.KindInvalid:
		return 2
	case fault.KindNotFound:
		return 3
	case fault.KindExists:
		return 4
	case fault.KindForbidden:
		return 5
	case fault.KindState:
		return 6
	case fault.KindFunds:
		return 7
	case fault.KindLimit:
		return 8
	}
	return 1
}

// exitCodes are told by `alaya --help`.
const exitCodes = `Exit codes:
  0  done
  1  internal: a broken promise of the program or its surroundings
  2  invalid: the input or the command line is wrong
  3  not found
  4  exists already
  5  forbidden: the key lacks the right or the qualification
  6  state: right input, wrong moment
  7  funds: the money does not suffice
  8  limit: a stated bound is exceeded
  130  interrupted`

// kindOf is fault.KindOf, with the file system's errors sorted in.
func kindOf(err error) fault.Kind {
	kind := fault.KindOf(err)
	if kind != fault.KindInternal {
		return kind
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.KindNotFound
	case errors.Is(err, fs.ErrExist):
		return fault.KindExists
	case errors.Is(err, fs.ErrPermission):
		return fault.KindForbidden
	}
	return kind
}

// advice is an error with what to do next.
type advice struct {
	err  error
	next string
}

// Error says what happened.
func (a *advice) Error() string { return a.err.Error() }

// Unwrap keeps the kind.
func (a *advice) Unwrap() error { return a.err }

// advise adds what to do next to an error; nil stays nil.
func advise(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return &advice{err: err, next: fmt.Sprintf(format, args...)}
}

// report tells people of an error: what happened, where, and what to do next.
func report(w io.Writer, err error) {
	if errors.Is(err, context.Canceled) {
		tell(w, "alaya: interrupted\n")
		return
	}
	what, where := err.Error(), ""
	var refused *client.TxError
	if errors.As(err, &refused) {
		what, where = refusal(refused)
	}
	tell(w, "alaya: %s\n", clean(what))
	if where != "" {
		tell(w, "  in: %s\n", where)
	}
	if next := nextStep(err); next != "" {
		tell(w, "  next: %s\n", next)
	}
}

// refusal says why and where the chain refused a transaction, without what the
// chain's engine puts before it.
func refusal(e *client.TxError) (why, where string) {
	why = e.Log
	if _, rest, found := strings.Cut(why, "failed to execute message; message index: "); found {
		index, reason, _ := strings.Cut(rest, ": ")
		why = reason
		if index != "0" {
			why = "message " + index + ": " + reason
		}
	}
	if e.Height == 0 {
		return why, "transaction " + e.Hash + ", which no block took"
	}
	return why, fmt.Sprintf("transaction %s, block %d", e.Hash, e.Height)
}

// nextStep is the advice an error carries, or what its kind suggests.
func nextStep(err error) string {
	var a *advice
	if errors.As(err, &a) {
		return a.next
	}
	if errors.Is(err, syscall.ECONNREFUSED) {
		return "start a node with `alaya up`, or say where one is with --node and --gateway"
	}
	switch kindOf(err) {
	case fault.KindFunds:
		return "`alaya chain balance` shows the money; `alaya chain send` moves it"
	case fault.KindState:
		return "look at it with `show`, and try again at its time"
	case fault.KindForbidden:
		return "is --from the right key? `alaya keys list` shows the keys"
	default:
		return ""
	}
}
