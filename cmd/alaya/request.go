package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

func newRequestCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "request",
		Short: "Ask for data: post, follow and end funded requests",
		Long: `A request is a funded call for labels, with terms that a machine can check. Posting
it moves the whole budget and the network fee into escrow. States: open, matched,
working, settling, closed; cancelled or expired.`,
		Example: `  alaya request example > campaign.yaml
  alaya request post campaign.yaml --from requester
  alaya request show 1f3a5c7e9b2d4f60`,
	}, newRequestExample(s), newRequestPost(s), newRequestList(s), newRequestShow(s), newRequestWait(s),
		newRequestRevise(s), newRequestCancel(s))
}

func newRequestList(s *session) *cobra.Command {
	var l list
	var state string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List requests",
		Example: "  alaya request list --state open",
		RunE: func(cmd *cobra.Command, _ []string) error {
			wanted, err := requestState(state)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, err := gather(s, l, func(page *query.PageRequest) ([]marketv1.Request, *query.PageResponse, error) {
				res, err := c.Market().Requests(cmd.Context(), &marketv1.QueryRequestsRequest{State: wanted, Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Requests, res.Pagination, nil
			})
			if err != nil {
				return err
			}
			return s.showRequests(found)
		},
	}
	l.bind(cmd)
	cmd.Flags().StringVar(&state, "state", "", "requests of this state only, such as open")
	return cmd
}

// requestState reads the name of a state; "" is any.
func requestState(name string) (marketv1.RequestState, error) {
	if name == "" {
		return marketv1.RequestState_REQUEST_STATE_UNSPECIFIED, nil
	}
	n, ok := marketv1.RequestState_value["REQUEST_STATE_"+strings.ToUpper(name)]
	if !ok || n == 0 {
		return 0, fault.Invalid("state %q: open, matched, working, settling, closed, cancelled or expired", name)
	}
	return marketv1.RequestState(n), nil
}

func (s *session) showRequests(found []marketv1.Request) error {
	requests, err := convert(found, wire.RequestFromProto)
	if err != nil {
		return err
	}
	return s.show(&marketv1.QueryRequestsResponse{Requests: found}, func(p *page) {
		p.table("id", "state", "title", "items", "budget", "price cap", "bids", "bids until")
		for _, r := range requests {
			t := r.Terms
			p.row(r.ID, r.State, t.Title, t.Manifest.Count, t.Budget, t.PriceCap, r.Bids, t.BidDeadline)
		}
	})
}

func newRequestShow(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "show REQUEST",
		Short:   "Show a request and its terms",
		Example: "  alaya request show 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			r, err := s.request(cmd.Context(), name)
			if err != nil {
				return err
			}
			return s.show(wire.RequestToProto(r), func(p *page) { p.request(r) })
		},
	}
}

// request reads a request from the chain.
func (s *session) request(ctx context.Context, name id.RequestID) (market.Request, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return market.Request{}, err
	}
	r, err := c.Request(ctx, name)
	if fault.Is(err, fault.KindNotFound) {
		return r, advise(err, "`alaya request list` shows the requests")
	}
	return r, err
}

// request writes a request with its terms.
func (p *page) request(r market.Request) {
	if p.quiet {
		p.row(r.ID)
		return
	}
	p.field("request", r.ID)
	p.field("state", r.State)
	p.field("requester", r.Requester)
	p.field("posted", r.Posted)
	p.field("milestone", fmt.Sprintf("%d of %d", r.Milestone+1, r.Terms.MilestoneCount()))
	p.field("bids open", r.Bids)
	p.field("engagements", fmt.Sprintf("%d offered, %d active", r.Offered, r.Active))
	p.field("guidelines", fmt.Sprintf("version %d", r.Guideline().Version))
	p.field("terms hash", hash(r.TermsHash))
	p.terms(r.Terms)
}

// terms writes what a request offers and demands.
func (p *page) terms(t market.Terms) {
	p.field("title", t.Title)
	p.field("summary", t.Summary)
	p.field("tags", t.Tags)
	p.field("spec", t.Spec)
	p.field("items", fmt.Sprintf("%d on %d pages, %s", t.Manifest.Count, len(t.Manifest.Pages), t.Manifest.CID))
	p.field("answers", fmt.Sprintf("%d to %d an item, %d more while below %s", t.Redundancy.Min, t.Redundancy.Max, t.Redundancy.Step, ratio(t.Redundancy.Target)))
	p.field("clause", fmt.Sprintf("%s at least %s, at %s confidence", t.Clause.Metric, ratio(t.Clause.Threshold), ratio(t.Clause.Confidence)))
	for _, step := range t.Clause.Schedule {
		p.field("  if short", fmt.Sprintf("by at most %s: %s of the price", ratio(step.Shortfall), ratio(step.Pay)))
	}
	p.field("gold", fmt.Sprintf("%d items", t.Gold.Count))
	p.field("method", fmt.Sprintf("%s version %d", t.Method, t.MethodVersion))
	p.field("price cap", t.PriceCap)
	p.field("budget", t.Budget)
	p.field("stake", t.Stake)
	p.field("deposit", t.Deposit)
	p.field("matching", [...]string{"", "manual", "auto"}[min(t.Matching, 2)])
	p.qualification(t.Qualification)
	for _, m := range t.Milestones {
		p.field("milestone", fmt.Sprintf("%s: %d pages, due %s", m.Title, m.Pages, m.Due))
	}
	p.field("bids until", t.BidDeadline)
	p.field("deliver by", t.DeliveryDeadline)
	w := t.Windows
	p.field("windows", fmt.Sprintf("accept %s, lease %s, commit %s, reveal %s, gold %s, review %s, contest %s",
		span(w.Accept), span(w.Lease), span(w.Commit), span(w.Reveal), span(w.Gold), span(w.Review), span(w.Contest)))
	p.field("licence", t.Licence)
	p.field("policy", t.Policy)
	p.field("contributors' share", ratio(t.ContributorShare))
}

func (p *page) qualification(q market.Qualification) {
	if q.Score > 0 {
		p.field("asks for", fmt.Sprintf("a score of %s in %s", ratio(q.Score), q.Skill))
	}
	p.field("languages", q.Languages)
	if len(q.Invited) > 0 {
		p.field("by invitation", fmt.Sprintf("%d addresses", len(q.Invited)))
	}
}

func newRequestCancel(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "cancel REQUEST",
		Short:   "End a request that is still open; escrow and deposits go back",
		Example: "  alaya request cancel 1f3a5c7e9b2d4f60 --from requester",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			if err := s.confirm("Cancel request " + args[0] + "?"); err != nil {
				return err
			}
			return s.do(cmd.Context(), func(me string) proto.Message {
				return &marketv1.MsgCancelRequest{Requester: me, Request: string(name)}
			}, "cancelled request %s", name)
		},
	}
}
