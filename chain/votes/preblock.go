package votes

import (
	abci "github.com/cometbft/cometbft/abci/types"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/core/fault"
)

// PreBlock records the votes in a block's head. It has no error: a block that
// consensus decided on is executed, whatever its head holds.
func (h Handlers) PreBlock(ctx sdk.Context, req *abci.RequestFinalizeBlock) {
	if !hasHead(ctx, req.Height) {
		return
	}
	commit, err := decodeHead(req.Txs)
	if err != nil {
		ctx.Logger().Error("block without votes", "height", req.Height, "error", err)
		return
	}
	total, err := h.Staking.GetLastTotalPower(ctx)
	if err != nil {
		ctx.Logger().Error("votes without total power", "height", req.Height, "error", err)
		return
	}
	for _, v := range commit.Votes {
		if v.BlockIdFlag == cmtproto.BlockIDFlagCommit {
			h.record(ctx, v, total.Int64())
		}
	}
}

// record hands over the digests of one validator, or none if his extension is
// malformed or x/staking does not know him any more.
func (h Handlers) record(ctx sdk.Context, v abci.ExtendedVoteInfo, total int64) {
	skip := func(err error) {
		ctx.Logger().Info("vote skipped", "validator", sdk.ConsAddress(v.Validator.Address), "error", err)
	}
	digests, err := Decode(v.VoteExtension)
	if err != nil || len(digests) == 0 {
		if err != nil {
			skip(err)
		}
		return
	}
	operator, power, err := h.power(ctx, v.Validator.Address)
	if err != nil {
		skip(err)
		return
	}
	for _, d := range digests {
		branch, write := ctx.CacheContext()
		vote := Vote{JobDigest: d, Validator: operator, Power: power, Total: total}
		if err := h.Tally.Record(branch, vote); err != nil {
			skip(err)
			continue
		}
		write()
	}
}

func (h Handlers) power(ctx sdk.Context, consensus sdk.ConsAddress) (sdk.ValAddress, int64, error) {
	validator, err := h.Staking.GetValidatorByConsAddr(ctx, consensus)
	if err != nil {
		return nil, 0, err
	}
	operator, err := sdk.ValAddressFromBech32(validator.GetOperator())
	if err != nil {
		return nil, 0, err
	}
	power, err := h.Staking.GetLastValidatorPower(ctx, operator)
	if err == nil && power <= 0 {
		err = fault.State("votes: validator %s has no power", operator)
	}
	return operator, power, err
}
