package draft_test

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/draft"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// portal is where the portal's own tests keep a folder that its wizard wrote,
// with the ids that the browser computed for it.
const portal = "../../portal/web/src/desk/wizard/testdata"

// scale weighs blobs without keeping them.
type scale struct{}

func (scale) PutBytes(_ context.Context, content []byte) (id.CID, error) {
	return client.CIDOf(content), nil
}

func TestThePortalWritesWhatTheCommandLineReads(t *testing.T) {
	folder := os.DirFS(portal)
	d, err := draft.Read(folder, "request.yaml")
	if err != nil {
		t.Fatal(err)
	}
	salt := func() (h id.Hash) {
		for i := range h {
			h[i] = 7
		}
		return h
	}
	m, err := draft.Load(folder, d, salt)
	if err != nil {
		t.Fatal(err)
	}
	parcel, err := m.Pack(t.Context(), scale{})
	if err != nil {
		t.Fatal(err)
	}
	type ids struct {
		Spec, Manifest id.CID
		Root, Gold     id.Hash
		Count          uint64
		Pages          []uint32
	}
	var want ids
	text, err := os.ReadFile(portal + "/ids.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	got := ids{parcel.SpecID, parcel.Manifest.CID, parcel.Manifest.Root, parcel.Gold.Root, parcel.Manifest.Count, parcel.Manifest.Pages}
	if got.Spec != want.Spec || got.Manifest != want.Manifest || got.Root != want.Root || got.Gold != want.Gold || got.Count != want.Count || !slices.Equal(got.Pages, want.Pages) {
		t.Errorf("the folder packs to\n%+v, the browser found\n%+v", got, want)
	}
	now := id.Time(1_700_000_000_000)
	terms, err := parcel.Terms(now)
	if err != nil {
		t.Fatal(err)
	}
	if terms.Title != `yes: a "title" # with signs` || terms.Summary != "Two\nlines" || !slices.Equal(terms.Qualification.Languages, []string{"en", "no"}) {
		t.Errorf("title %q, summary %q, languages %q", terms.Title, terms.Summary, terms.Qualification.Languages)
	}
	if terms.Redundancy.Target != 912_345 || terms.PriceCap != 12_345 || terms.Budget != 100_000_001 || terms.Stake != num.ALY {
		t.Errorf("target %s, price %s, budget %s, stake %s", terms.Redundancy.Target, terms.PriceCap, terms.Budget, terms.Stake)
	}
	if terms.BidDeadline != now.Add((90 * time.Minute).Milliseconds()) {
		t.Errorf("bids until %s", terms.BidDeadline)
	}
}
