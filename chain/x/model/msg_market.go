package model

import (
	"context"
	"strconv"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// OpenMarket puts up a bounty for improvement.
func (s msgServer) OpenMarket(ctx context.Context, m *modelv1.MsgOpenMarket) (*modelv1.MsgOpenMarketResponse, error) {
	number, err := s.openMarket(ctx, m)
	return &modelv1.MsgOpenMarketResponse{Market: number}, kit.Err(Name, err)
}

func (s msgServer) openMarket(ctx context.Context, m *modelv1.MsgOpenMarket) (uint64, error) {
	provider, d, err := s.on(ctx, m.Provider, m.Model)
	if err != nil {
		return 0, err
	}
	terms, err := wire.MarketTermsFromProto(&m.Terms)
	if err != nil {
		return 0, err
	}
	last, err := s.k.lastMarket(ctx, d.model.ID)
	if err != nil {
		return 0, err
	}
	market, moves, err := bounty.Open(d.model, last, provider, terms, d.now)
	if err != nil {
		return 0, err
	}
	if err := s.k.flow.Carry(ctx, moves); err != nil {
		return 0, err
	}
	d.emitMarket("market_opened", market, kit.AttributeParty, string(provider), "bounty", terms.Bounty.String())
	return market.Number, s.k.setMarket(ctx, bounty.Market{}, market)
}

// JoinMarket enters a batch by its commitment.
func (s msgServer) JoinMarket(ctx context.Context, m *modelv1.MsgJoinMarket) (*modelv1.MsgJoinMarketResponse, error) {
	number, err := s.join(ctx, m)
	return &modelv1.MsgJoinMarketResponse{Batch: number}, kit.Err(Name, err)
}

func (s msgServer) join(ctx context.Context, m *modelv1.MsgJoinMarket) (uint32, error) {
	author, d, market, err := s.onMarket(ctx, m.Author, m.Model, m.Market)
	if err != nil {
		return 0, err
	}
	commitment, err := id.HashFromBytes(m.Commitment)
	if err != nil {
		return 0, fault.Invalid("commitment: %w", err)
	}
	after, b, moves, err := market.Join(author, commitment, num.Amount(m.Stake), d.now.Time)
	if err != nil {
		return 0, err
	}
	if err := s.k.flow.Carry(ctx, moves); err != nil {
		return 0, err
	}
	if err := s.k.setBatch(ctx, bounty.Batch{}, b); err != nil {
		return 0, err
	}
	d.emitMarket("joined", after, kit.AttributeParty, string(author), "batch", strconv.FormatUint(uint64(b.Number), 10))
	return b.Number, s.k.setMarket(ctx, market, after)
}

// OpenBatch reveals a batch; anyone may send it.
func (s msgServer) OpenBatch(ctx context.Context, m *modelv1.MsgOpenBatch) (*modelv1.MsgOpenBatchResponse, error) {
	items, err := s.openBatch(ctx, m)
	return &modelv1.MsgOpenBatchResponse{Items: uint32(items)}, kit.Err(Name, err)
}

func (s msgServer) openBatch(ctx context.Context, m *modelv1.MsgOpenBatch) (int, error) {
	_, d, market, err := s.onMarket(ctx, m.Sender, m.Model, m.Market)
	if err != nil {
		return 0, err
	}
	if err := checkBatch(len(m.Offers), "items"); err != nil {
		return 0, err
	}
	offers, err := readOffers(m.Offers, d.model.Terms)
	if err != nil {
		return 0, err
	}
	salt, err := id.HashFromBytes(m.Salt)
	if err != nil {
		return 0, fault.Invalid("salt: %w", err)
	}
	b, err := s.k.batch(ctx, market, m.Batch)
	if err != nil {
		return 0, err
	}
	after, opened, err := market.OpenBatch(d.model, b, offers, salt, d.copied, d.now.Time)
	if err != nil {
		return 0, err
	}
	if err := s.k.setBatch(ctx, b, opened); err != nil {
		return 0, err
	}
	d.emitMarket("batch_opened", after, kit.AttributeParty, string(b.Author), "batch", strconv.FormatUint(uint64(b.Number), 10))
	return len(opened.Offers), s.k.setMarket(ctx, market, after)
}

// copied says whether an input nearly equals one that the model was given.
func (d *desk) copied(x learn.Input) (bool, error) {
	found, err := model.CopyOf(x, d.model.Contributions+1, d, d.item)
	return found > 0, err
}

// RevealTest reveals the next test items; anyone may send it.
func (s msgServer) RevealTest(ctx context.Context, m *modelv1.MsgRevealTest) (*modelv1.MsgRevealTestResponse, error) {
	revealed, err := s.revealTest(ctx, m)
	return &modelv1.MsgRevealTestResponse{Revealed: revealed}, kit.Err(Name, err)
}

func (s msgServer) revealTest(ctx context.Context, m *modelv1.MsgRevealTest) (uint32, error) {
	if err := checkBatch(len(m.Items), "items"); err != nil {
		return 0, err
	}
	_, d, market, err := s.onMarket(ctx, m.Sender, m.Model, m.Market)
	if err != nil {
		return 0, err
	}
	after := market
	for i := range m.Items {
		t, path, err := readItem(&m.Items[i], d.model)
		if err != nil {
			return 0, err
		}
		number := after.Revealed
		if after, err = after.Reveal(d.model, t, path, d.now); err != nil {
			return 0, err
		}
		if err := s.k.tests.Set(ctx, collections.Join3(m.Model, market.Number, number), wire.ItemToProto(t)); err != nil {
			return 0, err
		}
	}
	d.emitMarket("test_revealed", after, "items", strconv.FormatUint(uint64(after.Revealed), 10))
	return after.Revealed, s.k.setMarket(ctx, market, after)
}

// onMarket is on with a market.
func (s msgServer) onMarket(ctx context.Context, signer, m string, number uint64) (id.Address, *desk, bounty.Market, error) {
	by, d, err := s.on(ctx, signer, m)
	if err != nil {
		return by, d, bounty.Market{}, err
	}
	market, err := s.k.Market(ctx, d.model.ID, number)
	return by, d, market, err
}

// emitMarket tells what happened to a market.
func (d *desk) emitMarket(action string, m bounty.Market, pairs ...string) {
	d.emit(action, append([]string{"market", strconv.FormatUint(m.Number, 10), "state", m.State.String()}, pairs...)...)
}
