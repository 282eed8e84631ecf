package wire

import (
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/settle"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
)

// SettleParamsToProto writes the parameters of settlement.
func SettleParamsToProto(p settle.Params) *settlev1.Params {
	return &settlev1.Params{FeeBps: uint32(p.Fee)}
}

// SettleParamsFromProto reads the parameters of settlement and checks their
// bounds.
func SettleParamsFromProto(p *settlev1.Params) (settle.Params, error) {
	params := settle.Params{Fee: num.Bps(p.GetFeeBps())}
	return params, params.Validate()
}

// BalanceToProto writes what an escrow account holds.
func BalanceToProto(a escrow.Account, amount num.Amount) *settlev1.Balance {
	return &settlev1.Balance{Account: string(a), Amount: int64(amount)}
}

// BalanceFromProto reads what an inside account holds: more than nothing.
func BalanceFromProto(b *settlev1.Balance) (escrow.Account, num.Amount, error) {
	account := escrow.Account(b.GetAccount())
	if account.Request() == "" || b.GetAmount() <= 0 {
		return "", 0, fault.Invalid("settle: balance %q of %d ualy: no account of the ledger", account, b.GetAmount())
	}
	return account, num.Amount(b.GetAmount()), nil
}

// SettlementToProto writes a settlement.
func SettlementToProto(s settle.Settlement) *settlev1.Settlement {
	return &settlev1.Settlement{
		Request: string(s.Request), Milestone: s.Milestone, Round: s.Round,
		State: settlev1.SettlementState(s.State), PayoutsRoot: s.Root[:],
		Payouts: s.Payouts, Posted: s.Posted, Open: s.Open, Chunks: s.Chunks,
		Total: int64(s.Total), PostedTotal: int64(s.PostedTotal), Released: int64(s.Released),
		FeeBps: uint32(s.Fee), ReleaseAt: int64(s.ReleaseAt), Holds: s.Holds, Due: uint32(s.Due),
	}
}

// SettlementFromProto reads a settlement.
func SettlementFromProto(p *settlev1.Settlement) (settle.Settlement, error) {
	var r reader
	s := settle.Settlement{
		Request: r.request("request", p.GetRequest()), Milestone: p.GetMilestone(), Round: p.GetRound(),
		State: settle.State(r.enum("state", int32(p.GetState()), int32(settle.Done))), Root: r.hash("payouts_root", p.GetPayoutsRoot()),
		Payouts: p.GetPayouts(), Posted: p.GetPosted(), Open: p.GetOpen(), Chunks: p.GetChunks(),
		Total: r.amount("total", p.GetTotal()), PostedTotal: r.amount("posted_total", p.GetPostedTotal()),
		Released: r.amount("released", p.GetReleased()), Fee: num.Bps(p.GetFeeBps()),
		ReleaseAt: id.Time(p.GetReleaseAt()), Holds: p.GetHolds(), Due: r.ratio("due", p.GetDue()),
	}
	return s, r.done("settlement")
}

// EntryToProto writes a line of the pay vector.
func EntryToProto(e settle.Entry) *settlev1.Entry {
	return &settlev1.Entry{
		Contributor: string(e.Contributor), Answers: e.Answers, Right: e.Right, Wrong: e.Wrong,
		Skill: uint32(e.Skill), Factor: uint32(e.Factor), Amount: int64(e.Amount), Worthless: e.Worthless,
	}
}

// EntryFromProto reads a line of the pay vector.
func EntryFromProto(p *settlev1.Entry) (settle.Entry, error) {
	var r reader
	e := settle.Entry{
		Contributor: r.address("contributor", p.GetContributor()), Answers: p.GetAnswers(), Right: p.GetRight(), Wrong: p.GetWrong(),
		Skill: r.ratio("skill", p.GetSkill()), Factor: r.ratio("factor", p.GetFactor()),
		Amount: r.amount("amount", p.GetAmount()), Worthless: p.GetWorthless(),
	}
	return e, r.done("entry")
}

// PayoutToProto writes a payout.
func PayoutToProto(p settle.Payout) *settlev1.Payout {
	return &settlev1.Payout{
		Request: string(p.Request), Milestone: p.Milestone, Entry: *EntryToProto(p.Entry),
		State: settlev1.PayoutState(p.State),
	}
}

// PayoutFromProto reads a payout.
func PayoutFromProto(p *settlev1.Payout) (settle.Payout, error) {
	var r reader
	entry := p.GetEntry()
	e, err := EntryFromProto(&entry)
	r.note("entry", err)
	payout := settle.Payout{
		Request: r.request("request", p.GetRequest()), Milestone: p.GetMilestone(), Entry: e,
		State: settle.PayoutState(r.enum("state", int32(p.GetState()), int32(settle.Released))),
	}
	return payout, r.done("payout")
}

// ContestToProto writes a contest.
func ContestToProto(c settle.Contest) *settlev1.Contest {
	return &settlev1.Contest{
		Request: string(c.Request), Milestone: c.Milestone, Contributor: string(c.Contributor),
		Reason: c.Reason, Evidence: string(c.Evidence), Deadline: int64(c.Deadline), Opened: int64(c.Opened),
	}
}

// ContestFromProto reads a contest.
func ContestFromProto(p *settlev1.Contest) (settle.Contest, error) {
	var r reader
	c := settle.Contest{
		Request: r.request("request", p.GetRequest()), Milestone: p.GetMilestone(),
		Contributor: r.address("contributor", p.GetContributor()), Reason: p.GetReason(),
		Evidence: r.cid("evidence", p.GetEvidence()), Deadline: id.Time(p.GetDeadline()), Opened: id.Time(p.GetOpened()),
	}
	return c, r.done("contest")
}
