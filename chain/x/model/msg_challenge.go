package model

import (
	"context"
	"errors"
	"strconv"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/model"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// Challenge holds a fork against the model it came from.
func (s msgServer) Challenge(ctx context.Context, m *modelv1.MsgChallenge) (*modelv1.MsgChallengeResponse, error) {
	res, err := s.challenge(ctx, m)
	return res, kit.Err(Name, err)
}

func (s msgServer) challenge(ctx context.Context, m *modelv1.MsgChallenge) (*modelv1.MsgChallengeResponse, error) {
	by, d, err := s.on(ctx, m.Sender, m.Champion)
	if err != nil {
		return nil, err
	}
	fork, err := s.k.Model(ctx, id.ModelID(m.Challenger))
	if err != nil {
		return nil, err
	}
	champion, c, err := d.model.Challenge(fork, m.Margin, m.Within, d.now.Time)
	if err != nil {
		return nil, err
	}
	d.model = champion
	if err := s.k.setChallenge(ctx, c); err != nil {
		return nil, err
	}
	if err := s.k.contests.Push(ctx, c.Deadline.Add(1), collections.Join(m.Champion, c.Number)); err != nil {
		return nil, err
	}
	d.emit("challenged", kit.AttributeParty, string(by), "challenger", m.Challenger, attributeNumber, strconv.FormatUint(uint64(c.Number), 10))
	return &modelv1.MsgChallengeResponse{Number: c.Number, Items: c.Items}, d.save()
}

// ScoreChallenge reveals the next holdout items; the last one ends the
// challenge.
func (s msgServer) ScoreChallenge(ctx context.Context, m *modelv1.MsgScoreChallenge) (*modelv1.MsgScoreChallengeResponse, error) {
	c, err := s.scoreChallenge(ctx, m)
	return &modelv1.MsgScoreChallengeResponse{Challenge: *wire.ModelChallengeToProto(c)}, kit.Err(Name, err)
}

func (s msgServer) scoreChallenge(ctx context.Context, m *modelv1.MsgScoreChallenge) (model.Challenge, error) {
	none := model.Challenge{}
	if err := checkBatch(len(m.Items), "items"); err != nil {
		return none, err
	}
	_, champion, err := s.on(ctx, m.Sender, m.Champion)
	if err != nil {
		return none, err
	}
	c, err := s.k.challengeOf(ctx, champion.model.ID, m.Number)
	if err != nil {
		return none, err
	}
	challenger, err := s.k.open(ctx, c.Challenger)
	if err != nil {
		return none, err
	}
	for i := range m.Items {
		t, path, err := readItem(&m.Items[i], champion.model)
		if err != nil {
			return none, err
		}
		losses := [2]int64{champion.loss(t), challenger.loss(t)}
		if c, err = c.Score(champion.model, t, path, losses, champion.now.Time); err != nil {
			return none, err
		}
	}
	if err := errors.Join(champion.live.err, challenger.live.err); err != nil {
		return none, err
	}
	if c.Scored < c.Items {
		return c, s.k.setChallenge(ctx, c)
	}
	if err := s.k.contests.Remove(ctx, c.Deadline.Add(1), collections.Join(m.Champion, c.Number)); err != nil {
		return none, err
	}
	return champion.decide(c)
}

// loss of the live parameters on an item; it takes gas for the work.
func (d *desk) loss(t model.Item) int64 {
	d.charge(d.learner.Cost(t.Input))
	return d.model.Terms.Config.Loss(d.learner.Scores(d.live, t.Input), t.Label)
}

// decide ends a challenge of the model.
func (d *desk) decide(c model.Challenge) (model.Challenge, error) {
	c, m, e, err := c.End(d.model, d.now)
	if err != nil {
		return c, err
	}
	d.model = m
	if err := d.note(e); err != nil {
		return c, err
	}
	if err := d.k.setChallenge(d.ctx, c); err != nil {
		return c, err
	}
	d.emit("challenge_ended", "challenger", string(c.Challenger), "result", c.State.String())
	return c, d.save()
}

// contestDue ends a challenge at its deadline.
func (k *Keeper) contestDue(ctx context.Context, key placeKey) error {
	d, err := k.open(ctx, id.ModelID(key.K1()))
	if err != nil {
		return err
	}
	c, err := k.challengeOf(ctx, d.model.ID, key.K2())
	if err != nil {
		return err
	}
	_, err = d.decide(c)
	return err
}

func (k *Keeper) challengeOf(ctx context.Context, m id.ModelID, number uint32) (model.Challenge, error) {
	p, err := k.challenges.Get(ctx, collections.Join(string(m), number))
	if err != nil {
		return model.Challenge{}, missing(err, "%s has no challenge %d", m, number)
	}
	return wire.ModelChallengeFromProto(&p)
}

func (k *Keeper) setChallenge(ctx context.Context, c model.Challenge) error {
	return k.challenges.Set(ctx, collections.Join(string(c.Champion), c.Number), *wire.ModelChallengeToProto(c))
}

// maxPath bounds a Merkle path: no tree here has 2²⁴ leaves.
const maxPath = 24

// readItem reads a holdout or test item of a model, with its Merkle path. It
// must be checked before it is scored: learners trust their inputs.
func readItem(p *modelv1.ProvenItem, m model.Model) (model.Item, merkle.Proof, error) {
	if len(p.Path) > maxPath {
		return model.Item{}, nil, fault.Limit("model: path of %d hashes: at most %d", len(p.Path), maxPath)
	}
	path := make(merkle.Proof, len(p.Path))
	for i, hash := range p.Path {
		h, err := id.HashFromBytes(hash)
		if err != nil {
			return model.Item{}, nil, err
		}
		path[i] = h
	}
	t := wire.ItemFromProto(&p.Item)
	return t, path, t.Check(m.Terms.Config)
}

func wrongRoot(got, want model.Version) error {
	return fault.Invalid("model: %s at entry %d has root %s, not %s", want.Model, want.Entry, want.Root, got.Root)
}
