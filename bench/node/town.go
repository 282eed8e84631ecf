package main

import (
	"context"
	"fmt"
	"slices"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"golang.org/x/sync/errgroup"

	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/agent/replay"
	"github.com/alaya-network/alaya/bench/load"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
)

// What each contributor does while the clock runs, in messages.
const (
	singles = 20  // transfers, commitments and reveals, one to a transaction
	tens    = 30  // commitments and reveals, ten to a transaction
	hundred = 100 // reveals, in one transaction
	// perContributor is the number of pages he needs for that.
	perContributor = singles + tens + hundred
)

// town is a request with its contributors at work.
type town struct {
	client    *client.Client
	requester *client.Account
	cast      *replay.Cast
	pages     [][]uint32 // committed, by contributor
}

// content is what everybody says he answered: the chain sees a content id, and
// never what is behind it.
const content = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy"

// transfers are the chain's simplest transaction.
func (t *town) transfers(ctx context.Context) ([]load.Load, error) {
	l, err := t.drive(ctx, load.Load{Name: "transfer of money", Messages: 1}, func(i int) []sdk.Msg {
		msgs := make([]sdk.Msg, singles)
		for n := range msgs {
			msgs[n] = client.Payments(t.address(i), []client.Share{{To: t.address((i + n + 1) % t.size()), Amount: 1}})
		}
		return msgs
	})
	return []load.Load{l}, err
}

// commits leases and commits: one by one, then ten to a transaction, and what
// the reveals need besides without the clock.
func (t *town) commits(ctx context.Context) ([]load.Load, error) {
	t.pages = make([][]uint32, t.size())
	var loads []load.Load
	for _, l := range []load.Load{{Name: "commitment of a page", Messages: 1}, {Name: "commitment of a page", Messages: 10}} {
		leases, err := t.lease(ctx, map[int]int{1: singles, 10: tens}[l.Messages])
		if err != nil {
			return nil, err
		}
		l, err = t.drive(ctx, l, func(i int) []sdk.Msg { return t.commitments(i, leases[i]) })
		if err != nil {
			return nil, err
		}
		loads = append(loads, l)
	}
	for left := hundred; left > 0; left -= work.MaxOpenLeases {
		n := min(left, work.MaxOpenLeases)
		leases, err := t.lease(ctx, n)
		if err != nil {
			return nil, err
		}
		if _, err := t.drive(ctx, load.Load{Messages: n}, func(i int) []sdk.Msg { return t.commitments(i, leases[i]) }); err != nil {
			return nil, err
		}
	}
	_, err := t.requester.Send(ctx, &workv1.MsgCloseRound{Requester: t.requester.Address().String(), Request: string(t.cast.Request), Round: 1})
	return loads, err
}

// reveals opens all that was committed.
func (t *town) reveals(ctx context.Context) ([]load.Load, error) {
	var loads []load.Load
	from := 0
	for _, step := range []struct{ messages, pages int }{{1, singles}, {10, tens}, {hundred, hundred}} {
		l, err := t.drive(ctx, load.Load{Name: "reveal of a page", Messages: step.messages}, func(i int) []sdk.Msg {
			var msgs []sdk.Msg
			for _, page := range t.pages[i][from : from+step.pages] {
				msgs = append(msgs, &workv1.MsgRevealPage{
					Sender: t.address(i).String(), Contributor: t.address(i).String(),
					Request: string(t.cast.Request), Round: 1, Page: page, Content: content, Salt: make([]byte, 32),
				})
			}
			return msgs
		})
		if err != nil {
			return nil, err
		}
		loads = append(loads, l)
		from += step.pages
	}
	return loads, nil
}

// lease draws n pages for every contributor.
func (t *town) lease(ctx context.Context, n int) ([][]work.Lease, error) {
	leases := make([][]work.Lease, t.size())
	g, ctx := errgroup.WithContext(ctx)
	for i, account := range t.cast.Accounts() {
		g.Go(func() error {
			_, err := account.Send(ctx, &workv1.MsgLeasePages{Contributor: t.address(i).String(), Request: string(t.cast.Request), Count: uint32(n)})
			if err != nil {
				return err
			}
			leases[i], err = t.client.Leases(ctx, account.Address(), t.cast.Request)
			if len(leases[i]) != n && err == nil {
				err = fmt.Errorf("contributor %d was given %d pages, want %d: too few pages for so many contributors", i, len(leases[i]), n)
			}
			return err
		})
	}
	return leases, g.Wait()
}

// commitments to leased pages.
func (t *town) commitments(i int, leases []work.Lease) []sdk.Msg {
	commitment := work.Commitment(id.CID(content), [32]byte{})
	var msgs []sdk.Msg
	for _, l := range leases {
		t.pages[i] = append(t.pages[i], l.Page)
		msgs = append(msgs, &workv1.MsgCommitPage{
			Contributor: t.address(i).String(), Request: string(t.cast.Request), Round: 1, Page: l.Page, Commitment: slices.Clone(commitment[:]),
		})
	}
	return msgs
}

// drive signs every contributor's messages, l.Messages to a transaction, and
// hands them over.
func (t *town) drive(ctx context.Context, l load.Load, messages func(i int) []sdk.Msg) (load.Load, error) {
	signed := make([][][]byte, t.size())
	for i, account := range t.cast.Accounts() {
		for some := range slices.Chunk(messages(i), l.Messages) {
			raw, err := account.Sign(ctx, some...)
			if err != nil {
				return l, err
			}
			signed[i] = append(signed[i], raw)
		}
	}
	return load.Drive(ctx, t.client, l, signed)
}

func (t *town) size() int                { return len(t.cast.Accounts()) }
func (t *town) address(i int) id.Address { return t.cast.Accounts()[i].Address() }
