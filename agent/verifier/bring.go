package verifier

import (
	"context"
	"time"

	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/wire"
)

// bring puts an agreed verdict on the chain. Somebody else having done so is no
// error.
func (v *Verifier) bring(ctx context.Context, job oracle.Job, verdict oracle.Verdict) error {
	if v.Account == nil {
		return nil
	}
	if err := v.wait(ctx); err != nil {
		return err
	}
	now, err := v.Client.Job(ctx, job.Request, job.Round)
	if err != nil || now.State != oracle.JobAgreed || now.Attempt != job.Attempt {
		return err
	}
	_, err = v.Account.Send(ctx, &qualityv1.MsgPublishVerdict{
		Sender: v.Account.Address().String(), Verdict: *wire.VerdictToProto(verdict),
	})
	if already(err) {
		return nil
	}
	return err
}

// wait lets others go first, when there are others.
func (v *Verifier) wait(ctx context.Context) error {
	if v.Patience == 0 {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(v.Patience):
		return nil
	}
}

func already(err error) bool {
	return fault.Is(err, fault.KindState) || fault.Is(err, fault.KindExists)
}
