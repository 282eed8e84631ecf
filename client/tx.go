package client

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"

	"github.com/alaya-network/alaya/core/fault"
)

// MaxMessages is the most messages in one transaction.
const MaxMessages = 1000

// txHash names a transaction: the SHA-256 of its bytes.
type txHash [sha256.Size]byte

func hashOf(raw []byte) txHash { return sha256.Sum256(raw) }

// String returns the hash as explorers write it.
func (h txHash) String() string { return strings.ToUpper(hex.EncodeToString(h[:])) }

// draft is what a transaction says, before anyone signs it.
type draft struct {
	body []byte
	fee  *txtypes.Fee
}

func newDraft(messages []sdk.Msg) (draft, error) {
	if len(messages) == 0 || len(messages) > MaxMessages {
		return draft{}, fault.Limit("client: transaction of %d messages: want 1 to %d", len(messages), MaxMessages)
	}
	body := txtypes.TxBody{Messages: make([]*codectypes.Any, len(messages))}
	for i, m := range messages {
		packed, err := codectypes.NewAnyWithValue(m)
		if err != nil {
			return draft{}, fault.Invalid("client: message %d: %w", i, err)
		}
		body.Messages[i] = packed
	}
	raw, err := body.Marshal()
	if err != nil {
		return draft{}, fault.Invalid("client: transaction: %w", err)
	}
	return draft{body: raw}, nil
}

// order is where a draft is signed.
type order struct {
	chainID  string
	number   uint64 // of the account
	sequence uint64
}

// sign returns the bytes of the transaction, signed in SIGN_MODE_DIRECT.
func (d draft) sign(key Key, o order) ([]byte, error) {
	auth, err := authInfo(key.PublicKey(), o.sequence, d.fee)
	if err != nil {
		return nil, err
	}
	doc := txtypes.SignDoc{BodyBytes: d.body, AuthInfoBytes: auth, ChainId: o.chainID, AccountNumber: o.number}
	text, err := doc.Marshal()
	if err != nil {
		return nil, fault.Internal("client: sign: %w", err)
	}
	signature, err := key.Sign(text)
	if err != nil {
		return nil, err
	}
	return d.seal(auth, signature)
}

// unsigned returns the bytes of a transaction that can only be simulated.
func (d draft) unsigned(key cryptotypes.PubKey, sequence uint64, fee *txtypes.Fee) ([]byte, error) {
	auth, err := authInfo(key, sequence, fee)
	if err != nil {
		return nil, err
	}
	return d.seal(auth, nil)
}

func (d draft) seal(auth, signature []byte) ([]byte, error) {
	raw := txtypes.TxRaw{BodyBytes: d.body, AuthInfoBytes: auth, Signatures: [][]byte{signature}}
	b, err := raw.Marshal()
	if err != nil {
		return nil, fault.Internal("client: sign: %w", err)
	}
	return b, nil
}

func authInfo(key cryptotypes.PubKey, sequence uint64, fee *txtypes.Fee) ([]byte, error) {
	packed, err := codectypes.NewAnyWithValue(key)
	if err != nil {
		return nil, fault.Internal("client: sign: public key: %w", err)
	}
	direct := &txtypes.ModeInfo_Single_{Single: &txtypes.ModeInfo_Single{Mode: signing.SignMode_SIGN_MODE_DIRECT}}
	info := txtypes.AuthInfo{
		SignerInfos: []*txtypes.SignerInfo{{
			PublicKey: packed, ModeInfo: &txtypes.ModeInfo{Sum: direct}, Sequence: sequence,
		}},
		Fee: fee,
	}
	b, err := info.Marshal()
	if err != nil {
		return nil, fault.Internal("client: sign: %w", err)
	}
	return b, nil
}
