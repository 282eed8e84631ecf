package wire

import (
	"encoding/binary"

	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/id"
	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
)

// DatasetStore names the store that keeps dataset versions.
const DatasetStore = "dataset"

// DatasetPrefix begins the key of every version in DatasetStore.
const DatasetPrefix = 0x01

// DatasetKey is the raw key in DatasetStore of one version, for ICS-23 proofs:
// DatasetPrefix, the id's text, a zero byte, the version in four bytes, big
// endian. The value there is the protobuf text of alaya.dataset.v1.Dataset.
func DatasetKey(d id.DatasetID, version uint32) []byte {
	key := append([]byte{DatasetPrefix}, d...)
	return binary.BigEndian.AppendUint32(append(key, 0), version)
}

// DatasetToProto writes a version of a dataset.
func DatasetToProto(d dataset.Dataset) *datasetv1.Dataset {
	p := &datasetv1.Dataset{
		Id: string(d.ID), Version: d.Version, Semver: d.Semver, Owner: string(d.Owner), Title: d.Title,
		RecordsRoot: d.RecordsRoot[:], Records: d.Records,
		Content: string(d.Content), Manifest: string(d.Manifest), Label: string(d.Label),
		Request: string(d.Request), Round: d.Round, VerdictDigest: d.VerdictDigest[:],
		Licence: d.Licence, Policy: d.Policy, ContributorShare: uint32(d.ContributorShare),
		State: datasetv1.DatasetState(d.State), Reason: d.Reason, Published: int64(d.Published),
	}
	for _, parent := range d.Parents {
		p.Parents = append(p.Parents, datasetv1.Parent{
			Dataset: string(parent.Dataset), Version: parent.Version, Relation: parent.Relation,
		})
	}
	return p
}

// DatasetFromProto reads a version of a dataset.
func DatasetFromProto(p *datasetv1.Dataset) (dataset.Dataset, error) {
	var r reader
	d := dataset.Dataset{
		ID: r.dataset("id", p.GetId()), Version: p.GetVersion(), Semver: p.GetSemver(),
		Owner: r.address("owner", p.GetOwner()), Title: p.GetTitle(),
		RecordsRoot: r.hash("records_root", p.GetRecordsRoot()), Records: p.GetRecords(),
		Content: r.cid("content", p.GetContent()), Manifest: r.cid("manifest", p.GetManifest()), Label: r.cid("label", p.GetLabel()),
		Request: r.request("request", p.GetRequest()), Round: p.GetRound(), VerdictDigest: r.hash("verdict_digest", p.GetVerdictDigest()),
		Licence: p.GetLicence(), Policy: p.GetPolicy(), ContributorShare: r.ratio("contributor_share", p.GetContributorShare()),
		State:  dataset.State(r.enum("state", int32(p.GetState()), int32(dataset.Tombstoned))),
		Reason: p.GetReason(), Published: id.Time(p.GetPublished()),
	}
	for _, parent := range p.GetParents() {
		d.Parents = append(d.Parents, dataset.Parent{
			Dataset: r.dataset("parents", parent.Dataset), Version: parent.Version, Relation: parent.Relation,
		})
	}
	return d, r.done("dataset")
}

func (r *reader) dataset(field, text string) id.DatasetID {
	d, err := id.ParseDatasetID(text)
	r.note(field, err)
	return d
}
