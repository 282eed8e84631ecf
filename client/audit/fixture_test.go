package audit_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/cosmos/gogoproto/proto"

	"cosmossdk.io/log/v2"

	"github.com/cometbft/cometbft/crypto/ed25519"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmtversion "github.com/cometbft/cometbft/proto/tendermint/version"
	cmttypes "github.com/cometbft/cometbft/types"
	"github.com/cometbft/cometbft/version"

	"github.com/cosmos/cosmos-sdk/store/v2/rootmulti"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"

	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/audit"
	"github.com/alaya-network/alaya/client/delivery"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/settle"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/wire"
)

const (
	chainID = "alaya-test"
	request = id.RequestID("1f3a5c7e9b2d4f60")
)

// pseudonymKey is the owner's key in all tests.
func pseudonymKey() []byte { return []byte("0123456789abcdef0123456789abcdef") }

// campaign is a small request on its way to a dataset: six items on two pages,
// two rounds, gold. It stands for a chain whose blobs are papers.
type campaign struct {
	audit.Facts
	t       testing.TB
	papers  map[id.CID][]byte
	items   []string
	ballots []delivery.Vote
	// validators sign the header; silent ones do not.
	validators []string
	silent     int
}

// Read and Put make the campaign an oracle.Shelf.
func (c *campaign) Read(cid id.CID, _ int64) ([]byte, error) {
	content, there := c.papers[cid]
	if !there {
		return nil, fault.NotFound("no blob %s", cid)
	}
	return content, nil
}

func (c *campaign) Put(content []byte) (id.CID, error) {
	cid := client.CIDOf(content)
	c.papers[cid] = content
	return cid, nil
}

func (c *campaign) put(content []byte) id.CID {
	cid, _ := c.Put(content)
	return cid
}

func (c *campaign) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// newCampaign plays the campaign to its final verdict.
func newCampaign(t testing.TB) *campaign {
	c := &campaign{t: t, papers: map[id.CID][]byte{}, validators: []string{"one", "two", "three", "four"}}
	gold := c.post()
	goldBlob, err := work.OpenGold(gold, func(work.GoldLabel) bool { return true })
	c.must(err)
	c.open(work.Next{Manifest: c.Request.Terms.Manifest.CID, Root: c.Request.Terms.Manifest.Root, Pages: []work.PagePlan{{Page: 0, Items: 3}, {Page: 1, Items: 3}}, Target: 2})
	c.answer("alaya1anna", 0, "cat", "dog", "cat")
	c.answer("alaya1bert", 0, "cat", "cat", "cat")
	c.answer("alaya1bert", 1, "dog", "", "dog")
	c.answer("alaya1cora", 1, "dog", "cat", "cat")
	c.Rounds[0].GoldContent = c.put(goldBlob)
	v := c.judge(false)
	if v.Final {
		t.Fatal("the first round settles everything: there is nothing to test a second one with")
	}
	c.open(work.Next{Manifest: v.NextManifest, Root: v.NextRoot, Pages: v.NextPages, Target: v.NextTarget})
	for _, p := range v.NextPages {
		c.answer("alaya1dirk", p.Page, slices.Repeat([]string{"cat"}, int(p.Items))...)
	}
	c.finish(c.judge(true))
	return c
}

// post makes items, terms and request.
func (c *campaign) post() []work.GoldLabel {
	var manifest []byte
	for i := range 6 {
		c.items = append(c.items, fmt.Sprintf("item-%d", i))
		manifest = work.AppendLine(manifest, work.Item{ID: c.items[i], Data: json.RawMessage(`{"text":"cat or dog?"}`)})
	}
	root, count, err := work.Root(manifest)
	c.must(err)
	spec, err := json.Marshal(market.Spec{Question: "Which?", Labels: []string{"cat", "dog"}})
	c.must(err)
	gold := []work.GoldLabel{{Item: "item-0", Label: "cat", Salt: id.Sum("salt")}, {Item: "item-3", Label: "dog", Salt: id.Sum("pepper")}}
	terms := market.Terms{
		Kind: market.Label, Title: "Cats and dogs", Tags: []string{"toy"}, Spec: c.put(spec),
		Manifest:   market.Manifest{CID: c.put(manifest), Root: root, Count: count, Pages: []uint32{3, 3}},
		Redundancy: market.Redundancy{Min: 2, Max: 4, Step: 1, Target: 900_000}, Gold: work.CommitGold(gold),
		Clause: market.Clause{Metric: market.MetricAccuracy, Threshold: 700_000, Confidence: 950_000, MinEvidence: 2, Schedule: []market.PriceStep{{Shortfall: 700_000, Pay: 500_000}}},
		Method: "majority", MethodVersion: 1, PriceCap: 100, Budget: 10_000, DeliveryDeadline: 1_800_000_000_000, Matching: market.Manual, Licence: "CC-BY-4.0",
	}
	c.Request = market.Request{
		ID: request, Requester: "alaya1rita", Terms: terms, TermsHash: terms.Hash(), State: market.Settling, Posted: 1_767_225_600_000,
		Guidelines: []market.Guideline{{Version: 1, Spec: terms.Spec, Since: 1_767_225_600_000}},
	}
	for _, who := range []id.Address{"alaya1anna", "alaya1bert", "alaya1cora", "alaya1dirk"} {
		c.Engagements = append(c.Engagements, market.Engagement{
			Request: request, Contributor: who, Price: 100, Units: 12, TermsHash: id.Sum("signed"), State: market.Active, Guideline: 1,
		})
	}
	return gold
}

func (c *campaign) open(n work.Next) {
	c.Rounds = append(c.Rounds, work.Round{
		Request: request, Number: uint32(len(c.Rounds) + 1), State: work.Closed, Manifest: n.Manifest, Root: n.Root,
		Pages: uint32(len(n.Pages)), Laid: uint32(len(n.Pages)), Target: n.Target, Seed: id.Sum("seed"),
	})
}

// answer submits labels for the items of a page in the last round; "" skips.
func (c *campaign) answer(who id.Address, page uint32, labels ...string) {
	round := &c.Rounds[len(c.Rounds)-1]
	items, err := work.ParseItems(c.papers[c.Request.Terms.Manifest.CID])
	c.must(err)
	pages, err := round.PagesOf(c.Request.Terms, items, c.papers[round.Manifest])
	c.must(err)
	sheet := work.Sheet{Request: request, Round: round.Number, Page: page, Contributor: who, Guideline: 1}
	var answers []work.Answer
	for i, label := range labels {
		a := work.Answer{Item: pages[page][i], Label: label, Ms: int64(1000 + len(c.ballots))}
		if label == "" {
			a.Skip = "unclear"
		}
		answers = append(answers, a)
		c.ballots = append(c.ballots, delivery.Vote{
			Pseudonym: delivery.Pseudonym(pseudonymKey(), who), Item: a.Item, Label: a.Label, Skip: a.Skip, Round: round.Number, Guideline: 1, Ms: a.Ms,
		})
	}
	c.Submissions = append(c.Submissions, work.Submission{
		Request: request, Round: round.Number, Page: page, Contributor: who, State: work.SubmissionRevealed,
		Content: c.put(work.EncodeAnswers(sheet, answers)), Ordinal: uint64(len(c.Submissions) + 1), Guideline: 1,
	})
}

// judge ends the last round with a verdict.
func (c *campaign) judge(last bool) oracle.Verdict {
	var chain id.Hash
	for _, s := range c.Submissions {
		chain = s.Chain(chain)
	}
	round := uint32(len(c.Rounds))
	job := oracle.Job{
		Request: request, Round: round, Attempt: 1, Inputs: chain, Submissions: uint64(len(c.Submissions)), Last: last,
		State: oracle.JobDone, Power: 3, TotalPower: 4, Votes: 3,
	}
	v, err := oracle.Judge(oracle.Dossier{Job: job, Request: c.Request, Rounds: c.Rounds, Engagements: c.Engagements, Submissions: c.Submissions}, c)
	c.must(err)
	job.Digest = v.Digest()
	c.Jobs, c.Verdicts = append(c.Jobs, job), append(c.Verdicts, v)
	return v
}

// finish settles and publishes what the final verdict says.
func (c *campaign) finish(v oracle.Verdict) {
	award := settle.Award{Request: request, Round: v.Round, Root: v.PayoutsRoot, Payouts: v.Payouts, Total: v.PayoutsTotal, Holds: v.Measure.Holds, Due: v.Due}
	settlement, _, err := settle.Open(award, 200)
	c.must(err)
	c.Settlements = []settle.Settlement{settlement}
	c.Dataset = dataset.Dataset{
		Owner: c.Request.Requester, Title: c.Request.Terms.Title, RecordsRoot: v.RecordsRoot, Records: v.RecordsCount, Content: v.Records,
		Manifest: c.Request.Terms.Manifest.CID, Label: v.Label, Request: request, Round: v.Round, VerdictDigest: v.Digest(),
		Licence: c.Request.Terms.Licence, Published: 1_767_830_400_000,
	}.Next(nil)
}

// record is a key of a store with its value, written as chain/x writes it.
type record struct {
	store string
	key   []byte
	value proto.Message
}

// records are the chain's, in the order in which a bundle holds them.
func (c *campaign) records() []record {
	key := func(prefix byte, parts ...string) []byte {
		b := append([]byte{prefix}, request...)
		for _, p := range parts {
			b = append(append(b, 0), p...)
		}
		return b
	}
	number := func(n int) string { return string(binary.BigEndian.AppendUint32(nil, uint32(n))) }
	r := wire.RequestToProto(c.Request)
	terms := r.Terms
	r.Terms = marketv1.RequestTerms{}
	list := []record{
		{"dataset", wire.DatasetKey(c.Dataset.ID, c.Dataset.Version), wire.DatasetToProto(c.Dataset)},
		{"market", key(1), r},
		{"market", key(2), &terms},
	}
	for i := range c.Rounds {
		list = append(list,
			record{"work", key(3, number(i+1)), wire.RoundToProto(c.Rounds[i])},
			record{"quality", key(2, number(i+1)), wire.JobToProto(c.Jobs[i])},
			record{"quality", key(5, number(i+1)), wire.VerdictToProto(c.Verdicts[i])})
	}
	for _, s := range c.Settlements {
		list = append(list, record{"settle", key(3, number(int(s.Milestone))), wire.SettlementToProto(s)})
	}
	for _, e := range c.Engagements {
		list = append(list, record{"market", key(8, string(e.Contributor)), wire.EngagementToProto(e)})
	}
	return list
}

// seal commits the campaign to a chain: a state with proofs, and its header.
func (c *campaign) seal() *audit.Bundle {
	b := &audit.Bundle{Facts: c.Facts, Blobs: c.papers}
	store := rootmulti.NewStore(dbm.NewMemDB(), log.NewNopLogger())
	for _, name := range []string{"bank", "dataset", "market", "quality", "settle", "work"} {
		store.MountStoreWithDB(storetypes.NewKVStoreKey(name), storetypes.StoreTypeIAVL, nil)
	}
	c.must(store.LoadLatestVersion())
	for _, r := range c.records() {
		value, err := proto.Marshal(r.value)
		c.must(err)
		store.GetStoreByName(r.store).(storetypes.KVStore).Set(r.key, value)
	}
	state := store.Commit()
	for _, r := range c.records() {
		res, err := store.Query(&storetypes.RequestQuery{Path: "/" + r.store + "/key", Data: r.key, Height: state.Version, Prove: true})
		c.must(err)
		b.Proofs = append(b.Proofs, client.Proof{Store: r.store, Key: r.key, Value: res.Value, Height: id.Height(state.Version), Path: res.ProofOps})
	}
	b.Header = c.sign(state.Version+1, state.Hash)
	return b
}

// sign makes the header after a state.
func (c *campaign) sign(height int64, appHash []byte) client.Header {
	set, signers := c.validatorSet()
	hash := func(text string) []byte { h := id.Sum(text); return h[:] }
	at := time.UnixMilli(1_767_830_401_000).UTC()
	header := &cmttypes.Header{
		Version: cmtversion.Consensus{Block: version.BlockProtocol}, ChainID: chainID, Height: height, Time: at,
		LastBlockID:    cmttypes.BlockID{Hash: hash("last"), PartSetHeader: cmttypes.PartSetHeader{Total: 1, Hash: hash("parts")}},
		LastCommitHash: hash("commit"), DataHash: hash("data"), ValidatorsHash: set.Hash(), NextValidatorsHash: set.Hash(), ConsensusHash: hash("consensus"),
		AppHash: appHash, LastResultsHash: hash("results"), EvidenceHash: hash("evidence"), ProposerAddress: set.Validators[0].Address,
	}
	block := cmttypes.BlockID{Hash: header.Hash(), PartSetHeader: cmttypes.PartSetHeader{Total: 1, Hash: hash("these parts")}}
	commit := &cmttypes.Commit{Height: height, BlockID: block}
	for i, v := range set.Validators {
		if i < c.silent {
			commit.Signatures = append(commit.Signatures, cmttypes.NewCommitSigAbsent())
			continue
		}
		vote, err := cmttypes.MakeVote(signers[v.Address.String()], chainID, int32(i), height, 0, cmtproto.PrecommitType, block, at)
		c.must(err)
		commit.Signatures = append(commit.Signatures, vote.CommitSig())
	}
	return client.Header{Signed: &cmttypes.SignedHeader{Header: header, Commit: commit}, Validators: set}
}

func (c *campaign) validatorSet() (*cmttypes.ValidatorSet, map[string]cmttypes.PrivValidator) {
	var list []*cmttypes.Validator
	signers := map[string]cmttypes.PrivValidator{}
	for _, name := range c.validators {
		key := ed25519.GenPrivKeyFromSecret([]byte(name))
		list = append(list, cmttypes.NewValidator(key.PubKey(), 10))
		signers[key.PubKey().Address().String()] = cmttypes.NewMockPVWithParams(key, false, false)
	}
	return cmttypes.NewValidatorSet(list), signers
}

// deliver writes the campaign's dataset as a folder.
func (c *campaign) deliver() string {
	dir := filepath.Join(c.t.(interface{ TempDir() string }).TempDir(), "shapes")
	c.must(delivery.Write(dir, c.files()))
	return dir
}

func (c *campaign) files() []delivery.File {
	files, err := c.seal().Package(c.ballots)
	c.must(err)
	return files
}

// refuted verifies a folder and wants it to fail at a check, with an error
// that names a place.
func refuted(t *testing.T, dir string, o audit.Options, check, place string) {
	t.Helper()
	report, err := audit.Verify(dir, o)
	if err == nil || report.OK {
		t.Fatalf("accepted, want %s to fail:\n%s", check, report)
	}
	last := report.Checks[len(report.Checks)-1]
	if last.Name != check || last.OK {
		t.Errorf("%s failed, want %s: %v", last.Name, check, err)
	}
	if !contains(err, place) {
		t.Errorf("the error does not name %q: %v", place, err)
	}
}

func write(t testing.TB, dir, name string, text []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), text, 0o644); err != nil {
		t.Fatal(err)
	}
}
