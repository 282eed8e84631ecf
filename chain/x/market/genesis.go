package market

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

// Genesis reads and writes the module's whole state.
func (k *Keeper) Genesis() kit.Genesis[*marketv1.GenesisState] {
	return kit.Genesis[*marketv1.GenesisState]{
		Default:  func() *marketv1.GenesisState { return &marketv1.GenesisState{} },
		Validate: func(g *marketv1.GenesisState) error { _, err := readState(g); return err },
		Init:     k.init,
		Export:   k.export,
	}
}

// state is a genesis state in the nouns of core.
type state struct {
	requests    []market.Request
	bids        []market.Bid
	engagements []market.Engagement
}

// readState reads a genesis state and holds every noun's Check.
func readState(g *marketv1.GenesisState) (s state, err error) {
	if s.requests, err = readAll(g.Requests, wire.RequestFromProto); err != nil {
		return s, err
	}
	if s.bids, err = readAll(g.Bids, wire.BidFromProto); err != nil {
		return s, err
	}
	s.engagements, err = readAll(g.Engagements, wire.EngagementFromProto)
	return s, err
}

func readAll[P any, T interface{ Check() error }](messages []P, read func(*P) (T, error)) ([]T, error) {
	nouns := make([]T, len(messages))
	for i := range messages {
		noun, err := read(&messages[i])
		if err != nil {
			return nil, err
		}
		if err := noun.Check(); err != nil {
			return nil, err
		}
		nouns[i] = noun
	}
	return nouns, nil
}

func (k *Keeper) init(ctx context.Context, g *marketv1.GenesisState) error {
	s, err := readState(g)
	if err != nil {
		return err
	}
	for _, n := range g.Nonces {
		if err := k.nonces.Set(ctx, n.Address, n.Next); err != nil {
			return err
		}
	}
	for _, r := range s.requests {
		if err := k.addRequest(ctx, r); err != nil {
			return err
		}
	}
	if err := k.initItems(ctx, s); err != nil {
		return err
	}
	for _, c := range g.Choices {
		if err := k.initChoice(ctx, c); err != nil {
			return err
		}
	}
	for _, r := range s.requests {
		if err := k.checkCounts(ctx, r); err != nil {
			return err
		}
		if err := k.resume(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) initItems(ctx context.Context, s state) error {
	for _, b := range s.bids {
		if err := unknown(ctx, k.bids, b.Request, b.Bidder); err != nil {
			return err
		}
		if err := k.setBid(ctx, b); err != nil {
			return err
		}
	}
	for _, e := range s.engagements {
		if err := unknown(ctx, k.engagements, e.Request, e.Contributor); err != nil {
			return err
		}
		if err := k.setEngagement(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// unknown refuses an entry that stands already.
func unknown[V any](ctx context.Context, m collections.Map[pair, V], r id.RequestID, a id.Address) error {
	known, err := m.Has(ctx, collections.Join(string(r), string(a)))
	if err == nil && known {
		err = fault.Exists("market: %s: %s on request %s stands twice", m.GetName(), a, r)
	}
	return err
}

func (k *Keeper) initChoice(ctx context.Context, c marketv1.Choice) error {
	key := collections.Join(c.Request, c.Bidder)
	open, err := k.open.Has(ctx, key)
	if err != nil {
		return err
	}
	if !open {
		return fault.Invalid("market: choice of %.90s on request %.40s: no open bid", c.Bidder, c.Request)
	}
	return k.choices.Set(ctx, key)
}

// resume pushes the tasks that a request waits for.
func (k *Keeper) resume(ctx context.Context, r market.Request) error {
	if r.State != market.Open {
		if err := k.endBidsLater(ctx, r); err != nil {
			return err
		}
	}
	switch r.State {
	case market.Open:
		return k.resumeOpen(ctx, r)
	case market.Matched:
		at, err := k.lastAnswer(ctx, r)
		if err != nil {
			return err
		}
		return k.push(ctx, r.ID, taskLapse, at)
	case market.Closed:
		return k.push(ctx, r.ID, taskComplete, kit.Now(ctx))
	}
	return nil
}

func (k *Keeper) resumeOpen(ctx context.Context, r market.Request) error {
	chosen, err := firstOf(ctx, k.choices, r.ID, 1)
	if err != nil {
		return err
	}
	if len(chosen) > 0 {
		return k.push(ctx, r.ID, taskAward, kit.Now(ctx))
	}
	return k.push(ctx, r.ID, taskMatch, r.Terms.BidDeadline)
}

// lastAnswer is when the last open offer of a request ends.
func (k *Keeper) lastAnswer(ctx context.Context, r market.Request) (id.Time, error) {
	contributors, err := firstOf(ctx, k.offers, r.ID, int(r.Offered))
	if err != nil {
		return 0, err
	}
	var last id.Time
	for _, c := range contributors {
		e, err := k.Engagement(ctx, r.ID, c)
		if err != nil {
			return 0, err
		}
		last = max(last, e.AcceptBy)
	}
	return last, nil
}

func (k *Keeper) export(ctx context.Context) (*marketv1.GenesisState, error) {
	g := &marketv1.GenesisState{}
	err := k.requests.Walk(ctx, nil, func(key string, _ marketv1.Request) (bool, error) {
		r, err := k.request(ctx, key)
		g.Requests = append(g.Requests, r)
		return false, err
	})
	if err != nil {
		return nil, err
	}
	err = k.bids.Walk(ctx, nil, func(_ pair, b marketv1.Bid) (bool, error) {
		g.Bids = append(g.Bids, b)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = k.engagements.Walk(ctx, nil, func(_ pair, e marketv1.Engagement) (bool, error) {
		g.Engagements = append(g.Engagements, e)
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = k.nonces.Walk(ctx, nil, func(a string, next uint64) (bool, error) {
		g.Nonces = append(g.Nonces, marketv1.Nonce{Address: a, Next: next})
		return false, nil
	})
	if err != nil {
		return nil, err
	}
	err = k.choices.Walk(ctx, nil, func(key pair) (bool, error) {
		g.Choices = append(g.Choices, marketv1.Choice{Request: key.K1(), Bidder: key.K2()})
		return false, nil
	})
	return g, err
}
