package votes

import (
	"fmt"
	"slices"

	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/cosmos/cosmos-sdk/baseapp"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/core/fault"
)

const absent = cmtproto.BlockIDFlagAbsent

// Handlers are the ABCI handlers of one node. All fields are needed.
type Handlers struct {
	Oracle  Oracle
	Tally   Tally
	Staking Staking
	// Prepare and Process handle the transactions behind the head.
	Prepare sdk.PrepareProposalHandler
	Process sdk.ProcessProposalHandler
}

// Install puts the handlers on an app, in front of the default handling of
// proposals. PreBlock is left to the caller, who has a PreBlocker of his own.
func (h Handlers) Install(app *baseapp.BaseApp) {
	app.SetExtendVoteHandler(h.ExtendVote)
	app.SetVerifyVoteExtensionHandler(h.VerifyVoteExtension)
	app.SetPrepareProposal(h.PrepareProposal)
	app.SetProcessProposal(h.ProcessProposal)
}

// ExtendVote returns the digests that are ready. Whatever goes wrong, it
// returns an extension that peers accept, in the worst case an empty one: an
// error or a panic here would stop consensus.
func (h Handlers) ExtendVote(ctx sdk.Context, req *abci.RequestExtendVote) (*abci.ResponseExtendVote, error) {
	ext, err := h.extension(ctx)
	if err == nil {
		_, err = Decode(ext)
	}
	if err != nil {
		ctx.Logger().Error("vote goes without digests", "height", req.Height, "error", err)
		ext = nil
	}
	return &abci.ResponseExtendVote{VoteExtension: ext}, nil
}

func (h Handlers) extension(ctx sdk.Context) (ext []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fault.Internal("votes: oracle panicked: %v", r)
		}
	}()
	digests := slices.SortedFunc(slices.Values(h.Oracle.Digests(ctx)), byJob)
	return Encode(digests[:min(len(digests), MaxJobs)])
}

// VerifyVoteExtension accepts every extension that has the form, whatever it
// says.
func (Handlers) VerifyVoteExtension(_ sdk.Context, req *abci.RequestVerifyVoteExtension) (*abci.ResponseVerifyVoteExtension, error) {
	if _, err := Decode(req.VoteExtension); err != nil {
		return &abci.ResponseVerifyVoteExtension{Status: abci.ResponseVerifyVoteExtension_REJECT}, nil
	}
	return &abci.ResponseVerifyVoteExtension{Status: abci.ResponseVerifyVoteExtension_ACCEPT}, nil
}

// PrepareProposal puts the last commit in front of the transactions, within
// the block's size.
func (h Handlers) PrepareProposal(ctx sdk.Context, req *abci.RequestPrepareProposal) (*abci.ResponsePrepareProposal, error) {
	if !hasHead(ctx, req.Height) {
		return h.Prepare(ctx, req)
	}
	commit := trim(req.LocalLastCommit)
	if err := h.validate(ctx, commit); err != nil {
		return nil, err
	}
	head, err := encodeHead(commit)
	if err != nil {
		return nil, err
	}
	rest := *req
	rest.MaxTxBytes -= cmttypes.ComputeProtoSizeForTxs([]cmttypes.Tx{head})
	if rest.MaxTxBytes < 0 {
		return nil, fault.Limit("votes: head of %d bytes: block has room for %d", len(head), req.MaxTxBytes)
	}
	res, err := h.Prepare(ctx, &rest)
	if err != nil {
		return nil, err
	}
	res.Txs = slices.Insert(res.Txs, 0, head)
	return res, nil
}

// ProcessProposal refuses a block without a valid head.
func (h Handlers) ProcessProposal(ctx sdk.Context, req *abci.RequestProcessProposal) (*abci.ResponseProcessProposal, error) {
	if !hasHead(ctx, req.Height) {
		return h.Process(ctx, req)
	}
	commit, err := decodeHead(req.Txs)
	if err == nil {
		err = h.validate(ctx, commit)
	}
	if err != nil {
		ctx.Logger().Error("proposal refused", "height", req.Height, "error", err)
		return &abci.ResponseProcessProposal{Status: abci.ResponseProcessProposal_REJECT}, nil
	}
	rest := *req
	rest.Txs = req.Txs[1:]
	return h.Process(ctx, &rest)
}

func (h Handlers) validate(ctx sdk.Context, commit abci.ExtendedCommitInfo) error {
	// Height and chain id are read from the context; the arguments are unused.
	if err := baseapp.ValidateVoteExtensions(ctx, h.Staking, 0, "", commit); err != nil {
		return fmt.Errorf("votes: commit: %w", err)
	}
	return nil
}

// hasHead says whether blocks of this height carry a head: those after the
// height from which votes are extended.
func hasHead(ctx sdk.Context, height int64) bool {
	params := ctx.ConsensusParams().Abci
	return params != nil && params.VoteExtensionsEnableHeight > 0 && height > params.VoteExtensionsEnableHeight
}
