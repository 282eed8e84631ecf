// Package patron is a requester that works by itself: it posts, awards a
// roster as soon as it likes the bids, and opens its gold.
//
// Invariants:
//  1. Everything after posting follows from the chain, so Hire and Finish can
//     be taken up by another process that has the gold.
package patron

import (
	"context"
	"time"

	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/wire"
)

// pace is how often a patron looks at its request.
const pace = time.Second

// Patron is a requester.
type Patron struct {
	Client  *client.Client
	Account *client.Account
	Blobs   client.Blobs
}

// Post posts a request.
func (p Patron) Post(ctx context.Context, t market.Terms) (id.RequestID, error) {
	res, err := p.Account.Send(ctx, &marketv1.MsgPostRequest{Requester: p.Account.Address().String(), Terms: *wire.TermsToProto(t)})
	if err != nil {
		return "", err
	}
	var posted marketv1.MsgPostRequestResponse
	err = res.Response(0, &posted)
	return id.RequestID(posted.Id), err
}

// Hire waits until choose finds a roster among the bids, and awards it; it
// returns at once for a request that is no longer open.
func (p Patron) Hire(ctx context.Context, request id.RequestID, choose func([]market.Bid) []market.Bid) error {
	return p.until(ctx, func() (bool, error) {
		r, err := p.Client.Request(ctx, request)
		if err != nil || r.State != market.Open {
			return true, err
		}
		bids, err := p.bids(ctx, request)
		if err != nil {
			return false, err
		}
		roster := choose(bids)
		if len(roster) == 0 {
			return false, nil
		}
		m := &marketv1.MsgAward{Requester: p.Account.Address().String(), Request: string(request)}
		for _, b := range roster {
			m.Bidders = append(m.Bidders, b.Bidder.String())
		}
		_, err = p.Account.Send(ctx, m)
		return true, err
	})
}

// bids are those that are open.
func (p Patron) bids(ctx context.Context, request id.RequestID) ([]market.Bid, error) {
	res, err := p.Client.Market().Bids(ctx, &marketv1.QueryBidsRequest{Request: string(request)})
	if err != nil {
		return nil, err
	}
	var open []market.Bid
	for i := range res.Bids {
		b, err := wire.BidFromProto(&res.Bids[i])
		if err != nil {
			return nil, err
		}
		if b.State == market.BidOpen {
			open = append(open, b)
		}
	}
	return open, nil
}

// Finish opens the gold when a round asks for it, until the request is over.
func (p Patron) Finish(ctx context.Context, request id.RequestID, gold []work.GoldLabel) error {
	return p.until(ctx, func() (bool, error) {
		r, err := p.Client.Request(ctx, request)
		if err != nil || r.State.Over() {
			return true, err
		}
		return false, p.openGold(ctx, request, gold)
	})
}

// openGold opens all gold in the first round; later ones have none of it left.
func (p Patron) openGold(ctx context.Context, request id.RequestID, gold []work.GoldLabel) error {
	res, err := p.Client.Work().Progress(ctx, &workv1.QueryProgressRequest{Request: string(request)})
	if fault.Is(err, fault.KindNotFound) {
		return nil // the work has not begun
	}
	if err != nil {
		return err
	}
	r, err := p.Client.Round(ctx, request, res.Progress.Round)
	if err != nil || r.State != work.Gold {
		return err
	}
	m := &workv1.MsgRevealGold{Requester: p.Account.Address().String(), Request: string(request), Round: r.Number}
	if r.Number == 1 {
		text, err := work.OpenGold(gold, func(work.GoldLabel) bool { return true })
		if err != nil {
			return err
		}
		content, err := p.Blobs.PutBytes(ctx, text)
		if err != nil {
			return err
		}
		m.Content = content.String()
	}
	_, err = p.Account.Send(ctx, m)
	if fault.Is(err, fault.KindState) {
		return nil // the window ended meanwhile
	}
	return err
}

// until looks again and again.
func (p Patron) until(ctx context.Context, done func() (bool, error)) error {
	tick := time.NewTicker(pace)
	defer tick.Stop()
	for {
		over, err := done()
		if over || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}
