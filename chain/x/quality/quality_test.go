package quality_test

import (
	"context"
	"testing"

	"cosmossdk.io/math"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/kit/kittest"
	"github.com/alaya-network/alaya/chain/votes"
	"github.com/alaya-network/alaya/chain/x/quality"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/work"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	"github.com/alaya-network/alaya/wire"
)

// stages stands for the stages around the oracle.
type stages struct {
	judged    []oracle.Verdict
	abandoned []oracle.Job
	fails     error
}

func (s *stages) Judged(_ context.Context, v oracle.Verdict) error {
	s.judged = append(s.judged, v)
	return s.fails
}

func (s *stages) Abandoned(_ context.Context, j oracle.Job) error {
	if s.fails == nil {
		s.abandoned = append(s.abandoned, j)
	}
	return s.fails
}

// staking stands for x/staking.
type staking map[string]int64

func (s staking) GetLastValidatorPower(_ context.Context, v sdk.ValAddress) (int64, error) {
	return s[v.String()], nil
}

func (s staking) GetLastTotalPower(context.Context) (math.Int, error) {
	total := int64(0)
	for _, power := range s {
		total += power
	}
	return math.NewInt(total), nil
}

const (
	jobMs     = int64(60_000)
	authority = "governance"
	request   = id.RequestID("0123456789abcdef")
)

// world is an oracle of four validators of equal power.
type world struct {
	*kittest.Env
	t          *testing.T
	keeper     *quality.Keeper
	msg        qualityv1.MsgServer
	query      qualityv1.QueryServer
	stages     *stages
	staking    staking
	validators []sdk.ValAddress
}

func newWorld(t *testing.T) *world {
	w := &world{Env: kittest.New(t, quality.Name), t: t, stages: &stages{}, staking: staking{}}
	for _, name := range []string{"a", "b", "c", "d"} {
		v := sdk.ValAddress(kittest.Address(name))
		w.validators = append(w.validators, v)
		w.staking[v.String()] = 10
	}
	w.use(w.Env)
	g := quality.DefaultGenesis()
	g.Params.JobMs = jobMs
	w.must(w.keeper.InitGenesis(w.Ctx, g))
	return w
}

// use puts a keeper over another store.
func (w *world) use(env *kittest.Env) {
	w.Env = env
	w.keeper = quality.NewKeeper(env.Codec.Proto, env.Store(quality.Name), w.stages, w.staking, authority)
	w.msg, w.query = quality.NewMsgServer(w.keeper), quality.NewQueryServer(w.keeper)
}

func facts(round uint32) oracle.Job {
	return oracle.Job{Request: request, Round: round, Inputs: id.Sum("inputs"), Submissions: 7}
}

func verdict(round uint32) oracle.Verdict {
	return oracle.Verdict{
		Request: request, Round: round, Inputs: id.Sum("inputs"), Items: 10, Accepted: 8, Contested: 2,
		NextManifest: id.RawCID([]byte("next")), NextRoot: id.Sum("next"), NextTarget: 1,
		NextPages: []work.PagePlan{{Page: 1, Items: 1}, {Page: 4, Items: 1}},
		Suspended: []id.Address{"alaya1a", "alaya1b"}, Missing: []uint64{3},
		Measure: oracle.Measure{Evidence: oracle.EvidenceGold, Items: 4, Estimate: 900_000, LowerBound: 800_000},
	}
}

func (w *world) open(round uint32) {
	w.t.Helper()
	w.must(w.keeper.Open(w.Ctx, facts(round)))
}

func (w *world) job(round uint32) oracle.Job {
	w.t.Helper()
	j, err := w.keeper.Job(w.Ctx, request, round)
	w.must(err)
	return j
}

// vote lets a validator say what he found for the job of a round.
func (w *world) vote(validator int, round uint32, digest id.Hash) {
	w.t.Helper()
	w.must(w.keeper.Record(w.Ctx, votes.Vote{
		JobDigest: votes.JobDigest{Job: w.job(round).Key(), Digest: digest}, Validator: w.validators[validator],
	}))
}

func (w *world) votesOn(round uint32) []qualityv1.Vote {
	w.t.Helper()
	res, err := w.query.Job(w.Ctx, &qualityv1.QueryJobRequest{Request: string(request), Round: round})
	w.must(err)
	return res.Votes
}

func (w *world) block(ms int64) {
	w.t.Helper()
	w.must(w.keeper.EndBlock(w.Ctx))
	w.Advance(ms)
}

func (w *world) publish(v oracle.Verdict) error {
	_, err := w.msg.PublishVerdict(w.Ctx, &qualityv1.MsgPublishVerdict{Sender: "anybody", Verdict: *wire.VerdictToProto(v)})
	return err
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) refused(err error, want fault.Kind) {
	w.t.Helper()
	if got := fault.KindOf(err); got != want {
		w.t.Errorf("got %s (%v), want %s", got, err, want)
	}
}

// sound fails the test unless all invariants hold.
func (w *world) sound() {
	w.t.Helper()
	w.must(w.keeper.Invariants(w.Ctx))
}

func TestThreeOfFourAgreeAndTheVerdictIsTaken(t *testing.T) {
	w := newWorld(t)
	w.open(1)
	v := verdict(1)
	for i := range 2 {
		w.vote(i, 1, v.Digest())
	}
	w.block(1)
	w.refused(w.publish(v), fault.KindState)
	w.vote(2, 1, v.Digest())
	w.block(1)
	if j := w.job(1); j.State != oracle.JobAgreed || j.Digest != v.Digest() || j.Power != 30 || j.TotalPower != 40 || j.Votes != 3 {
		t.Errorf("job %+v, want agreed by 30 of 40", j)
	}
	w.sound()
	w.must(w.publish(v))
	if len(w.stages.judged) != 1 || w.stages.judged[0].Digest() != v.Digest() {
		t.Errorf("judged %v, want the verdict once", w.stages.judged)
	}
	if got, err := w.keeper.Verdict(w.Ctx, request, 1); err != nil || got.Digest() != v.Digest() {
		t.Errorf("kept %+v, %v", got, err)
	}
	if n := len(w.votesOn(1)); n != 0 {
		t.Errorf("%d votes are kept of a job that is done", n)
	}
	w.refused(w.publish(v), fault.KindState)
	w.sound()
	w.block(jobMs)
	w.block(jobMs) // its deadline does nothing more
	if j := w.job(1); j.State != oracle.JobDone || len(w.stages.judged) != 1 {
		t.Errorf("job %+v, judged %d times", j, len(w.stages.judged))
	}
	w.sound()
}

func TestTheLastDigestOfAValidatorCounts(t *testing.T) {
	w := newWorld(t)
	w.open(1)
	for i := range 2 {
		w.vote(i, 1, id.Sum("right"))
	}
	w.vote(2, 1, id.Sum("wrong"))
	w.block(1)
	if n := len(w.votesOn(1)); n != 3 || w.job(1).State != oracle.JobOpen {
		t.Errorf("%d votes, job %s; want 3, open", n, w.job(1).State)
	}
	w.vote(2, 1, id.Sum("right"))
	w.block(1)
	if n := len(w.votesOn(1)); n != 3 || w.job(1).Digest != id.Sum("right") {
		t.Errorf("%d votes, digest %s; want 3, the right one", n, w.job(1).Digest)
	}
	w.sound()
}

func TestTheSameVoteAgainChangesNothing(t *testing.T) {
	w := newWorld(t)
	w.open(1)
	w.vote(0, 1, id.Sum("digest"))
	first := w.votesOn(1)[0].Height
	w.block(1)
	w.vote(0, 1, id.Sum("digest"))
	if got := w.votesOn(1); len(got) != 1 || got[0].Height != first {
		t.Errorf("votes %v, want the one of height %d", got, first)
	}
}

func TestVotesOnUnknownAndAgreedJobsAreIgnored(t *testing.T) {
	w := newWorld(t)
	w.must(w.keeper.Record(w.Ctx, votes.Vote{JobDigest: votes.JobDigest{Job: id.Sum("none")}, Validator: w.validators[0]}))
	w.open(1)
	for i := range 3 {
		w.vote(i, 1, id.Sum("digest"))
	}
	w.block(1)
	w.vote(3, 1, id.Sum("late"))
	if n := len(w.votesOn(1)); n != 3 {
		t.Errorf("%d votes, want the 3 that agreed", n)
	}
	w.sound()
}

func TestPowersAreThoseOfNow(t *testing.T) {
	w := newWorld(t)
	w.open(1)
	for i := range 2 {
		w.vote(i, 1, id.Sum("digest"))
	}
	w.block(1)
	if w.job(1).State != oracle.JobOpen {
		t.Fatal("two of four agreed")
	}
	w.staking[w.validators[0].String()] = 31 // 41 of 61
	w.block(1)
	if j := w.job(1); j.State != oracle.JobAgreed || j.Power != 41 || j.TotalPower != 61 {
		t.Errorf("job %+v, want agreed by 41 of 61", j)
	}
}

func TestAValidatorWithoutPowerDoesNotCount(t *testing.T) {
	w := newWorld(t)
	w.open(1)
	for i := range 3 {
		w.vote(i, 1, id.Sum("digest"))
	}
	delete(w.staking, w.validators[0].String()) // 20 of 30 are left
	w.block(1)
	if j := w.job(1); j.State != oracle.JobOpen {
		t.Errorf("job %+v, want open", j)
	}
}

func TestAJobWithoutQuorumIsTriedAgainAndAtLastAbandoned(t *testing.T) {
	w := newWorld(t)
	w.open(1)
	first := w.job(1)
	w.vote(0, 1, id.Sum("alone"))
	w.Advance(jobMs)
	w.block(0)
	if j := w.job(1); j.Attempt != 2 || j.State != oracle.JobOpen || j.Key() == first.Key() {
		t.Errorf("after the deadline %+v, want the second attempt", j)
	}
	if n := len(w.votesOn(1)); n != 0 {
		t.Errorf("%d votes of the first attempt count in the second", n)
	}
	w.sound()
	w.must(w.keeper.Record(w.Ctx, votes.Vote{JobDigest: votes.JobDigest{Job: first.Key()}, Validator: w.validators[0]}))
	w.sound() // a vote on the first attempt is not kept
	for range oracle.MaxAttempts - 1 {
		w.Advance(jobMs)
		w.block(0)
	}
	if j := w.job(1); j.State != oracle.JobAbandoned || len(w.stages.abandoned) != 1 {
		t.Errorf("job %+v, abandoned %d times; want abandoned once", j, len(w.stages.abandoned))
	}
	w.block(jobMs)
	w.block(0)
	if len(w.stages.abandoned) != 1 || len(w.stages.judged) != 0 {
		t.Errorf("abandoned %d times, judged %d times", len(w.stages.abandoned), len(w.stages.judged))
	}
	w.sound()
}

func TestAnAgreedJobWhoseVerdictNobodyBringsIsTriedAgain(t *testing.T) {
	w := newWorld(t)
	w.open(1)
	for i := range 4 {
		w.vote(i, 1, verdict(1).Digest())
	}
	w.block(jobMs)
	w.block(0)
	if j := w.job(1); j.State != oracle.JobOpen || j.Attempt != 2 || !j.Digest.IsZero() {
		t.Errorf("job %+v, want open again, without a digest", j)
	}
	w.refused(w.publish(verdict(1)), fault.KindState)
	w.sound()
}

func TestAWrongVerdictIsRefused(t *testing.T) {
	agreed := verdict(1)
	for name, c := range map[string]struct {
		spoil func(*oracle.Verdict)
		want  fault.Kind
	}{
		"another count":       {func(v *oracle.Verdict) { v.Accepted-- }, fault.KindInvalid},
		"another round":       {func(v *oracle.Verdict) { v.Round = 2 }, fault.KindNotFound},
		"another request":     {func(v *oracle.Verdict) { v.Request = "fedcba9876543210" }, fault.KindNotFound},
		"other inputs":        {func(v *oracle.Verdict) { v.Inputs = id.Sum("other") }, fault.KindInvalid},
		"a request that is X": {func(v *oracle.Verdict) { v.Request = "X" }, fault.KindInvalid},
		"somebody left out":   {func(v *oracle.Verdict) { v.Suspended = v.Suspended[1:] }, fault.KindInvalid},
		"pages out of order":  {func(v *oracle.Verdict) { v.NextPages = []work.PagePlan{{Page: 4, Items: 1}, {Page: 1, Items: 1}} }, fault.KindInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.open(1)
			for i := range 4 {
				w.vote(i, 1, agreed.Digest())
			}
			w.block(1)
			v := verdict(1)
			c.spoil(&v)
			w.refused(w.publish(v), c.want)
			if len(w.stages.judged) != 0 || w.job(1).State != oracle.JobAgreed {
				t.Errorf("job %s, judged %v", w.job(1).State, w.stages.judged)
			}
			w.sound()
		})
	}
}

func TestAVerdictThatContradictsItselfIsRefusedEvenIfAgreed(t *testing.T) {
	w := newWorld(t)
	w.open(1)
	v := verdict(1)
	v.Accepted = 11
	for i := range 4 {
		w.vote(i, 1, v.Digest())
	}
	w.block(1)
	w.refused(w.publish(v), fault.KindInvalid)
	w.sound()
}

func TestARoundHasOneJob(t *testing.T) {
	w := newWorld(t)
	w.open(1)
	w.refused(w.keeper.Open(w.Ctx, facts(1)), fault.KindExists)
	w.open(2)
	res, err := w.query.OpenJobs(w.Ctx, &qualityv1.QueryOpenJobsRequest{})
	w.must(err)
	if len(res.Jobs) != 2 {
		t.Errorf("%d open jobs, want 2", len(res.Jobs))
	}
}

func TestOpenJobsAreThoseThatValidatorsVoteOn(t *testing.T) {
	w := newWorld(t)
	for round := range uint32(votes.MaxJobs + 10) {
		w.open(round + 1)
	}
	res, err := w.query.OpenJobs(w.Ctx, &qualityv1.QueryOpenJobsRequest{})
	w.must(err)
	if len(res.Jobs) != votes.MaxJobs {
		t.Errorf("%d open jobs are shown, want %d", len(res.Jobs), votes.MaxJobs)
	}
	for _, j := range res.Jobs {
		for i := range 4 {
			w.vote(i, j.Round, id.Sum("digest"))
		}
	}
	w.block(1)
	for _, j := range res.Jobs {
		if got := w.job(j.Round); got.State != oracle.JobAgreed {
			t.Errorf("job %s is %s, want agreed", got.Name(), got.State)
		}
	}
}

func TestAFailingStageKeepsTheJobWaiting(t *testing.T) {
	w := newWorld(t)
	w.open(1)
	for range oracle.MaxAttempts - 1 {
		w.Advance(jobMs)
		w.block(0)
	}
	w.stages.fails = fault.Internal("market: out of order")
	w.Advance(jobMs)
	w.block(0)
	if j := w.job(1); j.State != oracle.JobOpen {
		t.Errorf("job %+v, want still open", j)
	}
	w.stages.fails = nil
	w.Advance(jobMs * 2)
	w.block(0)
	if j := w.job(1); j.State != oracle.JobAbandoned || len(w.stages.abandoned) != 1 {
		t.Errorf("job %+v, want abandoned at the second try", j)
	}
	w.sound()
}

func TestParametersBelongToGovernance(t *testing.T) {
	w := newWorld(t)
	set := func(by string, ms int64) error {
		_, err := w.msg.UpdateParams(w.Ctx, &qualityv1.MsgUpdateParams{Authority: by, Params: qualityv1.Params{JobMs: ms}})
		return err
	}
	w.refused(set("stranger", 5_000), fault.KindForbidden)
	w.refused(set(authority, 1), fault.KindLimit)
	w.must(set(authority, 5_000))
	if ms, err := w.keeper.JobMs(w.Ctx); err != nil || ms != 5_000 {
		t.Errorf("%d ms, %v; want 5000", ms, err)
	}
}

// busy is a world with an open, an agreed and a done job.
func busy(t *testing.T) *world {
	w := newWorld(t)
	for round := uint32(1); round <= 3; round++ {
		w.open(round)
	}
	for i := range 3 {
		w.vote(i, 1, verdict(1).Digest())
		w.vote(i, 2, verdict(2).Digest())
	}
	w.vote(0, 3, id.Sum("alone"))
	w.block(1)
	w.must(w.publish(verdict(1)))
	return w
}

func TestGenesisGoesRound(t *testing.T) {
	w := busy(t)
	state, err := w.keeper.ExportGenesis(w.Ctx)
	w.must(err)
	w.must(quality.ValidateGenesis(state))
	w.use(kittest.New(t, quality.Name))
	w.must(w.keeper.InitGenesis(w.Ctx, state))
	w.sound()
	again, err := w.keeper.ExportGenesis(w.Ctx)
	w.must(err)
	if state.String() != again.String() {
		t.Errorf("exported %s\nafter import %s", state, again)
	}
	w.must(w.publish(verdict(2))) // the imported chain goes on
	w.Advance(jobMs * 2)
	w.block(0)
	if j := w.job(3); j.Attempt != 2 {
		t.Errorf("after import %+v, want the second attempt", j)
	}
}

func TestAGenesisThatBreaksAPromiseIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*qualityv1.GenesisState){
		"no wait for a quorum":       func(g *qualityv1.GenesisState) { g.Params.JobMs = 0 },
		"a vote for no job":          func(g *qualityv1.GenesisState) { g.Votes[0].Job = make([]byte, 32) },
		"a vote that stands twice":   func(g *qualityv1.GenesisState) { g.Votes = append(g.Votes, g.Votes[0]) },
		"a job without its verdict":  func(g *qualityv1.GenesisState) { g.Verdicts = nil },
		"a verdict without its job":  func(g *qualityv1.GenesisState) { g.Verdicts[0].Round = 9 },
		"a verdict nobody agreed on": func(g *qualityv1.GenesisState) { g.Verdicts[0].Accepted-- },
		"agreed without the power":   func(g *qualityv1.GenesisState) { g.Jobs[0].Power = 1 },
		"a job in no state":          func(g *qualityv1.GenesisState) { g.Jobs[0].State = 0 },
		"a digest of 3 bytes":        func(g *qualityv1.GenesisState) { g.Jobs[0].Digest = []byte{1, 2, 3} },
	} {
		w := busy(t)
		state, err := w.keeper.ExportGenesis(w.Ctx)
		w.must(err)
		spoil(state)
		if err := quality.ValidateGenesis(state); err == nil {
			t.Errorf("%s: passed", name)
		}
	}
}
