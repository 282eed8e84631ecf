package simulate

import (
	"encoding/binary"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/num"
)

// stall is the market of a run.
type stall struct {
	m       bounty.Market
	batches []bounty.Batch
	hidden  [][]model.Offer // what the batches commit to
	owners  []*player
	items   []model.Item
	shown   []model.Item
	tree    *merkle.Tree
}

// stakes are those that are still in the market.
func (s stall) stakes() num.Amount {
	sum := num.Amount(0)
	for _, b := range s.batches {
		if b.State == bounty.Committed || b.State == bounty.Opened {
			sum += b.Stake
		}
	}
	return sum
}

// staked are those of one agent.
func (s stall) staked(p *player) num.Amount {
	sum := num.Amount(0)
	for k, b := range s.batches {
		if s.owners[k] == p && (b.State == bounty.Committed || b.State == bounty.Opened) {
			sum += b.Stake
		}
	}
	return sum
}

// Phases of the market that is played, in ms.
const (
	sampleBy  = 60_000
	joinBy    = 1 << 32
	openBy    = joinBy + 60_000
	revealBy  = openBy + 60_000
	stepItems = 4_096
)

// salt is the only one: what it hides from is not part of the play.
func salt() [32]byte { return [32]byte{1} }

// market plays one market.
func (r *run) market() error {
	for _, phase := range []func() error{r.announce, r.enter, r.show, r.score} {
		if err := phase(); err != nil {
			return err
		}
	}
	return nil
}

// announce commits to the test set and shows the sample.
func (r *run) announce() error {
	test := r.Test[:len(r.Test)/2]
	sizes := make([]uint32, bounty.MinSlices)
	var leaves [][]byte
	for k, o := range test {
		slice := k * len(sizes) / len(test)
		t := model.Item{Input: o.Input, Label: o.Label, Salt: binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, r.chance.next()), r.chance.next())}
		r.stall.items = append(r.stall.items, t)
		leaves = append(leaves, bounty.Leaf(t, uint32(slice), sizes[slice]))
		sizes[slice]++
	}
	r.stall.tree = merkle.NewTree(leaves)
	x := bounty.Terms{
		Root: r.stall.tree.Root(), Slices: sizes, Measure: bounty.CrossEntropy, Cap: r.Market.Cap,
		Bounty: r.Market.Bounty, Bond: r.Market.Bond, Stake: r.Market.Stake, Batches: bounty.MaxBatches,
		SampleBy: sampleBy, JoinBy: joinBy, OpenBy: openBy, RevealBy: revealBy,
	}
	if r.Market.Cap == 0 {
		x.Measure, x.Cap = bounty.Mistakes, fixed.One
	}
	r.bank.Fund(provider, x.Bounty+x.Bond)
	m, moves, err := bounty.Open(r.host.Model, bounty.Market{}, provider, x, r.block())
	if err != nil {
		return err
	}
	r.stall.m = m
	if err := r.carry(moves); err != nil {
		return err
	}
	if err := r.draw(nil); err != nil {
		return err
	}
	return r.reveal(int(m.Terms.Slices[r.stall.m.Sample]))
}

// draw makes the draw that is due, with a block hash made up.
func (r *run) draw(opened []uint32) error {
	now := r.block()
	now.Height = max(now.Height, r.stall.m.Height)
	m, err := r.stall.m.Draw(id.Sum("alaya/simulate/block", binary.BigEndian.AppendUint64(nil, r.chance.next())), opened, now)
	r.stall.m = m
	return err
}

func (r *run) reveal(n int) error {
	for range n {
		_, _, leaf := r.stall.m.Next()
		path, err := r.stall.tree.Proof(uint64(leaf))
		if err != nil {
			return err
		}
		m, err := r.stall.m.Reveal(r.host.Model, r.stall.items[leaf], path, r.block())
		if err != nil {
			return err
		}
		r.stall.m = m
		r.stall.shown = append(r.stall.shown, r.stall.items[leaf])
	}
	return nil
}

// enter has agents take turns at entering batches, while there is anything to
// give and money for stakes.
func (r *run) enter() error {
	if err := r.sample(); err != nil {
		return err
	}
	for idle := 0; idle <= len(r.players) && r.given < len(r.Stream) && r.stall.m.Batches < bounty.MaxBatches; {
		p := r.first()
		r.now = min(p.due, joinBy)
		p.due += p.Agent.Every
		p.turn++
		offers := r.pack(p)
		as := p.names[p.turn%len(p.names)]
		if len(offers) == 0 || r.bank.Wallet(as) < r.Market.Stake {
			idle++
			continue
		}
		idle = 0
		if err := r.join(p, as, offers); err != nil {
			return err
		}
	}
	return nil
}

// pack is a batch of an agent.
func (r *run) pack(p *player) []model.Offer {
	var offers []model.Offer
	for range max(1, min(r.Market.Batch, bounty.MaxOffers)) {
		o, truly, ok := r.offer(p)
		if !ok {
			continue
		}
		offers = append(offers, model.Offer{Input: o.Input, Label: o.Label})
		p.Given++
		if !truly {
			p.Wrong++
		}
	}
	return offers
}

func (r *run) join(p *player, as id.Address, offers []model.Offer) error {
	s := &r.stall
	m, b, moves, err := s.m.Join(as, bounty.Commitment(s.m.Model, s.m.Number, as, offers, salt()), r.Market.Stake, id.Time(r.now))
	if err != nil {
		return err
	}
	s.m = m
	s.batches, s.hidden, s.owners = append(s.batches, b), append(s.hidden, offers), append(s.owners, p)
	return r.carry(moves)
}

// show opens the batches and reveals the test set.
func (r *run) show() error {
	s := &r.stall
	r.now = joinBy + 1
	if err := r.advance(); err != nil || s.m.State.Over() {
		return err
	}
	var opened []uint32
	for k, b := range s.batches {
		m, b, err := s.m.OpenBatch(r.host.Model, b, s.hidden[k], salt(), r.host.Copied, id.Time(r.now))
		if err != nil {
			return err
		}
		s.m, s.batches[k] = m, b
		opened = append(opened, b.Number)
	}
	r.now = openBy + 1
	if err := r.advance(); err != nil {
		return err
	}
	if err := r.reveal(len(s.items) - len(s.shown)); err != nil {
		return err
	}
	return r.draw(opened)
}

func (r *run) advance() error {
	m, moves, err := r.stall.m.Advance(id.Time(r.now))
	if err != nil {
		return err
	}
	r.stall.m = m
	return r.carry(moves)
}

// score learns and pays the batches in their order.
func (r *run) score() error {
	step := max(1, len(r.stall.batches)/(r.Samples-1))
	for done := 0; r.stall.m.State == bounty.Scoring; done++ {
		r.now += 1_000
		if err := r.step(); err != nil {
			return err
		}
		if done%step == 0 {
			if err := r.sample(); err != nil {
				return err
			}
		}
	}
	r.result.Paid = num.Amount(max(0, r.stall.m.Score.Paid))
	return r.sample()
}

func (r *run) step() error {
	s := &r.stall
	var b bounty.Batch
	if n := s.m.Current(); n > 0 {
		b = s.batches[n-1]
	}
	on := bounty.Learn{Config: r.Terms.Config, Learner: r.host.Learner, Live: r.host.Live}
	m, b, moves, err := s.m.Step(on, b, func(n uint32) (model.Item, error) { return s.shown[n], nil }, stepItems)
	if err != nil {
		return err
	}
	s.m = m
	if err := r.carry(moves); err != nil || b.Number == 0 {
		return err
	}
	s.batches[b.Number-1] = b
	p := s.owners[b.Number-1]
	switch {
	case b.State == bounty.Kept && b.Pay > 0:
		p.Confirmed += uint64(len(b.Offers))
		return r.adopt(b, model.Agrees)
	case b.State == bounty.Kept:
		p.Neutral += uint64(len(b.Offers))
		return r.adopt(b, model.Undecided)
	case b.State == bounty.Undone:
		p.Rejected += uint64(len(b.Offers))
	default:
	}
	return nil
}

// adopt lets the model learn a batch that was kept.
func (r *run) adopt(b bounty.Batch, v model.Verdict) error {
	for _, o := range b.Offers {
		c, err := r.host.Give(b.Author, o, r.block())
		if err != nil {
			return err
		}
		if err := r.host.Settle(c.Number, v); err != nil {
			return err
		}
	}
	return nil
}
