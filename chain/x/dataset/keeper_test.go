package dataset_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/cosmos/gogoproto/proto"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit/kittest"
	"github.com/alaya-network/alaya/chain/x/dataset"
	core "github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	"github.com/alaya-network/alaya/wire"
)

const (
	request id.RequestID = "1f3a5b7c9d2e4f60"
	other   id.RequestID = "1f3a5b7c9d2e4f61"
	owner   id.Address   = "alaya1owner"
)

// fixture is the keeper on a store in memory.
type fixture struct {
	*kittest.Env
	t       testing.TB
	keeper  *dataset.Keeper
	msgs    datasetv1.MsgServer
	queries datasetv1.QueryServer
}

func newFixture(t testing.TB) *fixture {
	env := kittest.New(t, dataset.Name)
	k := dataset.NewKeeper(env.Codec.Proto, env.Store(dataset.Name))
	return &fixture{Env: env, t: t, keeper: k, msgs: dataset.NewMsgServer(k), queries: dataset.NewQueryServer(k)}
}

func (f *fixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// publish makes the next version of what a request made.
func (f *fixture) publish(r id.RequestID, round uint32) {
	f.t.Helper()
	blob := id.RawCID([]byte(r))
	f.must(f.keeper.Publish(f.Ctx, core.Dataset{
		Owner: owner, Title: "shapes", RecordsRoot: id.Sum("records", []byte{byte(round)}), Records: uint64(round) * 10,
		Content: blob, Manifest: blob, Label: blob, Request: r, Round: round, VerdictDigest: id.Sum("verdict"),
		Licence: "CC-BY-4.0", Policy: "research", ContributorShare: 100_000,
	}))
	f.must(f.keeper.Invariants(f.Ctx))
	f.Advance(1_000)
}

func (f *fixture) version(version uint32) core.Dataset {
	f.t.Helper()
	d, err := f.keeper.Dataset(f.Ctx, core.IDOf(request), version)
	f.must(err)
	return d
}

func TestEachVerdictPublishesTheNextVersion(t *testing.T) {
	f := newFixture(t)
	f.publish(request, 1)
	f.publish(other, 1)
	f.publish(request, 4)
	first, second, newest := f.version(1), f.version(2), f.version(0)
	if first.Semver != "1.0.0" || first.Published != kittest.Start || first.Records != 10 || first.Policy != "research" {
		t.Errorf("version 1: %+v", first)
	}
	if second.Semver != "1.1.0" || second.Records != 40 || second.Published != kittest.Start+2_000 || second.Parents[0].Version != 1 {
		t.Errorf("version 2: %+v", second)
	}
	if newest.Version != 2 || newest.Round != 4 {
		t.Errorf("newest: %+v, want version 2", newest)
	}
	for _, version := range []uint32{0, 3} {
		d := core.IDOf(request)
		if version == 0 {
			d = "0000000000000000"
		}
		if _, err := f.keeper.Dataset(f.Ctx, d, version); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("version %d of %s: %v, want kind not found", version, d, err)
		}
	}
}

func TestAVersionStandsUnderTheKeyThatClientsProve(t *testing.T) {
	f := newFixture(t)
	f.publish(request, 1)
	f.publish(request, 2)
	key := wire.DatasetKey(core.IDOf(request), 2)
	want := append([]byte("\x01"+string(core.IDOf(request))), 0, 0, 0, 0, 2)
	if !bytes.Equal(key, want) {
		t.Fatalf("key %x, want %x", key, want)
	}
	value, err := f.Store(dataset.Name).OpenKVStore(f.Ctx).Get(key)
	f.must(err)
	var p datasetv1.Dataset
	f.must(proto.Unmarshal(value, &p))
	if d, err := wire.DatasetFromProto(&p); err != nil || d.Version != 2 || d.Round != 2 {
		t.Errorf("under the key stands %+v, %v", d, err)
	}
}

func TestTheOwnerWithdrawsAVersionOnce(t *testing.T) {
	f := newFixture(t)
	f.publish(request, 1)
	f.publish(request, 2)
	good := datasetv1.MsgTombstone{Owner: string(owner), Dataset: string(core.IDOf(request)), Version: 1, Reason: "consent withdrawn"}
	tests := []struct {
		name   string
		change func(*datasetv1.MsgTombstone)
		text   string
	}{
		{"a stranger", func(m *datasetv1.MsgTombstone) { m.Owner = "alaya1thief" }, "belongs to"},
		{"no version", func(m *datasetv1.MsgTombstone) { m.Version = 0 }, "name the version"},
		{"a version to come", func(m *datasetv1.MsgTombstone) { m.Version = 3 }, "no version 3"},
		{"an unknown dataset", func(m *datasetv1.MsgTombstone) { m.Dataset = "x" }, "no version 1"},
		{"no reason", func(m *datasetv1.MsgTombstone) { m.Reason = "" }, "reason of 0 bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := good
			tt.change(&m)
			if _, err := f.msgs.Tombstone(f.Ctx, &m); err == nil || !strings.Contains(err.Error(), tt.text) {
				t.Errorf("%v, want an error saying %q", err, tt.text)
			}
		})
	}
	_, err := f.msgs.Tombstone(f.Ctx, &good)
	f.must(err)
	f.must(f.keeper.Invariants(f.Ctx))
	if d := f.version(1); d.State != core.Tombstoned || d.Reason != good.Reason || d.Records != 10 {
		t.Errorf("withdrawn: %+v", d)
	}
	if d := f.version(2); d.State != core.Published {
		t.Errorf("the other version is %s", d.State)
	}
	if _, err := f.msgs.Tombstone(f.Ctx, &good); err == nil {
		t.Error("withdrawn twice")
	}
}

func TestQueriesListVersions(t *testing.T) {
	f := newFixture(t)
	f.publish(request, 1)
	f.publish(request, 2)
	f.publish(other, 3)
	d := string(core.IDOf(request))
	one, err := f.queries.Dataset(f.Ctx, &datasetv1.QueryDatasetRequest{Id: d})
	f.must(err)
	if one.Dataset.Version != 2 {
		t.Errorf("newest: %+v", one.Dataset)
	}
	versions, err := f.queries.Versions(f.Ctx, &datasetv1.QueryVersionsRequest{Id: d})
	f.must(err)
	if len(versions.Datasets) != 2 || versions.Datasets[1].Round != 2 {
		t.Errorf("versions: %+v", versions.Datasets)
	}
	all, err := f.queries.Datasets(f.Ctx, &datasetv1.QueryDatasetsRequest{Pagination: &query.PageRequest{Limit: 1 << 40}})
	f.must(err)
	if len(all.Datasets) != 3 {
		t.Errorf("all: %+v", all.Datasets)
	}
	if _, err := f.queries.Dataset(f.Ctx, &datasetv1.QueryDatasetRequest{Id: "x"}); err == nil {
		t.Error("an unknown dataset was found")
	}
}

func TestGenesisGoesRound(t *testing.T) {
	old := newFixture(t)
	old.publish(request, 1)
	old.publish(request, 2)
	old.publish(other, 1)
	_, err := old.msgs.Tombstone(old.Ctx, &datasetv1.MsgTombstone{Owner: string(owner), Dataset: string(core.IDOf(request)), Version: 2, Reason: "why"})
	old.must(err)
	cdc := old.Codec.Proto
	raw := dataset.NewModule(old.keeper).ExportGenesis(old.Ctx, cdc)

	f := newFixture(t)
	module := dataset.NewModule(f.keeper)
	module.InitGenesis(f.Ctx, cdc, raw)
	if again := module.ExportGenesis(f.Ctx, cdc); string(again) != string(raw) {
		t.Errorf("exported again:\n%s\nwant\n%s", again, raw)
	}
	f.publish(request, 3)
	if d := f.version(0); d.Version != 3 {
		t.Errorf("after the import version %d follows, want 3", d.Version)
	}
}

func TestGenesisThatDoesNotHangTogetherIsRefused(t *testing.T) {
	f := newFixture(t)
	f.publish(request, 1)
	f.publish(request, 2)
	good, err := f.keeper.ExportGenesis(f.Ctx)
	f.must(err)
	tests := []struct {
		name   string
		damage func(*datasetv1.GenesisState)
	}{
		{"a gap", func(g *datasetv1.GenesisState) { g.Datasets = g.Datasets[1:] }},
		{"a version twice", func(g *datasetv1.GenesisState) { g.Datasets = append(g.Datasets, g.Datasets[1]) }},
		{"another owner", func(g *datasetv1.GenesisState) { g.Datasets[1].Owner = "alaya1thief" }},
		{"no parent", func(g *datasetv1.GenesisState) { g.Datasets[1].Parents = nil }},
		{"another's id", func(g *datasetv1.GenesisState) { g.Datasets[0].Request = string(other) }},
		{"half a root", func(g *datasetv1.GenesisState) { g.Datasets[0].RecordsRoot = g.Datasets[0].RecordsRoot[:16] }},
		{"no state", func(g *datasetv1.GenesisState) { g.Datasets[0].State = 0 }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := proto.Clone(good).(*datasetv1.GenesisState)
			tt.damage(g)
			if err := dataset.ValidateGenesis(g); err == nil {
				t.Error("accepted")
			}
		})
	}
}
