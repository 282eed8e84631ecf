package main

import (
	"errors"
	"io/fs"
	"os"

	"github.com/alaya-network/alaya/client/draft"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/internal/durable"
)

// Gold is kept in gold/ under the home folder: under its root before the
// request is posted, under the request's id from then on.

func (s *session) goldPath(name string) string { return s.path("gold", name+".json") }

// keepGold writes the secret labels of a parcel down, readable by their owner
// only.
func (s *session) keepGold(p draft.Parcel) error {
	if len(p.Secret) == 0 {
		return nil
	}
	return durable.Write(s.goldPath(p.Gold.Root.String()), p.Secret)
}

// nameGold files kept gold under its request.
func (s *session) nameGold(p draft.Parcel, request id.RequestID) error {
	if len(p.Secret) == 0 {
		return nil
	}
	return os.Rename(s.goldPath(p.Gold.Root.String()), s.goldPath(string(request)))
}

// goldOf reads the gold kept for a request and holds it against what the
// request committed to.
func (s *session) goldOf(r market.Request) ([]work.GoldLabel, error) {
	var labels []work.GoldLabel
	file := s.goldPath(string(r.ID))
	err := durable.Read(file, &labels)
	if errors.Is(err, fs.ErrNotExist) { // stopped between posting and naming
		file = s.goldPath(r.Terms.Gold.Root.String())
		err = durable.Read(file, &labels)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, advise(fault.NotFound("gold of request %s: not under %s", r.ID, s.path("gold")),
			"it lies where the request was posted from: give that --home")
	}
	if err != nil {
		return nil, err
	}
	if got := work.CommitGold(labels); got != r.Terms.Gold {
		return nil, fault.Invalid("%s: %d labels with root %s, the request committed to %d with root %s",
			file, got.Count, got.Root, r.Terms.Gold.Count, r.Terms.Gold.Root)
	}
	return labels, nil
}
