package client

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"strings"
	"unicode"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/cosmos/gogoproto/jsonpb"
	"github.com/cosmos/gogoproto/proto"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// MaxFields bounds the text of one message in a ledger, in bytes; of a longer
// one only its length is told.
const MaxFields = 64 << 10

// Ledger is a block with its transactions in words.
type Ledger struct {
	Block
	// Hash and AppHash are upper-case hex; AppHash is of the state before the
	// block. Proposer is the validator's consensus address in hex.
	Hash, AppHash, Proposer string
	Transactions            []Transaction
}

// Transaction is what somebody signed, and what became of it.
type Transaction struct {
	Hash string
	// Index is its place in the block, from 0.
	Index int
	// Code is 0 when it took effect; else Log says why not.
	Code    uint32
	Log     string
	GasUsed int64
	Fee     num.Amount
	Memo    string
	Signers []id.Address
	// Messages are none when the bytes cannot be read.
	Messages []Message
}

// Message is one thing that a transaction asks for.
type Message struct {
	// Stage and Verb say what, such as "market" and "place_bid"; of the SDK's
	// own the stage is the module.
	Stage string `json:"stage"`
	Verb  string `json:"verb"`
	// Fields are the message in proto JSON; {"omitted":bytes} beyond MaxFields.
	Fields json.RawMessage `json:"fields"`
}

// Ledger returns the block of height h, which the chain must have reached. A
// height that the node has dropped is an error of kind not found.
func (c *Client) Ledger(ctx context.Context, h id.Height) (Ledger, error) {
	height := int64(h)
	results, err := c.rpc.BlockResults(ctx, &height)
	if err != nil {
		return Ledger{}, fetchError(height, err)
	}
	b, err := c.rpc.Block(ctx, &height)
	if err != nil {
		return Ledger{}, fetchError(height, err)
	}
	block, _ := readBlock(b.Block.Header, b.Block.Txs, results.TxsResults, results.FinalizeBlockEvents)
	l := Ledger{
		Block: block, Hash: b.BlockID.Hash.String(), AppHash: b.Block.AppHash.String(),
		Proposer: strings.ToUpper(hex.EncodeToString(b.Block.ProposerAddress)),
	}
	for i, result := range results.TxsResults {
		if i < len(b.Block.Txs) && result.GasWanted != 0 {
			l.Transactions = append(l.Transactions, c.conn.transaction(len(l.Transactions), b.Block.Txs[i], result))
		}
	}
	return l, nil
}

func (c conn) transaction(index int, raw cmttypes.Tx, result *abci.ExecTxResult) Transaction {
	t := Transaction{
		Hash: hashOf(raw).String(), Index: index, Code: result.Code, GasUsed: result.GasUsed,
	}
	if t.Code != 0 {
		t.Log = strings.ToValidUTF8(result.Log, "?")
	}
	var tx txtypes.TxRaw
	var body txtypes.TxBody
	var auth txtypes.AuthInfo
	if proto.Unmarshal(raw, &tx) != nil || proto.Unmarshal(tx.BodyBytes, &body) != nil || proto.Unmarshal(tx.AuthInfoBytes, &auth) != nil {
		return t
	}
	t.Memo = body.Memo
	if auth.Fee != nil {
		if paid := sdk.Coins(auth.Fee.Amount).AmountOf(Denom); paid.IsInt64() {
			t.Fee = num.Amount(paid.Int64())
		}
	}
	for _, s := range auth.SignerInfos {
		if who, ok := c.signer(s.PublicKey); ok {
			t.Signers = append(t.Signers, who)
		}
	}
	for _, m := range body.Messages {
		t.Messages = append(t.Messages, c.message(m))
	}
	return t
}

func (c conn) signer(packed *codectypes.Any) (id.Address, bool) {
	var key cryptotypes.PubKey
	if packed == nil || c.registry.UnpackAny(packed, &key) != nil || key == nil {
		return "", false
	}
	who, err := AddressOf(sdk.AccAddress(key.Address()))
	return who, err == nil
}

// message puts a message into words. One of a type that this package does not
// know keeps its name.
func (c conn) message(packed *codectypes.Any) Message {
	m := Message{Fields: json.RawMessage("{}")}
	m.Stage, m.Verb = wordsOf(packed.TypeUrl)
	var msg sdk.Msg
	if c.registry.UnpackAny(packed, &msg) != nil {
		return m
	}
	var text bytes.Buffer
	marshaler := jsonpb.Marshaler{OrigName: true, EmitDefaults: true, AnyResolver: c.registry}
	if marshaler.Marshal(&text, msg) != nil {
		return m
	}
	if m.Fields = text.Bytes(); text.Len() > MaxFields {
		m.Fields, _ = json.Marshal(map[string]int{"omitted": text.Len()})
	}
	return m
}

// wordsOf reads "/alaya.market.v1.MsgPlaceBid" as market, place_bid.
func wordsOf(url string) (stage, verb string) {
	parts := strings.Split(strings.TrimPrefix(url, "/"), ".")
	if len(parts) >= 3 {
		stage = parts[1]
	}
	var text strings.Builder
	for i, r := range strings.TrimPrefix(parts[len(parts)-1], "Msg") {
		if unicode.IsUpper(r) && i > 0 {
			text.WriteByte('_')
		}
		text.WriteRune(unicode.ToLower(r))
	}
	return stage, text.String()
}

// Earliest returns the height of the first block that the node still has.
func (c *Client) Earliest(ctx context.Context) (id.Height, error) {
	status, err := c.rpc.Status(ctx)
	if err != nil {
		return 0, fault.Internal("client: status: %w", err)
	}
	return id.Height(status.SyncInfo.EarliestBlockHeight), nil
}
