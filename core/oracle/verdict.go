package oracle

import (
	"encoding/json"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/work"
)

// Evidence a measure rests on.
const (
	EvidenceGold      = "gold"
	EvidencePosterior = "posterior"
)

// Measure is what the clause is held against.
type Measure struct {
	Evidence   string
	Items      uint64
	Estimate   num.Ppm
	LowerBound num.Ppm
	Holds      bool
}

// Verdict sums up what follows from a dossier.
type Verdict struct {
	Request        id.RequestID
	Round          uint32
	Inputs         id.Hash
	Final          bool // labels are delivered and pay is due
	Items          uint64
	Accepted       uint64
	Contested      uint64
	Delivered      uint64
	Records        id.CID
	RecordsRoot    id.Hash
	RecordsCount   uint64
	Report         id.CID
	Label          id.CID // of a final verdict
	Measure        Measure
	NextManifest   id.CID // if a round follows
	NextRoot       id.Hash
	NextPages      []work.PagePlan
	NextTarget     uint32       // answers each of them gets
	Suspended      []id.Address // sorted
	PayoutsRoot    id.Hash      // of a final verdict
	Payouts        uint32
	PayoutsTotal   num.Amount
	PayoutsContent id.CID
	Missing        []uint64 // ordinals of submissions nobody could fetch
	Due            num.Ppm
}

// Digest is what validators vote on. Empty lists count as absent, so that a
// verdict keeps its digest whatever way it travels.
func (v Verdict) Digest() id.Hash {
	v.NextPages, v.Suspended, v.Missing = orNil(v.NextPages), orNil(v.Suspended), orNil(v.Missing)
	text, err := json.Marshal(v)
	if err != nil {
		panic("oracle: " + err.Error()) // plain structs always marshal
	}
	return id.Sum("alaya/oracle/verdict/v1", text)
}

func orNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// Check holds what every verdict must show by itself.
func (v Verdict) Check() error {
	if v.Accepted+v.Contested+v.Delivered > v.Items || v.RecordsCount > v.Items {
		return fault.Invalid("oracle: verdict on %s/%d: %d items, %d accepted, %d contested, %d delivered, %d records", v.Request, v.Round, v.Items, v.Accepted, v.Contested, v.Delivered, v.RecordsCount)
	}
	if v.Final != (len(v.NextPages) == 0) {
		return fault.Invalid("oracle: verdict on %s/%d: final %t with %d next pages", v.Request, v.Round, v.Final, len(v.NextPages))
	}
	if !v.Final && (v.Payouts > 0 || v.PayoutsTotal > 0) {
		return fault.Invalid("oracle: verdict on %s/%d: pays %s before it is final", v.Request, v.Round, v.PayoutsTotal)
	}
	return nil
}
