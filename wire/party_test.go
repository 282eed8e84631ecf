package wire_test

import (
	"reflect"
	"testing"

	"github.com/cosmos/gogoproto/proto"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/party"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/wire"
)

func someProfile() party.Profile {
	return party.Profile{
		Address: "alaya1ann", Name: "Ann", Roles: []string{"requester"}, Skills: []string{"vision"}, Languages: []string{"de"},
		Contact: "mailto:a@b.c", Metadata: id.RawCID([]byte("more")),
	}
}

func someStanding() party.Standing {
	return party.Standing{Address: "alaya1ann", Skill: "vision", Right: 1, Wrong: 2, Updated: 3, Settled: 4}
}

func someConduct() party.Conduct {
	return party.Conduct{Address: "alaya1ann", Strikes: 1, Contests: 2, Overturned: 3}
}

func someStake() party.Stake {
	return party.Stake{
		Request: "1f3a5b7c9d2e4f60", Owner: "alaya1ann", Amount: 5, Slashed: 2, Cause: "spam", State: party.StakeUnbonding, ReleaseAt: 9,
	}
}

func TestPartyNounsGoThereAndBack(t *testing.T) {
	for _, noun := range []any{someProfile(), someStanding(), someConduct(), someStake()} {
		wantNoZero(t, reflect.TypeOf(noun).String(), reflect.ValueOf(noun))
	}
	p, err := wire.ProfileFromProto(sent(t, wire.ProfileToProto(someProfile()), &partyv1.Profile{}))
	if err != nil || !reflect.DeepEqual(p, someProfile()) {
		t.Errorf("profile %+v, %v; want %+v", p, err, someProfile())
	}
	s, err := wire.StandingFromProto(sent(t, wire.StandingToProto(someStanding()), &partyv1.Standing{}))
	if err != nil || s != someStanding() {
		t.Errorf("standing %+v, %v; want %+v", s, err, someStanding())
	}
	c, err := wire.ConductFromProto(sent(t, wire.ConductToProto(someConduct()), &partyv1.Conduct{}))
	if err != nil || c != someConduct() {
		t.Errorf("conduct %+v, %v; want %+v", c, err, someConduct())
	}
	stake, err := wire.StakeFromProto(sent(t, wire.StakeToProto(someStake()), &partyv1.Stake{}))
	if err != nil || stake != someStake() {
		t.Errorf("stake %+v, %v; want %+v", stake, err, someStake())
	}
	params, err := wire.PartyParamsFromProto(sent(t, wire.PartyParamsToProto(party.DefaultParams()), &partyv1.Params{}))
	if err != nil || params != party.DefaultParams() {
		t.Errorf("params %+v, %v; want %+v", params, err, party.DefaultParams())
	}
}

func TestPartyNounsRefuseForeignValues(t *testing.T) {
	stake := func(change func(*partyv1.Stake)) error {
		p := wire.StakeToProto(someStake())
		change(p)
		_, err := wire.StakeFromProto(p)
		return err
	}
	_, nobody := wire.ProfileFromProto(&partyv1.Profile{Address: "Ann"})
	_, metadata := wire.ProfileFromProto(&partyv1.Profile{Address: "alaya1ann", Metadata: "x"})
	_, standing := wire.StandingFromProto(&partyv1.Standing{Address: "alaya1ann", Settled: -1})
	_, conduct := wire.ConductFromProto(nil)
	for name, err := range map[string]error{
		"a profile of nobody":         nobody,
		"metadata that is no CID":     metadata,
		"a standing paid below zero":  standing,
		"no conduct":                  conduct,
		"a stake of nobody":           stake(func(p *partyv1.Stake) { p.Owner = "" }),
		"a stake on nothing":          stake(func(p *partyv1.Stake) { p.Request = "x" }),
		"a stake in no state":         stake(func(p *partyv1.Stake) { p.State = 0 }),
		"a stake beyond bytes":        stake(func(p *partyv1.Stake) { p.State = 258 }),
		"a stake slashed below zero":  stake(func(p *partyv1.Stake) { p.Slashed = -1 }),
		"a stake of less than nought": stake(func(p *partyv1.Stake) { p.Amount = -1 }),
	} {
		if fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: %v (%s), want invalid", name, err, fault.KindOf(err))
		}
	}
}

func FuzzPartyNouns(f *testing.F) {
	for _, m := range []proto.Message{
		wire.ProfileToProto(someProfile()), wire.StandingToProto(someStanding()), wire.ConductToProto(someConduct()), wire.StakeToProto(someStake()),
	} {
		raw, err := proto.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		fuzzOne(t, raw, &partyv1.Profile{}, wire.ProfileFromProto, wire.ProfileToProto)
		fuzzOne(t, raw, &partyv1.Standing{}, wire.StandingFromProto, wire.StandingToProto)
		fuzzOne(t, raw, &partyv1.Conduct{}, wire.ConductFromProto, wire.ConductToProto)
		fuzzOne(t, raw, &partyv1.Stake{}, wire.StakeFromProto, wire.StakeToProto)
	})
}
