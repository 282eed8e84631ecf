// Package kit is the ceremony every module of ours shares, written once: the
// shape of a module (Module), deadlines (Queue), the form in which an error of
// core leaves a handler (Err), and the facts of the block (Now, Height).
//
// Words: a deadline is a key that falls due at a time; the block's time is the
// one in its header, agreed by the validators, in milliseconds.
//
// Invariants:
//  1. A queue hands out at most its limit of keys per call, earliest first,
//     equal times by key: every node in the same order.
//  2. A handler that fails leaves no trace and its key comes back later: a
//     faulty deadline neither halts the chain nor is lost, nor holds up others.
//  3. An error's code is its fault.Kind; texts carry no consensus.
package kit

import (
	"context"
	"encoding/binary"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/core/id"
)

// Now returns the time of the block being executed.
func Now(ctx context.Context) id.Time {
	return id.Time(sdk.UnwrapSDKContext(ctx).BlockTime().UnixMilli())
}

// Height returns the height of the block being executed.
func Height(ctx context.Context) id.Height {
	return id.Height(sdk.UnwrapSDKContext(ctx).BlockHeight())
}

// Entropy is fixed by the blocks up to the one being executed: its height, and
// the state after the last one. The domain keeps draws apart.
func Entropy(ctx context.Context, domain string) id.Hash {
	header := sdk.UnwrapSDKContext(ctx).BlockHeader()
	return id.Sum(domain, binary.BigEndian.AppendUint64(nil, uint64(header.Height)), header.AppHash)
}
