package settle_test

import (
	"errors"
	"testing"

	errorsmod "cosmossdk.io/errors"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
)

// kindOf is what a client learns of a handler's error.
func kindOf(err error) fault.Kind {
	if err == nil {
		return fault.KindNone
	}
	var known *kit.Error
	if !errors.As(err, &known) {
		return fault.KindInternal
	}
	space, code, _ := errorsmod.ABCIInfo(err, false)
	return kit.KindOfCode(space, code)
}

func TestPostPayoutsRefuses(t *testing.T) {
	f := newFixture(t)
	entries, total := vector(300)
	f.open(0, entries, total)
	tests := []struct {
		name   string
		change func(*settlev1.MsgPostPayouts)
		kind   fault.Kind
	}{
		{"a changed amount", func(m *settlev1.MsgPostPayouts) { m.Entries[0].Amount++ }, fault.KindInvalid},
		{"another chunk's number", func(m *settlev1.MsgPostPayouts) { m.Chunk = 1 }, fault.KindInvalid},
		{"an unknown milestone", func(m *settlev1.MsgPostPayouts) { m.Milestone = 9 }, fault.KindNotFound},
		{"an unknown request", func(m *settlev1.MsgPostPayouts) { m.Request = "x" }, fault.KindNotFound},
		{"an entry of nobody", func(m *settlev1.MsgPostPayouts) { m.Entries[0].Contributor = "" }, fault.KindInvalid},
		{"half a hash in the path", func(m *settlev1.MsgPostPayouts) { m.Path[0] = m.Path[0][:16] }, fault.KindInvalid},
		{"too many entries", func(m *settlev1.MsgPostPayouts) { m.Entries = append(m.Entries, m.Entries[0]) }, fault.KindLimit},
		{"too long a path", func(m *settlev1.MsgPostPayouts) { m.Path = make([][]byte, 65) }, fault.KindLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := f.chunks(0, entries)[0]
			tt.change(m)
			branch, _ := f.Ctx.CacheContext()
			if _, err := f.msgs.PostPayouts(branch, m); kindOf(err) != tt.kind {
				t.Errorf("%v, want kind %s", err, tt.kind)
			}
		})
	}
	m := f.chunks(0, entries)[0]
	_, err := f.msgs.PostPayouts(f.Ctx, m)
	f.must(err)
	if _, err := f.msgs.PostPayouts(f.Ctx, m); kindOf(err) != fault.KindExists {
		t.Errorf("a chunk twice: %v, want kind exists", err)
	}
	f.check()
}

func TestOnlyTheRequesterContests(t *testing.T) {
	f := newFixture(t)
	f.post(2)
	good := settlev1.MsgContest{
		Requester: string(f.flow.request.Requester), Request: string(f.flow.request.ID), Contributor: string(worker(0)), Reason: "spam", Evidence: evidence,
	}
	tests := []struct {
		name   string
		change func(*settlev1.MsgContest)
		kind   fault.Kind
	}{
		{"a stranger", func(m *settlev1.MsgContest) { m.Requester = string(worker(1)) }, fault.KindForbidden},
		{"a payout of nobody", func(m *settlev1.MsgContest) { m.Contributor = string(worker(5)) }, fault.KindNotFound},
		{"an unknown reason", func(m *settlev1.MsgContest) { m.Reason = "dislike" }, fault.KindInvalid},
		{"evidence that names no content", func(m *settlev1.MsgContest) { m.Evidence = "trust me" }, fault.KindInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := good
			tt.change(&m)
			if _, err := f.msgs.Contest(f.Ctx, &m); kindOf(err) != tt.kind {
				t.Errorf("%v, want kind %s", err, tt.kind)
			}
		})
	}
	f.contest(worker(0))
	if _, err := f.msgs.Contest(f.Ctx, &good); kindOf(err) != fault.KindState {
		t.Errorf("twice: %v, want kind state", err)
	}
	withdraw := settlev1.MsgWithdrawContest{Requester: string(worker(0)), Request: good.Request, Contributor: good.Contributor}
	if _, err := f.msgs.WithdrawContest(f.Ctx, &withdraw); kindOf(err) != fault.KindForbidden {
		t.Errorf("a stranger withdraws: %v, want kind forbidden", err)
	}
	withdraw.Requester, withdraw.Contributor = good.Requester, string(worker(1))
	if _, err := f.msgs.WithdrawContest(f.Ctx, &withdraw); kindOf(err) != fault.KindState {
		t.Errorf("no contest withdrawn: %v, want kind state", err)
	}
	f.block(reviewMs)
	late := good
	late.Contributor = string(worker(1))
	if _, err := f.msgs.Contest(f.Ctx, &late); kindOf(err) != fault.KindState {
		t.Errorf("after the review: %v, want kind state", err)
	}
}

func TestGovernanceSetsTheFee(t *testing.T) {
	f := newFixture(t)
	m := &settlev1.MsgUpdateParams{Authority: governance, Params: settlev1.Params{FeeBps: 300}}
	_, err := f.msgs.UpdateParams(f.Ctx, m)
	f.must(err)
	if p, err := f.keeper.Params(f.Ctx); err != nil || p.Fee != 300 {
		t.Errorf("fee %d, %v; want 300", p.Fee, err)
	}
	m.Authority = string(worker(0))
	if _, err := f.msgs.UpdateParams(f.Ctx, m); kindOf(err) != fault.KindForbidden {
		t.Errorf("a stranger: %v, want kind forbidden", err)
	}
	m.Authority, m.Params.FeeBps = governance, 2_001
	if _, err := f.msgs.UpdateParams(f.Ctx, m); kindOf(err) != fault.KindLimit {
		t.Errorf("too high a fee: %v, want kind limit", err)
	}
}
