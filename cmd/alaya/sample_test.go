package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/alaya-network/alaya/agent/worker"
	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/internal/world"
	"github.com/alaya-network/alaya/station"
	"github.com/alaya-network/alaya/wire"
)

// Somebody who takes up a request of every kind is awarded, judged and paid,
// and the next of each kind waits already.
func TestWhoeverTriesTheSampleWorldIsPaid(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	kit.SetPrefixes()
	s := testSession(nil)
	s.flags.home = t.TempDir()
	if err := createLocal(s.flags.home); err != nil {
		t.Fatal(err)
	}
	st, err := startLocal(ctx, station.Config{Home: s.flags.home, BlockTime: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	w, err := s.newSample(st, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	living, stop := context.WithCancel(ctx)
	ended := make(chan error)
	go func() { ended <- w.run(living) }()
	guest, err := localAccount(st, s.flags.home, "alice")
	if err != nil {
		t.Fatal(err)
	}
	before, err := st.Client.Balance(ctx, guest.Address())
	if err != nil {
		t.Fatal(err)
	}
	tasks := world.Tasks(w.book.Seed.String())
	first := openRequests(t, ctx, st.Client, len(tasks))
	errs := make(chan error, len(tasks))
	for _, task := range tasks {
		go func() { errs <- takePart(ctx, st, guest, first[task.Title], task) }()
	}
	want := before
	for _, task := range tasks {
		if err := <-errs; err != nil {
			t.Error(err)
		}
		want += num.Amount(len(task.Items)) * num.ALY / 4
	}
	if got, err := st.Client.Balance(ctx, guest.Address()); err != nil || got != want {
		t.Errorf("the guest has %s, %v, want %s", got, err, want)
	}
	for title, next := range openRequests(t, ctx, st.Client, len(tasks)) {
		if next == first[title] {
			t.Errorf("%s: request %s is still open", title, next)
		}
	}
	checkSchools(t, ctx, st.Client)
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the world ended: %v", err)
	}
	if err := st.Node.App().Invariants(); err != nil {
		t.Error(err)
	}
	if err := st.Stop(); err != nil {
		t.Error(err)
	}
	if log.Len() > 0 {
		t.Errorf("log: %s", log.String())
	}
}

// takePart is all that somebody does on one request, up to his pay.
func takePart(ctx context.Context, st *station.Station, guest *client.Account, request id.RequestID, task world.Task) error {
	campaign, err := worker.Join(ctx, st.Client, st.Store, request)
	if err != nil {
		return err
	}
	hand := &worker.Worker{Campaign: campaign, Account: guest, Source: truthful(task.Truth), Secret: id.Sum("test/guest")}
	return hand.Attend(ctx)
}

// checkSchools waits until the crew has taught every model.
func checkSchools(t *testing.T, ctx context.Context, c *client.Client) {
	t.Helper()
	for {
		res, err := c.Model().Models(ctx, &modelv1.QueryModelsRequest{})
		if err != nil {
			t.Fatal(err)
		}
		given := uint64(0)
		for _, m := range res.Models {
			given += m.Contributions
		}
		want := uint64(0)
		for _, l := range world.Lessons() {
			want += uint64(len(l.Taught))
		}
		if given == want && len(res.Models) == len(world.Lessons()) {
			return
		}
		if err := c.WaitHeight(ctx, c.Height()+1); err != nil {
			t.Fatalf("%d models with %d contributions, want %d: %v", len(res.Models), given, want, err)
		}
	}
}

// openRequests waits until that many requests that are no first series are
// open, and returns them by title.
func openRequests(t *testing.T, ctx context.Context, c *client.Client, want int) map[string]id.RequestID {
	t.Helper()
	for {
		res, err := c.Market().Requests(ctx, &marketv1.QueryRequestsRequest{State: marketv1.RequestState_REQUEST_STATE_OPEN})
		if err != nil {
			t.Fatal(err)
		}
		open := map[string]id.RequestID{}
		for i := range res.Requests {
			r, err := wire.RequestFromProto(&res.Requests[i])
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(r.Terms.Title, ": first series") {
				open[r.Terms.Title] = r.ID
			}
		}
		if len(open) == want {
			return open
		}
		if err := c.WaitHeight(ctx, c.Height()+1); err != nil {
			t.Fatal(err)
		}
	}
}
