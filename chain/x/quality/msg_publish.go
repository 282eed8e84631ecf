package quality

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	"github.com/alaya-network/alaya/wire"
)

// PublishVerdict takes the verdict behind an agreed digest, whoever brings it.
func (s msgServer) PublishVerdict(ctx context.Context, m *qualityv1.MsgPublishVerdict) (*qualityv1.MsgPublishVerdictResponse, error) {
	return &qualityv1.MsgPublishVerdictResponse{}, kit.Err(Name, s.publish(ctx, m))
}

func (k *Keeper) publish(ctx context.Context, m *qualityv1.MsgPublishVerdict) error {
	v, err := wire.VerdictFromProto(&m.Verdict)
	if err != nil {
		return err
	}
	job, err := k.Job(ctx, v.Request, v.Round)
	if err != nil {
		return err
	}
	if job, err = job.Take(v); err != nil {
		return err
	}
	if err := v.Check(); err != nil {
		return err
	}
	if err := k.forget(ctx, job); err != nil {
		return err
	}
	if err := k.saveJob(ctx, job); err != nil {
		return err
	}
	if err := k.verdicts.Set(ctx, keyOf(job), *wire.VerdictToProto(v)); err != nil {
		return err
	}
	emit(ctx, job.State.String(), job)
	return k.flow.Judged(ctx, v)
}
