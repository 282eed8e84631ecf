package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/bits"
	"os"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/alaya-network/alaya/bench/load"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/station"
	"github.com/alaya-network/alaya/wire"
)

// What each contributor does while the clock runs.
const (
	contributors = 200
	singles      = 10  // items, one to a transaction
	batched      = 200 // items, batch to a transaction
	batch        = 100
	perInput     = 64 // features of an item
	askers       = 4
	asked        = 1000 // inputs in one query
	askFor       = 5 * time.Second
)

// speed measures a node of one validator, without sockets: updates while they
// are final, and answers by query.
func speed(ctx context.Context, _ options) (_ string, err error) {
	home, err := os.MkdirTemp("", "alaya-bench-models-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(home) }()
	st, creator, err := load.Start(ctx, home)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, st.Stop()) }()
	crowd, err := hire(ctx, st, creator)
	if err != nil {
		return "", err
	}
	t := table{head: []string{"64 features each", "in a transaction", "updates", "updates/s", "CPU ms per update", "answers/s by query, single", "in batches of 1,000"}}
	for _, c := range []learn.Config{
		{Family: learn.Bayes, Classes: 2, Features: 1 << 18}, {Family: learn.Perceptron, Classes: 2, Features: 1 << 18},
		{Family: learn.Bayes, Classes: 2, Features: 1 << 12},
	} {
		if err := measureModel(ctx, st, creator, crowd, c, &t); err != nil {
			return "", fmt.Errorf("%s: %w", c.Family, err)
		}
	}
	return t.String(), st.Node.App().Invariants()
}

// hire makes the contributors' accounts.
func hire(ctx context.Context, st *station.Station, creator *client.Account) ([]*client.Account, error) {
	var crowd []*client.Account
	var pay []client.Share
	for i := range contributors {
		account, err := st.Client.Account(client.KeyFromSeed(id.Sum("alaya/bench/models/contributor/v1", []byte(strconv.Itoa(i)))))
		if err != nil {
			return nil, err
		}
		crowd = append(crowd, account)
		pay = append(pay, client.Share{To: account.Address(), Amount: num.ALY})
	}
	_, err := creator.Send(ctx, client.Payments(creator.Address(), pay))
	return crowd, err
}

// measureModel creates a model, teaches it one by one and in batches, and asks.
func measureModel(ctx context.Context, st *station.Station, creator *client.Account, crowd []*client.Account, c learn.Config, t *table) error {
	terms := model.Terms{
		Name: "bench", Config: c, Encoder: model.Encoder{Inline: []byte("{}")}, Licence: "CC0-1.0",
		Incentive: model.Incentive{Kind: model.Points, Wait: 24 * 3_600_000, Margin: 1},
	}
	result, err := creator.Send(ctx, &modelv1.MsgCreateModel{Creator: creator.Address().String(), Terms: wire.ModelTermsToProto(terms)})
	if err != nil {
		return err
	}
	var made modelv1.MsgCreateModelResponse
	if err := result.Response(0, &made); err != nil {
		return err
	}
	var loads []load.Load
	seed := uint64(1)
	for _, step := range []struct{ items, each int }{{singles, 1}, {batched, batch}} {
		l, err := teach(ctx, st.Client, crowd, teaching{model: made.Id, features: c.Features, items: step.items, each: step.each, seed: &seed})
		if err != nil {
			return err
		}
		loads = append(loads, l)
	}
	one, err := ask(ctx, st.Client, made.Id, c.Features, 1)
	if err != nil {
		return err
	}
	many, err := ask(ctx, st.Client, made.Id, c.Features, asked)
	if err != nil {
		return err
	}
	for i, l := range loads {
		answers := []string{"", ""}
		if i == 0 {
			answers = []string{fmt.Sprintf("%.0f", one), fmt.Sprintf("%.0f", many)}
		}
		t.add(fmt.Sprintf("%s, %d features", c.Family, c.Features), strconv.Itoa(l.Messages), strconv.Itoa(l.Txs*l.Messages),
			fmt.Sprintf("%.0f", l.MessageRate()), fmt.Sprintf("%.3f", l.CPUPerMessage()), answers[0], answers[1])
	}
	return nil
}

// teaching is one load.
type teaching struct {
	model    string
	features uint32
	items    int // of each contributor
	each     int // in a transaction
	seed     *uint64
}

// teach signs every contributor's items and hands them over.
func teach(ctx context.Context, c *client.Client, crowd []*client.Account, t teaching) (load.Load, error) {
	signed := make([][][]byte, len(crowd))
	for i, account := range crowd {
		for range t.items / t.each {
			msg := &modelv1.MsgContribute{Author: account.Address().String(), Model: t.model}
			for range t.each {
				x := input(t.seed, t.features)
				msg.Offers = append(msg.Offers, modelv1.Offer{Input: wire.InputToProto(x), Label: int64(x.Indices[0] & 1)})
			}
			raw, err := account.Sign(ctx, msg)
			if err != nil {
				return load.Load{}, err
			}
			signed[i] = append(signed[i], raw)
		}
	}
	return load.Drive(ctx, c, load.Load{Name: "updates", Messages: t.each}, signed)
}

// input draws an item of 64 features, low ones more often, as words are.
func input(seed *uint64, features uint32) learn.Input {
	seen := map[uint32]bool{}
	for len(seen) < perInput {
		*seed = *seed*6364136223846793005 + 1442695040888963407
		spread := uint32(1) << (7 + *seed>>58%uint64(bits.Len32(features)-7))
		seen[uint32(*seed>>33)%spread%features] = true
	}
	return learn.Input{Indices: slices.Sorted(maps.Keys(seen))}
}

// ask counts answers per second of some askers at once.
func ask(ctx context.Context, c *client.Client, m string, features uint32, n int) (float64, error) {
	seed := uint64(7)
	req := &modelv1.QueryPredictBatchRequest{Model: m}
	for range n {
		req.Inputs = append(req.Inputs, wire.InputToProto(input(&seed, features)))
	}
	var count atomic.Int64
	began := time.Now()
	g, ctx := errgroup.WithContext(ctx)
	for range askers {
		g.Go(func() error {
			for time.Since(began) < askFor {
				var err error
				if n == 1 {
					_, err = c.Model().Predict(ctx, &modelv1.QueryPredictRequest{Model: m, Input: req.Inputs[0]})
				} else {
					_, err = c.Model().PredictBatch(ctx, req)
				}
				if err != nil {
					return err
				}
				count.Add(int64(n))
			}
			return nil
		})
	}
	err := g.Wait()
	return float64(count.Load()) / time.Since(began).Seconds(), err
}
