package client

import (
	"bytes"
	"context"
	"fmt"

	"github.com/cometbft/cometbft/crypto/merkle"
	cmtjson "github.com/cometbft/cometbft/libs/json"
	cmtcrypto "github.com/cometbft/cometbft/proto/tendermint/crypto"
	rpcclient "github.com/cometbft/cometbft/rpc/client"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/cosmos/cosmos-sdk/store/v2/rootmulti"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

const (
	// firstProof is the first height whose state can be proved.
	firstProof = 2
	// validatorsPerPage and maxValidators bound what a node may send.
	validatorsPerPage = 100
	maxValidators     = 10_000
)

// Proof shows that a store held a value, or nothing, under a key after the
// block of Height: the ICS-23 path from the key to the app hash, which stands
// in the header of the next block.
type Proof struct {
	Store  string    `json:"store"`
	Key    []byte    `json:"key"`
	Value  []byte    `json:"value"` // empty: there is nothing under Key
	Height id.Height `json:"height"`
	// Path leads from the key over its store to the app hash.
	Path *cmtcrypto.ProofOps `json:"path"`
}

// Header is a block's header with the signatures of its validators and the
// validators themselves. In JSON it has CometBFT's form.
type Header struct {
	Signed     *cmttypes.SignedHeader
	Validators *cmttypes.ValidatorSet
}

type headerJSON struct {
	Signed     *cmttypes.SignedHeader `json:"signed_header"`
	Validators *cmttypes.ValidatorSet `json:"validator_set"`
}

// MarshalJSON writes CometBFT's JSON.
func (h Header) MarshalJSON() ([]byte, error) { return cmtjson.Marshal(headerJSON(h)) }

// UnmarshalJSON reads CometBFT's JSON; VerifyHeader tells what it is worth.
func (h *Header) UnmarshalJSON(text []byte) error {
	return cmtjson.Unmarshal(text, (*headerJSON)(h))
}

// Prove reads a key of a store, named as its stage, with the proof: from the
// state of AtHeight, else from the last one whose header exists. It waits for
// that header. The node's answer is checked for its form only: see VerifyProof.
func (c *Client) Prove(ctx context.Context, store string, key []byte) (Proof, error) {
	height, err := heightOf(ctx)
	if err != nil {
		return Proof{}, err
	}
	if height == 0 {
		height = max(c.feed.height()-1, firstProof)
	}
	if err := c.feed.await(ctx, height+1); err != nil {
		return Proof{}, err
	}
	res, err := c.rpc.ABCIQueryWithOptions(ctx, "/store/"+store+"/key", key,
		rpcclient.ABCIQueryOptions{Height: height, Prove: true})
	if err != nil {
		return Proof{}, fault.Internal("client: prove %s/%x: %w", store, key, err)
	}
	r := res.Response
	if !r.IsOK() {
		return Proof{}, fault.Errorf(kindOfCode(r.Codespace, r.Code), "client: prove %s/%x: %s", store, key, r.Log)
	}
	if r.ProofOps == nil || r.Height != height || !bytes.Equal(r.Key, key) {
		return Proof{}, fault.Internal("client: prove %s/%x: the node's answer at height %d has no proof", store, key, r.Height)
	}
	return Proof{Store: store, Key: key, Value: r.Value, Height: id.Height(height), Path: r.ProofOps}, nil
}

// Header returns the header of block h with its signatures and validators.
// The node's answer is not checked: see VerifyHeader.
func (c *Client) Header(ctx context.Context, h id.Height) (Header, error) {
	height := int64(h)
	if err := c.feed.await(ctx, height); err != nil {
		return Header{}, err
	}
	commit, err := c.rpc.Commit(ctx, &height)
	if err != nil {
		return Header{}, fetchError(height, err)
	}
	if commit == nil || commit.Header == nil || commit.Commit == nil {
		return Header{}, fault.NotFound("client: header %d: not found", h)
	}
	validators, err := c.validators(ctx, height)
	if err != nil {
		return Header{}, err
	}
	signed := commit.SignedHeader
	return Header{Signed: &signed, Validators: validators}, nil
}

func (c *Client) validators(ctx context.Context, height int64) (*cmttypes.ValidatorSet, error) {
	var all []*cmttypes.Validator
	perPage := validatorsPerPage
	for page := 1; ; page++ {
		res, err := c.rpc.Validators(ctx, &height, &page, &perPage)
		if err != nil {
			return nil, fetchError(height, err)
		}
		all = append(all, res.Validators...)
		if len(all) >= res.Total {
			break
		}
		if len(res.Validators) == 0 || len(all) > maxValidators {
			return nil, fault.Limit("client: validators of block %d: got %d of %d, want at most %d",
				height, len(all), res.Total, maxValidators)
		}
	}
	set, err := ValidatorSet(all)
	if err != nil {
		return nil, fmt.Errorf("client: validators of block %d: %w", height, err)
	}
	return set, nil
}

// ValidatorSet makes a set of the validators that a stranger names: at most
// 10,000, whose powers can be summed.
func ValidatorSet(list []*cmttypes.Validator) (*cmttypes.ValidatorSet, error) {
	if len(list) > maxValidators {
		return nil, fault.Limit("%d validators: at most %d", len(list), maxValidators)
	}
	for i, v := range list {
		if err := v.ValidateBasic(); err != nil {
			return nil, fault.Invalid("validator %d: %w", i, err)
		}
	}
	if err := checkPower(list); err != nil {
		return nil, err
	}
	set, err := cmttypes.ValidatorSetFromExistingValidators(list)
	if err != nil {
		return nil, fault.Invalid("%w", err)
	}
	return set, nil
}

// VerifyHeader checks that more than two thirds of the power of h.Validators
// signed h.Signed and that the header names this very set. Whether the set is
// the chain's, the caller must know, from genesis or from a header he trusts.
func VerifyHeader(chainID string, h Header) error {
	if h.Signed == nil || h.Validators == nil {
		return fault.Invalid("client: header: no header or no validators")
	}
	if err := h.Signed.ValidateBasic(chainID); err != nil {
		return fault.Invalid("client: header: %w", err)
	}
	if err := h.Validators.ValidateBasic(); err != nil {
		return fault.Invalid("client: header %d: validators: %w", h.Signed.Height, err)
	}
	if err := checkPower(h.Validators.Validators); err != nil {
		return fault.Invalid("client: header %d: validators: %w", h.Signed.Height, err)
	}
	if got := h.Validators.Hash(); !bytes.Equal(got, h.Signed.ValidatorsHash) {
		return fault.Invalid("client: header %d: validators %X, want %X", h.Signed.Height, got, h.Signed.ValidatorsHash)
	}
	commit := h.Signed.Commit
	if err := h.Validators.VerifyCommitLight(chainID, commit.BlockID, h.Signed.Height, commit); err != nil {
		return fault.Invalid("client: header %d: signatures: %w", h.Signed.Height, err)
	}
	return nil
}

// checkPower refuses powers whose sum the engine would panic at.
func checkPower(list []*cmttypes.Validator) error {
	left := cmttypes.MaxTotalVotingPower
	for _, v := range list {
		if v.VotingPower > left {
			return fault.Limit("power of more than %d in all", cmttypes.MaxTotalVotingPower)
		}
		left -= v.VotingPower
	}
	return nil
}

// VerifyProof checks value → store root → app hash → signed header: p against
// h, which must be the header of the block after p.Height, and h by
// VerifyHeader. Every failure is of kind invalid and names the broken link.
func VerifyProof(chainID string, p Proof, h Header) error {
	if err := VerifyHeader(chainID, h); err != nil {
		return err
	}
	return VerifyPath(p, h)
}

// VerifyPath is VerifyProof with a header that VerifyHeader has accepted: one
// header may answer for many proofs.
func VerifyPath(p Proof, h Header) error {
	if want := int64(p.Height) + 1; h.Signed.Height != want {
		return fault.Invalid("client: proof %s/%x of height %d: header %d, want %d", p.Store, p.Key, p.Height, h.Signed.Height, want)
	}
	if p.Path == nil {
		return fault.Invalid("client: proof %s/%x: no path", p.Store, p.Key)
	}
	path := merkle.KeyPath{}.
		AppendKey([]byte(p.Store), merkle.KeyEncodingURL).
		AppendKey(p.Key, merkle.KeyEncodingHex).String()
	runtime := rootmulti.DefaultProofRuntime()
	var err error
	if len(p.Value) == 0 {
		err = runtime.VerifyAbsence(p.Path, h.Signed.AppHash, path)
	} else {
		err = runtime.VerifyValue(p.Path, h.Signed.AppHash, path, p.Value)
	}
	if err != nil {
		return fault.Invalid("client: proof %s/%x against app hash %X of header %d: %w",
			p.Store, p.Key, h.Signed.AppHash, h.Signed.Height, err)
	}
	return nil
}
