package model

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/deposit"
	"github.com/alaya-network/alaya/core/model/points"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// Report says, with a bond, that an item is bad.
func (s msgServer) Report(ctx context.Context, m *modelv1.MsgReport) (*modelv1.MsgReportResponse, error) {
	bond, err := s.report(ctx, m)
	return &modelv1.MsgReportResponse{Bond: int64(bond)}, kit.Err(Name, err)
}

func (s msgServer) report(ctx context.Context, m *modelv1.MsgReport) (num.Amount, error) {
	by, d, c, err := s.onItem(ctx, m.Reporter, m.Model, m.Number)
	if err != nil {
		return 0, err
	}
	if err := d.want(model.Deposit, "reports"); err != nil {
		return 0, err
	}
	reporter, err := d.person(by)
	if err != nil {
		return 0, err
	}
	earlier, err := d.reports(c)
	if err != nil {
		return 0, err
	}
	purse, c, r, moves, err := d.purse.Report(d.model.Terms.Incentive.Deposit, c, reporter, earlier, d.now.Time)
	if err != nil {
		return 0, err
	}
	d.purse, d.moves = purse, append(d.moves, moves...)
	if err := s.k.reports.Set(ctx, collections.Join3(string(r.Model), r.Number, string(r.Reporter)), *wire.ReportToProto(r)); err != nil {
		return 0, err
	}
	if err := d.setItem(c); err != nil {
		return 0, err
	}
	d.emitItem("reported", c, kit.AttributeParty, string(by), "bond", r.Bond.String())
	return r.Bond, d.save()
}

// Vote gives an opinion on an item.
func (s msgServer) Vote(ctx context.Context, m *modelv1.MsgVote) (*modelv1.MsgVoteResponse, error) {
	return &modelv1.MsgVoteResponse{}, kit.Err(Name, s.vote(ctx, m))
}

func (s msgServer) vote(ctx context.Context, m *modelv1.MsgVote) error {
	by, d, c, err := s.onItem(ctx, m.Voter, m.Model, m.Number)
	if err != nil {
		return err
	}
	if err := d.want(model.Points, "votes"); err != nil {
		return err
	}
	if m.Verdict < 0 || m.Verdict > modelv1.Verdict_VERDICT_UNDECIDED {
		return fault.Invalid("model: vote %d: want agrees or disagrees", m.Verdict)
	}
	voter, err := d.person(by)
	if err != nil {
		return err
	}
	ballot, err := d.ballot(c)
	if err != nil {
		return err
	}
	if ballot, err = ballot.Cast(c, voter, model.Verdict(m.Verdict), d.now.Time); err != nil {
		return err
	}
	d.emitItem("voted", c, kit.AttributeParty, string(by), "verdict", model.Verdict(m.Verdict).String())
	return s.k.ballots.Set(ctx, collections.Join(m.Model, m.Number), *wire.BallotToProto(ballot))
}

// Claim pays a contributor his rewards.
func (s msgServer) Claim(ctx context.Context, m *modelv1.MsgClaim) (*modelv1.MsgClaimResponse, error) {
	paid, err := s.claim(ctx, m)
	return &modelv1.MsgClaimResponse{Paid: int64(paid)}, kit.Err(Name, err)
}

func (s msgServer) claim(ctx context.Context, m *modelv1.MsgClaim) (num.Amount, error) {
	by, d, err := s.on(ctx, m.Contributor, m.Model)
	if err != nil {
		return 0, err
	}
	if err := d.want(model.Deposit, "rewards"); err != nil {
		return 0, err
	}
	who, err := d.person(by)
	if err != nil {
		return 0, err
	}
	before := who.Claimed
	if d.purse, who, d.moves, err = d.purse.Claim(who); err != nil {
		return 0, err
	}
	d.setPerson(who)
	paid := who.Claimed - before
	d.emit("claimed", kit.AttributeParty, string(by), "amount", paid.String())
	return paid, d.save()
}

// onItem is on with a contribution.
func (s msgServer) onItem(ctx context.Context, signer, m string, number uint64) (id.Address, *desk, model.Contribution, error) {
	by, d, err := s.on(ctx, signer, m)
	if err != nil {
		return by, d, model.Contribution{}, err
	}
	c, err := d.item(number)
	return by, d, c, err
}

// want refuses what belongs to another incentive.
func (d *desk) want(kind model.Kind, what string) error {
	if have := d.model.Terms.Incentive.Kind; have != kind {
		return fault.Forbidden("model: %s has %s, not %s: no %s", d.model.ID, have, kind, what)
	}
	return nil
}

// reports are those of an item, by reporter.
func (d *desk) reports(c model.Contribution) ([]deposit.Report, error) {
	if c.Reports == 0 {
		return nil, nil
	}
	var all []deposit.Report
	err := d.k.reports.Walk(d.ctx, collections.NewSuperPrefixedTripleRange[string, uint64, string](string(c.Model), c.Number),
		func(_ reportKey, p modelv1.Report) (bool, error) {
			r, err := wire.ReportFromProto(&p)
			all = append(all, r)
			return false, err
		})
	return all, err
}

// ballot is the votes on an item.
func (d *desk) ballot(c model.Contribution) (points.Ballot, error) {
	key := collections.Join(string(c.Model), c.Number)
	if has, err := d.k.ballots.Has(d.ctx, key); err != nil || !has {
		return points.Ballot{}, err
	}
	p, err := d.k.ballots.Get(d.ctx, key)
	if err != nil {
		return points.Ballot{}, err
	}
	return wire.BallotFromProto(&p)
}

// clear forgets the reports and votes of an item that has ended.
func (d *desk) clear(c model.Contribution) error {
	if c.Reports > 0 {
		of := collections.NewSuperPrefixedTripleRange[string, uint64, string](string(c.Model), c.Number)
		if err := d.k.reports.Clear(d.ctx, of); err != nil {
			return err
		}
	}
	if d.model.Terms.Incentive.Kind != model.Points {
		return nil
	}
	key := collections.Join(string(c.Model), c.Number)
	if has, err := d.k.ballots.Has(d.ctx, key); err != nil || !has {
		return err
	}
	return d.k.ballots.Remove(d.ctx, key)
}
