package api

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strings"

	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/index/view"
)

func (a *API) chainRoutes() []route {
	return []route{
		get("/blocks", "listBlocks", "Blocks, the newest first.", view.Page[view.Block]{}, a.blocks, list()...),
		get("/blocks/{height}", "getBlock", "A block with what it holds.", view.BlockDetail{}, a.block,
			path(numberParam("height", "from 1"))),
		get("/txs", "listTxs", "Transactions, the newest first.", view.Page[view.Tx]{}, a.txs, list(
			addressParam("party", "who signed it or is named by what it did"), textParam("stage", "of one of its messages"))...),
		get("/txs/{hash}", "getTx", "A transaction with what it did; 404 until it is final.", view.TxDetail{}, a.tx,
			path(param{name: "hash", doc: "64 hex characters", most: 64, check: checkHash})),
		get("/verdicts/{request}/{round}", "getVerdict", "A verdict with the votes of the validators.", view.VerdictDetail{}, a.verdict,
			path(requestParam("request")), ordinal("round", "from 1")),
		get("/validators", "listValidators", "Who agrees on blocks, the strongest first.", view.Page[view.Validator]{}, a.validators),
		get("/plane", "getPlane", "What this node's store holds.", view.Plane{}, a.plane),
	}
}

func checkHash(text string) error {
	if b, err := hex.DecodeString(text); err != nil || len(b) != 32 {
		return fault.Invalid("api: hash %.70q: want 64 hex characters", text)
	}
	return nil
}

func (a *API) blocks(c *call) (any, error) {
	return a.Index.Blocks(c.Context(), c.text("cursor"), c.limit())
}

func (a *API) block(c *call) (any, error) { return a.Index.Block(c.Context(), c.number("height")) }

func (a *API) txs(c *call) (any, error) {
	return a.Index.Txs(c.Context(), c.text("party"), c.text("stage"), c.text("cursor"), c.limit())
}

func (a *API) tx(c *call) (any, error) {
	return a.Index.Tx(c.Context(), strings.ToUpper(c.text("hash")))
}

func (a *API) verdict(c *call) (any, error) {
	return a.Index.Verdict(c.Context(), c.text("request"), c.number("round"))
}

// validators lists at most 100 validators; a chain has no more.
func (a *API) validators(c *call) (any, error) {
	res, err := stakingtypes.NewQueryClient(a.Client.Conn()).Validators(c.Context(),
		&stakingtypes.QueryValidatorsRequest{Pagination: &client.PageRequest{Limit: maxLimit}})
	if err != nil {
		return nil, err
	}
	proposed, voted, err := a.Index.Activity(c.Context())
	if err != nil {
		return nil, err
	}
	v := view.Page[view.Validator]{Items: []view.Validator{}}
	for _, s := range res.Validators {
		one := validatorOf(s)
		one.Proposed, one.Votes = proposed[one.Consensus], voted[one.Operator]
		v.Items = append(v.Items, one)
	}
	slices.SortStableFunc(v.Items, func(x, y view.Validator) int { return cmp.Compare(y.Power, x.Power) })
	return v, nil
}

func validatorOf(s stakingtypes.Validator) view.Validator {
	v := view.Validator{
		Operator: s.OperatorAddress, Moniker: s.Description.Moniker, Power: s.ConsensusPower(sdk.DefaultPowerReduction),
		Status: strings.ToLower(strings.TrimPrefix(s.Status.String(), "BOND_STATUS_")), Jailed: s.Jailed,
		CommissionPpm: uint32(s.Commission.Rate.MulInt64(int64(num.One)).TruncateInt64()),
	}
	if b, err := sdk.GetFromBech32(s.OperatorAddress, client.Prefix+"valoper"); err == nil {
		if account, err := client.AddressOf(b); err == nil {
			v.Account = string(account)
		}
	}
	if key, ok := s.ConsensusPubkey.GetCachedValue().(cryptotypes.PubKey); ok {
		v.Consensus = key.Address().String()
	}
	return v
}
