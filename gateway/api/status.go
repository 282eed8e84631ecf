package api

import (
	"github.com/alaya-network/alaya/index/view"
)

func (a *API) statusRoutes() []route {
	return []route{
		get("/status", "status", "Where the chain and this node's read model are.", view.Status{}, a.status),
		get("/search", "search", "Searches requests, datasets, parties, models, blocks and transactions.",
			view.Page[view.Found]{}, a.search, list(textParam("q", "words, an id, a hash or a height"))...),
	}
}

func (a *API) status(c *call) (any, error) {
	ctx := c.Context()
	s := a.Status
	s.ChainID, s.Height = a.Client.ChainID(), int64(a.Client.Height())
	block, err := a.Client.Block(ctx, a.Client.Height())
	if err != nil {
		return nil, err
	}
	at, err := a.Index.Position(ctx)
	s.Time, s.IndexHeight = int64(block.Time), int64(at.Height)
	return s, err
}

func (a *API) search(c *call) (any, error) {
	return a.Index.Search(c.Context(), c.text("q"), c.text("cursor"), c.limit())
}
