package audit

import (
	"context"
	"slices"

	"github.com/cosmos/gogoproto/proto"

	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/settle"
	"github.com/alaya-network/alaya/core/work"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

// Facts are the records of the chain behind a dataset version.
type Facts struct {
	Dataset     dataset.Dataset
	Request     market.Request
	Rounds      []work.Round // 1 to Dataset.Round
	Jobs        []oracle.Job // of the rounds
	Verdicts    []oracle.Verdict
	Settlements []settle.Settlement // of the final verdicts, in their order
	Submissions []work.Submission   // revealed ones, by ordinal from 1
	Engagements []market.Engagement // of all who answered, by address
}

// source gives records of the chain and the submissions of a request's rounds 1
// to last. An absent record is an error of kind not found.
type source interface {
	record(context.Context, place) ([]byte, error)
	submissions(ctx context.Context, r id.RequestID, last uint32) ([]work.Submission, error)
}

// read reads the facts behind a version. One that was withdrawn is refused with
// kind state.
func read(ctx context.Context, s source, d id.DatasetID, version uint32) (Facts, error) {
	var f Facts
	var err error
	if f.Dataset, err = fetch(ctx, s, datasetAt(d, version), wire.DatasetFromProto); err != nil {
		return f, err
	}
	if n := f.Dataset.Round; n == 0 || n > work.MaxRounds {
		return f, fault.Invalid("audit: version %d of dataset %s: round %d: 1 to %d", version, d, n, work.MaxRounds)
	}
	if f.Dataset.State == dataset.Tombstoned {
		return f, fault.State("audit: version %d of dataset %s is withdrawn: %s", version, d, f.Dataset.Reason)
	}
	for _, step := range []func(context.Context, source) error{f.readRequest, f.readRounds, f.readSettlements, f.readSubmissions, f.readEngagements} {
		if err := step(ctx, s); err != nil {
			return f, err
		}
	}
	return f, nil
}

// fetch reads one record as P and turns it into T.
func fetch[P any, M interface {
	*P
	proto.Message
}, T any](ctx context.Context, s source, at place, from func(M) (T, error)) (T, error) {
	var none T
	value, err := s.record(ctx, at)
	if err != nil {
		return none, err
	}
	var p P
	if err := proto.Unmarshal(value, M(&p)); err != nil {
		return none, fault.Invalid("audit: %s: %w", at, err)
	}
	return from(&p)
}

// readRequest reads the request and its terms, which the chain keeps apart.
func (f *Facts) readRequest(ctx context.Context, s source) error {
	r := f.Dataset.Request
	request, err := fetch(ctx, s, requestAt(r), asIs[marketv1.Request])
	if err != nil {
		return err
	}
	terms, err := fetch(ctx, s, termsAt(r), asIs[marketv1.RequestTerms])
	if err != nil {
		return err
	}
	request.Terms = *terms
	if f.Request, err = wire.RequestFromProto(request); err != nil {
		return err
	}
	if hash := f.Request.Terms.Hash(); f.Request.ID != r || f.Request.TermsHash != hash {
		return fault.Invalid("audit: request %s has terms with hash %s, the record of %s says %s", r, hash, f.Request.ID, f.Request.TermsHash)
	}
	return nil
}

func asIs[P any](p *P) (*P, error) { return p, nil }

func (f *Facts) readRounds(ctx context.Context, s source) error {
	r := f.Dataset.Request
	for n := uint32(1); n <= f.Dataset.Round; n++ {
		round, err := fetch(ctx, s, roundAt(r, n), wire.RoundFromProto)
		if err != nil {
			return err
		}
		job, err := fetch(ctx, s, jobAt(r, n), wire.JobFromProto)
		if err != nil {
			return err
		}
		verdict, err := fetch(ctx, s, verdictAt(r, n), wire.VerdictFromProto)
		if err != nil {
			return err
		}
		f.Rounds, f.Jobs, f.Verdicts = append(f.Rounds, round), append(f.Jobs, job), append(f.Verdicts, verdict)
	}
	return nil
}

func (f *Facts) readSettlements(ctx context.Context, s source) error {
	for i, v := range f.Verdicts {
		if !v.Final {
			continue
		}
		settlement, err := fetch(ctx, s, settlementAt(f.Dataset.Request, f.Rounds[i].Milestone), wire.SettlementFromProto)
		if err != nil {
			return err
		}
		f.Settlements = append(f.Settlements, settlement)
	}
	return nil
}

// readSubmissions reads the submissions and holds them against the jobs' hash
// over their chain.
func (f *Facts) readSubmissions(ctx context.Context, s source) error {
	var err error
	if f.Submissions, err = s.submissions(ctx, f.Dataset.Request, f.Dataset.Round); err != nil {
		return err
	}
	var chain id.Hash
	done := uint64(0)
	for _, j := range f.Jobs {
		if j.Submissions < done || j.Submissions > uint64(len(f.Submissions)) {
			return fault.Invalid("audit: %s: %d submissions, job %s is over %d", SubmissionsFile, len(f.Submissions), j.Name(), j.Submissions)
		}
		for ; done < j.Submissions; done++ {
			chain = f.Submissions[done].Chain(chain)
		}
		if chain != j.Inputs {
			return fault.Invalid("audit: %s: submissions 1 to %d have hash %s, job %s says %s", SubmissionsFile, done, chain, j.Name(), j.Inputs)
		}
	}
	if done != uint64(len(f.Submissions)) {
		return fault.Invalid("audit: %s: %d submissions, the last job is over %d", SubmissionsFile, len(f.Submissions), done)
	}
	return nil
}

func (f *Facts) readEngagements(ctx context.Context, s source) error {
	for _, who := range f.contributors() {
		e, err := fetch(ctx, s, engagementAt(f.Dataset.Request, who), wire.EngagementFromProto)
		if err != nil {
			return err
		}
		f.Engagements = append(f.Engagements, e)
	}
	return nil
}

// contributors are all who answered, sorted.
func (f *Facts) contributors() []id.Address {
	var list []id.Address
	for _, s := range f.Submissions {
		list = append(list, s.Contributor)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// dossier is what the verdict on a round rests on.
func (f *Facts) dossier(round uint32) oracle.Dossier {
	job := f.Jobs[round-1]
	return oracle.Dossier{
		Job: job, Request: f.Request, Rounds: f.Rounds[:round], Engagements: f.Engagements,
		Submissions: f.Submissions[:job.Submissions],
	}
}
