// Package votes carries what the validators find about open jobs of the
// quality oracle inside their votes, and hands it to whoever counts.
//
// Words: a job is a task every validator computes for himself; its digest is
// the hash of the result; an extension is the bytes that a validator signs
// along with his precommit; the commit is the signed votes for one block; the
// head is the commit of the last block, put as pseudo-transaction 0 into the
// next one.
//
// The way: ExtendVote (height h) → VerifyVoteExtension (the peers, h) →
// PrepareProposal and ProcessProposal (h+1, into the head) → PreBlock (h+1,
// out of the head, to the Tally).
//
// Invariants:
//  1. What ExtendVote returns, VerifyVoteExtension accepts; CometBFT 0.39 does
//     not look, and a node that breaks this stalls the net (cometbft#5204).
//  2. VerifyVoteExtension judges form only. Disagreement costs no liveness.
//  3. No extension, however malformed, fails or halts a block: a late precommit
//     is in the commit unverified (babylon#475), so it is skipped, not refused.
//  4. Power is x/staking's, never the head's (ASA-2024-006).
//  5. A digest is recorded only from a head that baseapp.ValidateVoteExtensions
//     accepted in both proposal handlers (cosmos-sdk#18893).
//
// Source: CometBFT, ABCI 2.0, vote extensions.
package votes

import (
	"context"

	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/baseapp"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/alaya-network/alaya/core/id"
)

// JobDigest says: this is what I found for that job.
type JobDigest struct {
	Job    id.Hash
	Digest id.Hash
}

// Vote is a JobDigest of one validator.
type Vote struct {
	JobDigest
	// Validator is the operator's address.
	Validator sdk.ValAddress
	// Power and Total are the validator's power and the power of all, of the
	// set that x/staking last gave to CometBFT.
	Power, Total int64
}

// Oracle is the cache that the verifier of this node fills.
type Oracle interface {
	// Digests returns what is ready, in any order, each job at most once. It
	// is on the way of consensus: it must not compute, block or touch the
	// network, and may be called concurrently with whatever fills the cache.
	// More than MaxJobs are cut off: only open jobs belong into it.
	Digests(context.Context) []JobDigest
}

// Tally counts votes and keeps each validator's last digest per job until the
// job's deadline, since a proposer may leave out up to a third of the votes.
type Tally interface {
	// Record notes a vote. It is told the same vote again at each height and
	// must not mind; it must ignore a job that it does not know or that is
	// closed. What it writes is dropped if it returns an error.
	Record(context.Context, Vote) error
}

// Staking is what votes needs to know about validators.
type Staking interface {
	baseapp.ValidatorStore
	GetValidatorByConsAddr(context.Context, sdk.ConsAddress) (stakingtypes.Validator, error)
	GetLastValidatorPower(context.Context, sdk.ValAddress) (int64, error)
	GetLastTotalPower(context.Context) (math.Int, error)
}

// NoOracle is the Oracle of a node that verifies nothing.
type NoOracle struct{}

// Digests returns none.
func (NoOracle) Digests(context.Context) []JobDigest { return nil }
