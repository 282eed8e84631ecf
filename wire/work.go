package wire

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// RoundToProto writes a round.
func RoundToProto(r work.Round) *workv1.Round {
	return &workv1.Round{
		Request: string(r.Request), Number: r.Number, Milestone: r.Milestone, State: workv1.RoundState(r.State),
		Manifest: string(r.Manifest), Root: hashBytes(r.Root), Pages: r.Pages, Laid: r.Laid, Target: r.Target,
		Seed: hashBytes(r.Seed), Deadline: int64(r.Deadline), Leased: r.Leased, Committed: r.Committed, Revealed: r.Revealed,
		Inputs: hashBytes(r.Inputs), Submissions: r.Submissions, Gold: string(r.GoldContent), Least: r.Least,
	}
}

// RoundFromProto reads a round. How its counts hang together is for
// Round.Check.
func RoundFromProto(p *workv1.Round) (work.Round, error) {
	var r reader
	round := work.Round{
		Request: r.request("request", p.GetRequest()), Number: p.GetNumber(), Milestone: p.GetMilestone(),
		State:    work.RoundState(r.enum("state", int32(p.GetState()), int32(work.Closed))),
		Manifest: r.cid("manifest", p.GetManifest()), Root: r.hash("root", p.GetRoot()),
		Pages: p.GetPages(), Laid: p.GetLaid(), Target: p.GetTarget(),
		Seed: r.hashOrNone("seed", p.GetSeed()), Deadline: id.Time(p.GetDeadline()),
		Leased: p.GetLeased(), Committed: p.GetCommitted(), Revealed: p.GetRevealed(),
		Inputs: r.hashOrNone("inputs", p.GetInputs()), Submissions: p.GetSubmissions(),
		GoldContent: r.cidOrNone("gold", p.GetGold()), Least: p.GetLeast(),
	}
	return round, r.done("work: round")
}

// PageToProto writes a page.
func PageToProto(p work.Page) *workv1.Page {
	return &workv1.Page{Request: string(p.Request), Round: p.Round, Number: p.Number, Items: p.Items, Covered: p.Covered, Place: p.Place}
}

// PageFromProto reads a page.
func PageFromProto(p *workv1.Page) (work.Page, error) {
	var r reader
	page := work.Page{
		Request: r.request("request", p.GetRequest()), Round: p.GetRound(), Number: p.GetNumber(),
		Items: r.pageItems("items", p.GetItems()), Covered: p.GetCovered(), Place: p.GetPlace(),
	}
	return page, r.done("work: page")
}

// PlanToProto writes the layout of a round.
func PlanToProto(r work.Round, pages []work.PagePlan) *workv1.Plan {
	p := &workv1.Plan{Request: string(r.Request), Round: r.Number, Pages: make([]workv1.PagePlan, len(pages))}
	for i, page := range pages {
		p.Pages[i] = workv1.PagePlan{Page: page.Page, Items: page.Items}
	}
	return p
}

// PlanFromProto reads the layout of a round: at most market.MaxPages pages in
// ascending order.
func PlanFromProto(p *workv1.Plan) (id.RequestID, []work.PagePlan, error) {
	var r reader
	request := r.request("request", p.GetRequest())
	pages := make([]work.PagePlan, len(p.GetPages()))
	for i, page := range p.GetPages() {
		pages[i] = work.PagePlan{Page: page.Page, Items: page.Items}
	}
	r.plan("pages", pages)
	return request, pages, r.done("work: plan")
}

func (r *reader) pageItems(field string, n uint32) uint32 {
	if n == 0 || n > market.MaxPageItems {
		r.note(field, fault.Limit("%d on a page: 1 to %d", n, market.MaxPageItems))
	}
	return n
}

// plan accepts at most market.MaxPages pages in ascending order.
func (r *reader) plan(field string, pages []work.PagePlan) {
	if len(pages) > market.MaxPages {
		r.note(field, fault.Limit("%d: at most %d", len(pages), market.MaxPages))
		return
	}
	for i, p := range pages {
		r.pageItems(field, p.Items)
		if i > 0 && p.Page <= pages[i-1].Page {
			r.note(field, fault.Invalid("page %d after page %d: want ascending order", p.Page, pages[i-1].Page))
		}
	}
}

// LeaseToProto writes a lease.
func LeaseToProto(l work.Lease) *workv1.Lease {
	return &workv1.Lease{
		Request: string(l.Request), Round: l.Round, Page: l.Page, Contributor: string(l.Contributor),
		Expires: int64(l.Expires), Guideline: l.Guideline,
	}
}

// LeaseFromProto reads a lease.
func LeaseFromProto(p *workv1.Lease) (work.Lease, error) {
	var r reader
	lease := work.Lease{
		Request: r.request("request", p.GetRequest()), Round: p.GetRound(), Page: p.GetPage(),
		Contributor: r.address("contributor", p.GetContributor()), Expires: id.Time(p.GetExpires()), Guideline: p.GetGuideline(),
	}
	return lease, r.done("work: lease")
}

// SubmissionToProto writes a submission.
func SubmissionToProto(s work.Submission) *workv1.Submission {
	return &workv1.Submission{
		Request: string(s.Request), Round: s.Round, Page: s.Page, Contributor: string(s.Contributor),
		Commitment: hashBytes(s.Commitment), State: workv1.SubmissionState(s.State), Content: string(s.Content),
		Ordinal: s.Ordinal, Guideline: s.Guideline, Items: s.Items,
	}
}

// SubmissionFromProto reads a submission: content and ordinal stand there if
// and only if it is revealed.
func SubmissionFromProto(p *workv1.Submission) (work.Submission, error) {
	var r reader
	s := work.Submission{
		Request: r.request("request", p.GetRequest()), Round: p.GetRound(), Page: p.GetPage(),
		Contributor: r.address("contributor", p.GetContributor()), Commitment: r.hash("commitment", p.GetCommitment()),
		State:   work.SubmissionState(r.enum("state", int32(p.GetState()), int32(work.SubmissionForfeited))),
		Content: r.cidOrNone("content", p.GetContent()), Ordinal: p.GetOrdinal(),
		Guideline: p.GetGuideline(), Items: r.pageItems("items", p.GetItems()),
	}
	if revealed := s.State == work.SubmissionRevealed; revealed != (s.Content != "") || revealed != (s.Ordinal > 0) {
		r.note("content", fault.Invalid("%q with ordinal %d of a submission that is %s", s.Content, s.Ordinal, s.State))
	}
	return s, r.done("work: submission")
}

// AssignmentToProto writes what a contributor has in hand.
func AssignmentToProto(a work.Assignment) *workv1.Assignment {
	return &workv1.Assignment{
		Request: string(a.Request), Contributor: string(a.Contributor), Open: a.Open, Units: a.Units,
		Suspended: a.Suspended, Expired: a.Expired, Forfeited: a.Forfeited,
	}
}

// AssignmentFromProto reads what a contributor has in hand.
func AssignmentFromProto(p *workv1.Assignment) (work.Assignment, error) {
	var r reader
	a := work.Assignment{
		Request: r.request("request", p.GetRequest()), Contributor: r.address("contributor", p.GetContributor()),
		Open: p.GetOpen(), Units: p.GetUnits(), Suspended: p.GetSuspended(), Expired: p.GetExpired(), Forfeited: p.GetForfeited(),
	}
	return a, r.done("work: assignment")
}

// ProgressToProto writes the sum of the work on a request.
func ProgressToProto(p work.Progress) *workv1.Progress {
	return &workv1.Progress{
		Request: string(p.Request), Round: p.Round, Reserved: int64(p.Reserved), Inputs: hashBytes(p.Inputs),
		Submissions: p.Submissions, Answers: p.Answers,
	}
}

// ProgressFromProto reads the sum of the work on a request.
func ProgressFromProto(p *workv1.Progress) (work.Progress, error) {
	var r reader
	progress := work.Progress{
		Request: r.request("request", p.GetRequest()), Round: p.GetRound(), Reserved: r.amount("reserved", p.GetReserved()),
		Inputs: r.hashOrNone("inputs", p.GetInputs()), Submissions: p.GetSubmissions(), Answers: p.GetAnswers(),
	}
	return progress, r.done("work: progress")
}

// BriefToProto writes what work needs of a request.
func BriefToProto(b work.Brief) *workv1.Brief {
	return &workv1.Brief{
		Request: string(b.Request), Requester: string(b.Requester), Milestone: b.Milestone, Due: int64(b.Due),
		Budget: int64(b.Budget), GoldRoot: hashBytes(b.Gold.Root), GoldCount: b.Gold.Count,
		LeaseMs: b.Windows.Lease, CommitMs: b.Windows.Commit, RevealMs: b.Windows.Reveal, GoldMs: b.Windows.Gold,
		Guideline: b.Guideline,
	}
}

// BriefFromProto reads what work needs of a request.
func BriefFromProto(p *workv1.Brief) (work.Brief, error) {
	var r reader
	b := work.Brief{
		Request: r.request("request", p.GetRequest()), Requester: r.address("requester", p.GetRequester()),
		Milestone: p.GetMilestone(), Due: id.Time(p.GetDue()), Budget: r.amount("budget", p.GetBudget()),
		Gold:      market.Gold{Root: r.hashOrNone("gold root", p.GetGoldRoot()), Count: p.GetGoldCount()},
		Windows:   market.Windows{Lease: p.GetLeaseMs(), Commit: p.GetCommitMs(), Reveal: p.GetRevealMs(), Gold: p.GetGoldMs()},
		Guideline: p.GetGuideline(),
	}
	return b, r.done("work: brief")
}

// HadToProto writes that a contributor was given a page.
func HadToProto(h work.Had) *workv1.Had {
	return &workv1.Had{Request: string(h.Request), Contributor: string(h.Contributor), Page: h.Page}
}

// HadFromProto reads that a contributor was given a page.
func HadFromProto(p *workv1.Had) (work.Had, error) {
	var r reader
	h := work.Had{
		Request: r.request("request", p.GetRequest()), Contributor: r.address("contributor", p.GetContributor()), Page: p.GetPage(),
	}
	return h, r.done("work: had")
}
