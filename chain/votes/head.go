package votes

import (
	"bytes"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/alaya-network/alaya/core/fault"
)

// headPrefix begins pseudo-transaction 0. Its first byte would be protobuf's
// field 0, which does not exist, so no transaction begins like it.
const headPrefix = "\x00alaya/votes/1\x00"

// IsHead says whether a block's transaction is the pseudo-transaction that
// carries the last commit. It appears as a failed transaction; indexers,
// clients and decoders skip it.
func IsHead(tx []byte) bool { return bytes.HasPrefix(tx, []byte(headPrefix)) }

func encodeHead(commit abci.ExtendedCommitInfo) ([]byte, error) {
	raw, err := commit.Marshal()
	if err != nil {
		return nil, fault.Internal("votes: head: %w", err)
	}
	return append([]byte(headPrefix), raw...), nil
}

// decodeHead reads the commit out of a block's first transaction.
func decodeHead(txs [][]byte) (abci.ExtendedCommitInfo, error) {
	var commit abci.ExtendedCommitInfo
	if len(txs) == 0 || !IsHead(txs[0]) {
		return commit, fault.Invalid("votes: head: transaction 0 of %d is none", len(txs))
	}
	if err := commit.Unmarshal(txs[0][len(headPrefix):]); err != nil {
		return commit, fault.Invalid("votes: head: %w", err)
	}
	return commit, nil
}

// trim marks votes absent whose extension is too long. Only a validator who
// breaks the rules signs one, and his late precommit must not fill the block.
func trim(commit abci.ExtendedCommitInfo) abci.ExtendedCommitInfo {
	out := commit
	out.Votes = make([]abci.ExtendedVoteInfo, len(commit.Votes))
	for i, v := range commit.Votes {
		if len(v.VoteExtension) > MaxExtensionSize {
			v = abci.ExtendedVoteInfo{Validator: v.Validator, BlockIdFlag: absent}
		}
		out.Votes[i] = v
	}
	return out
}
