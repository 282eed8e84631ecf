package simulate

import (
	"strconv"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/escrow/memory"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/deposit"
	"github.com/alaya-network/alaya/core/model/host"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/points"
	"github.com/alaya-network/alaya/core/num"
)

const (
	creator  id.Address = "alaya1creator"
	provider id.Address = "alaya1provider"
)

// player is an agent in a run.
type player struct {
	Party
	names []id.Address
	turn  int   // of names
	due   int64 // of its next turn
}

// run is a setting being played.
type run struct {
	Setting
	chance   chance
	host     *host.Host
	bank     *memory.Holder
	purse    deposit.Purse
	price    deposit.Price
	reports  map[uint64][]deposit.Report
	ballots  map[uint64]points.Ballot
	players  []*player
	owner    map[id.Address]*player
	truth    map[uint64]bool // of a contribution: is its label true?
	now      int64
	given    int    // of Stream
	judged   uint64 // contributions whose verdict is over, all up to this number
	stall    stall
	accuracy num.Ppm
	result   Result
}

// Run plays a setting until its stream is given, or nobody can act any more.
func Run(s Setting) (Result, error) {
	r, err := begin(s)
	if err != nil {
		return Result{}, err
	}
	if s.Terms.Incentive.Kind == model.Bounty {
		err = r.market()
	} else {
		err = r.play()
	}
	if err != nil {
		return Result{}, err
	}
	for _, p := range r.players {
		r.result.Parties = append(r.result.Parties, p.Party)
	}
	r.result.Root = r.host.Model.Root.String()
	return r.result, r.host.Check()
}

func begin(s Setting) (*run, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	if s.Terms.Incentive.Kind == model.Bounty {
		return open(s)
	}
	seed, err := learnt(s.Terms.Config, s.Init)
	if err != nil {
		return nil, err
	}
	h, err := host.New(creator, 1, s.Terms, seed, 0)
	if err != nil {
		return nil, err
	}
	return seatAll(s, h), nil
}

// open has a model of the incentive bounty learn what it begins with from its
// log, so that copies of that are known.
func open(s Setting) (*run, error) {
	h, err := host.New(creator, 1, s.Terms, nil, 0)
	if err != nil {
		return nil, err
	}
	for _, o := range s.Init {
		c, err := h.Give(creator, o, model.Now{Height: 1})
		if err != nil {
			return nil, err
		}
		if err := h.Settle(c.Number, model.Undecided); err != nil {
			return nil, err
		}
	}
	return seatAll(s, h), nil
}

func seatAll(s Setting, h *host.Host) *run {
	r := &run{
		Setting: s, chance: chance{state: s.Seed}, host: h, bank: memory.NewHolder(),
		purse: deposit.Purse{Model: h.Model.ID}, price: deposit.NewPrice(h.Model),
		reports: map[uint64][]deposit.Report{}, ballots: map[uint64]points.Ballot{},
		owner: map[id.Address]*player{}, truth: map[uint64]bool{},
	}
	for i, a := range s.Agents {
		r.seat(i, a)
	}
	return r
}

// learnt are the parameters of a model that knows some items.
func learnt(c learn.Config, items []model.Offer) ([]learn.Entry, error) {
	l, err := learn.New(c)
	if err != nil {
		return nil, err
	}
	var m learn.Memory
	for _, o := range items {
		if err := c.Check(o.Input); err != nil {
			return nil, err
		}
		if err := c.CheckLabel(o.Label); err != nil {
			return nil, err
		}
		l.Update(&m, o.Input, o.Label)
	}
	return m.Cells(), nil
}

// seat gives an agent its addresses and splits its money between them.
func (r *run) seat(i int, a Agent) {
	p := &player{Party: Party{Agent: a}, due: a.Every}
	n := max(1, a.Names)
	for k := range n {
		name := id.Address("alaya1agent" + strconv.Itoa(i) + "n" + strconv.Itoa(k))
		p.names = append(p.names, name)
		r.owner[name] = p
		r.bank.Fund(name, a.Start/num.Amount(n))
	}
	r.bank.Fund(p.names[0], a.Start%num.Amount(n))
	r.players = append(r.players, p)
}

// block is the block of the moment.
func (r *run) block() model.Now {
	return model.Now{Height: id.Height(r.now/1_000 + 1), Time: id.Time(r.now)}
}

func (r *run) carry(moves []escrow.Transfer) error { return escrow.Carry(r.bank, moves) }

// play lets agents act in the order of their turns, and judges what is due
// before each.
func (r *run) play() error {
	idle, step, next := 0, max(1, len(r.Stream)/(r.Samples-1)), 0
	for r.given < len(r.Stream) && idle < 2_000*len(r.players) {
		p := r.first()
		r.now = p.due
		p.due += p.Agent.Every
		if err := r.window(); err != nil {
			return err
		}
		if err := r.judge(); err != nil {
			return err
		}
		if r.given >= next {
			if err := r.sample(); err != nil {
				return err
			}
			next += step
		}
		before := len(r.host.Items)
		if err := r.act(p); err != nil {
			return err
		}
		idle++
		if len(r.host.Items) > before {
			idle = 0
		}
	}
	return r.end()
}

// first is the player whose turn comes first, the earlier seat of equals.
func (r *run) first() *player {
	p := r.players[0]
	for _, q := range r.players[1:] {
		if q.due < p.due {
			p = q
		}
	}
	return p
}

// end waits for the last verdicts.
func (r *run) end() error {
	r.now += r.Terms.Incentive.Wait
	if err := r.window(); err != nil {
		return err
	}
	r.now += r.Terms.Incentive.Wait
	if err := r.judge(); err != nil {
		return err
	}
	return r.sample()
}

// window trains what waits for its window, and gives back what was left out.
func (r *run) window() error {
	out, err := r.host.Window(r.block())
	if err != nil {
		return err
	}
	for _, n := range out {
		r.owner[r.host.Items[n-1].Author].Neutral++
		if r.Terms.Incentive.Kind != model.Deposit {
			err = r.host.Trim(n)
		} else {
			err = r.trim(r.host.Items[n-1])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *run) trim(c model.Contribution) error {
	purse, c, who, moves, err := r.purse.Trim(c, r.host.Contributor(c.Author))
	if err != nil {
		return err
	}
	r.purse = purse
	r.host.SetItem(c)
	r.host.SetContributor(who)
	return r.carry(moves)
}

// judge ends all items that are due.
func (r *run) judge() error {
	for r.judged < uint64(len(r.host.Items)) {
		c := r.host.Items[r.judged]
		if c.State == model.Given {
			return nil
		}
		if c.State == model.Trained {
			if int64(c.Deadline) > r.now {
				return nil
			}
			if err := r.settle(c); err != nil {
				return err
			}
		}
		r.judged++
	}
	return nil
}

func (r *run) settle(c model.Contribution) error {
	v, err := r.host.Judge(c.Number, id.Time(r.now))
	if err != nil {
		return err
	}
	p := r.owner[c.Author]
	if r.Terms.Incentive.Kind == model.Points {
		v, err = r.settlePoints(c, v)
	} else {
		err = r.settleMoney(c, v)
	}
	if err != nil {
		return err
	}
	switch v {
	case model.Agrees:
		p.Confirmed++
		if !r.truth[c.Number] {
			p.Credited++
		}
	case model.Disagrees:
		p.Rejected++
	default:
		p.Neutral++
	}
	return nil
}

func (r *run) settleMoney(c model.Contribution, v model.Verdict) error {
	purse, c, who, moves, err := r.purse.Settle(r.Terms.Incentive.Deposit, c, r.host.Contributor(c.Author), r.reports[c.Number], v)
	if err != nil {
		return err
	}
	r.purse = purse
	r.host.SetItem(c)
	r.host.SetContributor(who)
	return r.carry(moves)
}

func (r *run) settlePoints(c model.Contribution, v model.Verdict) (model.Verdict, error) {
	b := r.ballots[c.Number]
	v = b.Verdict(r.Terms.Incentive.Points, c, v)
	var voters []model.Contributor
	for _, vote := range b.Votes {
		voters = append(voters, r.host.Contributor(vote.Voter))
	}
	c, who, voters, err := b.Settle(c, r.host.Contributor(c.Author), v, voters)
	if err != nil {
		return v, err
	}
	r.host.SetItem(c)
	r.host.SetContributor(who)
	for _, w := range voters {
		r.host.SetContributor(w)
	}
	return v, nil
}
