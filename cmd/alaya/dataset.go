package main

import (
	"context"
	"fmt"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	"github.com/alaya-network/alaya/wire"
)

func newDatasetCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "dataset",
		Short: "What was made: versions of records with their provenance",
		Long: `A dataset is what a request made: one version for each milestone's final verdict, under
a Merkle root, with lineage, ingredients label, licence and policy.`,
		Example: `  alaya dataset list
  alaya dataset pull 9d8c7b6a5f4e3d2c ./shapes
  alaya dataset verify ./shapes`,
	}, newDatasetList(s), newDatasetShow(s), newDatasetVersions(s), newDatasetPull(s), newDatasetVerify(s), newDatasetTombstone(s))
}

func newDatasetList(s *session) *cobra.Command {
	var l list
	var request string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List all versions of all datasets, or those of a request",
		Example: `  alaya dataset list
  alaya dataset list --request 1f3a5c7e9b2d4f60 --quiet`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if request != "" {
				name, err := id.ParseRequestID(request)
				if err != nil {
					return err
				}
				return s.showVersions(cmd.Context(), dataset.IDOf(name), l)
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, err := gather(s, l, func(page *query.PageRequest) ([]datasetv1.Dataset, *query.PageResponse, error) {
				res, err := c.Dataset().Datasets(cmd.Context(), &datasetv1.QueryDatasetsRequest{Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Datasets, res.Pagination, nil
			})
			if err != nil {
				return err
			}
			return s.showDatasets(found)
		},
	}
	l.bind(cmd)
	cmd.Flags().StringVar(&request, "request", "", "what this request made only")
	return cmd
}

func (s *session) showDatasets(found []datasetv1.Dataset) error {
	datasets, err := convert(found, wire.DatasetFromProto)
	if err != nil {
		return err
	}
	return s.show(&datasetv1.QueryDatasetsResponse{Datasets: found}, func(p *page) {
		p.table("id", "version", "state", "title", "records", "licence", "published")
		for _, d := range datasets {
			p.row(d.ID, d.Semver, d.State, d.Title, d.Records, d.Licence, d.Published)
		}
	})
}

func newDatasetVersions(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "versions DATASET",
		Short:   "List the versions of a dataset",
		Example: "  alaya dataset versions 9d8c7b6a5f4e3d2c",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseDatasetID(args[0])
			if err != nil {
				return err
			}
			return s.showVersions(cmd.Context(), name, l)
		},
	}
	l.bind(cmd)
	return cmd
}

func (s *session) showVersions(ctx context.Context, name id.DatasetID, l list) error {
	c, err := s.chain(ctx)
	if err != nil {
		return err
	}
	found, err := gather(s, l, func(page *query.PageRequest) ([]datasetv1.Dataset, *query.PageResponse, error) {
		res, err := c.Dataset().Versions(ctx, &datasetv1.QueryVersionsRequest{Id: string(name), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		return res.Datasets, res.Pagination, nil
	})
	if err != nil {
		return err
	}
	return s.showDatasets(found)
}

func newDatasetShow(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "show DATASET [VERSION]",
		Short:   "Show a version of a dataset, the newest by default",
		Example: "  alaya dataset show 9d8c7b6a5f4e3d2c 1",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseDatasetID(args[0])
			if err != nil {
				return err
			}
			version, err := numberOr("version", args, 1, 0)
			if err != nil {
				return err
			}
			d, err := s.dataset(cmd.Context(), name, version)
			if err != nil {
				return err
			}
			return s.show(wire.DatasetToProto(d), func(p *page) { p.dataset(d) })
		},
	}
}

// dataset reads a version of a dataset; version 0 is the newest.
func (s *session) dataset(ctx context.Context, name id.DatasetID, version uint32) (dataset.Dataset, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return dataset.Dataset{}, err
	}
	res, err := c.Dataset().Dataset(ctx, &datasetv1.QueryDatasetRequest{Id: string(name), Version: version})
	if fault.Is(err, fault.KindNotFound) {
		return dataset.Dataset{}, advise(err, "`alaya dataset list` shows the datasets")
	}
	if err != nil {
		return dataset.Dataset{}, err
	}
	return wire.DatasetFromProto(&res.Dataset)
}

func (p *page) dataset(d dataset.Dataset) {
	p.field("dataset", d.ID)
	p.field("version", fmt.Sprintf("%d (%s)", d.Version, d.Semver))
	p.field("state", d.State)
	p.field("reason", d.Reason)
	p.field("title", d.Title)
	p.field("owner", d.Owner)
	p.field("records", fmt.Sprintf("%d, %s", d.Records, d.Content))
	p.field("records root", hash(d.RecordsRoot))
	p.field("items", d.Manifest)
	p.field("label", d.Label)
	p.field("made by", fmt.Sprintf("request %s, round %d", d.Request, d.Round))
	p.field("verdict", hash(d.VerdictDigest))
	for _, parent := range d.Parents {
		p.field("parent", fmt.Sprintf("%s %s version %d", parent.Relation, parent.Dataset, parent.Version))
	}
	p.field("licence", d.Licence)
	p.field("policy", d.Policy)
	p.field("contributors' share", ratio(d.ContributorShare))
	p.field("published", d.Published)
}

func newDatasetTombstone(s *session) *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:     "tombstone DATASET VERSION",
		Short:   "Withdraw a version, with a reason; its record stays",
		Example: "  alaya dataset tombstone 9d8c7b6a5f4e3d2c 1 --reason \"consent withdrawn\" --from requester",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseDatasetID(args[0])
			if err != nil {
				return err
			}
			version, err := number("version", args[1])
			if err != nil {
				return err
			}
			if err := s.confirm(fmt.Sprintf("Withdraw version %d of dataset %s for good?", version, name)); err != nil {
				return err
			}
			return s.do(cmd.Context(), func(me string) proto.Message {
				return &datasetv1.MsgTombstone{Owner: me, Dataset: string(name), Version: version, Reason: reason}
			}, "withdrew version %d of dataset %s", version, name)
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why, in 1 to 256 characters, for all to read")
	require(cmd, "reason")
	return cmd
}
