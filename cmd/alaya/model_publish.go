package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/core/id"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

func newModelPublish(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "publish MODEL",
		Short: "Publish what a model was taught as a dataset, as its creator",
		Long: `Publish what a model was taught so far, and nobody took back, as the next version of a
dataset: features, labels, licences and consents in the order of the model's log. The version
names the model and its root, so ` + "`alaya dataset pull`" + ` and ` + "`alaya dataset verify`" + ` trace every
record to the entry of the log that taught it, and that to the validators' signatures.

Contributors appear under a name inside the dataset; who they are is on the chain.`,
		Example: `  alaya model publish 1f3a5c7e9b2d4f60 --from alice
  alaya dataset pull $(alaya model publish 1f3a5c7e9b2d4f60 --from alice --quiet) ./reviews`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseModelID(args[0])
			if err != nil {
				return err
			}
			return s.publishModel(cmd.Context(), name)
		},
	}
}

func (s *session) publishModel(ctx context.Context, m id.ModelID) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	c, err := s.chain(ctx)
	if err != nil {
		return err
	}
	blobs, err := s.blobs()
	if err != nil {
		return err
	}
	result, lessons, err := learner.Publish(ctx, account, c, blobs, m)
	if err != nil {
		return err
	}
	var made modelv1.MsgPublishDatasetResponse
	if err := result.Response(0, &made); err != nil {
		return err
	}
	return s.receipt(result, made.Dataset, fmt.Sprintf("published %d items that model %s was taught as dataset %s", len(lessons.List), m, made.Dataset))
}
