package main

import (
	"testing"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/draft"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
)

func TestGoldIsFoundWhereverPostingStopped(t *testing.T) {
	labels := []work.GoldLabel{{Item: "w1", Label: "a", Salt: newSalt()}, {Item: "w2", Label: "b", Salt: newSalt()}}
	parcel := draft.Parcel{Secret: labels, Gold: work.CommitGold(labels)}
	request := market.Request{ID: "1f3a5c7e9b2d4f60", Terms: market.Terms{Gold: parcel.Gold}}
	s := testSession(nil)
	s.flags.home = t.TempDir()

	if _, err := s.goldOf(request); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("before it is kept: %v, want not found", err)
	}
	if err := s.keepGold(parcel); err != nil {
		t.Fatal(err)
	}
	if got, err := s.goldOf(request); err != nil || len(got) != 2 {
		t.Errorf("kept, not yet named: %v, %v", got, err)
	}
	if err := s.nameGold(parcel, request.ID); err != nil {
		t.Fatal(err)
	}
	if got, err := s.goldOf(request); err != nil || len(got) != 2 || got[1] != labels[1] {
		t.Errorf("named: %v, %v", got, err)
	}
	request.Terms.Gold.Count++
	if _, err := s.goldOf(request); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("gold that the request did not commit to: %v, want invalid", err)
	}
}

func TestACommitmentSentTwiceKeepsBothSalts(t *testing.T) {
	s := testSession(nil)
	s.flags.home = t.TempDir()
	sheet := work.Sheet{Request: "1f3a5c7e9b2d4f60", Round: 1, Page: 3, Contributor: "alaya1abc", Guideline: 1}
	var want []id.Hash
	for range 2 {
		o := opening{Sheet: sheet, Content: client.CIDOf([]byte("answers")), Salt: newSalt()}
		if err := s.keepOpening(o); err != nil {
			t.Fatal(err)
		}
		want = append(want, o.commitment())
	}
	kept, err := s.keptOpenings(sheet.Request, sheet.Contributor)
	if err != nil {
		t.Fatal(err)
	}
	for _, commitment := range want {
		if o, found := kept[commitment]; !found || o.Sheet != sheet || o.commitment() != commitment {
			t.Errorf("commitment %s: kept %+v", commitment, o)
		}
	}
}
