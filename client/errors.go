package client

import (
	"errors"
	"fmt"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/alaya-network/alaya/core/fault"
)

// codespace is that of the errors our stages give; a code is a fault.Kind.
const codespace = "alaya"

// TxError says why the chain refused a transaction. It comes wrapped in an
// error of the kind that fits.
type TxError struct {
	Hash string
	// Height of the block that holds the failed transaction; 0 when it never
	// came into one.
	Height    int64
	Codespace string
	Code      uint32
	Log       string
}

// Error says which transaction failed and why.
func (e *TxError) Error() string {
	if e.Height == 0 {
		return fmt.Sprintf("transaction %s refused: %s", e.Hash, e.Log)
	}
	return fmt.Sprintf("transaction %s failed in block %d: %s", e.Hash, e.Height, e.Log)
}

// newTxError returns a TxError with its kind. The chain's text may hold the
// bytes of an address.
func newTxError(hash string, height int64, space string, code uint32, log string) error {
	return fault.Errorf(kindOfCode(space, code), "client: %w", &TxError{
		Hash: hash, Height: height, Codespace: space, Code: code, Log: strings.ToValidUTF8(log, "?"),
	})
}

// kindOfCode returns the kind behind a result code.
func kindOfCode(space string, code uint32) fault.Kind {
	if code == 0 {
		return fault.KindNone
	}
	if space == codespace && code <= uint32(fault.KindInternal) {
		return fault.Kind(code)
	}
	if space != sdkerrors.RootCodespace {
		return fault.KindInternal
	}
	switch code {
	case sdkerrors.ErrNotFound.ABCICode(), sdkerrors.ErrKeyNotFound.ABCICode(), sdkerrors.ErrUnknownAddress.ABCICode():
		return fault.KindNotFound
	case sdkerrors.ErrUnauthorized.ABCICode(), sdkerrors.ErrInvalidPubKey.ABCICode():
		return fault.KindForbidden
	case sdkerrors.ErrInsufficientFunds.ABCICode(), sdkerrors.ErrInsufficientFee.ABCICode():
		return fault.KindFunds
	case sdkerrors.ErrTxTooLarge.ABCICode(), sdkerrors.ErrOutOfGas.ABCICode(), sdkerrors.ErrMempoolIsFull.ABCICode():
		return fault.KindLimit
	case sdkerrors.ErrWrongSequence.ABCICode(), sdkerrors.ErrTxTimeoutHeight.ABCICode():
		return fault.KindState
	case sdkerrors.ErrTxDecode.ABCICode(), sdkerrors.ErrInvalidAddress.ABCICode(), sdkerrors.ErrInvalidCoins.ABCICode(),
		sdkerrors.ErrInvalidRequest.ABCICode(), sdkerrors.ErrUnknownRequest.ABCICode(), sdkerrors.ErrInvalidType.ABCICode():
		return fault.KindInvalid
	}
	return fault.KindInternal
}

// queryError is an error with a kind for our callers and a gRPC status for
// generated code.
type queryError struct{ fault *fault.Error }

func newQueryError(kind fault.Kind, text string) error {
	return queryError{&fault.Error{Kind: kind, Err: errors.New(text)}}
}

// Error says which query failed and why.
func (e queryError) Error() string { return e.fault.Error() }

// Unwrap shows the kind.
func (e queryError) Unwrap() error { return e.fault }

// GRPCStatus shows the status.
func (e queryError) GRPCStatus() *status.Status {
	return status.New(grpcCode(e.fault.Kind), e.fault.Error())
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
