package votes_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/crypto/ed25519"
	cryptoenc "github.com/cometbft/cometbft/crypto/encoding"
	cmtprotocrypto "github.com/cometbft/cometbft/proto/tendermint/crypto"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmttypes "github.com/cometbft/cometbft/types"
	protoio "github.com/cosmos/gogoproto/io"

	"cosmossdk.io/core/header"
	"cosmossdk.io/math"

	"github.com/cosmos/cosmos-sdk/baseapp"
	sdk "github.com/cosmos/cosmos-sdk/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/alaya-network/alaya/chain/kit/kittest"
	"github.com/alaya-network/alaya/chain/votes"
)

const (
	chainID = "alaya-test"
	enabled = 2 // the height from which votes are extended
	power   = 10
)

// net is a set of validators, one block's votes of theirs, and a node that
// handles the next block.
type net struct {
	*kittest.Env
	t      testing.TB
	keys   []ed25519.PrivKey
	commit abci.ExtendedCommitInfo

	votes.Handlers
	tally  *tally
	oracle *oracle
	room   int64 // the size that the transactions behind the head were given
}

// newNet makes n validators of equal power who voted without a digest.
func newNet(t testing.TB, n int) *net {
	f := &net{Env: kittest.New(t), t: t, tally: &tally{}, oracle: &oracle{}}
	for i := range n {
		f.keys = append(f.keys, ed25519.GenPrivKeyFromSecret([]byte{byte(i)}))
	}
	slices.SortFunc(f.keys, func(a, b ed25519.PrivKey) int {
		return bytes.Compare(a.PubKey().Address(), b.PubKey().Address())
	})
	for i := range f.keys {
		f.commit.Votes = append(f.commit.Votes, abci.ExtendedVoteInfo{
			Validator:   abci.Validator{Address: f.keys[i].PubKey().Address(), Power: power},
			BlockIdFlag: cmtproto.BlockIDFlagCommit,
		})
		f.vote(i, nil)
	}
	f.Handlers = votes.Handlers{Oracle: f.oracle, Tally: f.tally, Staking: f, Prepare: f.fill, Process: accept}
	f.height(enabled + 1)
	return f
}

// height makes the next block the one of this height.
func (f *net) height(h int64) {
	params := cmttypes.DefaultConsensusParams().ToProto()
	params.Abci = &cmtproto.ABCIParams{VoteExtensionsEnableHeight: enabled}
	last := abci.CommitInfo{Round: f.commit.Round}
	for _, v := range f.commit.Votes {
		last.Votes = append(last.Votes, abci.VoteInfo{Validator: v.Validator, BlockIdFlag: v.BlockIdFlag})
	}
	f.Ctx = f.Ctx.WithConsensusParams(params).
		WithBlockHeight(h).
		WithHeaderInfo(header.Info{ChainID: chainID, Height: h}).
		WithCometInfo(baseapp.NewBlockInfo(nil, nil, nil, last))
}

// vote lets validator i sign an extension along with the last block.
func (f *net) vote(i int, ext []byte) {
	f.t.Helper()
	var msg bytes.Buffer
	err := protoio.NewDelimitedWriter(&msg).WriteMsg(&cmtproto.CanonicalVoteExtension{
		Extension: ext, Height: enabled, Round: int64(f.commit.Round), ChainId: chainID,
	})
	if err != nil {
		f.t.Fatal(err)
	}
	signature, err := f.keys[i].Sign(msg.Bytes())
	if err != nil {
		f.t.Fatal(err)
	}
	f.commit.Votes[i].VoteExtension = ext
	f.commit.Votes[i].ExtensionSignature = signature
}

// prepare proposes a block with room for maxBytes of transactions.
func (f *net) prepare(maxBytes int64, txs ...[]byte) ([][]byte, error) {
	res, err := f.PrepareProposal(f.Ctx, &abci.RequestPrepareProposal{
		Height: f.Ctx.BlockHeight(), MaxTxBytes: maxBytes, Txs: txs, LocalLastCommit: f.commit,
	})
	if err != nil {
		return nil, err
	}
	return res.Txs, nil
}

// accepts says whether a block of these transactions is accepted.
func (f *net) accepts(txs [][]byte) bool {
	f.t.Helper()
	res, err := f.ProcessProposal(f.Ctx, &abci.RequestProcessProposal{Height: f.Ctx.BlockHeight(), Txs: txs})
	if err != nil {
		f.t.Fatalf("ProcessProposal: %v", err)
	}
	return res.Status == abci.ResponseProcessProposal_ACCEPT
}

// head proposes and returns the pseudo-transaction.
func (f *net) head() []byte {
	f.t.Helper()
	txs, err := f.prepare(1 << 20)
	if err != nil {
		f.t.Fatal(err)
	}
	return txs[0]
}

func (f *net) execute(txs ...[]byte) {
	f.PreBlock(f.Ctx, &abci.RequestFinalizeBlock{Height: f.Ctx.BlockHeight(), Txs: txs})
}

// fill is the default handling of a proposal: what fits, in order.
func (f *net) fill(_ sdk.Context, req *abci.RequestPrepareProposal) (*abci.ResponsePrepareProposal, error) {
	f.room = req.MaxTxBytes
	res := &abci.ResponsePrepareProposal{}
	for _, tx := range req.Txs {
		if cmttypes.ComputeProtoSizeForTxs(cmttypes.ToTxs(append(res.Txs, tx))) > req.MaxTxBytes {
			break
		}
		res.Txs = append(res.Txs, tx)
	}
	return res, nil
}

func accept(_ sdk.Context, req *abci.RequestProcessProposal) (*abci.ResponseProcessProposal, error) {
	for _, tx := range req.Txs {
		if votes.IsHead(tx) {
			return nil, errors.New("the head is among the transactions")
		}
	}
	return &abci.ResponseProcessProposal{Status: abci.ResponseProcessProposal_ACCEPT}, nil
}

// The net is its own x/staking: validator i is operated by its own address and
// has i more power than it had when it voted.

func (f *net) index(consensus sdk.ConsAddress) int {
	return slices.IndexFunc(f.keys, func(k ed25519.PrivKey) bool { return bytes.Equal(k.PubKey().Address(), consensus) })
}

func (f *net) GetPubKeyByConsAddr(_ context.Context, a sdk.ConsAddress) (cmtprotocrypto.PublicKey, error) {
	i := f.index(a)
	if i < 0 {
		return cmtprotocrypto.PublicKey{}, stakingtypes.ErrNoValidatorFound
	}
	return cryptoenc.PubKeyToProto(f.keys[i].PubKey())
}

func (f *net) GetValidatorByConsAddr(_ context.Context, a sdk.ConsAddress) (stakingtypes.Validator, error) {
	if f.index(a) < 0 {
		return stakingtypes.Validator{}, stakingtypes.ErrNoValidatorFound
	}
	return stakingtypes.Validator{OperatorAddress: sdk.ValAddress(a).String()}, nil
}

func (f *net) GetLastValidatorPower(_ context.Context, a sdk.ValAddress) (int64, error) {
	return power + int64(f.index(sdk.ConsAddress(a))), nil
}

func (f *net) GetLastTotalPower(context.Context) (math.Int, error) { return math.NewInt(1000), nil }

// oracle returns what the test put in, or panics.
type oracle struct {
	digests []votes.JobDigest
	broken  bool
}

func (o *oracle) Digests(context.Context) []votes.JobDigest {
	if o.broken {
		panic("broken cache")
	}
	return o.digests
}

// tally keeps what it was told and fails for one job.
type tally struct {
	votes []votes.Vote
	fails *votes.JobDigest
}

func (y *tally) Record(_ context.Context, v votes.Vote) error {
	if y.fails != nil && v.JobDigest == *y.fails {
		return errors.New("unknown job")
	}
	y.votes = append(y.votes, v)
	return nil
}
