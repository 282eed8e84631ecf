package model

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/deposit"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// Bounds of the seed parameters that a model brings.
const (
	maxSeed      = 512 << 10 // bytes
	maxSeedCells = 1 << 17
)

// CreateModel makes a model.
func (s msgServer) CreateModel(ctx context.Context, m *modelv1.MsgCreateModel) (*modelv1.MsgCreateModelResponse, error) {
	made, err := s.create(ctx, m)
	return &modelv1.MsgCreateModelResponse{Id: string(made)}, kit.Err(Name, err)
}

func (s msgServer) create(ctx context.Context, m *modelv1.MsgCreateModel) (id.ModelID, error) {
	creator, terms, err := s.maker(m.Creator, &m.Terms)
	if err != nil {
		return "", err
	}
	nonce, err := s.k.nextNonce(ctx, creator)
	if err != nil {
		return "", err
	}
	made, err := model.Create(creator, nonce, terms, kit.Now(ctx))
	if err != nil {
		return "", err
	}
	if err := s.k.keepSeed(ctx, terms.Seed, m.Seed); err != nil {
		return "", err
	}
	return made.ID, s.k.add(ctx, made)
}

// maker reads who makes a model, and the terms with all addresses in them.
func (s msgServer) maker(creator string, p *modelv1.Terms) (id.Address, model.Terms, error) {
	by, err := s.k.address(creator)
	if err != nil {
		return "", model.Terms{}, err
	}
	terms, err := wire.ModelTermsFromProto(p)
	if err == nil && terms.Owner != "" {
		terms.Owner, err = s.k.address(string(terms.Owner))
	}
	return by, terms, err
}

// keepSeed keeps the seed parameters under their content id. They may be left
// out if another model brought them.
func (k *Keeper) keepSeed(ctx context.Context, c id.CID, seed []byte) error {
	if len(seed) > maxSeed {
		return fault.Limit("model: seed of %d bytes: at most %d", len(seed), maxSeed)
	}
	if len(seed) > 0 {
		if got := id.RawCID(seed); got != c {
			return fault.Invalid("model: seed of %d bytes is %s, the terms say %q", len(seed), got, c)
		}
		if _, err := learn.DecodeCells(seed, maxSeedCells); err != nil {
			return err
		}
		return k.seeds.Set(ctx, string(c), seed)
	}
	if c == "" {
		return nil
	}
	if known, err := k.seeds.Has(ctx, string(c)); err != nil || known {
		return err
	}
	return fault.Invalid("model: seed %s: no parameters were brought with it", c)
}

// add keeps a new model, with its seed in every generation that it has.
func (k *Keeper) add(ctx context.Context, m model.Model) error {
	if err := k.addModel(ctx, m); err != nil {
		return err
	}
	if m.Terms.Incentive.Kind == model.Deposit {
		if err := k.prices.Set(ctx, string(m.ID), *wire.PriceToProto(deposit.NewPrice(m))); err != nil {
			return err
		}
		if err := k.purses.Set(ctx, string(m.ID), *wire.PurseToProto(deposit.Purse{Model: m.ID})); err != nil {
			return err
		}
	}
	if err := k.sow(ctx, m, m.Generation); err != nil {
		return err
	}
	emit(ctx, m.ID, "created", kit.AttributeParty, string(m.Creator), "family", m.Terms.Config.Family, "root", m.Root.String())
	return k.beginReplay(ctx, m)
}

// sow lays a generation out with the model's seed parameters.
func (k *Keeper) sow(ctx context.Context, m model.Model, generation uint32) error {
	if m.Terms.Seed == "" {
		return nil
	}
	seed, err := k.seeds.Get(ctx, string(m.Terms.Seed))
	if err != nil {
		return missing(err, "no seed %s", m.Terms.Seed)
	}
	entries, err := learn.DecodeCells(seed, maxSeedCells)
	if err != nil {
		return err
	}
	sdk.UnwrapSDKContext(ctx).GasMeter().ConsumeGas(uint64(len(entries))*gasPerCell, "model seed")
	to := k.cells(ctx, wire.Generation{Model: m.ID, Number: generation})
	learn.Load(to, entries)
	return to.save()
}

// beginReplay lays out the generation that a replay makes, and sets to work.
func (k *Keeper) beginReplay(ctx context.Context, m model.Model) error {
	if !m.Replaying() {
		return nil
	}
	if err := k.sow(ctx, m, m.Replay.Generation); err != nil {
		return err
	}
	return k.replays.Push(ctx, kit.Now(ctx), string(m.ID))
}
