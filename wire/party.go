package wire

import (
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/party"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
)

// PartyParamsToProto writes the parameters of party.
func PartyParamsToProto(p party.Params) *partyv1.Params {
	return &partyv1.Params{UnbondingMs: p.Unbonding, HalfLifeMs: p.HalfLife}
}

// PartyParamsFromProto reads the parameters of party and checks their bounds.
func PartyParamsFromProto(p *partyv1.Params) (party.Params, error) {
	params := party.Params{Unbonding: p.GetUnbondingMs(), HalfLife: p.GetHalfLifeMs()}
	return params, params.Validate()
}

// ProfileToProto writes a profile.
func ProfileToProto(p party.Profile) *partyv1.Profile {
	return &partyv1.Profile{
		Address: string(p.Address), Name: p.Name, Roles: p.Roles, Skills: p.Skills,
		Languages: p.Languages, Contact: p.Contact, Metadata: string(p.Metadata),
	}
}

// ProfileFromProto reads a profile.
func ProfileFromProto(p *partyv1.Profile) (party.Profile, error) {
	var r reader
	profile := party.Profile{
		Address: r.address("address", p.GetAddress()), Name: p.GetName(), Roles: p.GetRoles(), Skills: p.GetSkills(),
		Languages: p.GetLanguages(), Contact: p.GetContact(), Metadata: r.cidOrNone("metadata", p.GetMetadata()),
	}
	return profile, r.done("party: profile")
}

// StandingToProto writes a standing.
func StandingToProto(s party.Standing) *partyv1.Standing {
	return &partyv1.Standing{
		Address: string(s.Address), Skill: s.Skill, Right: s.Right, Wrong: s.Wrong,
		Updated: int64(s.Updated), Settled: int64(s.Settled),
	}
}

// StandingFromProto reads a standing.
func StandingFromProto(p *partyv1.Standing) (party.Standing, error) {
	var r reader
	s := party.Standing{
		Address: r.address("address", p.GetAddress()), Skill: p.GetSkill(), Right: p.GetRight(), Wrong: p.GetWrong(),
		Updated: id.Time(p.GetUpdated()), Settled: r.amount("settled", p.GetSettled()),
	}
	return s, r.done("party: standing")
}

// ConductToProto writes an address's conduct.
func ConductToProto(c party.Conduct) *partyv1.Conduct {
	return &partyv1.Conduct{
		Address: string(c.Address), Strikes: c.Strikes, Contests: c.Contests, Overturned: c.Overturned,
	}
}

// ConductFromProto reads an address's conduct.
func ConductFromProto(p *partyv1.Conduct) (party.Conduct, error) {
	var r reader
	c := party.Conduct{
		Address: r.address("address", p.GetAddress()), Strikes: p.GetStrikes(),
		Contests: p.GetContests(), Overturned: p.GetOverturned(),
	}
	return c, r.done("party: conduct")
}

// StakeToProto writes a stake.
func StakeToProto(s party.Stake) *partyv1.Stake {
	return &partyv1.Stake{
		Request: string(s.Request), Owner: string(s.Owner), Amount: int64(s.Amount), Slashed: int64(s.Slashed),
		Cause: s.Cause, State: partyv1.StakeState(s.State), ReleaseAt: int64(s.ReleaseAt),
	}
}

// StakeFromProto reads a stake.
func StakeFromProto(p *partyv1.Stake) (party.Stake, error) {
	var r reader
	s := party.Stake{
		Request: r.request("request", p.GetRequest()), Owner: r.address("owner", p.GetOwner()),
		Amount: r.amount("amount", p.GetAmount()), Slashed: r.amount("slashed", p.GetSlashed()), Cause: p.GetCause(),
		State:     party.StakeState(r.enum("state", int32(p.GetState()), int32(party.StakeSlashed))),
		ReleaseAt: id.Time(p.GetReleaseAt()),
	}
	return s, r.done("party: stake")
}
