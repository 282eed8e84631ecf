package api

import (
	"time"

	"github.com/cosmos/cosmos-sdk/x/feegrant"

	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/index/view"
)

func (a *API) partyRoutes() []route {
	who := path(addressParam("addr", "an address"))
	return []route{
		get("/parties/{addr}", "getParty", "Somebody who takes part.", view.Party{}, a.party, who),
		get("/parties/{addr}/work", "getWork", "What he has in hand, and what waits for him.", view.Work{}, a.work, who),
		get("/parties/{addr}/earnings", "getEarnings", "What he has earned.", view.Earnings{}, a.earnings, who),
		get("/accounts/{addr}", "getAccount", "What signing needs.", view.Account{}, a.account, who),
	}
}

func (a *API) party(c *call) (any, error) {
	v, err := a.Index.Party(c.Context(), c.text("addr"))
	if err != nil {
		return nil, err
	}
	balance, err := a.balance(c)
	v.Balance = balance
	return v, err
}

// balance is the money of the address that the call names.
func (a *API) balance(c *call) (view.Ualy, error) {
	who := id.Address(c.text("addr"))
	if _, err := client.ParseAddress(who); err != nil {
		return 0, err
	}
	amount, err := a.Client.Balance(c.Context(), who)
	return view.Ualy(amount), err
}

// now is the time of the last block.
func (a *API) now(c *call) (id.Time, error) {
	block, err := a.Client.Block(c.Context(), a.Client.Height())
	return block.Time, err
}

func (a *API) work(c *call) (any, error) {
	now, err := a.now(c)
	if err != nil {
		return nil, err
	}
	return a.Index.Work(c.Context(), c.text("addr"), now)
}

func (a *API) earnings(c *call) (any, error) {
	v, err := a.Index.Earnings(c.Context(), c.text("addr"))
	if err != nil {
		return nil, err
	}
	for i := range v.Entries {
		e := &v.Entries[i]
		if i == maxLimit {
			break // older ones go without
		}
		report, err := a.report(c, e.Request, e.Round)
		if err != nil {
			return nil, err
		}
		for _, w := range report.Quality.Workers {
			if w.Worker == c.text("addr") {
				e.GoldRight, e.GoldSeen = uint32(w.GoldRight), uint32(w.GoldSeen)
			}
		}
	}
	return v, nil
}

// report returns the report of a round's verdict, empty when it is not here.
func (a *API) report(c *call, request string, round uint32) (oracle.Report, error) {
	cid, err := a.Index.Report(c.Context(), request, round)
	if err != nil {
		return oracle.Report{}, err
	}
	text, err := a.blob(c.Context(), id.CID(cid), maxReport)
	if err != nil || text == nil {
		return oracle.Report{}, err
	}
	r, err := oracle.ParseReport(text)
	if err != nil {
		return oracle.Report{}, nil // of a version that this node does not read
	}
	return r, nil
}

func (a *API) account(c *call) (any, error) {
	ctx := c.Context()
	v := view.Account{Address: c.text("addr"), Grants: []view.FeeGrant{}}
	var err error
	if v.Balance, err = a.balance(c); err != nil {
		return nil, err
	}
	res, err := authtypes.NewQueryClient(a.Client.Conn()).AccountInfo(ctx, &authtypes.QueryAccountInfoRequest{Address: v.Address})
	switch {
	case fault.Is(err, fault.KindNotFound):
	case err != nil:
		return nil, err
	case res.Info != nil:
		v.Exists, v.Number, v.Sequence = true, view.Serial(res.Info.AccountNumber), res.Info.Sequence
	}
	grants, err := feegrant.NewQueryClient(a.Client.Conn()).Allowances(ctx, &feegrant.QueryAllowancesRequest{Grantee: v.Address})
	if err != nil {
		return nil, err
	}
	for _, g := range grants.Allowances {
		v.Grants = append(v.Grants, grantOf(g))
	}
	return v, nil
}

// grantOf reads an allowance; of a kind that is not known only the granter is.
func grantOf(g *feegrant.Grant) view.FeeGrant {
	v := view.FeeGrant{Granter: g.Granter}
	allowance, err := g.GetGrant()
	if err != nil {
		return v
	}
	if limited, ok := allowance.(*feegrant.AllowedMsgAllowance); ok {
		if allowance, err = limited.GetAllowance(); err != nil {
			return v
		}
	}
	if basic, ok := allowance.(*feegrant.BasicAllowance); ok {
		if paid := sdk.Coins(basic.SpendLimit).AmountOf(client.Denom); paid.IsInt64() {
			v.SpendLimit = view.Ualy(paid.Int64())
		}
		if basic.Expiration != nil {
			v.Expires = basic.Expiration.UTC().Truncate(time.Millisecond).UnixMilli()
		}
	}
	return v
}
