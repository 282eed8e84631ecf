// Package worker is a contributor that works by itself: it leases pages, takes
// answers from a source, commits to them and reveals them.
//
// Words: a source answers items; a campaign is a request as its workers see it.
//
// Invariants:
//  1. Nothing is kept on disk: salts follow from the worker's secret, and
//     answers from the source, so a restarted worker reveals what an earlier
//     life committed to.
//  2. An answers blob is put away before its commitment is sent.
package worker

import (
	"context"
	"slices"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"

	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/wire"
)

// Source answers items. The same item must get the same answer every time; a
// source that cannot answer returns an answer with a reason to skip.
type Source interface {
	Answer(item string) work.Answer
}

// Worker is one contributor on one campaign.
type Worker struct {
	Campaign *Campaign
	Account  *client.Account
	Source   Source
	// Secret makes the salts; whoever knows it can guess the answers of a
	// commitment.
	Secret [32]byte
	// Batch is how many pages he leases at a time; 0: as many as he may hold.
	Batch int
	// Able lists the pages he can do, sorted; nil for all.
	Able []uint32
	// Timed is told how long each transaction took; nil: nobody.
	Timed func(time.Duration)

	had   map[uint32]struct{}
	bound bool // by a bid
}

// Fresh says whether the worker has not asked for work yet in this process.
func (w *Worker) Fresh() bool { return w.had == nil }

// Fill leases and commits until no page is left for the worker; held are
// leases that he has already.
func (w *Worker) Fill(ctx context.Context, r work.Round, held []work.Lease) error {
	w.noteLeases(held)
	pages, err := w.Campaign.Pages(ctx, r)
	if err != nil {
		return err
	}
	for leases := held; ; {
		err := w.Commit(ctx, r, leases)
		if fault.Is(err, fault.KindState) {
			return nil // the round went on without him
		}
		if err != nil {
			return err
		}
		n := w.left(pages)
		if n == 0 {
			return nil
		}
		if w.Batch > 0 {
			n = min(n, w.Batch)
		}
		if leases, err = w.Lease(ctx, n); err != nil || len(leases) == 0 {
			return err
		}
	}
}

// left counts the pages of the round he may still be given, as far as he knows.
func (w *Worker) left(pages map[uint32][]string) int {
	n := 0
	for p := range pages {
		_, had := w.had[p]
		_, able := slices.BinarySearch(w.Able, p)
		if !had && (able || w.Able == nil) {
			n++
		}
	}
	return n
}

// send sends one transaction and tells how long it took.
func (w *Worker) send(ctx context.Context, msgs ...sdk.Msg) (client.Result, error) {
	began := time.Now()
	res, err := w.Account.Send(ctx, msgs...)
	if err == nil && w.Timed != nil {
		w.Timed(time.Since(began))
	}
	return res, err
}

// Lease draws up to n pages of the round in work. No page being left is no
// error.
func (w *Worker) Lease(ctx context.Context, n int) ([]work.Lease, error) {
	n = min(n, work.MaxOpenLeases)
	res, err := w.send(ctx, &workv1.MsgLeasePages{
		Contributor: w.Account.Address().String(), Request: string(w.Campaign.Request.ID), Count: uint32(n),
	})
	if nothingLeft(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var got workv1.MsgLeasePagesResponse
	if err := res.Response(0, &got); err != nil {
		return nil, err
	}
	leases := make([]work.Lease, len(got.Leases))
	for i := range got.Leases {
		if leases[i], err = wire.LeaseFromProto(&got.Leases[i]); err != nil {
			return nil, err
		}
	}
	w.noteLeases(leases)
	return leases, nil
}

// noteLeases remembers pages that he was given.
func (w *Worker) noteLeases(leases []work.Lease) {
	if w.had == nil {
		w.had = map[uint32]struct{}{}
	}
	for _, l := range leases {
		w.had[l.Page] = struct{}{}
	}
}

// nothingLeft says whether an error means: no page for him, now or ever.
func nothingLeft(err error) bool {
	return fault.Is(err, fault.KindNotFound) || fault.Is(err, fault.KindLimit) || fault.Is(err, fault.KindFunds) ||
		fault.Is(err, fault.KindState) || fault.Is(err, fault.KindForbidden)
}

// Commit answers the leased pages and commits to the answers, all in one
// transaction.
func (w *Worker) Commit(ctx context.Context, r work.Round, leases []work.Lease) error {
	var msgs []sdk.Msg
	for _, l := range leases {
		content, err := w.answer(ctx, r, l.Page, l.Guideline)
		if err != nil {
			return err
		}
		commitment := work.Commitment(content, w.salt(r.Number, l.Page))
		msgs = append(msgs, &workv1.MsgCommitPage{
			Contributor: w.Account.Address().String(), Request: string(r.Request), Round: r.Number, Page: l.Page, Commitment: commitment[:],
		})
	}
	if len(msgs) == 0 {
		return nil
	}
	_, err := w.send(ctx, msgs...)
	return err
}

// Reveal opens the given commitments of the worker, all in one transaction.
func (w *Worker) Reveal(ctx context.Context, r work.Round, committed []work.Submission) error {
	var msgs []sdk.Msg
	me := w.Account.Address()
	for _, s := range committed {
		if s.Contributor != me || s.State != work.SubmissionCommitted {
			continue
		}
		content, err := w.answer(ctx, r, s.Page, s.Guideline)
		if err != nil {
			return err
		}
		salt := w.salt(r.Number, s.Page)
		msgs = append(msgs, &workv1.MsgRevealPage{
			Sender: me.String(), Contributor: me.String(), Request: string(r.Request), Round: r.Number, Page: s.Page,
			Content: string(content), Salt: slices.Clone(salt[:]),
		})
	}
	if len(msgs) == 0 {
		return nil
	}
	_, err := w.send(ctx, msgs...)
	return err
}

// answer writes the blob for a page and puts it away.
func (w *Worker) answer(ctx context.Context, r work.Round, page, guideline uint32) (id.CID, error) {
	pages, err := w.Campaign.Pages(ctx, r)
	if err != nil {
		return "", err
	}
	answers := make([]work.Answer, len(pages[page]))
	for i, item := range pages[page] {
		answers[i] = w.Source.Answer(item)
	}
	sheet := work.Sheet{Request: r.Request, Round: r.Number, Page: page, Contributor: w.Account.Address(), Guideline: guideline}
	return w.Campaign.blobs.PutBytes(ctx, work.EncodeAnswers(sheet, answers))
}

func (w *Worker) salt(round, page uint32) [32]byte {
	return id.Sum("alaya/worker/salt/v1", w.Secret[:], []byte(w.Campaign.Request.ID), []byte(w.Account.Address()), []byte{byte(round >> 24), byte(round >> 16), byte(round >> 8), byte(round)}, []byte{byte(page >> 24), byte(page >> 16), byte(page >> 8), byte(page)})
}
