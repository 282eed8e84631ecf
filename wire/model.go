package wire

import (
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

// LearnConfigToProto writes what a model learns by.
func LearnConfigToProto(c learn.Config) modelv1.Config {
	p := c.Params
	params := modelv1.Params{
		Rate: p.Rate, Bound: p.Bound, Width: p.Width, Ridge: p.Ridge, Neighbours: p.Neighbours, Cap: p.Cap,
		Hidden: p.Hidden, Seed: p.Seed, Grace: p.Grace, Doubt: p.Doubt, Tie: p.Tie, Gain: p.Gain, Nodes: p.Nodes,
	}
	for _, column := range p.Columns {
		params.Columns = append(params.Columns, modelv1.Column{Bins: column.Bins, Ordered: column.Ordered})
	}
	return modelv1.Config{Family: c.Family, Classes: c.Classes, Features: c.Features, Params: params}
}

// LearnConfigFromProto reads what a model learns by; its Validate has the
// bounds.
func LearnConfigFromProto(c *modelv1.Config) learn.Config {
	p := c.GetParams()
	params := learn.Params{
		Rate: p.Rate, Bound: p.Bound, Width: p.Width, Ridge: p.Ridge, Neighbours: p.Neighbours, Cap: p.Cap,
		Hidden: p.Hidden, Seed: p.Seed, Grace: p.Grace, Doubt: p.Doubt, Tie: p.Tie, Gain: p.Gain, Nodes: p.Nodes,
	}
	for _, column := range p.Columns {
		params.Columns = append(params.Columns, learn.Column{Bins: column.Bins, Ordered: column.Ordered})
	}
	return learn.Config{Family: c.GetFamily(), Classes: c.GetClasses(), Features: c.GetFeatures(), Params: params}
}

// ModelTermsToProto writes what a model is made of.
func ModelTermsToProto(t model.Terms) modelv1.Terms {
	d := t.Incentive.Deposit
	return modelv1.Terms{
		Name: t.Name, Config: LearnConfigToProto(t.Config),
		Encoder: modelv1.Encoder{Inline: t.Encoder.Inline, Content: string(t.Encoder.Content)},
		Incentive: modelv1.Incentive{
			Kind: modelv1.IncentiveKind(t.Incentive.Kind), Wait: t.Incentive.Wait, Margin: t.Incentive.Margin,
			Points: modelv1.PointTerms{Quorum: t.Incentive.Points.Quorum},
			Deposit: modelv1.DepositTerms{
				Start: int64(d.Start), Floor: int64(d.Floor), Target: d.Target, Window: d.Window, Bond: uint32(d.Bond), Share: uint32(d.Share),
			},
		},
		Licence: t.Licence, Owner: string(t.Owner), OwnerUntil: int64(t.OwnerUntil), Seed: string(t.Seed), CommitWindow: t.CommitWindow,
		Holdout: modelv1.Holdout{Root: hashBytes(t.Holdout.Root), Count: t.Holdout.Count, Slice: t.Holdout.Slice},
		Robust:  modelv1.Robust{Norm: t.Robust.Norm, Window: t.Robust.Window, Trim: uint32(t.Robust.Trim)},
	}
}

// ModelTermsFromProto reads what a model is made of; Validate has the bounds.
func ModelTermsFromProto(p *modelv1.Terms) (model.Terms, error) {
	var r reader
	config, encoder, incentive, holdout, robust := p.GetConfig(), p.GetEncoder(), p.GetIncentive(), p.GetHoldout(), p.GetRobust()
	d := incentive.Deposit
	t := model.Terms{
		Name: p.GetName(), Config: LearnConfigFromProto(&config),
		Encoder: model.Encoder{Content: r.cidOrNone("encoder", encoder.Content)},
		Incentive: model.Incentive{
			Kind: model.Kind(r.enum("incentive", int32(incentive.Kind), int32(model.Bounty))), Wait: incentive.Wait, Margin: incentive.Margin,
			Points: model.PointTerms{Quorum: incentive.Points.Quorum},
			Deposit: model.DepositTerms{
				Start: r.amount("start", d.Start), Floor: r.amount("floor", d.Floor), Target: d.Target, Window: d.Window,
				Bond: r.ratio("bond", d.Bond), Share: r.ratio("share", d.Share),
			},
		},
		Licence: p.GetLicence(), Owner: r.addressOrNone("owner", p.GetOwner()), OwnerUntil: id.Time(p.GetOwnerUntil()),
		Seed: r.cidOrNone("seed", p.GetSeed()), CommitWindow: p.GetCommitWindow(),
		Holdout: model.Holdout{Root: r.hashOrNone("holdout", holdout.Root), Count: holdout.Count, Slice: holdout.Slice},
		Robust:  model.Robust{Norm: robust.Norm, Window: robust.Window, Trim: r.ratio("trim", robust.Trim)},
	}
	if len(encoder.Inline) > 0 {
		t.Encoder.Inline = encoder.Inline
	}
	return t, r.done("terms")
}

// ModelVersionToProto writes a version of a model.
func ModelVersionToProto(v model.Version) modelv1.Version {
	return modelv1.Version{Model: string(v.Model), Entry: v.Entry, Root: hashBytes(v.Root)}
}

// ModelVersionFromProto reads a version of a model; its root may be absent.
func ModelVersionFromProto(p *modelv1.Version) (model.Version, error) {
	var r reader
	v := model.Version{Model: r.model("model", p.GetModel()), Entry: p.GetEntry(), Root: r.hashOrNone("root", p.GetRoot())}
	return v, r.done("version")
}

// ModelToProto writes a model.
func ModelToProto(m model.Model) *modelv1.Model {
	p := &modelv1.Model{
		Id: string(m.ID), Creator: string(m.Creator), Terms: ModelTermsToProto(m.Terms), State: modelv1.ModelState(m.State),
		Created: int64(m.Created), Root: m.Root[:], Entries: m.Entries, Contributions: m.Contributions, Updates: m.Updates,
		Withdrawn: m.Withdrawn, Generation: m.Generation, Basis: basisToProto(m.Basis),
		Replay: modelv1.Replay{
			Generation: m.Replay.Generation, Basis: basisToProto(m.Replay.Basis), Level: m.Replay.Level, Next: m.Replay.Next, Updates: m.Replay.Updates,
		},
		HoldoutUsed: m.HoldoutUsed, Successor: string(m.Successor),
	}
	for _, v := range m.Lineage {
		p.Lineage = append(p.Lineage, ModelVersionToProto(v))
	}
	for _, c := range m.Cuts {
		p.Cuts = append(p.Cuts, modelv1.Cut{From: c.From, To: c.To})
	}
	return p
}

// ModelFromProto reads a model.
func ModelFromProto(p *modelv1.Model) (model.Model, error) {
	var r reader
	protoTerms, basis, replay := p.GetTerms(), p.GetBasis(), p.GetReplay()
	terms, err := ModelTermsFromProto(&protoTerms)
	r.note("terms", err)
	m := model.Model{
		ID: r.model("id", p.GetId()), Creator: r.address("creator", p.GetCreator()), Terms: terms,
		State: model.State(r.enum("state", int32(p.GetState()), int32(model.Retired))), Created: id.Time(p.GetCreated()),
		Root: r.hash("root", p.GetRoot()), Entries: p.GetEntries(), Contributions: p.GetContributions(), Updates: p.GetUpdates(),
		Withdrawn: p.GetWithdrawn(), Generation: p.GetGeneration(), Basis: basisFromProto(basis),
		Replay: model.Replay{
			Generation: replay.Generation, Basis: basisFromProto(replay.Basis), Level: replay.Level, Next: replay.Next, Updates: replay.Updates,
		},
		HoldoutUsed: p.GetHoldoutUsed(), Successor: r.modelOrNone("successor", p.GetSuccessor()),
	}
	for i := range p.GetLineage() {
		v, err := ModelVersionFromProto(&p.Lineage[i])
		r.note("lineage", err)
		m.Lineage = append(m.Lineage, v)
	}
	for _, c := range p.GetCuts() {
		m.Cuts = append(m.Cuts, model.Cut{From: c.From, To: c.To})
	}
	return m, r.done("model")
}

func basisToProto(b model.Basis) modelv1.Basis {
	return modelv1.Basis{Entry: b.Entry, Withdrawn: b.Withdrawn}
}

func basisFromProto(b modelv1.Basis) model.Basis {
	return model.Basis{Entry: b.Entry, Withdrawn: b.Withdrawn}
}

// ModelEntryToProto writes an entry of a model's log.
func ModelEntryToProto(e model.Entry) *modelv1.Entry {
	return &modelv1.Entry{
		Model: string(e.Model), Number: e.Number, Kind: modelv1.EntryKind(e.Kind), Contribution: e.Contribution, Item: hashBytes(e.Item),
		To: e.To, Generation: e.Generation, Other: string(e.Other), Height: int64(e.Height), At: int64(e.At), Root: e.Root[:],
	}
}

// ModelEntryFromProto reads an entry of a model's log.
func ModelEntryFromProto(p *modelv1.Entry) (model.Entry, error) {
	var r reader
	e := model.Entry{
		Model: r.model("model", p.GetModel()), Number: p.GetNumber(),
		Kind:         model.EntryKind(r.enum("kind", int32(p.GetKind()), int32(model.EntryPromote))),
		Contribution: p.GetContribution(), Item: r.hashOrNone("item", p.GetItem()), To: p.GetTo(), Generation: p.GetGeneration(),
		Other: r.modelOrNone("other", p.GetOther()), Height: id.Height(p.GetHeight()), At: id.Time(p.GetAt()), Root: r.hash("root", p.GetRoot()),
	}
	return e, r.done("entry")
}

// ModelChallengeToProto writes a challenge.
func ModelChallengeToProto(c model.Challenge) *modelv1.Challenge {
	return &modelv1.Challenge{
		Champion: string(c.Champion), Challenger: string(c.Challenger), Number: c.Number, Items: c.Items, Scored: c.Scored, Margin: c.Margin,
		ChampionLoss: c.Losses[0], ChallengerLoss: c.Losses[1], Opened: int64(c.Opened), Deadline: int64(c.Deadline),
		State: modelv1.ChallengeState(c.State),
	}
}

// ModelChallengeFromProto reads a challenge.
func ModelChallengeFromProto(p *modelv1.Challenge) (model.Challenge, error) {
	var r reader
	c := model.Challenge{
		Champion: r.model("champion", p.GetChampion()), Challenger: r.model("challenger", p.GetChallenger()),
		Number: p.GetNumber(), Items: p.GetItems(), Scored: p.GetScored(), Margin: p.GetMargin(),
		Losses: [2]int64{p.GetChampionLoss(), p.GetChallengerLoss()}, Opened: id.Time(p.GetOpened()), Deadline: id.Time(p.GetDeadline()),
		State: model.ChallengeState(r.enum("state", int32(p.GetState()), int32(model.Failed))),
	}
	return c, r.done("challenge")
}

func (r *reader) model(field, text string) id.ModelID {
	m, err := id.ParseModelID(text)
	r.note(field, err)
	return m
}

func (r *reader) modelOrNone(field, text string) id.ModelID {
	if text == "" {
		return ""
	}
	return r.model(field, text)
}

// addressOrNone lets the empty text stand for nobody.
func (r *reader) addressOrNone(field, text string) id.Address {
	if text == "" {
		return ""
	}
	return r.address(field, text)
}
