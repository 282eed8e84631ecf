package simulate

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/points"
	"github.com/alaya-network/alaya/core/num"
)

// sample measures accuracy and balances.
func (r *run) sample() error {
	right := int64(0)
	for _, o := range r.measured() {
		if class, _ := learn.Predict(r.host.Learner, r.host.Live, o.Input); int64(class) == o.Label {
			right++
		}
	}
	var err error
	if r.accuracy, err = num.Ratio(right, int64(len(r.measured())), num.Nearest); err != nil {
		return err
	}
	at := func(s *Series, v int64) { *s = append(*s, Point{r.now, v}) }
	at(&r.result.Accuracy, int64(r.accuracy))
	if r.Terms.Incentive.Kind == model.Deposit {
		at(&r.result.Price, int64(r.price.At(r.Terms.Incentive.Deposit, id.Time(r.now)).Amount))
	}
	at(&r.result.Pool, int64(r.bank.Pool()))
	if r.Terms.Incentive.Kind == model.Bounty {
		at(&r.result.Provider, int64(r.bank.Wallet(provider)+r.stall.m.Held-r.stall.stakes()))
	}
	total := r.bank.Pool()
	for _, p := range r.players {
		has, err := r.has(p)
		if err != nil {
			return err
		}
		total += has
		if r.Terms.Incentive.Kind == model.Points {
			has = r.points(p)
		}
		at(&p.Balance, int64(has))
	}
	return r.conserved(total)
}

// measured are the items of Test that accuracy is measured on: a market's own
// test set is not among them.
func (r *run) measured() []model.Offer {
	if r.Terms.Incentive.Kind == model.Bounty {
		return r.Test[len(r.Test)/2:]
	}
	return r.Test
}

// conserved holds invariant 2.
func (r *run) conserved(total num.Amount) error {
	want := num.Amount(0)
	for _, a := range r.Agents {
		want += a.Start
	}
	if r.Terms.Incentive.Kind == model.Bounty {
		total += r.bank.Wallet(provider) + r.stall.m.Held - r.stall.stakes()
		want += r.Market.Bounty + r.Market.Bond
	}
	if total != want {
		return fault.Internal("simulate: %s began, %s is there", want, total)
	}
	return nil
}

// has is what an agent owns: wallets, open deposits and bonds, rewards due.
func (r *run) has(p *player) (num.Amount, error) {
	sum := num.Amount(0)
	for _, name := range p.names {
		due, err := r.purse.Due(r.host.Contributor(name))
		if err != nil {
			return 0, err
		}
		sum += r.bank.Wallet(name) + due
	}
	for _, c := range r.host.Items[r.judged:] {
		if !c.State.Open() {
			continue
		}
		if r.owner[c.Author] == p {
			sum += c.Deposit
		}
		for _, rep := range r.reports[c.Number] {
			if r.owner[rep.Reporter] == p {
				sum += rep.Bond
			}
		}
	}
	return sum + r.stall.staked(p), nil
}

func (r *run) points(p *player) num.Amount {
	sum := int64(0)
	for _, name := range p.names {
		sum += points.Points(r.host.Contributor(name))
	}
	return num.Amount(sum)
}
