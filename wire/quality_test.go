package wire_test

import (
	"testing"

	"github.com/cosmos/gogoproto/proto"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/work"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	"github.com/alaya-network/alaya/wire"
)

func aJob() oracle.Job {
	return oracle.Job{
		Request: aRequest, Round: 1, Attempt: 2, Inputs: id.Sum("inputs"), Submissions: 3, Last: true, Deadline: 4,
		State: oracle.JobAgreed, Digest: id.Sum("digest"), Power: 5, TotalPower: 6, Votes: 7,
	}
}

func aVote() oracle.Vote {
	return oracle.Vote{Job: id.Sum("job"), Validator: "alayavaloper1v", Digest: id.Sum("digest"), Height: 9}
}

func aVerdict() oracle.Verdict {
	blob := id.RawCID([]byte("blob"))
	return oracle.Verdict{
		Request: aRequest, Round: 1, Inputs: id.Sum("inputs"), Final: true, Items: 2, Accepted: 3, Contested: 4, Delivered: 5,
		Records: blob, RecordsRoot: id.Sum("records"), RecordsCount: 6, Report: blob, Label: blob,
		Measure:      oracle.Measure{Evidence: oracle.EvidenceGold, Items: 7, Estimate: 8, LowerBound: 9, Holds: true},
		NextManifest: blob, NextRoot: id.Sum("next"), NextPages: []work.PagePlan{{Page: 1, Items: 10}, {Page: 3, Items: 11}}, NextTarget: 12,
		Suspended:   []id.Address{"alaya1ann", "alaya1bob"},
		PayoutsRoot: id.Sum("payouts"), Payouts: 13, PayoutsTotal: 14, PayoutsContent: blob, Missing: []uint64{15, 16}, Due: 17,
	}
}

func TestTheNounsOfQualityGoThereAndBack(t *testing.T) {
	thereAndBack(t, aJob(), wire.JobToProto, wire.JobFromProto)
	thereAndBack(t, aVote(), wire.VoteToProto, wire.VoteFromProto)
	thereAndBack(t, aVerdict(), wire.VerdictToProto, wire.VerdictFromProto)
	thereAndBack(t, oracle.Verdict{Request: aRequest}, wire.VerdictToProto, wire.VerdictFromProto)
}

func TestAVerdictKeepsItsDigestOnTheWire(t *testing.T) {
	v := aVerdict()
	v.NextPages, v.Suspended, v.Missing = []work.PagePlan{}, []id.Address{}, []uint64{}
	got, err := wire.VerdictFromProto(wire.VerdictToProto(v))
	if err != nil || got.Digest() != v.Digest() {
		t.Errorf("digest %s, %v; want %s", got.Digest(), err, v.Digest())
	}
}

func TestQualityRefusesForeignValues(t *testing.T) {
	verdict := func(change func(*qualityv1.Verdict)) error {
		p := wire.VerdictToProto(aVerdict())
		change(p)
		_, err := wire.VerdictFromProto(p)
		return err
	}
	job, vote := wire.JobToProto(aJob()), wire.VoteToProto(aVote())
	job.State, vote.Digest = 5, nil
	_, badJob := wire.JobFromProto(job)
	_, badVote := wire.VoteFromProto(vote)
	for name, err := range map[string]error{
		"a job in an unknown state": badJob,
		"a vote without a digest":   badVote,
		"a ratio above one":         verdict(func(p *qualityv1.Verdict) { p.Due = 1_000_001 }),
		"a bound above one":         verdict(func(p *qualityv1.Verdict) { p.Measure.LowerBound = 1_000_001 }),
		"evidence that is none":     verdict(func(p *qualityv1.Verdict) { p.Measure.Evidence = "hearsay" }),
		"money below zero":          verdict(func(p *qualityv1.Verdict) { p.PayoutsTotal = -1 }),
		"records that are no cid":   verdict(func(p *qualityv1.Verdict) { p.Records = "records" }),
		"a page without items":      verdict(func(p *qualityv1.Verdict) { p.NextPages[0].Items = 0 }),
		"pages out of order":        verdict(func(p *qualityv1.Verdict) { p.NextPages[0].Page = 3 }),
		"too many pages":            verdict(func(p *qualityv1.Verdict) { p.NextPages = make([]qualityv1.NextPage, market.MaxPages+1) }),
		"the suspended in disorder": verdict(func(p *qualityv1.Verdict) { p.Suspended[0] = "alaya1zoe" }),
		"somebody suspended twice":  verdict(func(p *qualityv1.Verdict) { p.Suspended[0] = p.Suspended[1] }),
		"too many suspended":        verdict(func(p *qualityv1.Verdict) { p.Suspended = make([]string, market.MaxBids+1) }),
	} {
		if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v, want kind invalid", name, err)
		}
	}
}

func FuzzQualityFromProto(f *testing.F) {
	for _, m := range []proto.Message{wire.JobToProto(aJob()), wire.VoteToProto(aVote()), wire.VerdictToProto(aVerdict())} {
		raw, err := proto.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		stays(t, raw, wire.JobToProto, wire.JobFromProto)
		stays(t, raw, wire.VoteToProto, wire.VoteFromProto)
		stays(t, raw, wire.VerdictToProto, wire.VerdictFromProto)
	})
}
