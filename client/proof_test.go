package client_test

import (
	"encoding/json"
	"slices"
	"testing"

	"cosmossdk.io/math"

	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
)

// proved returns a proof and its header as they come from the node.
func proved(t *testing.T, c *client.Client, store string, key []byte) (client.Proof, client.Header) {
	t.Helper()
	p, err := c.Prove(patient(t), store, key)
	if err != nil {
		t.Fatal(err)
	}
	h, err := c.Header(patient(t), p.Height+1)
	if err != nil {
		t.Fatal(err)
	}
	return p, h
}

func TestAValueIsProvedDownToTheSignatures(t *testing.T) {
	anna := seeded("anna")
	c := dial(t, client.Config{RPC: startNode(t, anna).Client()})
	key := slices.Concat(banktypes.BalancesPrefix.Bytes(), []byte{20}, addressOf(anna), []byte(client.Denom))
	p, h := proved(t, c, "bank", key)
	var amount math.Int
	if err := amount.Unmarshal(p.Value); err != nil || amount.Int64() != purse {
		t.Errorf("value = %s, %v, want %d", amount, err, purse)
	}
	if err := client.VerifyProof(c.ChainID(), p, h); err != nil {
		t.Errorf("VerifyProof: %v", err)
	}
	absent, h2 := proved(t, c, "bank", []byte("nothing is here"))
	if err := client.VerifyProof(c.ChainID(), absent, h2); err != nil || len(absent.Value) > 0 {
		t.Errorf("VerifyProof of absence: %v", err)
	}
	t.Run("also after a way through JSON", func(t *testing.T) { throughJSON(t, c.ChainID(), p, h) })
	t.Run("and nothing else is", func(t *testing.T) { tampered(t, c.ChainID(), p, h) })
	if _, err := c.Prove(patient(t), "nostore", []byte("x")); err == nil {
		t.Error("Prove from a store that does not exist: no error")
	}
}

func throughJSON(t *testing.T, chainID string, p client.Proof, h client.Header) {
	text, err := json.Marshal(map[string]any{"proof": p, "header": h})
	if err != nil {
		t.Fatal(err)
	}
	var back struct {
		Proof  client.Proof
		Header client.Header
	}
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if err := client.VerifyProof(chainID, back.Proof, back.Header); err != nil {
		t.Errorf("VerifyProof: %v", err)
	}
}

func tampered(t *testing.T, chainID string, p client.Proof, h client.Header) {
	flip := func(b []byte) []byte {
		b = slices.Clone(b)
		b[len(b)/2] ^= 1
		return b
	}
	tests := []struct {
		name   string
		change func(*client.Proof, *client.Header)
	}{
		{"a changed value", func(p *client.Proof, _ *client.Header) { p.Value = flip(p.Value) }},
		{"another key", func(p *client.Proof, _ *client.Header) { p.Key = flip(p.Key) }},
		{"another store", func(p *client.Proof, _ *client.Header) { p.Store = "auth" }},
		{"a value said to be absent", func(p *client.Proof, _ *client.Header) { p.Value = nil }},
		{"no path", func(p *client.Proof, _ *client.Header) { p.Path = nil }},
		{"another height", func(p *client.Proof, _ *client.Header) { p.Height-- }},
		{"no header", func(_ *client.Proof, h *client.Header) { *h = client.Header{} }},
		{"a changed app hash", func(_ *client.Proof, h *client.Header) { h.Signed.AppHash = flip(h.Signed.AppHash) }},
		{"a changed signature", func(_ *client.Proof, h *client.Header) {
			s := &h.Signed.Commit.Signatures[0]
			s.Signature = flip(s.Signature)
		}},
		{"no signatures", func(_ *client.Proof, h *client.Header) { h.Signed.Commit.Signatures = nil }},
		{"another validator", func(_ *client.Proof, h *client.Header) {
			v := h.Validators.Validators[0]
			v.VotingPower++
		}},
		{"more power than can be counted", func(_ *client.Proof, h *client.Header) {
			h.Validators.Validators[0].VotingPower = 1 << 62
			h.Signed.ValidatorsHash = h.Validators.Hash()
			h.Signed.Commit.BlockID.Hash = h.Signed.Hash()
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, h := p, clone(t, h)
			tt.change(&p, &h)
			if err := client.VerifyProof(chainID, p, h); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("VerifyProof: %v, want kind invalid", err)
			}
		})
	}
	if err := client.VerifyProof("another-chain", p, h); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("VerifyProof for another chain: %v, want kind invalid", err)
	}
}

func clone(t *testing.T, h client.Header) client.Header {
	t.Helper()
	text, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	var back client.Header
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	return back
}

func FuzzHeaderJSON(f *testing.F) {
	f.Add([]byte(`{"signed_header":{"header":{"height":"1"},"commit":{}},"validator_set":{"validators":[{}]}}`))
	f.Add([]byte(`{"signed_header":null}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var h client.Header
		if json.Unmarshal(text, &h) == nil && client.VerifyHeader("alaya-test", h) == nil {
			t.Errorf("header out of nothing is signed: %s", text)
		}
	})
}
