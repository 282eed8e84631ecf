package wire_test

import (
	"reflect"
	"testing"

	"github.com/cosmos/gogoproto/proto"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/wire"
)

const aRequest = id.RequestID("1f3a5b7c9d2e4f60")

func aRound() work.Round {
	return work.Round{
		Request: aRequest, Number: 2, Milestone: 1, State: work.Gold, Manifest: id.RawCID([]byte("m")), Root: id.Sum("root"),
		Pages: 9, Laid: 8, Target: 7, Least: 3, Seed: id.Sum("seed"), Deadline: 6, Leased: 5, Committed: 4, Revealed: 2,
		Inputs: id.Sum("inputs"), Submissions: 11, GoldContent: id.RawCID([]byte("gold")),
	}
}

func aSubmission() work.Submission {
	return work.Submission{
		Request: aRequest, Round: 1, Page: 2, Contributor: "alaya1ann", Commitment: id.Sum("commitment"),
		State: work.SubmissionRevealed, Content: id.RawCID([]byte("answers")), Ordinal: 3, Guideline: 4, Items: 5,
	}
}

func aBrief() work.Brief {
	return work.Brief{
		Request: aRequest, Requester: "alaya1req", Milestone: 1, Due: 2, Budget: 3, Gold: market.Gold{Root: id.Sum("gold"), Count: 4},
		Windows: market.Windows{Lease: 5, Commit: 6, Reveal: 7, Gold: 8}, Guideline: 9,
	}
}

// thereAndBack fails the test unless a noun survives its way over the wire.
func thereAndBack[N any, M proto.Message](t *testing.T, n N, write func(N) M, read func(M) (N, error)) {
	t.Helper()
	raw, err := proto.Marshal(write(n))
	if err != nil {
		t.Fatal(err)
	}
	m := reflect.New(reflect.TypeFor[M]().Elem()).Interface().(M)
	if err := proto.Unmarshal(raw, m); err != nil {
		t.Fatal(err)
	}
	if got, err := read(m); err != nil || !reflect.DeepEqual(got, n) {
		t.Errorf("%+v, %v; want %+v", got, err, n)
	}
}

func TestTheNounsOfWorkGoThereAndBack(t *testing.T) {
	thereAndBack(t, aRound(), wire.RoundToProto, wire.RoundFromProto)
	thereAndBack(t, work.Round{Request: aRequest, State: work.Preparing, Manifest: aRound().Manifest, Root: aRound().Root}, wire.RoundToProto, wire.RoundFromProto)
	thereAndBack(t, work.Page{Request: aRequest, Round: 1, Number: 2, Items: 3, Covered: 4, Place: 1 << 63}, wire.PageToProto, wire.PageFromProto)
	thereAndBack(t, work.Lease{Request: aRequest, Round: 1, Page: 2, Contributor: "alaya1ann", Expires: 3, Guideline: 4}, wire.LeaseToProto, wire.LeaseFromProto)
	thereAndBack(t, aSubmission(), wire.SubmissionToProto, wire.SubmissionFromProto)
	thereAndBack(t, work.Assignment{Request: aRequest, Contributor: "alaya1ann", Open: 1, Units: 2, Suspended: true, Expired: 3, Forfeited: 4}, wire.AssignmentToProto, wire.AssignmentFromProto)
	thereAndBack(t, work.Progress{Request: aRequest, Round: 1, Reserved: 2, Inputs: id.Sum("inputs"), Submissions: 3, Answers: 4}, wire.ProgressToProto, wire.ProgressFromProto)
	thereAndBack(t, aBrief(), wire.BriefToProto, wire.BriefFromProto)
	thereAndBack(t, work.Had{Request: aRequest, Contributor: "alaya1ann", Page: 1}, wire.HadToProto, wire.HadFromProto)
}

func TestAPlanGoesThereAndBack(t *testing.T) {
	pages := []work.PagePlan{{Page: 3, Items: 1}, {Page: 7, Items: market.MaxPageItems}}
	p := wire.PlanToProto(aRound(), pages)
	request, got, err := wire.PlanFromProto(p)
	if err != nil || request != aRequest || p.Round != 2 || !reflect.DeepEqual(got, pages) {
		t.Errorf("plan of %s: %v, %v; want %v", request, got, err, pages)
	}
}

func TestWorkRefusesForeignValues(t *testing.T) {
	round := func(change func(*workv1.Round)) error {
		p := wire.RoundToProto(aRound())
		change(p)
		_, err := wire.RoundFromProto(p)
		return err
	}
	submission := func(change func(*workv1.Submission)) error {
		p := wire.SubmissionToProto(aSubmission())
		change(p)
		_, err := wire.SubmissionFromProto(p)
		return err
	}
	plan := func(pages ...workv1.PagePlan) error {
		_, _, err := wire.PlanFromProto(&workv1.Plan{Request: string(aRequest), Pages: pages})
		return err
	}
	brief := wire.BriefToProto(aBrief())
	brief.Budget = -1
	_, budget := wire.BriefFromProto(brief)
	for name, err := range map[string]error{
		"a round of no request":             round(func(p *workv1.Round) { p.Request = "" }),
		"a round in no state":               round(func(p *workv1.Round) { p.State = 0 }),
		"a round in an unknown state":       round(func(p *workv1.Round) { p.State = 7 }),
		"a round without a manifest":        round(func(p *workv1.Round) { p.Manifest = "" }),
		"a root of 31 bytes":                round(func(p *workv1.Round) { p.Root = p.Root[1:] }),
		"a seed of 33 bytes":                round(func(p *workv1.Round) { p.Seed = append(p.Seed, 0) }),
		"gold that is no cid":               round(func(p *workv1.Round) { p.Gold = "gold" }),
		"a submission without a commitment": submission(func(p *workv1.Submission) { p.Commitment = nil }),
		"a reveal without content":          submission(func(p *workv1.Submission) { p.Content = "" }),
		"a reveal without an ordinal":       submission(func(p *workv1.Submission) { p.Ordinal = 0 }),
		"content before the reveal":         submission(func(p *workv1.Submission) { p.State = workv1.SubmissionState_SUBMISSION_STATE_COMMITTED }),
		"a submission of a SHOUTING person": submission(func(p *workv1.Submission) { p.Contributor = "ALAYA1ANN" }),
		"a page of no items":                plan(workv1.PagePlan{Page: 1}),
		"a page of too many items":          plan(workv1.PagePlan{Page: 1, Items: market.MaxPageItems + 1}),
		"a plan out of order":               plan(workv1.PagePlan{Page: 2, Items: 1}, workv1.PagePlan{Page: 1, Items: 1}),
		"a plan with a page twice":          plan(workv1.PagePlan{Page: 1, Items: 1}, workv1.PagePlan{Page: 1, Items: 1}),
		"a plan of too many pages":          plan(make([]workv1.PagePlan, market.MaxPages+1)...),
		"a budget below zero":               budget,
	} {
		if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v, want kind invalid", name, err)
		}
	}
}

// stays fails the test if a message that is read changes on a second way.
func stays[N any, M proto.Message](t *testing.T, raw []byte, write func(N) M, read func(M) (N, error)) {
	t.Helper()
	m := reflect.New(reflect.TypeFor[M]().Elem()).Interface().(M)
	if proto.Unmarshal(raw, m) != nil {
		return
	}
	n, err := read(m)
	if err != nil {
		if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%v: kind %s, want invalid", err, fault.KindOf(err))
		}
		return
	}
	if again, err := read(write(n)); err != nil || !reflect.DeepEqual(again, n) {
		t.Errorf("%+v, written and read again %+v, %v", n, again, err)
	}
}

func FuzzWorkFromProto(f *testing.F) {
	for _, m := range []proto.Message{wire.RoundToProto(aRound()), wire.SubmissionToProto(aSubmission()), wire.BriefToProto(aBrief())} {
		raw, err := proto.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		stays(t, raw, wire.RoundToProto, wire.RoundFromProto)
		stays(t, raw, wire.PageToProto, wire.PageFromProto)
		stays(t, raw, wire.LeaseToProto, wire.LeaseFromProto)
		stays(t, raw, wire.SubmissionToProto, wire.SubmissionFromProto)
		stays(t, raw, wire.AssignmentToProto, wire.AssignmentFromProto)
		stays(t, raw, wire.ProgressToProto, wire.ProgressFromProto)
		stays(t, raw, wire.BriefToProto, wire.BriefFromProto)
		stays(t, raw, wire.HadToProto, wire.HadFromProto)
		var plan workv1.Plan
		if proto.Unmarshal(raw, &plan) == nil {
			_, _, _ = wire.PlanFromProto(&plan)
		}
	})
}
