package model

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

// Withdraw takes items back for their author.
func (s msgServer) Withdraw(ctx context.Context, m *modelv1.MsgWithdraw) (*modelv1.MsgWithdrawResponse, error) {
	res, err := s.withdraw(ctx, m)
	return res, kit.Err(Name, err)
}

func (s msgServer) withdraw(ctx context.Context, m *modelv1.MsgWithdraw) (*modelv1.MsgWithdrawResponse, error) {
	if err := checkBatch(len(m.Numbers), "numbers"); err != nil {
		return nil, err
	}
	author, d, err := s.on(ctx, m.Author, m.Model)
	if err != nil {
		return nil, err
	}
	for _, number := range m.Numbers {
		if err := d.withdraw(author, number); err != nil {
			return nil, err
		}
	}
	sum, err := s.k.withdrawn(ctx, d.model)
	if err != nil {
		return nil, err
	}
	return &modelv1.MsgWithdrawResponse{Stale: d.model.Stale(sum)}, d.save()
}

// withdraw takes an item out of the model, after its money has gone its way.
func (d *desk) withdraw(by id.Address, number uint64) error {
	c, err := d.item(number)
	if err != nil {
		return err
	}
	who, err := d.person(c.Author)
	if err != nil {
		return err
	}
	before := c
	if d.model.Terms.Incentive.Kind == model.Deposit && by == c.Author {
		if who, err = d.release(c, who); err != nil {
			return err
		}
	}
	d.charge(2 * d.learner.Cost(c.Offer.Input))
	m, c, who, e, err := d.model.Withdraw(by, c, who, d.learner, d.generations(), d.now)
	if err != nil {
		return err
	}
	d.model = m
	d.setPerson(who)
	if err := d.note(e); err != nil {
		return err
	}
	if before.State == model.Given {
		if err := d.forget(before); err != nil {
			return err
		}
		if err := d.k.waiting.Remove(d.ctx, collections.Join(string(c.Model), c.Number)); err != nil {
			return err
		}
	}
	d.emitItem("withdrawn", c)
	if err := d.clear(c); err != nil {
		return err
	}
	return d.setItem(c)
}

// release settles the money of an item that is about to be withdrawn.
func (d *desk) release(c model.Contribution, who model.Contributor) (model.Contributor, error) {
	reports, err := d.reports(c)
	if err != nil {
		return who, err
	}
	purse, who, moves, err := d.purse.Withdraw(c, who, reports)
	if err != nil {
		return who, err
	}
	d.purse, d.moves = purse, append(d.moves, moves...)
	return who, nil
}

// generations are the parameters as core wants them.
func (d *desk) generations() model.Generations {
	g := model.Generations{Live: d.live}
	if d.shadow != nil {
		g.Shadow = d.shadow
	}
	return g
}
