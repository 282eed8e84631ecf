// Package replay runs a recorded campaign again, on a real chain: every
// recorded worker becomes a contributor with his own key, who leases only pages
// he has recorded answers for and answers what he answered then.
//
// Words: a recording is somebody's finished campaign; its layout are its pages
// as the data show them; a cast is the requester and the contributors of a run.
//
// Invariants:
//  1. No answer is invented: an item that a worker did not answer is never
//     asked of him.
//  2. Gold that is used and gold that only measures are disjoint.
//  3. Everything after posting follows from the chain, so an interrupted run
//     can be taken up by Continue.
package replay

import (
	"context"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"

	"github.com/alaya-network/alaya/agent/worker"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/wire"
)

const (
	// concurrency is how many contributors act at once.
	concurrency = 256
	// most is how many contributors one transaction pays or awards.
	most = 500
)

// Stage hands a run what it needs.
type Stage struct {
	Client *client.Client
	Blobs  client.Blobs
	// Requester posts and funds the request, and gives the contributors what
	// they stake.
	Requester *client.Account
	// Seed makes the contributors' keys and salts.
	Seed [32]byte
	// Batch is how many pages a contributor leases at a time; 0: as many as he
	// may hold. The more at a time, the fewer people share a round.
	Batch int
	// Tell is called with what is going on, now and then; never nil.
	Tell func(Progress)
}

// Progress is how far a run is.
type Progress struct {
	Doing   string // "bidding", "round 2: committing", …
	Round   uint32
	Answers uint64
	Of      uint64 // answers available
}

// Cast are the people of a run.
type Cast struct {
	Stage
	Request id.RequestID
	Crowd   Crowd
	Gold    []work.GoldLabel
	workers []*worker.Worker
	mu      sync.Mutex
	latency []time.Duration
}

// Crowd is who can answer what.
type Crowd interface {
	// Size is the number of contributors.
	Size() int
	// Name names contributor i; it makes his key.
	Name(i int) string
	// Able lists the pages he can do, sorted; nil for all.
	Able(i int) []uint32
	// Units is how many answers he can give.
	Units(i int) uint64
	// Answer is his answer to an item.
	Answer(i int, item string) work.Answer
}

// Begin posts a request with the given terms, lets every contributor bid, and
// binds them all.
func Begin(ctx context.Context, s Stage, t market.Terms, crowd Crowd, gold []work.GoldLabel) (*Cast, error) {
	c := &Cast{Stage: s, Crowd: crowd, Gold: gold}
	s.Tell(Progress{Doing: "posting the request"})
	me := s.Requester.Address().String()
	res, err := s.Requester.Send(ctx, &marketv1.MsgPostRequest{Requester: me, Terms: *wire.TermsToProto(t)})
	if err != nil {
		return nil, err
	}
	var posted marketv1.MsgPostRequestResponse
	if err := res.Response(0, &posted); err != nil {
		return nil, err
	}
	c.Request = id.RequestID(posted.Id)
	return c, c.gather(ctx)
}

// Continue takes up a run whose request was posted, wherever it stopped.
func Continue(ctx context.Context, s Stage, request id.RequestID, crowd Crowd, gold []work.GoldLabel) (*Cast, error) {
	c := &Cast{Stage: s, Request: request, Crowd: crowd, Gold: gold}
	return c, c.gather(ctx)
}

// gather makes the contributors and binds them, as far as they are not.
func (c *Cast) gather(ctx context.Context) error {
	if err := c.hire(ctx); err != nil {
		return err
	}
	for _, step := range []func(context.Context, market.Terms) error{c.fund, c.bid, c.award, c.accept} {
		request, err := c.Client.Request(ctx, c.Request)
		if err != nil || request.State > market.Matched {
			return err
		}
		if err := step(ctx, request.Terms); err != nil {
			return err
		}
	}
	return nil
}

// hire makes the contributors' accounts and hands.
func (c *Cast) hire(ctx context.Context) error {
	campaign, err := worker.Join(ctx, c.Client, c.Blobs, c.Request)
	if err != nil {
		return err
	}
	for i := range c.Crowd.Size() {
		secret := id.Sum("alaya/replay/key/v1", c.Seed[:], []byte(c.Crowd.Name(i)))
		account, err := c.Client.Account(client.KeyFromSeed(secret))
		if err != nil {
			return err
		}
		c.workers = append(c.workers, &worker.Worker{
			Campaign: campaign, Account: account, Source: recordedSource{c.Crowd, i}, Secret: secret, Able: c.Crowd.Able(i), Batch: c.Batch, Timed: c.timed,
		})
	}
	return nil
}

type recordedSource struct {
	crowd Crowd
	i     int
}

func (s recordedSource) Answer(item string) work.Answer { return s.crowd.Answer(s.i, item) }

// Accounts are the contributors', in the order of the crowd.
func (c *Cast) Accounts() []*client.Account {
	accounts := make([]*client.Account, len(c.workers))
	for i, w := range c.workers {
		accounts[i] = w.Account
	}
	return accounts
}

// timed notes how long a transaction took from sending to being final.
func (c *Cast) timed(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.latency = append(c.latency, d)
}

// Latencies are the times that transactions of the contributors took.
func (c *Cast) Latencies() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]time.Duration(nil), c.latency...)
}

// fund gives every contributor his deposit, his stake and one unit, without
// which an account does not exist, unless he has as much or has bid already.
func (c *Cast) fund(ctx context.Context, t market.Terms) error {
	c.Tell(Progress{Doing: "funding contributors"})
	need, err := num.Sum(t.Stake, t.Deposit, 1)
	if err != nil {
		return err
	}
	var shares []client.Share
	for _, w := range c.workers {
		ready, err := c.ready(ctx, w.Account.Address(), need)
		if err != nil {
			return err
		}
		if !ready {
			shares = append(shares, client.Share{To: w.Account.Address(), Amount: need})
		}
	}
	for some := range slices.Chunk(shares, most) {
		if _, err := c.Requester.Send(ctx, client.Payments(c.Requester.Address(), some)); err != nil {
			return err
		}
	}
	return nil
}

// ready says whether a contributor has what he needs to bid, or has bid.
func (c *Cast) ready(ctx context.Context, who id.Address, need num.Amount) (bool, error) {
	has, err := c.Client.Balance(ctx, who)
	if err != nil || has == 0 || has >= need {
		return has >= need, err
	}
	_, err = c.Client.Market().Bid(ctx, &marketv1.QueryBidRequest{Request: string(c.Request), Bidder: string(who)})
	if fault.Is(err, fault.KindNotFound) {
		return false, nil
	}
	return true, err
}

func (c *Cast) bid(ctx context.Context, t market.Terms) error {
	c.Tell(Progress{Doing: "bidding"})
	return c.each(ctx, func(ctx context.Context, i int, w *worker.Worker) error {
		_, err := w.Account.Send(ctx, &marketv1.MsgPlaceBid{
			Bidder: w.Account.Address().String(), Request: string(c.Request), Price: int64(t.PriceCap),
			Units: c.Crowd.Units(i), Pages: c.Crowd.Able(i),
		})
		return unless(err, fault.KindExists, fault.KindState) // he bid before
	})
}

// award offers engagements to those who have none, and closes the roster.
func (c *Cast) award(ctx context.Context, _ market.Terms) error {
	c.Tell(Progress{Doing: "awarding"})
	offered, err := c.Client.Engagements(ctx, c.Request)
	if err != nil {
		return err
	}
	var left []string
	for _, w := range c.workers {
		if !slices.ContainsFunc(offered, func(e market.Engagement) bool { return e.Contributor == w.Account.Address() }) {
			left = append(left, w.Account.Address().String())
		}
	}
	m := &marketv1.MsgAward{Requester: c.Requester.Address().String(), Request: string(c.Request)}
	for m.More = true; m.More; left = left[len(m.Bidders):] {
		m.Bidders = left[:min(len(left), most)]
		m.More = len(m.Bidders) < len(left)
		if _, err := c.Requester.Send(ctx, m); unless(err, fault.KindState) != nil { // the roster stands
			return err
		}
	}
	return nil
}

// accept signs what is on offer.
func (c *Cast) accept(ctx context.Context, _ market.Terms) error {
	c.Tell(Progress{Doing: "binding engagements"})
	offers, err := c.Client.Engagements(ctx, c.Request)
	if err != nil {
		return err
	}
	hash := make(map[id.Address]id.Hash, len(offers))
	for _, e := range offers {
		hash[e.Contributor] = e.TermsHash
	}
	return c.each(ctx, func(ctx context.Context, _ int, w *worker.Worker) error {
		h := hash[w.Account.Address()]
		_, err := w.Account.Send(ctx, &marketv1.MsgAcceptEngagement{
			Contributor: w.Account.Address().String(), Request: string(c.Request), TermsHash: h[:],
		})
		return unless(err, fault.KindState) // he signed before
	})
}

// unless forgives errors of the given kinds.
func unless(err error, kinds ...fault.Kind) error {
	if slices.Contains(kinds, fault.KindOf(err)) {
		return nil
	}
	return err
}

// each lets all contributors do something, many at once.
func (c *Cast) each(ctx context.Context, do func(context.Context, int, *worker.Worker) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(concurrency)
	for i, w := range c.workers {
		g.Go(func() error { return do(ctx, i, w) })
	}
	return g.Wait()
}
