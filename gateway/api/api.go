// Package api is the read side of the gateway: GET /api/v1/…, answered from
// the read model, the node and its store.
//
// Invariants:
//  1. Every value of a request is checked against the table of its route; what
//     the table does not know is refused by name.
//  2. What it answers with is described by the types of index/view, from which
//     the OpenAPI document is made: description and answer cannot differ.
//  3. A list gives at most 100 items, each once, and a cursor for the next.
//  4. Gold and answers of others never leave before the chain has opened them.
package api

import (
	"slices"

	"github.com/alaya-network/alaya/index/view"
)

// API serves the routes.
type API struct{}

// routes are all routes, by noun.
func (a *API) routes() []route {
	return slices.Concat(a.statusRoutes(), a.requestRoutes(), a.partyRoutes(), a.datasetRoutes(),
		a.chainRoutes(), a.modelRoutes(), a.planRoutes())
}
func (a *API) statusRoutes() []route {
	return []route{
		get("/status", "status", "Where the chain and this node's read model are.", view.Status{}, nil),
		get("/search", "search", "Searches requests, datasets, parties, models, blocks and transactions.", view.Page[view.Found]{}, nil, list(textParam("q", "words, an id, a hash or a height"))...),
	}
}

func (a *API) requestRoutes() []route {
	id := path(requestParam("id"))
	const under = "/requests/{id}"
	return []route{
		get("/requests", "listRequests", "Requests as cards.", view.Page[view.Card]{}, nil, list(
			textParam("q", "words in title, summary and tags"),
			textParam("skill", "a tag"),
			enumParam("modality", "of the items", "text,image,audio,video,cloud,series,dialogue,mixed"),
			textParam("language", "BCP 47 tag"),
			enumParam("state", "of the request", "open,matched,working,settling,closed,cancelled,expired"),
			addressParam("requester", "of this one only"),
			numberParam("min_pay", "least price cap, ualy"),
			numberParam("min_hourly", "least hourly estimate, ualy"),
			numberParam("deadline_before", "bid deadline before this time"),
			textParam("answer_type", "such as choice, box or text"),
			enumParam("sort", "new without it", "new,pay,hourly,deadline"))...),
		get(under, "getRequest", "All of a request.", view.Request{}, nil, id),
		get(under+"/bids", "listBids", "Its bids, the newest first.", view.Page[view.Bid]{}, nil, list(id)...),
		get(under+"/engagements", "listEngagements", "Its engagements, by contributor.", view.Page[view.Engagement]{}, nil, list(id)...),
		get(under+"/rounds", "listRounds", "Its rounds, the first first.", view.Page[view.Round]{}, nil, list(id)...),
		get(under+"/verdicts", "listVerdicts", "Its verdicts and jobs, by round.", view.Page[view.Verdict]{}, nil, list(id)...),
		get(under+"/events", "listEvents", "What happened to it, the newest first.", view.Page[view.Event]{}, nil, list(id)...),
		get(under+"/dashboard", "getDashboard", "How it goes.", view.Dashboard{}, nil, id),
		get(under+"/rounds/{round}/pages/{page}", "getPage", "What a page asks; never gold.", view.WorkPage{}, nil, id,
			ordinal("round", "from 1"), ordinal("page", "of the request's manifest, from 0")),
	}
}

func (a *API) partyRoutes() []route {
	who := path(addressParam("addr", "an address"))
	return []route{
		get("/parties/{addr}", "getParty", "Somebody who takes part.", view.Party{}, nil, who),
		get("/parties/{addr}/work", "getWork", "What he has in hand, and what waits for him.", view.Work{}, nil, who),
		get("/parties/{addr}/earnings", "getEarnings", "What he has earned.", view.Earnings{}, nil, who),
		get("/accounts/{addr}", "getAccount", "What signing needs.", view.Account{}, nil, who),
	}
}

func (a *API) datasetRoutes() []route {
	id := path(param{name: "id", doc: "a dataset", most: 64})
	return []route{
		get("/datasets", "listDatasets", "The newest version of every dataset.", view.Page[view.Dataset]{}, nil, list(
			textParam("q", "words in title and summary"), textParam("licence", "SPDX expression"),
			enumParam("modality", "of the items", "text,image,audio,video,cloud,series,dialogue,mixed"),
			textParam("answer_type", "such as choice, box or text"), addressParam("owner", "of this one only"))...),
		get("/datasets/{id}", "getDataset", "A dataset with its label and lineage.", view.DatasetDetail{}, nil, id),
		get("/datasets/{id}/records", "listRecords", "Its records beside their items.", view.Page[view.Record]{}, nil, list(id)...),
	}
}

func (a *API) chainRoutes() []route {
	return []route{
		get("/blocks", "listBlocks", "Blocks, the newest first.", view.Page[view.Block]{}, nil, list()...),
		get("/blocks/{height}", "getBlock", "A block with what it holds.", view.BlockDetail{}, nil,
			path(param{name: "height", doc: "from 1", number: true, most: 1 << 62})),
		get("/txs", "listTxs", "Transactions, the newest first.", view.Page[view.Tx]{}, nil, list(
			addressParam("party", "who signed it or is named by what it did"), textParam("stage", "of one of its messages"))...),
		get("/txs/{hash}", "getTx", "A transaction with what it did; 404 until it is final.", view.TxDetail{}, nil,
			path(param{name: "hash", doc: "hex", most: 64})),
		get("/verdicts/{request}/{round}", "getVerdict", "A verdict with the votes of the validators.", view.VerdictDetail{}, nil,
			path(requestParam("request")), ordinal("round", "from 1")),
		get("/validators", "listValidators", "Who agrees on blocks, the strongest first.", view.Page[view.Validator]{}, nil),
		get("/plane", "getPlane", "What this node's store holds.", view.Plane{}, nil),
	}
}

func (a *API) modelRoutes() []route {
	id := path(param{name: "id", doc: "a model", most: 64})
	return []route{
		get("/models", "listModels", "Models, the newest first.", view.Page[view.Model]{}, nil, list(
			textParam("q", "words in the name"), textParam("family", "such as naive_bayes"),
			enumParam("incentive", "what contributors get", "points,deposit,bounty"),
			enumParam("state", "of the model", "live,replaced,retired"))...),
		get("/models/{id}", "getModel", "A model with its terms.", view.ModelDetail{}, nil, id),
		get("/models/{id}/contributions", "listContributions", "What it was given.", view.Page[view.Contribution]{}, nil,
			list(id, addressParam("author", "of this one only"))...),
		get("/models/{id}/leaderboard", "listLeaderboard", "Its contributors, the best first.", view.Page[view.Rank]{}, nil, list(id)...),
		get("/models/{id}/markets", "listMarkets", "Its calls for improvement.", view.Page[view.ModelMarket]{}, nil, list(id)...),
		get("/models/{id}/history", "listHistory", "Its log.", view.Page[view.Entry]{}, nil, list(id)...),
	}
}

func (a *API) planRoutes() []route {
	return []route{
		post("/forecast", "forecast", "What a campaign would cost and bring.", view.Forecast{}, view.Outlook{}, nil),
		post("/drafts", "checkDraft", "Checks a campaign in YAML.", view.Draft{}, view.Drafted{}, nil),
	}
}
