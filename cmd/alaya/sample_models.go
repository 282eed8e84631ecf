package main

import (
	"context"
	"fmt"
	"time"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/draft"
	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/internal/world"
	"github.com/alaya-network/alaya/wire"
)

// school is a model of the sample world, and how many of the crew taught it.
type school struct {
	Model  id.ModelID `json:"model"`
	Taught int        `json:"taught"`
}

// incentives of the sample models: a deposit that is back within a minute, and
// points.
func incentives() []learner.Incentive {
	const percent = draft.Percent(num.One / 100)
	wait, window := draft.Duration(time.Minute), draft.Duration(time.Hour)
	return []learner.Incentive{
		{
			Kind: "deposit", Wait: wait, Start: draft.Amount(num.ALY / 10), Floor: draft.Amount(num.ALY / 100), Target: 100, Window: window,
			Bond: 50 * percent, Share: 50 * percent,
		},
		{Kind: "points", Wait: wait, Quorum: 3},
	}
}

// teach makes the model of a lesson and lets the crew teach it, once.
func (s *sample) teach(ctx context.Context, l world.Lesson, owner *client.Account, i learner.Incentive) error {
	s.mu.Lock()
	at := s.book.Schools[l.Name]
	s.mu.Unlock()
	e := feature.Encoder{Kind: feature.Hashed, Bits: 12, Labels: l.Labels}
	classes := uint32(len(l.Labels))
	if at.Model == "" {
		b := learner.Blueprint{Draft: learner.Draft{Name: l.Title, Licence: "CC0-1.0", Incentive: i}, Encoder: e}
		b.Config = learner.ConfigFor(l.Family, e, classes, learn.Params{})
		var err error
		if at.Model, err = s.found(ctx, b, l.Seed, owner); err != nil {
			return fmt.Errorf("sample %s: %w", l.Name, err)
		}
		if err := s.enrol(l.Name, at); err != nil {
			return err
		}
	}
	lines, err := linesOf(e, l.Taught)
	if err != nil {
		return err
	}
	for ; at.Taught < len(s.crew); at.Taught++ {
		a := s.crew[at.Taught]
		msg := &modelv1.MsgContribute{Author: a.Address().String(), Model: string(at.Model)}
		for _, line := range lines[at.Taught*len(lines)/len(s.crew) : (at.Taught+1)*len(lines)/len(s.crew)] {
			msg.Offers = append(msg.Offers, wire.ModelOfferToProto(model.Offer{Input: line.Input, Label: line.Label}))
		}
		if _, err := a.Send(ctx, msg); err != nil {
			return fmt.Errorf("sample %s: %w", l.Name, err)
		}
		if err := s.enrol(l.Name, school{at.Model, at.Taught + 1}); err != nil {
			return err
		}
	}
	return nil
}

// found makes a model that has learnt its seed.
func (s *sample) found(ctx context.Context, b learner.Blueprint, seed []world.Saying, owner *client.Account) (id.ModelID, error) {
	lines, err := linesOf(b.Encoder, seed)
	if err != nil {
		return "", err
	}
	l, err := learn.New(b.Config)
	if err != nil {
		return "", err
	}
	b.Cells = learn.EncodeCells(learner.Train(l, lines).Cells())
	terms, err := b.Terms("", id.Time(time.Now().UnixMilli()))
	if err != nil {
		return "", err
	}
	res, err := owner.Send(ctx, &modelv1.MsgCreateModel{Creator: owner.Address().String(), Terms: wire.ModelTermsToProto(terms), Seed: b.Cells})
	if err != nil {
		return "", err
	}
	var made modelv1.MsgCreateModelResponse
	err = res.Response(0, &made)
	return id.ModelID(made.Id), err
}

func (s *sample) enrol(lesson string, at school) error {
	return s.note(func(b *sampleBook) {
		if b.Schools == nil {
			b.Schools = map[string]school{}
		}
		b.Schools[lesson] = at
	})
}

func linesOf(e feature.Encoder, sayings []world.Saying) ([]learner.Line, error) {
	var lines []learner.Line
	for _, said := range sayings {
		input, err := learner.Encode(e, []string{said.Text})
		if err != nil {
			return nil, err
		}
		label, err := e.Label(said.Label, uint32(len(e.Labels)))
		if err != nil {
			return nil, err
		}
		lines = append(lines, learner.Line{Text: said.Text, Input: input, Label: label})
	}
	return lines, nil
}
