package wire_test

import (
	"reflect"
	"testing"

	"github.com/cosmos/gogoproto/proto"

	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	"github.com/alaya-network/alaya/wire"
)

func aDataset() dataset.Dataset {
	blob := id.RawCID([]byte("blob"))
	return dataset.Dataset{
		ID: dataset.IDOf("1f3a5b7c9d2e4f60"), Version: 2, Semver: "1.1.0", Owner: "alaya1owner", Title: "shapes",
		RecordsRoot: id.Sum("records"), Records: 40, Content: blob, Manifest: blob, Label: blob, Request: "1f3a5b7c9d2e4f60", Round: 4,
		VerdictDigest: id.Sum("verdict"), Parents: []dataset.Parent{{Dataset: dataset.IDOf("1f3a5b7c9d2e4f60"), Version: 1, Relation: "extends"}},
		Licence: "CC-BY-4.0", Policy: "research", ContributorShare: 100_000, State: dataset.Tombstoned, Reason: "why", Published: 77,
	}
}

func TestADatasetGoesThereAndBack(t *testing.T) {
	if d, err := wire.DatasetFromProto(wire.DatasetToProto(aDataset())); err != nil || !reflect.DeepEqual(d, aDataset()) {
		t.Errorf("dataset %+v, %v; want %+v", d, err, aDataset())
	}
}

func TestADatasetRefusesForeignValues(t *testing.T) {
	for name, change := range map[string]func(*datasetv1.Dataset){
		"no id":                      func(p *datasetv1.Dataset) { p.Id = "" },
		"a root of 33 bytes":         func(p *datasetv1.Dataset) { p.RecordsRoot = append(p.RecordsRoot, 0) },
		"content that is no cid":     func(p *datasetv1.Dataset) { p.Content = "/etc/passwd" },
		"a share above one":          func(p *datasetv1.Dataset) { p.ContributorShare = 1_000_001 },
		"an unknown state":           func(p *datasetv1.Dataset) { p.State = 3 },
		"a parent that is no parent": func(p *datasetv1.Dataset) { p.Parents[0].Dataset = "mother" },
	} {
		p := wire.DatasetToProto(aDataset())
		change(p)
		if _, err := wire.DatasetFromProto(p); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v, want kind invalid", name, err)
		}
	}
}

func FuzzDatasetFromProto(f *testing.F) {
	seed, err := proto.Marshal(wire.DatasetToProto(aDataset()))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Fuzz(func(t *testing.T, raw []byte) {
		var p datasetv1.Dataset
		if proto.Unmarshal(raw, &p) != nil {
			return
		}
		d, err := wire.DatasetFromProto(&p)
		if err != nil {
			return
		}
		if again, err := wire.DatasetFromProto(wire.DatasetToProto(d)); err != nil || !reflect.DeepEqual(again, d) {
			t.Fatalf("%+v came back as %+v, %v", d, again, err)
		}
	})
}
