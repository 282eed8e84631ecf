package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/oracle"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	"github.com/alaya-network/alaya/wire"
)

// shelf is a gateway's blobs, as the oracle reads and writes them.
type shelf struct {
	ctx   context.Context
	blobs client.Blobs
}

// Read implements oracle.Shelf.
func (s shelf) Read(c id.CID, limit int64) ([]byte, error) { return s.blobs.GetBytes(s.ctx, c, limit) }

// Put implements oracle.Shelf.
func (s shelf) Put(content []byte) (id.CID, error) { return s.blobs.PutBytes(s.ctx, content) }

func newVerdictPublish(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "publish REQUEST [ROUND]",
		Short: "Compute an agreed verdict again and bring it to the chain",
		Long: `Compute the verdict of a round whose digest the validators agreed on, and bring it to the
chain. A validator does that by itself; anyone may, if none does.`,
		Example: "  alaya verdict publish 1f3a5c7e9b2d4f60 --from alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, round, err := s.roundArgs(cmd.Context(), args)
			if err != nil {
				return err
			}
			return s.publish(cmd.Context(), name, round)
		},
	}
}

func (s *session) publish(ctx context.Context, name id.RequestID, round uint32) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	v, err := s.judge(ctx, name, round)
	if err != nil {
		return err
	}
	result, err := account.Send(ctx, &qualityv1.MsgPublishVerdict{Sender: account.Address().String(), Verdict: *wire.VerdictToProto(v)})
	if err != nil {
		return err
	}
	return s.receipt(result, "", fmt.Sprintf("published the verdict on round %d of request %s", round, name))
}

// judge computes the verdict of a round whose digest is agreed.
func (s *session) judge(ctx context.Context, name id.RequestID, round uint32) (oracle.Verdict, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return oracle.Verdict{}, err
	}
	blobs, err := s.blobs()
	if err != nil {
		return oracle.Verdict{}, err
	}
	d, err := c.Dossier(ctx, name, round)
	if err != nil {
		return oracle.Verdict{}, err
	}
	if d.Job.State != oracle.JobAgreed {
		return oracle.Verdict{}, advise(fault.State("job %s is %s", d.Job.Name(), d.Job.State), "a verdict is published once its job is agreed")
	}
	v, err := oracle.Judge(d, shelf{ctx, blobs})
	if err == nil && v.Digest() != d.Job.Digest {
		err = fault.Internal("job %s: computed digest %s, agreed is %s", d.Job.Name(), v.Digest(), d.Job.Digest)
	}
	return v, err
}
