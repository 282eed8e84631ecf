package wire

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/work"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
)

// JobToProto writes a job of the oracle.
func JobToProto(j oracle.Job) *qualityv1.Job {
	return &qualityv1.Job{
		Request: string(j.Request), Round: j.Round, Attempt: j.Attempt, Inputs: hashBytes(j.Inputs), Submissions: j.Submissions,
		Last: j.Last, Deadline: int64(j.Deadline), State: qualityv1.JobState(j.State), Digest: hashBytes(j.Digest),
		Power: j.Power, TotalPower: j.TotalPower, Votes: j.Votes,
	}
}

// JobFromProto reads a job of the oracle. How its parts hang together is for
// Job.Check.
func JobFromProto(p *qualityv1.Job) (oracle.Job, error) {
	var r reader
	job := oracle.Job{
		Request: r.request("request", p.GetRequest()), Round: p.GetRound(), Attempt: p.GetAttempt(),
		Inputs: r.hashOrNone("inputs", p.GetInputs()), Submissions: p.GetSubmissions(),
		Last: p.GetLast(), Deadline: id.Time(p.GetDeadline()),
		State:  oracle.JobState(r.enum("state", int32(p.GetState()), int32(oracle.JobAbandoned))),
		Digest: r.hashOrNone("digest", p.GetDigest()), Power: p.GetPower(), TotalPower: p.GetTotalPower(), Votes: p.GetVotes(),
	}
	return job, r.done("quality: job")
}

// VoteToProto writes a validator's last digest for a job.
func VoteToProto(v oracle.Vote) *qualityv1.Vote {
	return &qualityv1.Vote{Job: hashBytes(v.Job), Validator: v.Validator, Digest: hashBytes(v.Digest), Height: int64(v.Height)}
}

// VoteFromProto reads a validator's last digest for a job.
func VoteFromProto(p *qualityv1.Vote) (oracle.Vote, error) {
	var r reader
	vote := oracle.Vote{
		Job: r.hash("job", p.GetJob()), Validator: string(r.address("validator", p.GetValidator())),
		Digest: r.hash("digest", p.GetDigest()), Height: id.Height(p.GetHeight()),
	}
	return vote, r.done("quality: vote")
}

// VerdictToProto writes a verdict.
func VerdictToProto(v oracle.Verdict) *qualityv1.Verdict {
	p := &qualityv1.Verdict{
		Request: string(v.Request), Round: v.Round, Inputs: hashBytes(v.Inputs), Final: v.Final,
		Items: v.Items, Accepted: v.Accepted, Contested: v.Contested, Delivered: v.Delivered,
		Records: string(v.Records), RecordsRoot: hashBytes(v.RecordsRoot), RecordsCount: v.RecordsCount,
		Report: string(v.Report), Label: string(v.Label), Measure: measureToProto(v.Measure),
		NextManifest: string(v.NextManifest), NextRoot: hashBytes(v.NextRoot), NextTarget: v.NextTarget,
		PayoutsRoot: hashBytes(v.PayoutsRoot), Payouts: v.Payouts, PayoutsTotal: int64(v.PayoutsTotal),
		PayoutsContent: string(v.PayoutsContent), Missing: v.Missing, Due: uint32(v.Due), Suspended: texts(v.Suspended),
	}
	for _, page := range v.NextPages {
		p.NextPages = append(p.NextPages, qualityv1.NextPage{Page: page.Page, Items: page.Items})
	}
	return p
}

// VerdictFromProto reads a verdict; every part keeps the digest it had. How
// the parts hang together is for Verdict.Check, and the digest decides.
func VerdictFromProto(p *qualityv1.Verdict) (oracle.Verdict, error) {
	var r reader
	v := oracle.Verdict{
		Request: r.request("request", p.GetRequest()), Round: p.GetRound(), Inputs: r.hashOrNone("inputs", p.GetInputs()),
		Final: p.GetFinal(), Items: p.GetItems(), Accepted: p.GetAccepted(), Contested: p.GetContested(), Delivered: p.GetDelivered(),
		Records: r.cidOrNone("records", p.GetRecords()), RecordsRoot: r.hashOrNone("records root", p.GetRecordsRoot()),
		RecordsCount: p.GetRecordsCount(), Report: r.cidOrNone("report", p.GetReport()), Label: r.cidOrNone("label", p.GetLabel()),
		Measure:      r.measure(p.GetMeasure()),
		NextManifest: r.cidOrNone("next manifest", p.GetNextManifest()), NextRoot: r.hashOrNone("next root", p.GetNextRoot()),
		NextPages: r.nextPages(p.GetNextPages()), NextTarget: p.GetNextTarget(), Suspended: r.suspended(p.GetSuspended()),
		PayoutsRoot: r.hashOrNone("payouts root", p.GetPayoutsRoot()), Payouts: p.GetPayouts(),
		PayoutsTotal:   r.amount("payouts total", p.GetPayoutsTotal()),
		PayoutsContent: r.cidOrNone("payouts", p.GetPayoutsContent()),
		Missing:        p.GetMissing(), Due: r.ratio("due", p.GetDue()),
	}
	return v, r.done("quality: verdict")
}

// nextPages accepts at most market.MaxPages pages in ascending order.
func (r *reader) nextPages(p []qualityv1.NextPage) []work.PagePlan {
	var pages []work.PagePlan
	for _, page := range p {
		pages = append(pages, work.PagePlan{Page: page.Page, Items: page.Items})
	}
	r.plan("next pages", pages)
	return pages
}

// suspended accepts as many contributors as a request can have, sorted.
func (r *reader) suspended(p []string) []id.Address {
	if len(p) > market.MaxBids {
		r.note("suspended", fault.Limit("%d: at most %d", len(p), market.MaxBids))
		return nil
	}
	list := r.addresses("suspended", p)
	for i := 1; i < len(list); i++ {
		if list[i] <= list[i-1] {
			r.note("suspended", fault.Invalid("%s after %s: want ascending order", list[i], list[i-1]))
		}
	}
	return list
}

func measureToProto(m oracle.Measure) qualityv1.Measure {
	return qualityv1.Measure{Evidence: m.Evidence, Items: m.Items, Estimate: uint32(m.Estimate), LowerBound: uint32(m.LowerBound), Holds: m.Holds}
}

func (r *reader) measure(p qualityv1.Measure) oracle.Measure {
	if p.Evidence != "" && p.Evidence != oracle.EvidenceGold && p.Evidence != oracle.EvidencePosterior {
		r.note("evidence", fault.Invalid("%.40q: %s or %s", p.Evidence, oracle.EvidenceGold, oracle.EvidencePosterior))
	}
	return oracle.Measure{
		Evidence: p.Evidence, Items: p.Items, Estimate: r.ratio("estimate", p.Estimate),
		LowerBound: r.ratio("lower bound", p.LowerBound), Holds: p.Holds,
	}
}

// ratio accepts 0 to 1,000,000 ppm.
func (r *reader) ratio(field string, ppm uint32) num.Ppm {
	if num.Ppm(ppm) > num.One {
		r.note(field, fault.Invalid("%d ppm: at most %d", ppm, num.One))
	}
	return num.Ppm(ppm)
}
