package kit_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/cosmos/gogoproto/proto"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/alaya-network/alaya/chain/kit"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

// decoded is a transaction of one message as a node reads it, without regard to
// signatures.
func decoded(t *testing.T, c kit.Codec, msg sdk.Msg) (*codectypes.Any, authsigning.SigVerifiableTx) {
	t.Helper()
	packed, err := codectypes.NewAnyWithValue(msg)
	if err != nil {
		t.Fatal(err)
	}
	body, err := proto.Marshal(&txtypes.TxBody{Messages: []*codectypes.Any{packed}})
	if err != nil {
		t.Fatal(err)
	}
	auth, err := proto.Marshal(&txtypes.AuthInfo{Fee: &txtypes.Fee{}})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := proto.Marshal(&txtypes.TxRaw{BodyBytes: body, AuthInfoBytes: auth, Signatures: [][]byte{{1}}})
	if err != nil {
		t.Fatal(err)
	}
	tx, err := c.Tx.TxDecoder()(raw)
	if err != nil {
		t.Fatal(err)
	}
	return packed, tx.(authsigning.SigVerifiableTx)
}

func address(seed byte) string { return sdk.AccAddress(bytes.Repeat([]byte{seed}, 20)).String() }

func offers(consent string) (list []modelv1.Offer) {
	for i := range uint32(50) {
		list = append(list, modelv1.Offer{Input: modelv1.Input{Indices: []uint32{i, i + 300, i + 70_000}, Values: []int64{-1, 2, 1 << 40}}, Label: 1})
	}
	list[49].Consent = consent
	return list
}

func TestSignersAreThoseThatTheSDKFinds(t *testing.T) {
	c := kit.NewCodec()
	c.Registry.RegisterImplementations((*sdk.Msg)(nil), &modelv1.MsgContribute{}, &banktypes.MsgSend{}, &banktypes.MsgMultiSend{})
	coins := sdk.NewCoins(sdk.NewInt64Coin(kit.Denom, 5))
	for name, msg := range map[string]sdk.Msg{
		"a text":                   &banktypes.MsgSend{FromAddress: address(1), ToAddress: address(2), Amount: coins},
		"a text before many items": &modelv1.MsgContribute{Author: address(3), Model: "1f3a5c7e9b2d4f60", Offers: offers("yes, Zoë")},
		"a text in a message":      &banktypes.MsgMultiSend{Inputs: []banktypes.Input{{Address: address(4), Coins: coins}}, Outputs: []banktypes.Output{{Address: address(5), Coins: coins}}},
		"no address":               &modelv1.MsgContribute{Author: "nobody", Model: "1f3a5c7e9b2d4f60"},
		"nothing":                  &modelv1.MsgContribute{},
	} {
		packed, tx := decoded(t, c, msg)
		want, _, wrong := c.Proto.GetMsgAnySigners(packed)
		got, err := tx.GetSigners()
		if (err == nil) != (wrong == nil) || len(got) != len(want) || len(got) > 0 && !bytes.Equal(got[0], want[0]) {
			t.Errorf("%s: signers %x, %v, the SDK says %x, %v", name, got, err, want, wrong)
		}
	}
}

func TestTextThatIsNotUTF8IsRefusedWhereverItIs(t *testing.T) {
	c := kit.NewCodec()
	c.Registry.RegisterImplementations((*sdk.Msg)(nil), &modelv1.MsgContribute{})
	for field, msg := range map[string]*modelv1.MsgContribute{
		"alaya.model.v1.MsgContribute.author": {Author: address(3) + "\xff"},
		"alaya.model.v1.MsgContribute.model":  {Author: address(3), Model: "\xc3\x28"},
		"alaya.model.v1.Offer.consent":        {Author: address(3), Model: "1f3a5c7e9b2d4f60", Offers: offers("\xf0\x28\x8c\x28")},
	} {
		packed, tx := decoded(t, c, msg)
		if _, _, err := c.Proto.GetMsgAnySigners(packed); err == nil {
			t.Errorf("%s: the SDK accepts it", field)
		}
		if _, err := tx.GetSigners(); err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%s: %v", field, err)
		}
	}
}
