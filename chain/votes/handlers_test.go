package votes_test

import (
	"bytes"
	"slices"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"
	"pgregory.net/rapid"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/votes"
	"github.com/alaya-network/alaya/core/id"
)

// cometbft#5204: a node does not check its own extension; if its peers refuse
// it, the net stalls.
func TestPeersAcceptWhateverExtendVoteReturns(t *testing.T) {
	f := newNet(t, 1)
	rapid.Check(t, func(r *rapid.T) {
		f.oracle.broken = rapid.Bool().Draw(r, "broken")
		f.oracle.digests = nil
		for range rapid.IntRange(0, 2*votes.MaxJobs).Draw(r, "jobs") {
			job := rapid.Byte().Draw(r, "job") // often twice the same
			f.oracle.digests = append(f.oracle.digests, votes.JobDigest{Job: id.Hash{job}, Digest: id.Hash{job}})
		}
		res, err := f.ExtendVote(f.Ctx, &abci.RequestExtendVote{Height: enabled})
		if err != nil {
			r.Fatalf("ExtendVote: %v", err)
		}
		if !f.verifies(res.VoteExtension) {
			r.Fatalf("peers refuse %x", res.VoteExtension)
		}
	})
}

func (f *net) verifies(ext []byte) bool {
	res, err := f.VerifyVoteExtension(f.Ctx, &abci.RequestVerifyVoteExtension{Height: enabled, VoteExtension: ext})
	return err == nil && res.Status == abci.ResponseVerifyVoteExtension_ACCEPT
}

func TestExtendVoteCarriesWhatIsReady(t *testing.T) {
	f := newNet(t, 1)
	tests := []struct {
		name string
		in   []votes.JobDigest
		want []votes.JobDigest
	}{
		{"nothing", nil, nil},
		{"all, by job", []votes.JobDigest{found(3)[2], found(3)[0], found(3)[1]}, found(3)},
		{"the first ones, if there are too many", found(votes.MaxJobs + 9), found(votes.MaxJobs)},
		{"nothing, if the oracle contradicts itself", append(found(2), found(1)...), nil},
	}
	for _, tt := range tests {
		f.oracle.digests = tt.in
		res, err := f.ExtendVote(f.Ctx, &abci.RequestExtendVote{Height: enabled})
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if got, err := votes.Decode(res.VoteExtension); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, %v; want %v", tt.name, got, err, tt.want)
		}
	}
}

func TestVerifyJudgesFormOnly(t *testing.T) {
	f := newNet(t, 1)
	f.oracle.digests = found(1)
	other := []votes.JobDigest{{Job: found(1)[0].Job, Digest: id.Sum("test/other")}}
	for name, tt := range map[string]struct {
		ext  []byte
		want bool
	}{
		"an empty extension":          {nil, true},
		"what this node also found":   {encode(t, found(1)), true},
		"what this node disagrees on": {encode(t, other), true},
		"a job this node never saw":   {encode(t, found(9)), true},
		"an unknown version":          {[]byte{7}, false},
	} {
		if got := f.verifies(tt.ext); got != tt.want {
			t.Errorf("%s: accepted %t, want %t", name, got, tt.want)
		}
	}
}

func TestAProposalCarriesTheCommitWithinTheBlocksSize(t *testing.T) {
	f := newNet(t, 4)
	f.vote(1, encode(t, found(2)))
	tx := bytes.Repeat([]byte{0x0a}, 100)
	full := cmttypes.ComputeProtoSizeForTxs([]cmttypes.Tx{f.head()}) + 2*cmttypes.ComputeProtoSizeForTxs([]cmttypes.Tx{tx})
	txs, err := f.prepare(full, tx, tx, tx)
	if err != nil {
		t.Fatal(err)
	}
	if len(txs) != 3 || !votes.IsHead(txs[0]) || votes.IsHead(txs[1]) {
		t.Errorf("%d transactions, head first: %t; want the head and two", len(txs), votes.IsHead(txs[0]))
	}
	if size := cmttypes.ComputeProtoSizeForTxs(cmttypes.ToTxs(txs)); size > full {
		t.Errorf("block of %d bytes, want at most %d", size, full)
	}
	if !f.accepts(txs) {
		t.Error("the proposal is refused")
	}
	if _, err := f.prepare(50); err == nil {
		t.Error("a head that does not fit was proposed")
	}
}

func TestNoHeadUpToTheEnablingHeight(t *testing.T) {
	f := newNet(t, 4)
	head := f.head()
	for _, h := range []int64{1, enabled} {
		f.height(h)
		txs, err := f.prepare(1<<20, []byte("tx"))
		if err != nil || len(txs) != 1 {
			t.Errorf("height %d: %d transactions, %v; want 1", h, len(txs), err)
		}
		if !f.accepts(txs) {
			t.Errorf("height %d: refused", h)
		}
		f.execute(head)
	}
	if len(f.tally.votes) > 0 {
		t.Errorf("recorded %v", f.tally.votes)
	}
}

func TestProposalsWithoutAValidHeadAreRefused(t *testing.T) {
	ext := encode(t, found(1))
	tests := []struct {
		name   string
		change func(*net)
		txs    func(head []byte) [][]byte
	}{
		{"no transactions at all", nil, func([]byte) [][]byte { return nil }},
		{"no head", nil, func([]byte) [][]byte { return [][]byte{[]byte("tx")} }},
		{"a head in second place", nil, func(head []byte) [][]byte { return [][]byte{[]byte("tx"), head} }},
		{"a head that is cut off", nil, func(head []byte) [][]byte { return [][]byte{head[:len(head)-1]} }},
		{"an extension nobody signed", func(f *net) { f.commit.Votes[0].VoteExtension = ext }, nil},
		{"power of the proposer's choosing", func(f *net) { f.commit.Votes[0].Validator.Power = 99 }, nil},
		{"a vote twice", func(f *net) { f.commit.Votes[1] = f.commit.Votes[0] }, nil},
		{"a vote left out of the list", func(f *net) { f.commit.Votes = f.commit.Votes[1:] }, nil},
		{"too few votes", func(f *net) {
			for i := range 2 {
				v := f.commit.Votes[i]
				f.commit.Votes[i] = abci.ExtendedVoteInfo{Validator: v.Validator, BlockIdFlag: 1}
			}
		}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newNet(t, 4)
			head := f.head()
			if tt.change == nil {
				if txs := tt.txs(head); f.accepts(txs) {
					t.Errorf("accepted %d transactions", len(txs))
				}
				return
			}
			tt.change(f)
			if _, err := f.prepare(1 << 20); err == nil {
				t.Error("proposed")
			}
			if f.accepts([][]byte{f.forge(head)}) {
				t.Error("accepted")
			}
		})
	}
}

// forge puts the net's commit, unchecked, behind a real head's prefix.
func (f *net) forge(head []byte) []byte {
	f.t.Helper()
	raw, err := f.commit.Marshal()
	if err != nil {
		f.t.Fatal(err)
	}
	prefix := head[:bytes.LastIndexByte(head[:20], 0)+1]
	return slices.Concat(prefix, raw)
}

// The proposer may leave out up to a third of the votes.
func TestAProposalMayLeaveOutAVote(t *testing.T) {
	f := newNet(t, 4)
	f.commit.Votes[3] = abci.ExtendedVoteInfo{Validator: f.commit.Votes[3].Validator, BlockIdFlag: 1}
	if txs, err := f.prepare(1 << 20); err != nil || !f.accepts(txs) {
		t.Errorf("three of four votes: %v, or refused", err)
	}
}

// A late precommit is in the commit unverified: one that is far too long must
// not fill the block.
func TestAnOversizedLateExtensionIsLeftOut(t *testing.T) {
	f := newNet(t, 4)
	f.vote(0, make([]byte, votes.MaxExtensionSize+1))
	f.vote(1, encode(t, found(1)))
	txs, err := f.prepare(votes.MaxExtensionSize)
	if err != nil || !f.accepts(txs) {
		t.Fatalf("proposal: %v, or refused", err)
	}
	f.execute(txs...)
	if len(f.tally.votes) != 1 {
		t.Errorf("recorded %d votes, want 1", len(f.tally.votes))
	}
}

// babylon#475: a malformed late extension halted a chain.
func TestMalformedExtensionsAreSkipped(t *testing.T) {
	f := newNet(t, 4)
	f.vote(0, []byte{9, 9, 9})
	f.vote(1, encode(t, found(2)))
	f.vote(2, encode(t, found(1))[:40])
	txs, err := f.prepare(1 << 20)
	if err != nil || !f.accepts(txs) {
		t.Fatalf("a commit with malformed extensions stops the chain: %v", err)
	}
	f.execute(txs...)
	operator := sdk.ValAddress(f.keys[1].PubKey().Address())
	want := []votes.Vote{
		{JobDigest: found(2)[0], Validator: operator, Power: power + 1, Total: 1000},
		{JobDigest: found(2)[1], Validator: operator, Power: power + 1, Total: 1000},
	}
	if !slices.EqualFunc(f.tally.votes, want, sameVote) {
		t.Errorf("recorded %v, want %v, with the power that x/staking knows", f.tally.votes, want)
	}
}

func sameVote(a, b votes.Vote) bool {
	return a.JobDigest == b.JobDigest && a.Validator.Equals(b.Validator) && a.Power == b.Power && a.Total == b.Total
}

func TestAFailingTallyCostsOnlyItsVote(t *testing.T) {
	f := newNet(t, 4)
	f.vote(0, encode(t, found(2)))
	f.tally.fails = &found(2)[0]
	f.execute(f.head())
	if len(f.tally.votes) != 1 || f.tally.votes[0].JobDigest != found(2)[1] {
		t.Errorf("recorded %v, want the second job's only", f.tally.votes)
	}
}

func TestAValidatorWhoLeftIsSkipped(t *testing.T) {
	f := newNet(t, 4)
	for i := range 2 {
		f.vote(i, encode(t, found(1)))
	}
	head := f.head()
	f.keys = f.keys[1:]
	f.execute(head)
	if len(f.tally.votes) != 1 {
		t.Errorf("recorded %d votes, want 1", len(f.tally.votes))
	}
}

func TestNoTransactionLooksLikeAHead(t *testing.T) {
	f := newNet(t, 4)
	if tx, err := f.Codec.Tx.TxDecoder()(f.head()); err == nil {
		t.Errorf("the head decodes as %v", tx)
	}
}

// Whatever a block's first transaction holds, executing it neither fails nor
// panics.
func FuzzPreBlock(f *testing.F) {
	n := newNet(f, 4)
	n.vote(0, encode(f, found(2)))
	head := n.head()
	f.Add(head)
	f.Add(head[:len(head)/2])
	f.Add([]byte("\x00alaya/votes/1\x00"))
	f.Fuzz(func(t *testing.T, tx []byte) {
		n.tally.votes = nil
		n.execute(tx)
		if len(n.tally.votes) > 0 && !votes.IsHead(tx) {
			t.Errorf("votes out of %x, which is no head", tx)
		}
	})
}
