package scenarios_test

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"testing"

	cmtbytes "github.com/cometbft/cometbft/libs/bytes"
	rpcclient "github.com/cometbft/cometbft/rpc/client"
	coretypes "github.com/cometbft/cometbft/rpc/core/types"
	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/audit"
	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/station"
	"github.com/alaya-network/alaya/wire"
)

// fairHome tells the test binary to be a station in that home whose market is
// being paid out, until it is killed or the market is over.
const fairHome = "ALAYA_TEST_FAIR_HOME"

// A market of many classes: its scoring takes a few dozen blocks.
const (
	fairClasses = 64
	fairSlices  = 8
	fairSlice   = 20
	fairBatch   = 16
	fairPhase   = 8_000 // ms
	fairKills   = 3
)

var sellers = []string{"ann", "bob", "cyd", "dan"}

// fairItem is an item of a class: features that mostly that class has.
func fairItem(class, seed int) learner.Line {
	x := learn.Input{}
	for i := range uint32(40) {
		x.Indices = append(x.Indices, i*100+uint32(class)+uint32(seed*(int(i)+3))%3)
	}
	return learner.Line{Input: x, Label: int64(class)}
}

func fairOffers(seller int) (offers []model.Offer) {
	for i := range fairBatch {
		line := fairItem((seller*fairBatch+i)%fairClasses, seller+1)
		if seller == 1 { // lies
			line.Label = (line.Label + 1) % fairClasses
		}
		offers = append(offers, model.Offer{Input: line.Input, Label: line.Label})
	}
	return offers
}

// fair is a market as its parties know it.
type fair struct {
	yard
	t      *testing.T
	model  id.ModelID
	number uint64
	sealed learner.Sealed
	seller []*client.Account
}

// send sends and reads the reply.
func (f *fair) send(a *client.Account, msg sdk.Msg, reply proto.Message) {
	f.t.Helper()
	result, err := a.Send(f.ctx, msg)
	if err == nil {
		err = result.Response(0, reply)
	}
	if err != nil {
		f.t.Fatal(err)
	}
}

// newFair makes a model of a family under an incentive.
func newFair(t *testing.T, y yard, kind model.Kind, wait int64) *fair {
	f := &fair{yard: y, t: t}
	for _, name := range sellers {
		f.seller = append(f.seller, y.account(t, name, 10*num.ALY))
	}
	terms := model.Terms{
		Name: "fair", Config: learn.Config{Family: learn.Bayes, Classes: fairClasses, Features: 1 << 12}, Encoder: model.Encoder{Inline: []byte(`{"kind":"hashed","bits":12}`)},
		Licence: "CC0-1.0", Incentive: model.Incentive{Kind: kind, Wait: wait},
	}
	var made modelv1.MsgCreateModelResponse
	f.send(y.treasury, &modelv1.MsgCreateModel{Creator: y.treasury.Address().String(), Terms: wire.ModelTermsToProto(terms)}, &made)
	f.model = id.ModelID(made.Id)
	return f
}

// toScoring plays a market until its batches are being paid for.
func (f *fair) toScoring() {
	f.t.Helper()
	var lines []learner.Line
	for i := range fairSlices * fairSlice {
		lines = append(lines, fairItem(i%fairClasses, i/fairClasses))
	}
	var err error
	if f.sealed, err = learner.Seal(lines, fairSlices, func() []byte { return []byte("salt of sixteen bytes and more") }); err != nil {
		f.t.Fatal(err)
	}
	now := f.now()
	rules := bounty.Terms{
		Root: f.sealed.Root(), Slices: f.sealed.Slices, Measure: bounty.CrossEntropy, Cap: 16 * fixed.One, Bounty: 100 * num.ALY, Bond: num.ALY,
		Stake: num.ALY, Batches: uint32(len(sellers)),
		SampleBy: now.Add(fairPhase), JoinBy: now.Add(2 * fairPhase), OpenBy: now.Add(3 * fairPhase), RevealBy: now.Add(10 * fairPhase),
	}
	var opened modelv1.MsgOpenMarketResponse
	f.send(f.treasury, &modelv1.MsgOpenMarket{Provider: f.treasury.Address().String(), Model: string(f.model), Terms: wire.MarketTermsToProto(rules)}, &opened)
	f.number = opened.Market
	f.waitsFor("its sample", func(m bounty.Market) bool { return m.Drawn })
	f.reveal(fairSlice)
	salt := [32]byte{1}
	for i, a := range f.seller {
		commitment := bounty.Commitment(f.model, f.number, id.Address(a.Address().String()), fairOffers(i), salt)
		f.send(a, &modelv1.MsgJoinMarket{
			Author: a.Address().String(), Model: string(f.model), Market: f.number, Commitment: commitment[:], Stake: int64(num.ALY),
		}, &modelv1.MsgJoinMarketResponse{})
	}
	f.waitsFor("its batches", func(m bounty.Market) bool { return m.State == bounty.Opening })
	for i, a := range f.seller {
		msg := &modelv1.MsgOpenBatch{Sender: a.Address().String(), Model: string(f.model), Market: f.number, Batch: uint32(i) + 1, Salt: salt[:]}
		for _, o := range fairOffers(i) {
			msg.Offers = append(msg.Offers, wire.ModelOfferToProto(o))
		}
		f.send(a, msg, &modelv1.MsgOpenBatchResponse{})
	}
	f.waitsFor("its test", func(m bounty.Market) bool { return m.State == bounty.Revealing })
	f.reveal((fairSlices - 1) * fairSlice)
	f.waitsFor("its pay", func(m bounty.Market) bool { return m.State == bounty.Scoring && m.Score.Place > 0 })
}

// reveal brings the next n test items.
func (f *fair) reveal(n int) {
	f.t.Helper()
	m := f.market()
	order, err := f.sealed.Order(m.Sample)
	if err != nil {
		f.t.Fatal(err)
	}
	msg := &modelv1.MsgRevealTest{Sender: f.treasury.Address().String(), Model: string(f.model), Market: f.number}
	for _, r := range order[m.Revealed : int(m.Revealed)+n] {
		item := modelv1.ProvenItem{Item: wire.ItemToProto(r.Item)}
		for _, h := range r.Path {
			item.Path = append(item.Path, h[:])
		}
		msg.Items = append(msg.Items, item)
	}
	f.send(f.treasury, msg, &modelv1.MsgRevealTestResponse{})
}

func (f *fair) market() bounty.Market {
	f.t.Helper()
	m, err := marketOf(f.yard, f.model, f.number)
	if err != nil {
		f.t.Fatal(err)
	}
	return m
}

func marketOf(y yard, m id.ModelID, number uint64) (bounty.Market, error) {
	res, err := y.Client.Model().Market(y.ctx, &modelv1.QueryMarketRequest{Model: string(m), Market: number})
	if err != nil {
		return bounty.Market{}, err
	}
	return wire.ModelMarketFromProto(&res.Market)
}

func (f *fair) waitsFor(what string, is func(bounty.Market) bool) {
	f.t.Helper()
	f.until(f.t, "the market and "+what, func() (bool, error) {
		m := f.market()
		if m.State == bounty.Void || m.State == bounty.Failed {
			return false, fmt.Errorf("the market is %s", m.State)
		}
		return is(m), nil
	})
}

// payment is what a market came to.
type payment struct {
	State   bounty.State
	Score   bounty.Score
	Batches []modelv1.Batch
	Money   []num.Amount
	Learnt  []modelv1.Cell
}

func (f *fair) payment() payment {
	f.t.Helper()
	m := f.market()
	p := payment{State: m.State, Score: m.Score}
	batches, err := f.Client.Model().Batches(f.ctx, &modelv1.QueryBatchesRequest{Model: string(f.model), Market: f.number})
	if err != nil {
		f.t.Fatal(err)
	}
	learnt, err := f.Client.Model().Parameters(f.ctx, &modelv1.QueryParametersRequest{Model: string(f.model), Pagination: &query.PageRequest{Limit: 1000}})
	if err != nil {
		f.t.Fatal(err)
	}
	p.Batches, p.Learnt = batches.Batches, learnt.Cells
	for _, name := range sellers {
		p.Money = append(p.Money, f.money(f.t, id.Address(walletOf(keyOf(name)).String())))
	}
	return p
}

// sell is one life of a station whose only model has a market.
func sell(home string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	y, err := start(ctx, station.Config{Home: home, Operator: operatorKey(0)})
	if err != nil {
		return err
	}
	res, err := y.Client.Model().Models(ctx, &modelv1.QueryModelsRequest{})
	if err != nil {
		return err
	}
	last := ""
	for {
		m, err := marketOf(y, id.ModelID(res.Models[0].Id), 1)
		if err != nil {
			return err
		}
		if m.State != bounty.Scoring {
			break
		}
		if line := fmt.Sprint("scored ", m.Score.Place, " ", m.Score.Item); line != last {
			fmt.Println(line)
			last = line
		}
		if err := y.Client.WaitHeight(ctx, y.Client.Height()+1); err != nil {
			return err
		}
	}
	fmt.Println("over")
	return y.Stop()
}

// sellUntil runs a life until it ends by itself, which is true, or has gone on
// with the scoring twice: then it is killed.
func sellUntil(t *testing.T, ctx context.Context, home string, kill bool) (over bool) {
	t.Helper()
	child := exec.CommandContext(ctx, os.Args[0])
	child.Env = append(os.Environ(), fairHome+"="+home)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for steps := 0; lines.Scan(); {
		if lines.Text() == "over" {
			over = true
		}
		if steps++; kill && !over && steps == 2 {
			t.Log("killed after", lines.Text())
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); over && err != nil || !over && child.ProcessState.Exited() {
		t.Fatalf("a life ended by itself: %v, over %t", err, over)
	}
	return over
}

func TestAMarketThatIsKilledPaysTheSame(t *testing.T) {
	home, twin, ctx := t.TempDir(), t.TempDir(), deadline(t)
	create(t, nil, home)
	y := begin(t, station.Config{Home: home, Operator: operatorKey(0)})
	f := newFair(t, y, model.Bounty, 0)
	f.toScoring()
	stop(t, y)
	if err := os.CopyFS(twin, os.DirFS(home)); err != nil {
		t.Fatal(err)
	}
	paid := map[string]payment{}
	for where, kills := range map[string]int{home: 0, twin: fairKills} {
		for range kills {
			if sellUntil(t, ctx, where, true) {
				t.Fatal("the market was over before all kills: it is too short")
			}
		}
		if !sellUntil(t, ctx, where, false) {
			t.Fatal("the market does not end")
		}
		f.yard = begin(t, station.Config{Home: where, Operator: operatorKey(0)})
		paid[where] = f.payment()
		f.sound(t)
		stop(t, f.yard)
	}
	if p := paid[home]; p.State != bounty.Done || p.Score.Earned == 0 || len(p.Batches) != len(sellers) || len(p.Learnt) == 0 {
		t.Fatalf("undisturbed: %s, %+v, %d batches, %d parameters", p.State, p.Score, len(p.Batches), len(p.Learnt))
	}
	if !reflect.DeepEqual(paid[home], paid[twin]) {
		t.Errorf("killed %d times it came to\n%+v\nundisturbed to\n%+v", fairKills, paid[twin], paid[home])
	}
}

// liar is a node that changes what it is asked for on its way out.
type liar struct {
	rpcclient.Client
	path   string
	change func(*coretypes.ResultABCIQuery)
}

func (l liar) ABCIQueryWithOptions(ctx context.Context, path string, data cmtbytes.HexBytes, o rpcclient.ABCIQueryOptions) (*coretypes.ResultABCIQuery, error) {
	res, err := l.Client.ABCIQueryWithOptions(ctx, path, data, o)
	if err == nil && path == l.path {
		l.change(res)
	}
	return res, err
}

func TestAnAnswerIsProvedAndALieIsRefused(t *testing.T) {
	f := newFair(t, open(t, nil), model.Points, 60_000)
	msg := &modelv1.MsgContribute{Author: f.seller[0].Address().String(), Model: string(f.model)}
	for _, o := range fairOffers(0) {
		msg.Offers = append(msg.Offers, wire.ModelOfferToProto(o))
	}
	f.send(f.seller[0], msg, &modelv1.MsgContributeResponse{})
	const ask, store = "/alaya.model.v1.Query/PredictBatch", "/store/model/key"
	lies := map[string]struct {
		path   string
		change func(*coretypes.ResultABCIQuery)
	}{
		"nothing": {},
		"another answer": {ask, func(r *coretypes.ResultABCIQuery) {
			var res modelv1.QueryPredictBatchResponse
			if err := res.Unmarshal(r.Response.Value); err != nil {
				t.Error(err)
			}
			res.Answers[0].Class++
			r.Response.Value, _ = res.Marshal()
		}},
		"fewer keys": {ask, func(r *coretypes.ResultABCIQuery) {
			var res modelv1.QueryPredictBatchResponse
			if err := res.Unmarshal(r.Response.Value); err != nil {
				t.Error(err)
			}
			res.Keys = res.Keys[:len(res.Keys)-1]
			r.Response.Value, _ = res.Marshal()
		}},
		"another parameter": {store, func(r *coretypes.ResultABCIQuery) {
			if v := r.Response.Value; len(v) > 0 {
				r.Response.Value = append([]byte{v[0] ^ 2}, v[1:]...)
			}
		}},
		"no parameter": {store, func(r *coretypes.ResultABCIQuery) { r.Response.Value = nil }},
	}
	for _, name := range slices.Sorted(maps.Keys(lies)) {
		lie := lies[name]
		c, err := client.Dial(f.ctx, client.Config{RPC: liar{f.Client.RPC(), lie.path, lie.change}})
		if err != nil {
			t.Fatal(err)
		}
		err = f.proved(c)
		if (name == "nothing") != (err == nil) || err != nil && !fault.Is(err, fault.KindInvalid) {
			t.Errorf("a node that changes %s: %v", name, err)
		}
		c.Close()
	}
}

// proved asks a node and believes only what is proved.
func (f *fair) proved(c *client.Client) error {
	trust, err := audit.TrustNode(f.ctx, f.Client, "the node itself")
	if err != nil {
		return err
	}
	inputs := []learn.Input{fairItem(3, 1).Input, fairItem(60, 2).Input}
	req := &modelv1.QueryPredictBatchRequest{Model: string(f.model), Prove: true}
	for _, x := range inputs {
		req.Inputs = append(req.Inputs, wire.InputToProto(x))
	}
	res, err := c.Model().PredictBatch(f.ctx, req)
	if err != nil {
		return err
	}
	proven, err := learner.Prove(f.ctx, c, res.Keys, id.Height(res.Standing.Height), trust.Signed)
	if err != nil {
		return err
	}
	return proven.Confirm(f.model, inputs, res.Answers)
}
