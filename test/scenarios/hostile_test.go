package scenarios_test

import (
	"strings"
	"testing"

	cmttypes "github.com/cometbft/cometbft/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

// ascending are the features 0 to n-1.
func ascending(n int) []uint32 {
	x := make([]uint32, n)
	for i := range x {
		x[i] = uint32(i)
	}
	return x
}

const hostileFee = num.ALY / 100

// signed is a message as a stranger's own program would sign it: with a fee,
// and without asking anybody whether it would do.
func (f *fair) signed(key client.Key, account *client.Account, msg sdk.Msg) []byte {
	f.t.Helper()
	raw, err := account.Sign(f.ctx, msg)
	if err != nil {
		f.t.Fatal(err)
	}
	var tx txtypes.TxRaw
	var auth txtypes.AuthInfo
	if err := tx.Unmarshal(raw); err != nil {
		f.t.Fatal(err)
	}
	if err := auth.Unmarshal(tx.AuthInfoBytes); err != nil {
		f.t.Fatal(err)
	}
	info, err := authtypes.NewQueryClient(f.Node.ClientContext()).AccountInfo(f.ctx, &authtypes.QueryAccountInfoRequest{Address: account.Address().String()})
	if err != nil {
		f.t.Fatal(err)
	}
	auth.SignerInfos[0].Sequence = info.Info.Sequence
	auth.Fee.Amount = sdk.NewCoins(sdk.NewInt64Coin(kit.Denom, int64(hostileFee)))
	if tx.AuthInfoBytes, err = auth.Marshal(); err != nil {
		f.t.Fatal(err)
	}
	doc := txtypes.SignDoc{BodyBytes: tx.BodyBytes, AuthInfoBytes: tx.AuthInfoBytes, ChainId: f.Client.ChainID(), AccountNumber: info.Info.AccountNumber}
	text, err := doc.Marshal()
	if err != nil {
		f.t.Fatal(err)
	}
	if tx.Signatures[0], err = key.Sign(text); err != nil {
		f.t.Fatal(err)
	}
	if raw, err = tx.Marshal(); err != nil {
		f.t.Fatal(err)
	}
	return raw
}

func TestAHostileContributionCostsItsSenderOnly(t *testing.T) {
	f := newFair(t, open(t, nil), model.Points, 60_000)
	f.teach(0, fairOffers(0))
	hostile, key := f.seller[3], keyOf(sellers[3])
	tests := []struct {
		name  string
		input learn.Input
		label int64
		kind  fault.Kind
		names string // the bound
	}{
		{"a hundred thousand indices", learn.Input{Indices: ascending(100_000)}, 1, fault.KindLimit, "100000 indices: 1 to 1024"},
		{"no index", learn.Input{}, 1, fault.KindLimit, "0 indices: 1 to 1024"},
		{"an index twice", learn.Input{Indices: []uint32{5, 5}}, 1, fault.KindInvalid, "index 5 after 5: want strictly ascending"},
		{"descending indices", learn.Input{Indices: []uint32{7, 5}}, 1, fault.KindInvalid, "index 5 after 7: want strictly ascending"},
		{"an index out of range", learn.Input{Indices: []uint32{1, 1 << 31}}, 1, fault.KindLimit, "index 2147483648: a model of 4096 features has 0 to 4095"},
		{"a label out of range", learn.Input{Indices: []uint32{1}}, fairClasses, fault.KindInvalid, "label 64: a model of 64 classes has 0 to 63"},
		{"a negative label", learn.Input{Indices: []uint32{1}}, -1, fault.KindInvalid, "label -1: a model of 64 classes has 0 to 63"},
		{"values for nothing", learn.Input{Indices: []uint32{1}, Values: []int64{1, 2}}, 1, fault.KindInvalid, "values"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, purse := f.state(), f.money(t, hostile.Address())
			others := f.moneyOfOthers(t)
			msg := &modelv1.MsgContribute{Author: hostile.Address().String(), Model: string(f.model), Offers: []modelv1.Offer{
				{Input: modelv1.Input{Indices: []uint32{1, 2}}, Label: 1}, // a good one before
				{Input: modelv1.Input{Indices: tt.input.Indices, Values: tt.input.Values}, Label: tt.label},
			}}
			pending, err := f.Client.Broadcast(f.ctx, f.signed(key, hostile, msg))
			if err == nil {
				_, err = pending.Wait(f.ctx)
			}
			if !fault.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.names) || !strings.Contains(err.Error(), "item 2 of 2") {
				t.Errorf("%v, want an error of kind %s that says %q", err, tt.kind, tt.names)
			}
			if after := f.state(); after != before {
				t.Errorf("the model was %+v and is %+v", before, after)
			}
			if paid := purse - f.money(t, hostile.Address()); paid != hostileFee {
				t.Errorf("the sender paid %s, want the fee of %s", paid, hostileFee)
			}
			if now := f.moneyOfOthers(t); now != others {
				t.Errorf("others had %s and have %s", others, now)
			}
		})
	}
	t.Run("a million indices", func(t *testing.T) {
		before := f.state()
		msg := &modelv1.MsgContribute{Author: hostile.Address().String(), Model: string(f.model), Offers: []modelv1.Offer{{Input: modelv1.Input{Indices: ascending(1_000_000)}}}}
		raw := f.signed(key, hostile, msg)
		_, err := f.Client.RPC().BroadcastTxSync(f.ctx, cmttypes.Tx(raw))
		if err == nil || !strings.Contains(err.Error(), "Tx too large. Max size is 1048576") {
			t.Errorf("%d bytes in one transaction: %v", len(raw), err)
		}
		if after := f.state(); after != before {
			t.Errorf("the model was %+v and is %+v", before, after)
		}
	})
	f.teach(0, fairOffers(0)[:1]) // it goes on
	f.sound(t)
}

// modelState is what a hostile contribution must not change.
type modelState struct {
	Root    id.Hash
	Entries uint64
	Given   uint64
	Updates uint64
}

func (f *fair) state() modelState {
	f.t.Helper()
	m := f.record(f.model)
	return modelState{m.Root, m.Entries, m.Contributions, m.Updates}
}

func (f *fair) moneyOfOthers(t *testing.T) (sum num.Amount) {
	t.Helper()
	for _, a := range f.seller[:3] {
		sum += f.money(t, a.Address())
	}
	return sum
}
