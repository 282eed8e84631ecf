package worker

import (
	"context"
	"slices"
	"time"

	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
)

// pace is how often a worker who attends looks at the request.
const pace = time.Second

// Attend takes part in the campaign from bid to end by itself: it bids at the
// price cap, signs what it is offered, answers and reveals. It may be called
// again in another process.
func (w *Worker) Attend(ctx context.Context) error {
	tick := time.NewTicker(pace)
	defer tick.Stop()
	filled := uint32(0)
	for {
		r, err := w.Campaign.client.Request(ctx, w.Campaign.Request.ID)
		if err != nil || r.State.Over() {
			return err
		}
		switch r.State {
		case market.Open:
			err = w.bid(ctx, r)
		case market.Matched:
			err = w.accept(ctx, r)
		case market.Working:
			filled, err = w.work(ctx, filled)
		}
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// bid offers all the answers that one may give, once.
func (w *Worker) bid(ctx context.Context, r market.Request) error {
	if w.bound {
		return nil
	}
	_, err := w.send(ctx, &marketv1.MsgPlaceBid{
		Bidder: w.Account.Address().String(), Request: string(r.ID), Price: int64(r.Terms.PriceCap), Units: r.Terms.Manifest.Count,
	})
	w.bound = true
	return unless(err, fault.KindExists, fault.KindState) // bid before, or too late
}

// accept signs an engagement on offer.
func (w *Worker) accept(ctx context.Context, r market.Request) error {
	me := w.Account.Address().String()
	res, err := w.Campaign.client.Market().Engagement(ctx, &marketv1.QueryEngagementRequest{Request: string(r.ID), Contributor: me})
	if fault.Is(err, fault.KindNotFound) || err == nil && res.Engagement.State != marketv1.EngagementState_ENGAGEMENT_STATE_OFFERED {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = w.send(ctx, &marketv1.MsgAcceptEngagement{Contributor: me, Request: string(r.ID), TermsHash: res.Engagement.TermsHash})
	return err
}

// work does what the round in work waits for; filled is the last round that
// was answered, which it returns anew.
func (w *Worker) work(ctx context.Context, filled uint32) (uint32, error) {
	c, request := w.Campaign.client, w.Campaign.Request.ID
	res, err := c.Work().Progress(ctx, &workv1.QueryProgressRequest{Request: string(request)})
	if err != nil {
		return filled, unless(err, fault.KindNotFound)
	}
	r, err := c.Round(ctx, request, res.Progress.Round)
	if err != nil {
		return filled, err
	}
	switch {
	case r.State == work.Committing && filled < r.Number:
		var held []work.Lease
		if w.Fresh() {
			if held, err = c.Leases(ctx, w.Account.Address(), request); err != nil {
				return filled, err
			}
		}
		return r.Number, w.Fill(ctx, r, held)
	case r.State == work.Revealing:
		all, err := c.Submissions(ctx, request, r.Number)
		if err != nil {
			return filled, err
		}
		return filled, unless(w.Reveal(ctx, r, all), fault.KindState)
	}
	return filled, nil
}

// unless forgives errors of the given kinds.
func unless(err error, kinds ...fault.Kind) error {
	if slices.Contains(kinds, fault.KindOf(err)) {
		return nil
	}
	return err
}
