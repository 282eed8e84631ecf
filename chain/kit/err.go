package kit

import (
	"errors"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/collections"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/alaya-network/alaya/core/fault"
)

// Codespace is the codespace of every error that Err makes.
const Codespace = "alaya"

// Error is an error in the form the SDK reports to clients. Its code within
// Codespace is its fault.Kind; its gRPC status follows from the kind.
type Error struct {
	kind fault.Kind
	text string
	err  error
}

// Err gives an error its kind, code and module name; nil stays nil. A handler
// returns nothing that has not passed through it. Errors of the SDK's bank and
// collections get the kind they mean; an error without a kind is internal.
func Err(module string, err error) error {
	if err == nil {
		return nil
	}
	var done *Error
	if errors.As(err, &done) {
		return err
	}
	text := err.Error()
	if !strings.HasPrefix(text, module+": ") {
		text = module + ": " + text
	}
	return &Error{kind: kindOf(err), text: text, err: err}
}

// KindOfCode returns the kind behind the codespace and code of a transaction's
// result: KindNone for success, KindInternal for a code that is not ours.
func KindOfCode(codespace string, code uint32) fault.Kind {
	switch {
	case code == 0:
		return fault.KindNone
	case codespace == Codespace && code <= uint32(fault.KindInternal):
		return fault.Kind(code)
	}
	return fault.KindInternal
}

// Error says what failed and on which value.
func (e *Error) Error() string { return e.text }

// Unwrap returns the error that Err was given.
func (e *Error) Unwrap() error { return e.err }

// Codespace returns Codespace.
func (*Error) Codespace() string { return Codespace }

// ABCICode returns the kind's number.
func (e *Error) ABCICode() uint32 { return uint32(e.kind) }

// GRPCStatus returns the status of a failed query.
func (e *Error) GRPCStatus() *status.Status { return status.New(grpcCode(e.kind), e.text) }

func kindOf(err error) fault.Kind {
	if k := fault.KindOf(err); k != fault.KindInternal {
		return k
	}
	switch {
	case errors.Is(err, sdkerrors.ErrInsufficientFunds):
		return fault.KindFunds
	case errors.Is(err, sdkerrors.ErrInvalidAddress), errors.Is(err, sdkerrors.ErrInvalidCoins):
		return fault.KindInvalid
	case errors.Is(err, sdkerrors.ErrUnauthorized):
		return fault.KindForbidden
	case errors.Is(err, collections.ErrNotFound):
		return fault.KindNotFound
	}
	return fault.KindInternal
}

func grpcCode(k fault.Kind) codes.Code {
	switch k {
	case fault.KindInvalid:
		return codes.InvalidArgument
	case fault.KindNotFound:
		return codes.NotFound
	case fault.KindExists:
		return codes.AlreadyExists
	case fault.KindForbidden:
		return codes.PermissionDenied
	case fault.KindState, fault.KindFunds:
		return codes.FailedPrecondition
	case fault.KindLimit:
		return codes.ResourceExhausted
	case fault.KindNone, fault.KindInternal:
		return codes.Internal
	}
	return codes.Internal
}
