package audit

import (
	"context"
	"fmt"

	cmtjson "github.com/cometbft/cometbft/libs/json"
	cmtmath "github.com/cometbft/cometbft/libs/math"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
)

// Trust is a set of validators that somebody believes to be the chain's.
type Trust struct {
	Validators *cmttypes.ValidatorSet
	From       string // whose they are, for people
}

// TrustNode trusts the validators that a node gives.
func TrustNode(ctx context.Context, c *client.Client, from string) (*Trust, error) {
	h, err := c.Header(ctx, c.Height())
	if err != nil {
		return nil, err
	}
	return &Trust{Validators: h.Validators, From: from}, nil
}

// ParseTrust reads a set of validators in CometBFT's JSON: the answer of a
// node's /validators, or the header.json of a bundle.
func ParseTrust(text []byte, from string) (*Trust, error) {
	type set struct {
		Validators []*cmttypes.Validator `json:"validators"`
	}
	var file struct {
		set
		Result set `json:"result"`
		Bundle set `json:"validator_set"`
	}
	if len(text) > maxHeader {
		return nil, fault.Limit("audit: validators of %s: %d bytes: at most %d", from, len(text), maxHeader)
	}
	if err := cmtjson.Unmarshal(text, &file); err != nil {
		return nil, fault.Invalid("audit: validators of %s: %w", from, err)
	}
	for _, s := range [][]*cmttypes.Validator{file.Validators, file.Result.Validators, file.Bundle.Validators} {
		if len(s) == 0 {
			continue
		}
		validators, err := client.ValidatorSet(s)
		if err != nil {
			return nil, fmt.Errorf("audit: validators of %s: %w", from, err)
		}
		return &Trust{Validators: validators, From: from}, nil
	}
	return nil, fault.Invalid("audit: validators of %s: there are none in it", from)
}

// Signed says whether more than two thirds of the trusted power signed h, which
// VerifyHeader has accepted.
func (t *Trust) Signed(h client.Header) error {
	level := cmtmath.Fraction{Numerator: 2, Denominator: 3}
	if err := t.Validators.VerifyCommitLightTrusting(h.Signed.ChainID, h.Signed.Commit, level); err != nil {
		return fault.Invalid("audit: header %d against the validators of %s: %w", h.Signed.Height, t.From, err)
	}
	return nil
}
