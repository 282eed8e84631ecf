package index

import (
	"context"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/party"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/index/view"
	"github.com/alaya-network/alaya/wire"
)

// profile reads a profile; of one that was removed the row goes.
func (w *Writer) profile(ctx context.Context, n noun) ([]row, error) {
	res, err := w.chain.Party().Profile(ctx, &partyv1.QueryProfileRequest{Address: n.who})
	if fault.Is(err, fault.KindNotFound) {
		return []row{
			{`DELETE FROM profiles WHERE address = ?`, []any{n.who}},
			{`DELETE FROM documents WHERE kind = 'party' AND id = ?`, []any{n.who}},
		}, nil
	}
	if err != nil {
		return nil, err
	}
	p := res.Profile
	v := view.Profile{
		Name: p.Name, Roles: orEmpty(p.Roles), Skills: orEmpty(p.Skills), Languages: orEmpty(p.Languages),
		Contact: p.Contact, Metadata: p.Metadata,
	}
	words := ""
	for _, s := range v.Skills {
		words += " " + s
	}
	return []row{
		{newTable("profiles", 1, "address name body").put(), []any{n.who, clean(p.Name), text(v)}},
		document("party", n.who, p.Name, words),
	}, nil
}

// standing reads the standings of an address, as they were when they last
// changed, and its conduct.
func (w *Writer) standing(ctx context.Context, n noun) ([]row, error) {
	var conduct partyv1.Conduct
	all, err := client.List(func(page *client.PageRequest) ([]partyv1.Rating, *client.PageResponse, error) {
		res, err := w.chain.Party().Standing(ctx, &partyv1.QueryStandingRequest{Address: n.who, Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		conduct = res.Conduct
		return res.Ratings, res.Pagination, nil
	})
	if err != nil {
		return nil, err
	}
	list := []row{{newTable("conducts", 1, "address strikes contests overturned").put(),
		[]any{n.who, int64(conduct.Strikes), int64(conduct.Contests), int64(conduct.Overturned)}}}
	put := newTable("standings", 2, "address skill score correct wrong settled updated").put()
	for i := range all {
		s, err := wire.StandingFromProto(&all[i].Standing)
		if err != nil {
			return nil, err
		}
		score := s.Score(s.Updated, party.DefaultParams().HalfLife) // at its own time nothing has aged
		list = append(list, row{put, []any{n.who, s.Skill, int64(score), s.Right, s.Wrong, int64(s.Settled), int64(s.Updated)}})
	}
	return list, nil
}

func (w *Writer) stakes(ctx context.Context, n noun) ([]row, error) {
	all, err := client.List(func(page *client.PageRequest) ([]partyv1.Stake, *client.PageResponse, error) {
		res, err := w.chain.Party().Stakes(ctx, &partyv1.QueryStakesRequest{Address: n.who, Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		return res.Stakes, res.Pagination, nil
	})
	var list []row
	put := newTable("stakes", 2, "owner request state body").put()
	for i := range all {
		s, err := wire.StakeFromProto(&all[i])
		if err != nil {
			return nil, err
		}
		v := view.Stake{
			Request: string(s.Request), Amount: view.Ualy(s.Amount), Slashed: view.Ualy(s.Slashed), Cause: s.Cause,
			State: s.State.String(), ReleaseAt: int64(s.ReleaseAt),
		}
		list = append(list, row{put, []any{n.who, v.Request, v.State, text(v)}})
	}
	return list, err
}
