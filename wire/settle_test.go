package wire_test

import (
	"reflect"
	"testing"

	"github.com/cosmos/gogoproto/proto"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/settle"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/wire"
)

func aSettlement() settle.Settlement {
	return settle.Settlement{
		Request: "1f3a5b7c9d2e4f60", Milestone: 1, Round: 2, State: settle.Review, Root: id.Sum("root"), Payouts: 3, Posted: 3,
		Total: 60, PostedTotal: 60, Released: 10, Fee: 200, Open: 2, ReleaseAt: 99, Chunks: []uint32{0}, Holds: true, Due: 900_000,
	}
}

func aPayout() settle.Payout {
	return settle.Payout{Request: "1f3a5b7c9d2e4f60", Milestone: 1, State: settle.Contested, Entry: settle.Entry{
		Contributor: "alaya1ann", Answers: 7, Right: 6_500_000, Wrong: 500_000, Skill: 910_000, Factor: num.One, Amount: 70, Worthless: true,
	}}
}

func aContest() settle.Contest {
	return settle.Contest{
		Request: "1f3a5b7c9d2e4f60", Milestone: 1, Contributor: "alaya1ann", Reason: "spam",
		Evidence: id.RawCID([]byte("evidence")), Deadline: 12, Opened: 3,
	}
}

func TestSettleNounsGoThereAndBack(t *testing.T) {
	s, err := wire.SettlementFromProto(wire.SettlementToProto(aSettlement()))
	if err != nil || !reflect.DeepEqual(s, aSettlement()) {
		t.Errorf("settlement %+v, %v; want %+v", s, err, aSettlement())
	}
	p, err := wire.PayoutFromProto(wire.PayoutToProto(aPayout()))
	if err != nil || p != aPayout() {
		t.Errorf("payout %+v, %v; want %+v", p, err, aPayout())
	}
	c, err := wire.ContestFromProto(wire.ContestToProto(aContest()))
	if err != nil || c != aContest() {
		t.Errorf("contest %+v, %v; want %+v", c, err, aContest())
	}
	account, amount, err := wire.BalanceFromProto(wire.BalanceToProto(escrow.Budget("1f3a5b7c9d2e4f60"), 5))
	if err != nil || account != escrow.Budget("1f3a5b7c9d2e4f60") || amount != 5 {
		t.Errorf("balance %s %d, %v", account, amount, err)
	}
	params, err := wire.SettleParamsFromProto(wire.SettleParamsToProto(settle.DefaultParams()))
	if err != nil || params != settle.DefaultParams() {
		t.Errorf("params %+v, %v", params, err)
	}
}

func TestSettleNounsRefuseForeignValues(t *testing.T) {
	settlement := func(change func(*settlev1.Settlement)) error {
		p := wire.SettlementToProto(aSettlement())
		change(p)
		_, err := wire.SettlementFromProto(p)
		return err
	}
	payout := func(change func(*settlev1.Payout)) error {
		p := wire.PayoutToProto(aPayout())
		change(p)
		_, err := wire.PayoutFromProto(p)
		return err
	}
	_, nothing := wire.PayoutFromProto(nil)
	_, contest := wire.ContestFromProto(&settlev1.Contest{})
	tests := map[string]error{
		"a root of 31 bytes":        settlement(func(p *settlev1.Settlement) { p.PayoutsRoot = p.PayoutsRoot[1:] }),
		"a total below zero":        settlement(func(p *settlev1.Settlement) { p.Total = -1 }),
		"an unknown state":          settlement(func(p *settlev1.Settlement) { p.State = 4 }),
		"no state":                  settlement(func(p *settlev1.Settlement) { p.State = 0 }),
		"a due above one":           settlement(func(p *settlev1.Settlement) { p.Due = 1_000_001 }),
		"a request of other letter": settlement(func(p *settlev1.Settlement) { p.Request = "1F3A5B7C9D2E4F60" }),
		"an amount below zero":      payout(func(p *settlev1.Payout) { p.Entry.Amount = -1 }),
		"a skill above one":         payout(func(p *settlev1.Payout) { p.Entry.Skill = 1_000_001 }),
		"nobody":                    payout(func(p *settlev1.Payout) { p.Entry.Contributor = "" }),
		"no payout":                 nothing,
		"an empty contest":          contest,
	}
	for name, err := range tests {
		if !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v, want kind invalid", name, err)
		}
	}
}

func FuzzPayoutFromProto(f *testing.F) {
	seed, err := proto.Marshal(wire.PayoutToProto(aPayout()))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Fuzz(func(t *testing.T, raw []byte) {
		var p settlev1.Payout
		if proto.Unmarshal(raw, &p) != nil {
			return
		}
		payout, err := wire.PayoutFromProto(&p)
		if err != nil {
			return
		}
		if again, err := wire.PayoutFromProto(wire.PayoutToProto(payout)); err != nil || again != payout {
			t.Fatalf("%+v came back as %+v, %v", payout, again, err)
		}
	})
}

func FuzzSettlementFromProto(f *testing.F) {
	seed, err := proto.Marshal(wire.SettlementToProto(aSettlement()))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Fuzz(func(t *testing.T, raw []byte) {
		var p settlev1.Settlement
		if proto.Unmarshal(raw, &p) != nil {
			return
		}
		s, err := wire.SettlementFromProto(&p)
		if err != nil {
			return
		}
		if again, err := wire.SettlementFromProto(wire.SettlementToProto(s)); err != nil || !reflect.DeepEqual(again, s) {
			t.Fatalf("%+v came back as %+v, %v", s, again, err)
		}
	})
}
