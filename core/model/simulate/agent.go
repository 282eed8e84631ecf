package simulate

import (
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
)

// act is an agent's turn.
func (r *run) act(p *player) error {
	if p.Agent.Eager < num.One && !r.chance.hit(r.accuracy+p.Agent.Eager) {
		return nil
	}
	p.turn++
	switch p.Agent.Kind {
	case Griefer:
		if r.chance.below(4) > 0 {
			return r.grief(p)
		}
	case Timer:
		if err := r.takeBack(p); err != nil {
			return err
		}
	case Sybil:
		if err := r.cover(p); err != nil {
			return err
		}
	default:
	}
	o, truly, ok := r.offer(p)
	if !ok {
		return nil
	}
	return r.give(p, p.names[p.turn%len(p.names)], o, truly)
}

// flip returns a label that is not the true one.
func (r *run) flip(label int64) int64 {
	classes := int64(r.Terms.Config.Classes)
	if classes == 1 {
		return -label
	}
	return (label + 1 + r.chance.below(classes-1)) % classes
}

// offer is what an agent gives next, and whether its label is true.
func (r *run) offer(p *player) (o model.Offer, truly, ok bool) {
	switch p.Agent.Kind {
	case Copier:
		if len(r.host.Items) == 0 {
			return o, false, false
		}
		c := r.host.Items[r.chance.below(int64(len(r.host.Items)))]
		return c.Offer, r.truth[c.Number], r.owner[c.Author] != p && c.State != model.Withdrawn
	case Spammer:
		return r.noise(), false, true
	default:
	}
	o, ok = r.next()
	if !ok {
		return o, false, false
	}
	truth := o.Label
	switch p.Agent.Kind {
	case Honest, Griefer, Flipper:
		if r.chance.hit(p.Agent.Wrong) {
			o.Label = r.flip(truth)
		}
	case Lazy:
		class, margin := learn.Predict(r.host.Learner, r.host.Live, o.Input)
		if o.Label = int64(class); r.Terms.Config.Classes == 1 {
			o.Label = margin
		}
	default: // Timer, Sybil
		o.Label = r.flip(truth)
	}
	return o, o.Label == truth, true
}

// next takes the next item of the stream.
func (r *run) next() (model.Offer, bool) {
	if r.given >= len(r.Stream) {
		return model.Offer{}, false
	}
	r.given++
	return r.Stream[r.given-1], true
}

// noise is an item of random features of the stream, with a random label.
func (r *run) noise() model.Offer {
	var x learn.Input
	for range 20 {
		from := r.Stream[r.chance.below(int64(len(r.Stream)))].Input.Indices
		x.Indices = append(x.Indices, from[r.chance.below(int64(len(from)))])
	}
	slices.Sort(x.Indices)
	x.Indices = slices.Compact(x.Indices)
	if r.Stream[0].Input.Values != nil {
		x.Values = make([]int64, len(x.Indices))
		for k := range x.Values {
			x.Values[k] = r.chance.below(1<<21) - 1<<20
		}
	}
	return model.Offer{Input: x, Label: r.chance.below(max(1, int64(r.Terms.Config.Classes)))}
}

// give gives an item, if the agent is ready to pay what it costs.
func (r *run) give(p *player, as id.Address, o model.Offer, truly bool) error {
	var amount num.Amount
	price := r.price
	if r.Terms.Incentive.Kind == model.Deposit {
		price, amount = r.price.Take(r.Terms.Incentive.Deposit, id.Time(r.now))
		ready := r.bank.Wallet(as)
		if p.Agent.Limit > 0 {
			ready = min(ready, r.chance.normal(p.Agent.Limit, p.Agent.Vary))
		}
		if amount > ready {
			return nil
		}
	}
	c, err := r.host.Give(as, o, r.block())
	if fault.Is(err, fault.KindLimit) {
		return nil // too many of its items are open
	}
	if err != nil {
		return err
	}
	p.Given++
	r.truth[c.Number] = truly
	if !truly {
		p.Wrong++
	}
	if r.Terms.Incentive.Kind != model.Deposit {
		return r.vote(c)
	}
	r.price = price
	purse, c, moves, err := r.purse.Pay(c, amount)
	if err != nil {
		return err
	}
	r.purse = purse
	r.host.SetItem(c)
	return r.carry(moves)
}

// vote lets all others with credit vote on an item, as far as the quorum asks:
// honest ones say the truth, attackers the contrary.
func (r *run) vote(c model.Contribution) error {
	quorum := r.Terms.Incentive.Points.Quorum
	if c.State != model.Trained { // it waits for its window
		return nil
	}
	b := r.ballots[c.Number]
	for _, p := range r.players {
		if uint32(len(b.Votes)) >= quorum {
			break
		}
		if who := r.host.Contributor(p.names[0]); r.owner[c.Author] != p && who.Confirmed > 0 {
			v := model.Agrees
			if r.truth[c.Number] != (p.Agent.Kind == Honest) {
				v = model.Disagrees
			}
			var err error
			if b, err = b.Cast(c, who, v, id.Time(r.now)); err != nil {
				return err
			}
		}
	}
	r.ballots[c.Number] = b
	return nil
}

// report reports an item, if the rules and the agent's money allow.
func (r *run) report(as id.Address, c model.Contribution) error {
	if r.Terms.Incentive.Kind != model.Deposit {
		return nil
	}
	purse, c, rep, moves, err := r.purse.Report(r.Terms.Incentive.Deposit, c, r.host.Contributor(as), r.reports[c.Number], id.Time(r.now))
	if err != nil {
		return skip(err)
	}
	if err := r.carry(moves); err != nil {
		return skip(err)
	}
	r.purse = purse
	r.host.SetItem(c)
	r.reports[c.Number] = append(r.reports[c.Number], rep)
	return nil
}

// skip forgives what the rules refuse: an agent tries.
func skip(err error) error {
	if fault.Is(err, fault.KindInternal) {
		return err
	}
	return nil
}

// grief reports the latest item of another.
func (r *run) grief(p *player) error {
	for i := len(r.host.Items) - 1; i >= int(r.judged); i-- {
		if c := r.host.Items[i]; r.owner[c.Author] != p {
			return r.report(p.names[0], c)
		}
	}
	return nil
}

// takeBack withdraws an agent's items that would be judged wrong before its
// next turn.
func (r *run) takeBack(p *player) error {
	for i := int(r.judged); i < len(r.host.Items); i++ {
		c := r.host.Items[i]
		if r.owner[c.Author] != p || c.State != model.Trained || int64(c.Deadline) > r.now+p.Agent.Every {
			continue
		}
		v, err := r.host.Judge(c.Number, c.Deadline)
		if err != nil {
			return err
		}
		if v != model.Disagrees {
			continue
		}
		if err := r.withdraw(c); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) withdraw(c model.Contribution) error {
	if r.Terms.Incentive.Kind == model.Deposit {
		purse, who, moves, err := r.purse.Withdraw(c, r.host.Contributor(c.Author), r.reports[c.Number])
		if err != nil {
			return err
		}
		r.purse = purse
		r.host.SetContributor(who)
		if err := r.carry(moves); err != nil {
			return err
		}
	}
	return r.host.Withdraw(c.Author, c.Number, r.block())
}

// cover has a sybil's address report the last item of another of them, to get
// back a share of what will be lost.
func (r *run) cover(p *player) error {
	for i := len(r.host.Items) - 1; i >= int(r.judged); i-- {
		if c := r.host.Items[i]; r.owner[c.Author] == p {
			return r.report(p.names[(p.turn+1)%len(p.names)], c)
		}
	}
	return nil
}
