package replay

import (
	"context"
	"fmt"

	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/agent/worker"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/wire"
)

// Play takes the request through its rounds until it is over.
func (c *Cast) Play(ctx context.Context) error {
	available := c.available()
	for {
		request, err := c.Client.Request(ctx, c.Request)
		if err != nil {
			return err
		}
		if request.State.Over() {
			return nil
		}
		if request.State == market.Working {
			if err := c.round(ctx, available); err != nil {
				return err
			}
		}
		if request.State == market.Settling {
			c.Tell(Progress{Doing: "settling", Answers: available, Of: available})
		}
		if err := c.Client.WaitHeight(ctx, c.Client.Height()+1); err != nil {
			return err
		}
	}
}

func (c *Cast) available() uint64 {
	var sum uint64
	for i := range c.Crowd.Size() {
		sum += c.Crowd.Units(i)
	}
	return sum
}

// round does what the round in work waits for.
func (c *Cast) round(ctx context.Context, available uint64) error {
	res, err := c.Client.Work().Progress(ctx, &workv1.QueryProgressRequest{Request: string(c.Request)})
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	p := res.Progress
	got, err := c.Client.Work().Round(ctx, &workv1.QueryRoundRequest{Request: string(c.Request), Number: p.Round})
	if err != nil {
		return err
	}
	r, err := wire.RoundFromProto(&got.Round)
	if err != nil {
		return err
	}
	c.Tell(Progress{Doing: fmt.Sprintf("round %d: %s", r.Number, r.State), Round: r.Number, Answers: p.Answers, Of: available})
	switch r.State {
	case work.Committing:
		return c.commit(ctx, r)
	case work.Revealing:
		return c.reveal(ctx, r)
	case work.Gold:
		return c.openGold(ctx, r)
	}
	return nil
}

// commit lets everybody answer until nobody finds a page, and then ends the
// committing: the people who could answer the rest are not there.
func (c *Cast) commit(ctx context.Context, r work.Round) error {
	held, err := c.held(ctx)
	if err != nil {
		return err
	}
	err = c.each(ctx, func(ctx context.Context, _ int, w *worker.Worker) error {
		return w.Fill(ctx, r, held[w.Account.Address()])
	})
	if err != nil {
		return err
	}
	_, err = c.Requester.Send(ctx, &workv1.MsgCloseRound{Requester: c.Requester.Address().String(), Request: string(c.Request), Round: r.Number})
	if fault.Is(err, fault.KindState) {
		return nil // it was full and went on by itself
	}
	return err
}

// held are the leases that an earlier life of this run left open.
func (c *Cast) held(ctx context.Context) (map[id.Address][]work.Lease, error) {
	out := map[id.Address][]work.Lease{}
	for _, w := range c.workers {
		if !w.Fresh() {
			continue
		}
		leases, err := c.Client.Leases(ctx, w.Account.Address(), c.Request)
		if err != nil {
			return nil, err
		}
		if len(leases) > 0 {
			out[w.Account.Address()] = leases
		}
	}
	return out, nil
}

func (c *Cast) reveal(ctx context.Context, r work.Round) error {
	all, err := c.Client.Submissions(ctx, c.Request, r.Number)
	if err != nil {
		return err
	}
	mine := make(map[id.Address][]work.Submission)
	for _, s := range all {
		mine[s.Contributor] = append(mine[s.Contributor], s)
	}
	return c.each(ctx, func(ctx context.Context, _ int, w *worker.Worker) error {
		err := w.Reveal(ctx, r, mine[w.Account.Address()])
		if fault.Is(err, fault.KindState) {
			return nil // revealed before
		}
		return err
	})
}

// openGold opens all gold in the first round; later ones have none of it left.
func (c *Cast) openGold(ctx context.Context, r work.Round) error {
	m := &workv1.MsgRevealGold{Requester: c.Requester.Address().String(), Request: string(c.Request), Round: r.Number}
	if r.Number == 1 {
		text, err := work.OpenGold(c.Gold, func(work.GoldLabel) bool { return true })
		if err != nil {
			return err
		}
		content, err := c.Blobs.PutBytes(ctx, text)
		if err != nil {
			return err
		}
		m.Content = string(content)
	}
	_, err := c.Requester.Send(ctx, m)
	if fault.Is(err, fault.KindState) {
		return nil // opened before
	}
	return err
}
