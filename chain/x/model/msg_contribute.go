package model

import (
	"context"
	"strconv"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// Contribute gives items openly.
func (s msgServer) Contribute(ctx context.Context, m *modelv1.MsgContribute) (*modelv1.MsgContributeResponse, error) {
	res, err := s.contribute(ctx, m)
	return res, kit.Err(Name, err)
}

func (s msgServer) contribute(ctx context.Context, m *modelv1.MsgContribute) (*modelv1.MsgContributeResponse, error) {
	if err := checkBatch(len(m.Offers), "items"); err != nil {
		return nil, err
	}
	author, d, err := s.on(ctx, m.Author, m.Model)
	if err != nil {
		return nil, err
	}
	offers, err := readOffers(m.Offers, d.model.Terms)
	if err != nil {
		return nil, err
	}
	bill := bill{most: num.Amount(m.MaxDeposit)}
	for _, o := range offers {
		if err := d.give(author, o, &bill); err != nil {
			return nil, err
		}
	}
	res := &modelv1.MsgContributeResponse{
		First: d.model.Contributions - uint64(len(offers)) + 1, Last: d.model.Contributions, Deposit: int64(bill.sum), Root: d.model.Root[:],
	}
	d.emitArrival("contributed", author, len(offers), bill)
	return res, d.save()
}

// emitArrival tells of the last n contributions.
func (d *desk) emitArrival(action string, author id.Address, n int, b bill) {
	last := d.model.Contributions
	d.emit(action, kit.AttributeParty, string(author), "first", strconv.FormatUint(last-uint64(n)+1, 10),
		"last", strconv.FormatUint(last, 10), "deposit", b.sum.String(), "root", d.model.Root.String())
}

// readOffers reads and checks all items before anything is done with one.
func readOffers(list []modelv1.Offer, t model.Terms) ([]model.Offer, error) {
	offers := make([]model.Offer, len(list))
	for i := range list {
		o, err := wire.ModelOfferFromProto(&list[i])
		if err == nil {
			err = o.Validate(t)
		}
		if err != nil {
			return nil, fault.Errorf(fault.KindOf(err), "item %d of %d: %w", i+1, len(list), err)
		}
		offers[i] = o
	}
	return offers, nil
}

// bill sums the deposits of a message up; most is the sender's limit, 0: none.
type bill struct{ sum, most num.Amount }

func (b *bill) add(deposit num.Amount) (err error) {
	if b.sum, err = b.sum.Add(deposit); err != nil {
		return err
	}
	if b.most > 0 && b.sum > b.most {
		return fault.Funds("model: deposits come to %s and more: at most %s was offered", b.sum, b.most)
	}
	return nil
}

// give takes an item and lets the model learn it.
func (d *desk) give(author id.Address, o model.Offer, b *bill) error {
	who, err := d.person(author)
	if err != nil {
		return err
	}
	m, who, c, err := d.model.Take(who, o, d.now)
	if err != nil {
		return err
	}
	d.model = m
	d.setPerson(who)
	if c, err = d.pay(c, b); err != nil {
		return err
	}
	return d.train(c)
}

// pay takes the deposit of a contribution, where the model wants one.
func (d *desk) pay(c model.Contribution, b *bill) (model.Contribution, error) {
	if d.model.Terms.Incentive.Kind != model.Deposit {
		return c, nil
	}
	price, amount := d.price.Take(d.model.Terms.Incentive.Deposit, d.now.Time)
	purse, c, moves, err := d.purse.Pay(c, amount)
	if err != nil {
		return c, err
	}
	d.price, d.purse, d.moves = price, purse, append(d.moves, moves...)
	return c, b.add(amount)
}

// train looks a given item up among the earlier ones, and lets the model learn
// it: at once, or with its window.
func (d *desk) train(c model.Contribution) error {
	c, err := c.Find(d, d.item)
	if err != nil {
		return err
	}
	if d.model.Terms.Robust.Window > 0 {
		return d.enqueue(c)
	}
	if c, err = d.learn(c); err != nil {
		return err
	}
	return d.setItem(c)
}

// learn lets the model learn an item, whose verdict waits in the log.
func (d *desk) learn(c model.Contribution) (model.Contribution, error) {
	d.charge(2 * d.learner.Cost(c.Offer.Input))
	m, c, e, err := d.model.Train(c, d.learner, d.live, d.now)
	if err != nil {
		return c, err
	}
	d.model = m
	if err := d.awaitVerdicts(); err != nil {
		return c, err
	}
	return c, d.note(e)
}
