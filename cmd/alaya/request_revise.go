package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

func newRequestRevise(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "revise REQUEST GUIDELINES.md",
		Short: "Put new guidelines in force for the answers from now on",
		Long: `Put new guidelines in force. Question and labels stay. Answers keep the version their
author saw; nobody is punished by a later rule.`,
		Example: "  alaya request revise 1f3a5c7e9b2d4f60 guidelines.md --from requester",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			text, err := os.ReadFile(args[1])
			if err != nil {
				return err
			}
			return s.revise(cmd.Context(), name, string(text))
		},
	}
}

func (s *session) revise(ctx context.Context, name id.RequestID, guidelines string) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	r, err := s.request(ctx, name)
	if err != nil {
		return err
	}
	blobs, err := s.blobs()
	if err != nil {
		return err
	}
	spec, err := respell(ctx, blobs, r.Guideline().Spec, guidelines)
	if err != nil {
		return err
	}
	result, err := account.Send(ctx, &marketv1.MsgReviseGuidelines{
		Requester: account.Address().String(), Request: string(name), Spec: string(spec),
	})
	if err != nil {
		return err
	}
	var made marketv1.MsgReviseGuidelinesResponse
	if err := result.Response(0, &made); err != nil {
		return err
	}
	return s.receipt(result, "", fmt.Sprintf("guidelines of request %s are now version %d", name, made.Version))
}

// respell puts a spec away with other guidelines.
func respell(ctx context.Context, blobs client.Blobs, old id.CID, guidelines string) (id.CID, error) {
	text, err := blobs.GetBytes(ctx, old, market.MaxSpecSize)
	if err != nil {
		return "", err
	}
	spec, err := market.ParseSpec(text)
	if err != nil {
		return "", err
	}
	spec.Guidelines = guidelines
	if err := spec.Validate(); err != nil {
		return "", err
	}
	if text, err = json.Marshal(spec); err != nil {
		return "", fault.Internal("spec: %w", err)
	}
	return blobs.PutBytes(ctx, text)
}
