package index

import (
	"context"
	"encoding/hex"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	"github.com/alaya-network/alaya/index/view"
	"github.com/alaya-network/alaya/wire"
)

// jobBody is what a job has beside its round.
type jobBody struct {
	State      string `json:"state"`
	Attempt    uint32 `json:"attempt"`
	Digest     string `json:"digest"`
	Power      int64  `json:"power"`
	TotalPower int64  `json:"total_power"`
	Votes      uint32 `json:"votes"`
}

func (w *Writer) job(ctx context.Context, n noun) ([]row, error) {
	res, err := w.chain.Quality().Job(ctx, &qualityv1.QueryJobRequest{Request: n.of, Round: uint32(n.n)})
	if err != nil {
		return nil, err
	}
	j, err := wire.JobFromProto(&res.Job)
	if err != nil {
		return nil, err
	}
	body := jobBody{
		State: j.State.String(), Attempt: j.Attempt, Digest: hex.EncodeToString(res.Job.Digest), Power: j.Power,
		TotalPower: j.TotalPower, Votes: j.Votes,
	}
	return []row{{newTable("jobs", 2, "request round body").put(), []any{n.of, n.n, text(body)}}}, nil
}

// votes reads who voted for a digest at the block that agreed on it: later the
// chain forgets, and so may the node have.
func (w *Writer) votes(ctx context.Context, n noun) ([]row, error) {
	res, err := w.chain.Quality().Job(client.AtHeight(ctx, n.at), &qualityv1.QueryJobRequest{Request: n.of, Round: uint32(n.n)})
	if err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		return nil, fault.NotFound("index: votes on round %d of %s: %w", n.n, n.of, err)
	}
	var list []row
	put := newTable("votes", 3, "request round validator digest height").put()
	for _, v := range res.Votes {
		list = append(list, row{put, []any{n.of, n.n, v.Validator, hex.EncodeToString(v.Digest), v.Height}})
	}
	return list, nil
}

func (w *Writer) verdict(ctx context.Context, n noun) ([]row, error) {
	res, err := w.chain.Quality().Verdict(ctx, &qualityv1.QueryVerdictRequest{Request: n.of, Round: uint32(n.n)})
	if err != nil {
		return nil, err
	}
	v, err := wire.VerdictFromProto(&res.Verdict)
	if err != nil {
		return nil, err
	}
	suspended := []string{}
	for _, s := range v.Suspended {
		suspended = append(suspended, string(s))
	}
	body := view.Verdict{
		Request: n.of, Round: v.Round, Final: v.Final, Items: v.Items, Accepted: v.Accepted, Contested: v.Contested,
		Delivered: v.Delivered, Records: string(v.Records), RecordsRoot: v.RecordsRoot.String(), Report: string(v.Report),
		Label: string(v.Label), PayoutsTotal: view.Ualy(v.PayoutsTotal), DuePpm: uint32(v.Due),
		NextManifest: string(v.NextManifest), SuspendedList: suspended,
		Measure: view.Measure{
			Estimate: uint32(v.Measure.Estimate), LowerBound: uint32(v.Measure.LowerBound), Evidence: v.Measure.Evidence,
			Items: v.Measure.Items, Holds: v.Measure.Holds,
		},
	}
	return []row{{newTable("verdicts", 2, "request round final body").put(), []any{n.of, n.n, flag(v.Final), text(body)}}}, nil
}
