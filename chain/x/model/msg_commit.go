package model

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// Commit gives commitments to items that are revealed later.
func (s msgServer) Commit(ctx context.Context, m *modelv1.MsgCommit) (*modelv1.MsgCommitResponse, error) {
	res, err := s.commit(ctx, m)
	return res, kit.Err(Name, err)
}

func (s msgServer) commit(ctx context.Context, m *modelv1.MsgCommit) (*modelv1.MsgCommitResponse, error) {
	if err := checkBatch(len(m.Commitments), "commitments"); err != nil {
		return nil, err
	}
	author, d, err := s.on(ctx, m.Author, m.Model)
	if err != nil {
		return nil, err
	}
	bill := bill{most: num.Amount(m.MaxDeposit)}
	for i, commitment := range m.Commitments {
		hash, err := id.HashFromBytes(commitment)
		if err != nil {
			return nil, fault.Invalid("commitment %d: %w", i+1, err)
		}
		if err := d.commit(author, hash, &bill); err != nil {
			return nil, err
		}
	}
	d.emitArrival("committed", author, len(m.Commitments), bill)
	last := d.model.Contributions
	return &modelv1.MsgCommitResponse{First: last - uint64(len(m.Commitments)) + 1, Last: last, Deposit: int64(bill.sum)}, d.save()
}

// commit takes a commitment.
func (d *desk) commit(author id.Address, commitment id.Hash, b *bill) error {
	who, err := d.person(author)
	if err != nil {
		return err
	}
	m, who, c, err := d.model.Commit(who, commitment, d.now)
	if err != nil {
		return err
	}
	d.model = m
	d.setPerson(who)
	if c, err = d.pay(c, b); err != nil {
		return err
	}
	if err := d.setItem(c); err != nil {
		return err
	}
	return d.await(c)
}

// Reveal opens commitments; anyone may send it.
func (s msgServer) Reveal(ctx context.Context, m *modelv1.MsgReveal) (*modelv1.MsgRevealResponse, error) {
	res, err := s.reveal(ctx, m)
	return res, kit.Err(Name, err)
}

func (s msgServer) reveal(ctx context.Context, m *modelv1.MsgReveal) (*modelv1.MsgRevealResponse, error) {
	if err := checkBatch(len(m.Openings), "openings"); err != nil {
		return nil, err
	}
	sender, d, err := s.on(ctx, m.Sender, m.Model)
	if err != nil {
		return nil, err
	}
	for i := range m.Openings {
		if err := d.reveal(&m.Openings[i]); err != nil {
			return nil, fault.Errorf(fault.KindOf(err), "opening %d of %d: %w", i+1, len(m.Openings), err)
		}
	}
	d.emit("revealed", kit.AttributeParty, string(sender), "root", d.model.Root.String())
	return &modelv1.MsgRevealResponse{Root: d.model.Root[:]}, d.save()
}

// reveal opens a commitment and lets the model learn the item.
func (d *desk) reveal(o *modelv1.Opening) error {
	salt, err := id.HashFromBytes(o.Salt)
	if err != nil {
		return fault.Invalid("salt: %w", err)
	}
	offer, err := wire.ModelOfferFromProto(&o.Offer)
	if err != nil {
		return err
	}
	c, err := d.item(o.Number)
	if err != nil {
		return err
	}
	if c.State != model.Committed {
		return fault.State("model: contribution %d to %s is %s: nothing to reveal", c.Number, c.Model, c.State)
	}
	if err := d.forget(c); err != nil {
		return err
	}
	if c, err = d.model.Reveal(c, offer, salt, d.now); err != nil {
		return err
	}
	return d.train(c)
}
