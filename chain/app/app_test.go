package app_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	dbm "github.com/cosmos/cosmos-db"
	"github.com/cosmos/gogoproto/proto"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/types/msgservice"

	"github.com/alaya-network/alaya/chain/app"
	"github.com/alaya-network/alaya/chain/kit"
)

func newApp(t *testing.T) *app.App {
	t.Helper()
	a, err := app.New(app.Options{ChainID: "alaya-test", DB: dbm.NewMemDB(), Logger: log.NewNopLogger()})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestEveryMessageNamesItsSigner(t *testing.T) {
	a := newApp(t)
	if err := a.Codec.Registry.SigningContext().Validate(); err != nil {
		t.Error(err)
	}
	files, err := proto.MergedRegistry()
	if err != nil {
		t.Fatal(err)
	}
	if err := msgservice.ValidateProtoAnnotations(files); err != nil {
		t.Error(err)
	}
}

func TestGenesis(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	doc, err := app.Genesis{ChainID: "alaya-test", Time: at}.Document()
	if err != nil {
		t.Fatal(err)
	}
	if doc.ChainID != "alaya-test" || !doc.GenesisTime.Equal(at) || doc.InitialHeight != 1 {
		t.Errorf("chain %q at %s from height %d", doc.ChainID, doc.GenesisTime, doc.InitialHeight)
	}
	if got := doc.Consensus.Params.ABCI.VoteExtensionsEnableHeight; got != app.VotesFrom {
		t.Errorf("votes are extended from height %d, want %d", got, app.VotesFrom)
	}
	var state map[string]json.RawMessage
	if err := json.Unmarshal(doc.AppState, &state); err != nil {
		t.Fatal(err)
	}
	for _, stage := range []string{"party", "market", "work", "quality", "settle", "dataset"} {
		if len(state[stage]) == 0 {
			t.Errorf("no genesis of %s", stage)
		}
	}
	again, err := app.Genesis{ChainID: "alaya-test", Time: at}.Document()
	if err != nil || string(again.AppState) != string(doc.AppState) {
		t.Errorf("the same description makes another genesis (%v)", err)
	}
}

func TestGenesisIsCheckedAfterItsChange(t *testing.T) {
	broken := errors.New("broken")
	tests := []struct {
		name   string
		change app.Change
	}{
		{"a change that fails", func(kit.Codec, map[string]json.RawMessage) error { return broken }},
		{"a change that leaves a bad state", func(_ kit.Codec, state map[string]json.RawMessage) error {
			state["bank"] = json.RawMessage(`{"params":{},"supply":[{"denom":"","amount":"1"}]}`)
			return nil
		}},
	}
	for _, tt := range tests {
		if _, err := (app.Genesis{ChainID: "alaya-test", Change: tt.change}).Document(); err == nil {
			t.Errorf("%s: accepted", tt.name)
		}
	}
}
