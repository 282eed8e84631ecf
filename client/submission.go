package client

import (
	"context"
	"encoding/binary"

	"github.com/cosmos/cosmos-sdk/types/query"

	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/wire"
)

// Submission returns what a contributor committed to for one page of a round.
// A list's cursor is the next record's key behind what all of the list share:
// page and contributor.
func (c *Client) Submission(ctx context.Context, sheet work.Sheet) (work.Submission, error) {
	key := append(binary.BigEndian.AppendUint32(nil, sheet.Page), sheet.Contributor...)
	res, err := c.Work().Submissions(ctx, &workv1.QuerySubmissionsRequest{
		Request: string(sheet.Request), Round: sheet.Round, Pagination: &query.PageRequest{Key: key, Limit: 1},
	})
	if err != nil {
		return work.Submission{}, err
	}
	if len(res.Submissions) == 1 {
		s, err := wire.SubmissionFromProto(&res.Submissions[0])
		if err != nil || s.Page == sheet.Page && s.Contributor == sheet.Contributor {
			return s, err
		}
	}
	return work.Submission{}, fault.NotFound("client: %s committed to nothing for page %d of round %d of request %s",
		sheet.Contributor, sheet.Page, sheet.Round, sheet.Request)
}

// Round returns a round of a request.
func (c *Client) Round(ctx context.Context, request id.RequestID, number uint32) (work.Round, error) {
	res, err := c.Work().Round(ctx, &workv1.QueryRoundRequest{Request: string(request), Number: number})
	if err != nil {
		return work.Round{}, err
	}
	return wire.RoundFromProto(&res.Round)
}
