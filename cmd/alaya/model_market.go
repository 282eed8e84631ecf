package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/internal/durable"
	"github.com/alaya-network/alaya/wire"
)

func newModelMarket(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "market",
		Short: "Bounties for what a model gets better by",
		Long: `A provider puts up a bounty and commits to a test set. Contributors enter batches blind,
with a stake, and open them when all are in; then the provider reveals the test set, a block
draws the order, and each batch is paid the loss it took away. Who makes the model worse
pays from the stake; a provider who stays silent pays bounty and bond to the contributors.`,
		Example: `  alaya model market open 1f3a5c7e9b2d4f60 test.tsv --bounty 1000aly --from alice
  alaya model market join 1f3a5c7e9b2d4f60 batch.tsv --stake 10aly --from bob
  alaya model market reveal 1f3a5c7e9b2d4f60 --from alice`,
	}, newMarketOpen(s), newMarketList(s), newMarketShow(s), newMarketJoin(s), newMarketOpenBatch(s), newMarketReveal(s))
}

// marketFlags are the terms of a market in words.
type marketFlags struct {
	bounty, bond, stake        amountFlag
	slices                     int
	batches                    uint32
	measure                    choice
	limit                      float64
	sample, join, open, reveal time.Duration
}

func newMarketOpen(s *session) *cobra.Command {
	f := marketFlags{bond: amountFlag(100 * num.ALY), stake: amountFlag(num.ALY)}
	f.measure = choice{value: bounty.CrossEntropy.String(), of: []string{bounty.CrossEntropy.String(), bounty.Mistakes.String()}}
	cmd := &cobra.Command{
		Use:   "open MODEL TEST",
		Short: "Put up a bounty, with a table of test items",
		Long: `Put up a bounty. The table of test items, with the encoder's columns (text) and label, stays
here under --home until ` + "`alaya model market reveal`" + `: the chain gets a commitment. One slice
of it, drawn by a block, is shown first and never scored.`,
		Example: "  alaya model market open 1f3a5c7e9b2d4f60 test.tsv --bounty 1000aly --from alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.openMarket(cmd.Context(), args[0], args[1], f)
		},
	}
	flags := cmd.Flags()
	flags.Var(&f.bounty, "bounty", "to divide")
	flags.Var(&f.bond, "bond", "lost with the bounty if the test set is not revealed in time")
	flags.Var(&f.stake, "stake", "least stake of a batch")
	flags.IntVar(&f.slices, "slices", bounty.MinSlices, "parts of the test set, 8 to 64")
	flags.Uint32Var(&f.batches, "batches", 256, "batches at most")
	flags.Var(&f.measure, "measure", "what loss is")
	flags.Float64Var(&f.limit, "cap", 4, "largest loss of one item")
	flags.DurationVar(&f.sample, "sample-within", 10*time.Minute, "until the sample is revealed")
	flags.DurationVar(&f.join, "join-within", 24*time.Hour, "from then, to enter batches")
	flags.DurationVar(&f.open, "open-within", 24*time.Hour, "from then, to open them")
	flags.DurationVar(&f.reveal, "reveal-within", 24*time.Hour, "from then, to reveal the test set")
	require(cmd, "bounty")
	return cmd
}

// terms are the terms from a time on; all but the test set.
func (f marketFlags) terms(now id.Time) bounty.Terms {
	t := bounty.Terms{
		Measure: bounty.CrossEntropy, Cap: int64(f.limit * float64(fixed.One)), Bounty: num.Amount(f.bounty), Bond: num.Amount(f.bond),
		Stake: num.Amount(f.stake), Batches: f.batches,
	}
	if f.measure.value == bounty.Mistakes.String() {
		t.Measure = bounty.Mistakes
	}
	t.SampleBy = now.Add(f.sample.Milliseconds())
	t.JoinBy = t.SampleBy.Add(f.join.Milliseconds())
	t.OpenBy = t.JoinBy.Add(f.open.Milliseconds())
	t.RevealBy = t.OpenBy.Add(f.reveal.Milliseconds())
	return t
}

func (s *session) testPath(root id.Hash) string {
	return s.path("models", "tests", root.String()+".json")
}

// openMarket keeps the test set, then opens the market.
func (s *session) openMarket(ctx context.Context, text, file string, f marketFlags) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	k, err := s.model(ctx, text)
	if err != nil {
		return err
	}
	lines, err := learner.Reading{Encoder: k.encoder, Classes: k.Terms.Config.Classes}.Read(sheet.Source{Name: file, Stdin: s.in})
	if err != nil {
		return err
	}
	sealed, err := learner.Seal(lines, f.slices, func() []byte { salt := newSalt(); return salt[:] })
	if err != nil {
		return err
	}
	now, err := s.chainTime(ctx)
	if err != nil {
		return err
	}
	terms := f.terms(now)
	terms.Root, terms.Slices = sealed.Root(), sealed.Slices
	if err := terms.Validate(now); err != nil {
		return err
	}
	if err := durable.Write(s.testPath(terms.Root), sealed); err != nil {
		return err
	}
	result, err := account.Send(ctx, &modelv1.MsgOpenMarket{Provider: account.Address().String(), Model: string(k.ID), Terms: wire.MarketTermsToProto(terms)})
	if err != nil {
		return err
	}
	var made modelv1.MsgOpenMarketResponse
	if err := result.Response(0, &made); err != nil {
		return err
	}
	return s.receipt(result, fmt.Sprint(made.Market), fmt.Sprintf("opened market %d: %s and a bond of %s in escrow, %d test items", made.Market, terms.Bounty, terms.Bond, len(lines)))
}

// marketArgs reads MODEL [MARKET]; 0 is the last one.
func (s *session) market(ctx context.Context, m id.ModelID, args []string) (*modelv1.Market, bounty.Market, error) {
	n, err := numberOr("market", args, 0, 0)
	if err != nil {
		return nil, bounty.Market{}, err
	}
	c, err := s.chain(ctx)
	if err != nil {
		return nil, bounty.Market{}, err
	}
	res, err := c.Model().Market(ctx, &modelv1.QueryMarketRequest{Model: string(m), Market: uint64(n)})
	if err != nil {
		return nil, bounty.Market{}, err
	}
	v, err := wire.ModelMarketFromProto(&res.Market)
	return &res.Market, v, err
}

func newMarketList(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "list MODEL",
		Short:   "List the markets of a model",
		Example: "  alaya model market list 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, markets, err := collect(s, l, func(page *query.PageRequest) ([]modelv1.Market, *query.PageResponse, error) {
				res, err := c.Model().Markets(cmd.Context(), &modelv1.QueryMarketsRequest{Model: args[0], Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Markets, res.Pagination, nil
			}, wire.ModelMarketFromProto)
			if err != nil {
				return err
			}
			return s.show(&modelv1.QueryMarketsResponse{Markets: found}, func(p *page) {
				p.table("market", "state", "bounty", "batches", "paid", "provider")
				for _, m := range markets {
					p.row(m.Number, m.State, m.Terms.Bounty, m.Batches, m.Score.Earned, m.Provider)
				}
			})
		},
	}
	l.bind(cmd)
	return cmd
}

// marketView is a market with its batches.
type marketView struct {
	Market  *modelv1.Market `json:"market"`
	Batches []modelv1.Batch `json:"batches"`
}

func newMarketShow(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "show MODEL [MARKET]",
		Short:   "Show a market with its batches, the last one by default",
		Example: "  alaya model market show 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseModelID(args[0])
			if err != nil {
				return err
			}
			wired, m, err := s.market(cmd.Context(), name, args[1:])
			if err != nil {
				return err
			}
			found, batches, err := collect(s, list{}, func(page *query.PageRequest) ([]modelv1.Batch, *query.PageResponse, error) {
				res, err := s.client.Model().Batches(cmd.Context(), &modelv1.QueryBatchesRequest{Model: string(name), Market: m.Number, Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Batches, res.Pagination, nil
			}, wire.BatchFromProto)
			if err != nil {
				return err
			}
			return s.show(marketView{wired, found}, func(p *page) { p.market(m, batches) })
		},
	}
}

func (p *page) market(m bounty.Market, batches []bounty.Batch) {
	p.field("market", m.Number)
	p.field("state", m.State)
	p.field("provider", m.Provider)
	p.field("bounty", m.Terms.Bounty)
	p.field("paid", signed(m.Score.Paid))
	p.field("measure", m.Terms.Measure)
	p.field("test items", fmt.Sprintf("%d revealed of %d slices", m.Revealed, len(m.Terms.Slices)))
	for _, by := range []struct {
		what string
		at   id.Time
	}{{"sample by", m.Terms.SampleBy}, {"join by", m.Terms.JoinBy}, {"open by", m.Terms.OpenBy}, {"reveal by", m.Terms.RevealBy}} {
		p.field(by.what, by.at)
	}
	p.table("batch", "author", "state", "stake", "items", "pay")
	for _, b := range batches {
		pay := ""
		if b.State == bounty.Kept {
			pay = signed(b.Pay)
		}
		p.row(b.Number, b.Author, b.State, b.Stake, len(b.Offers), pay)
	}
}

// signed writes money that may be owed.
func signed(ualy int64) string {
	if ualy < 0 {
		return "-" + num.Amount(-ualy).String()
	}
	return num.Amount(ualy).String()
}

// entered is what opens a batch.
type entered struct {
	Batch  uint32        `json:"batch"`
	Market uint64        `json:"market"`
	Offers []model.Offer `json:"offers"`
	Salt   [32]byte      `json:"salt"`
}

func (s *session) batchesPath(m id.ModelID) string {
	return s.path("models", string(m), "batches.json")
}

func newMarketJoin(s *session) *cobra.Command {
	stake := amountFlag(num.ALY)
	cmd := &cobra.Command{
		Use:   "join MODEL FILE",
		Short: "Enter the items of a table blind, in batches of 64",
		Long: `Enter the items of a table into a model's market. The chain gets commitments; what opens
them stays here under --home until ` + "`alaya model market open-batch`" + `.`,
		Example: "  alaya model market join 1f3a5c7e9b2d4f60 batch.tsv --stake 10aly --from bob",
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.joinMarket(cmd.Context(), args[0], args[1], num.Amount(stake))
		},
	}
	cmd.Flags().Var(&stake, "stake", "of each batch")
	return cmd
}

func (s *session) joinMarket(ctx context.Context, text, file string, stake num.Amount) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	k, err := s.model(ctx, text)
	if err != nil {
		return err
	}
	offers, err := s.offers(k, []string{file}, contribution{})
	if err != nil {
		return err
	}
	_, market, err := s.market(ctx, k.ID, nil)
	if err != nil {
		return err
	}
	kept, err := s.keptBatches(k.ID)
	if err != nil {
		return err
	}
	var last client.Result
	count := 0
	for some := range slices.Chunk(offers, bounty.MaxOffers) {
		b := entered{Market: market.Number, Offers: some, Salt: newSalt()}
		commitment := bounty.Commitment(k.ID, market.Number, account.Address(), some, b.Salt)
		kept = append(kept, b)
		if err := durable.Write(s.batchesPath(k.ID), kept); err != nil {
			return err
		}
		last, err = account.Send(ctx, &modelv1.MsgJoinMarket{
			Author: account.Address().String(), Model: string(k.ID), Market: market.Number, Commitment: commitment[:], Stake: int64(stake),
		})
		if err != nil {
			return err
		}
		var res modelv1.MsgJoinMarketResponse
		if err := last.Response(0, &res); err != nil {
			return err
		}
		kept[len(kept)-1].Batch = res.Batch
		if err := durable.Write(s.batchesPath(k.ID), kept); err != nil {
			return err
		}
		count++
	}
	return s.receipt(last, "", fmt.Sprintf("entered %d batches of %d items", count, len(offers)))
}

// keptBatches reads what opens the batches entered from here.
func (s *session) keptBatches(m id.ModelID) ([]entered, error) {
	var kept []entered
	err := durable.Read(s.batchesPath(m), &kept)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return kept, err
}

func newMarketOpenBatch(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "open-batch MODEL",
		Short:   "Open the batches entered from here, once joining has ended",
		Example: "  alaya model market open-batch 1f3a5c7e9b2d4f60 --from bob",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseModelID(args[0])
			if err != nil {
				return err
			}
			return s.openBatches(cmd.Context(), name)
		},
	}
}

func (s *session) openBatches(ctx context.Context, m id.ModelID) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	kept, err := s.keptBatches(m)
	if err != nil {
		return err
	}
	_, market, err := s.market(ctx, m, nil)
	if err != nil {
		return err
	}
	kept = slices.DeleteFunc(kept, func(b entered) bool { return b.Market != market.Number || b.Batch == 0 })
	if len(kept) == 0 {
		return fault.NotFound("no batches of market %d under %s", market.Number, s.batchesPath(m))
	}
	var last client.Result
	for _, b := range kept {
		msg := &modelv1.MsgOpenBatch{Sender: account.Address().String(), Model: string(m), Market: market.Number, Batch: b.Batch, Salt: bytes.Clone(b.Salt[:])}
		for _, o := range b.Offers {
			msg.Offers = append(msg.Offers, wire.ModelOfferToProto(o))
		}
		if last, err = account.Send(ctx, msg); err != nil {
			return err
		}
	}
	return s.receipt(last, "", fmt.Sprintf("opened %d batches", len(kept)))
}

func newMarketReveal(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "reveal MODEL",
		Short:   "Reveal what is due of the test set: the sample first, later all",
		Example: "  alaya model market reveal 1f3a5c7e9b2d4f60 --from alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseModelID(args[0])
			if err != nil {
				return err
			}
			return s.revealTest(cmd.Context(), name)
		},
	}
}

// revealTest sends the items that the market's state asks for.
func (s *session) revealTest(ctx context.Context, m id.ModelID) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	_, market, err := s.market(ctx, m, nil)
	if err != nil {
		return err
	}
	if !market.Drawn {
		return fault.State("market %d on %s: the sample is drawn at height %s", market.Number, m, market.Height)
	}
	var sealed learner.Sealed
	if err := durable.Read(s.testPath(market.Terms.Root), &sealed); err != nil {
		return advise(err, "the test set lies where the market was opened from: give that --home")
	}
	items, err := sealed.Order(market.Sample)
	if err != nil {
		return err
	}
	if market.State == bounty.Sampling {
		items = items[:market.Terms.Slices[market.Sample]]
	}
	var last client.Result
	sent := items[market.Revealed:]
	if len(sent) == 0 {
		return fault.State("market %d on %s is %s: nothing to reveal now", market.Number, m, market.State)
	}
	for some := range slices.Chunk(sent, revealBatch) {
		msg := &modelv1.MsgRevealTest{Sender: account.Address().String(), Model: string(m), Market: market.Number, Items: provenItems(some)}
		if last, err = account.Send(ctx, msg); err != nil {
			return err
		}
	}
	return s.receipt(last, "", fmt.Sprintf("revealed %d test items", len(sent)))
}

// revealBatch is how many test items go into one transaction.
const revealBatch = 64
