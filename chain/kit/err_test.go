package kit_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"cosmossdk.io/collections"
	errorsmod "cosmossdk.io/errors"

	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
)

func TestErrTellsClientsTheKind(t *testing.T) {
	tests := []struct {
		name string
		err  error
		kind fault.Kind
		grpc codes.Code
		text string
	}{
		{"invalid input", fault.Invalid("price 0"), fault.KindInvalid, codes.InvalidArgument, "market: price 0"},
		{"a name given already is not repeated", fault.State("market: closed"), fault.KindState, codes.FailedPrecondition, "market: closed"},
		{"not found", fault.NotFound("bid 1"), fault.KindNotFound, codes.NotFound, "market: bid 1"},
		{"exists", fault.Exists("bid 1"), fault.KindExists, codes.AlreadyExists, "market: bid 1"},
		{"forbidden", fault.Forbidden("no"), fault.KindForbidden, codes.PermissionDenied, "market: no"},
		{"funds", fault.Funds("1 of 2"), fault.KindFunds, codes.FailedPrecondition, "market: 1 of 2"},
		{"limit", fault.Limit("51 items"), fault.KindLimit, codes.ResourceExhausted, "market: 51 items"},
		{"internal", fault.Internal("bug"), fault.KindInternal, codes.Internal, "market: bug"},
		{"an error without a kind is internal", io.EOF, fault.KindInternal, codes.Internal, "market: EOF"},
		{"the bank's lack of money is funds", sdkerrors.ErrInsufficientFunds.Wrap("3 of 4"), fault.KindFunds, codes.FailedPrecondition, "market: 3 of 4: insufficient funds"},
		{"a missing record is not found", fmt.Errorf("bid 3: %w", collections.ErrNotFound), fault.KindNotFound, codes.NotFound, "market: bid 3: collections: not found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := errorsmod.Wrapf(kit.Err("market", tt.err), "message 0") // as baseapp does
			space, code, _ := errorsmod.ABCIInfo(err, false)
			if space != kit.Codespace || code != uint32(tt.kind) {
				t.Errorf("%v: codespace %q code %d, want %q %d", tt.err, space, code, kit.Codespace, tt.kind)
			}
			if got := kit.KindOfCode(space, code); got != tt.kind {
				t.Errorf("KindOfCode(%q, %d) = %s, want %s", space, code, got, tt.kind)
			}
			plain := kit.Err("market", tt.err)
			if got := status.Code(plain); got != tt.grpc {
				t.Errorf("%v: gRPC code %s, want %s", tt.err, got, tt.grpc)
			}
			if plain.Error() != tt.text {
				t.Errorf("text = %q, want %q", plain, tt.text)
			}
			if !errors.Is(plain, tt.err) {
				t.Errorf("errors.Is(%v, %v) = false", plain, tt.err)
			}
		})
	}
}

func TestErrKeepsNilAndItself(t *testing.T) {
	if err := kit.Err("market", nil); err != nil {
		t.Errorf("Err(nil) = %v", err)
	}
	once := kit.Err("market", fault.State("closed"))
	if twice := kit.Err("work", once); !errors.Is(twice, once) || twice.Error() != once.Error() {
		t.Errorf("Err(Err(e)) = %v, want %v", twice, once)
	}
}

func TestKindOfCodeOfOthers(t *testing.T) {
	if got := kit.KindOfCode("", 0); got != fault.KindNone {
		t.Errorf("success = %s, want none", got)
	}
	if got := kit.KindOfCode("sdk", 5); got != fault.KindInternal {
		t.Errorf("sdk/5 = %s, want internal", got)
	}
	if got := kit.KindOfCode(kit.Codespace, 99); got != fault.KindInternal {
		t.Errorf("alaya/99 = %s, want internal", got)
	}
}
