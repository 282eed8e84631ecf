package api

import (
	"encoding/json"
	"fmt"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/index"
	"github.com/alaya-network/alaya/index/view"
)

func (a *API) requestRoutes() []route {
	request := path(requestParam("id"))
	const under = "/requests/{id}"
	return []route{
		get("/requests", "listRequests", "Requests as cards.", view.Page[view.Card]{}, a.requests, list(
			textParam("q", fmt.Sprintf("words in title, summary and tags: of the newest %d that have them", index.Reach)),
			textParam("skill", "a tag"),
			enumParam("modality", "of the items", modalities),
			textParam("language", "BCP 47 tag"),
			enumParam("state", "of the request", "open,matched,working,settling,closed,cancelled,expired"),
			addressParam("requester", "of this one only"),
			numberParam("min_pay", "least price cap, ualy"),
			numberParam("min_hourly", "least hourly estimate, ualy"),
			numberParam("deadline_before", "bid deadline before this time"),
			textParam("answer_type", "such as choice, box or text"),
			enumParam("sort", "new without it", "new,pay,hourly,deadline"))...),
		get(under, "getRequest", "All of a request.", view.Request{}, a.request, request),
		get(under+"/bids", "listBids", "Its bids, the newest first.", view.Page[view.Bid]{}, a.bids, list(request)...),
		get(under+"/engagements", "listEngagements", "Its engagements, by contributor.", view.Page[view.Engagement]{}, a.engagements, list(request)...),
		get(under+"/rounds", "listRounds", "Its rounds, the first first.", view.Page[view.Round]{}, a.rounds, list(request)...),
		get(under+"/verdicts", "listVerdicts", "Its verdicts and jobs, by round.", view.Page[view.Verdict]{}, a.verdicts, list(request)...),
		get(under+"/events", "listEvents", "What happened to it, the newest first.", view.Page[view.Event]{}, a.events, list(request)...),
		get(under+"/dashboard", "getDashboard", "How it goes.", view.Dashboard{}, a.dashboard, request),
		get(under+"/rounds/{round}/pages/{page}", "getPage", "What a page asks; never gold.", view.WorkPage{}, a.page, request,
			ordinal("round", "from 1"), ordinal("page", "of the request's manifest, from 0")),
	}
}

const modalities = "text,image,audio,video,cloud,series,dialogue,mixed"

func (a *API) requests(c *call) (any, error) {
	return a.Index.Requests(c.Context(), index.Requests{
		Q: c.text("q"), Skill: c.text("skill"), Modality: c.text("modality"), Language: c.text("language"), State: c.text("state"),
		Requester: c.text("requester"), AnswerType: c.text("answer_type"), MinPay: c.number("min_pay"),
		MinHourly: c.number("min_hourly"), DeadlineBefore: c.number("deadline_before"), Sort: c.text("sort"),
		Cursor: c.text("cursor"), Limit: c.limit(),
	})
}

func (a *API) request(c *call) (any, error) {
	v, err := a.Index.Request(c.Context(), c.text("id"))
	if err != nil || len(v.Guidelines) == 0 {
		return v, err
	}
	v.Spec, err = a.document(c, v.Guidelines[len(v.Guidelines)-1].Spec, market.MaxSpecSize)
	return v, err
}

// document returns a blob that is JSON, or null: an absent one is nobody's
// fault, and one that is no JSON is its author's.
func (a *API) document(c *call, cid string, most int64) (view.JSON, error) {
	text, err := a.blob(c.Context(), id.CID(cid), most)
	if err != nil {
		return nil, err
	}
	if !json.Valid(text) {
		return view.JSON("null"), nil
	}
	return text, nil
}

func (a *API) bids(c *call) (any, error) {
	return a.Index.Bids(c.Context(), c.text("id"), c.text("cursor"), c.limit())
}

func (a *API) engagements(c *call) (any, error) {
	return a.Index.Engagements(c.Context(), c.text("id"), c.text("cursor"), c.limit())
}

func (a *API) rounds(c *call) (any, error) {
	return a.Index.Rounds(c.Context(), c.text("id"), c.text("cursor"), c.limit())
}

func (a *API) verdicts(c *call) (any, error) {
	return a.Index.Verdicts(c.Context(), c.text("id"), c.text("cursor"), c.limit())
}

func (a *API) events(c *call) (any, error) {
	return a.Index.Events(c.Context(), c.text("id"), c.text("cursor"), c.limit())
}
