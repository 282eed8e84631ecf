package party_test

import (
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/party"
)

const (
	now     id.Time      = 1_767_225_600_000
	day                  = int64(24 * 60 * 60 * 1000)
	owner   id.Address   = "alaya1owner"
	request id.RequestID = "00112233445566aa"
)

// wantError checks an error's kind and that it says what went wrong.
func wantError(t testing.TB, err error, kind fault.Kind, says string) {
	t.Helper()
	if fault.KindOf(err) != kind || err != nil && !strings.Contains(err.Error(), says) {
		t.Errorf("got %v (%s), want kind %s saying %q", err, fault.KindOf(err), kind, says)
	}
}

func TestProfilesHaveBounds(t *testing.T) {
	const ok = fault.KindNone
	tests := []struct {
		name   string
		change func(*party.Profile)
		kind   fault.Kind
		says   string
	}{
		{"as it is", func(*party.Profile) {}, ok, ""},
		{"nothing at all", func(p *party.Profile) { *p = party.Profile{} }, ok, ""},
		{"the longest name, in characters", func(p *party.Profile) { p.Name = strings.Repeat("ä", party.MaxNameLen) }, ok, ""},
		{"a name too long", func(p *party.Profile) { p.Name = strings.Repeat("ä", party.MaxNameLen+1) }, fault.KindLimit, "name of 65"},
		{"a name that is no text", func(p *party.Profile) { p.Name = "\xff" }, fault.KindInvalid, "UTF-8"},
		{"all roles", func(p *party.Profile) { p.Roles = []string{"requester", "contributor", "provider", "adjudicator"} }, ok, ""},
		{"an unknown role", func(p *party.Profile) { p.Roles = []string{"king"} }, fault.KindInvalid, `"king"`},
		{"a role too many", func(p *party.Profile) { p.Roles = make([]string, 5) }, fault.KindLimit, "5 roles"},
		{"as many skills as may be", func(p *party.Profile) { p.Skills = tags(party.MaxSkills) }, ok, ""},
		{"a skill too many", func(p *party.Profile) { p.Skills = tags(party.MaxSkills + 1) }, fault.KindLimit, "33 skills"},
		{"a skill that is no tag", func(p *party.Profile) { p.Skills = []string{"a b"} }, fault.KindInvalid, "skill"},
		{"as many languages as may be", func(p *party.Profile) { p.Languages = tags(party.MaxLanguages) }, ok, ""},
		{"a language too many", func(p *party.Profile) { p.Languages = tags(party.MaxLanguages + 1) }, fault.KindLimit, "17 languages"},
		{"a language that is no tag", func(p *party.Profile) { p.Languages = []string{""} }, fault.KindInvalid, "language"},
		{"a contact too long", func(p *party.Profile) { p.Contact = strings.Repeat("a", 257) }, fault.KindLimit, "contact of 257"},
		{"a contact that is no text", func(p *party.Profile) { p.Contact = "\xff" }, fault.KindInvalid, "UTF-8"},
		{"metadata", func(p *party.Profile) { p.Metadata = id.RawCID([]byte("more")) }, ok, ""},
		{"metadata that is no CID", func(p *party.Profile) { p.Metadata = "more" }, fault.KindInvalid, "cid"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := party.Profile{Address: owner, Name: "Ada", Skills: []string{"vision"}, Languages: []string{"en"}, Contact: "mailto:a@b.c"}
			tt.change(&p)
			wantError(t, p.Validate(), tt.kind, tt.says)
		})
	}
}

func tags(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = "tag"
	}
	return list
}

func TestTagsAreShortAndPlain(t *testing.T) {
	for _, tag := range []string{"a", "de-AT", "image/png", "v1.2_x", strings.Repeat("a", party.MaxTagLen)} {
		if err := party.CheckTag(tag); err != nil {
			t.Errorf("CheckTag(%q) = %v", tag, err)
		}
	}
	for _, tag := range []string{"", "a b", "ä", "a,b", "a\x00", strings.Repeat("a", party.MaxTagLen+1)} {
		if err := party.CheckTag(tag); err == nil {
			t.Errorf("CheckTag(%q) passed", tag)
		}
	}
}

func TestAnEmptyProfileTellsNothing(t *testing.T) {
	if p := (party.Profile{Address: owner}); !p.IsEmpty() {
		t.Errorf("%+v is empty", p)
	}
	for name, p := range map[string]party.Profile{
		"name": {Name: "a"}, "contact": {Contact: "a"}, "metadata": {Metadata: "a"},
		"roles": {Roles: tags(1)}, "skills": {Skills: tags(1)}, "languages": {Languages: tags(1)},
	} {
		if p.IsEmpty() {
			t.Errorf("a profile with %s counts as empty", name)
		}
	}
}

func TestSpeaking(t *testing.T) {
	p := party.Profile{Languages: []string{"de", "en"}}
	for _, tt := range []struct {
		name  string
		asked []string
		want  bool
	}{
		{"no language asked for", nil, true},
		{"one of them", []string{"fr", "en"}, true},
		{"none of them", []string{"fr", "it"}, false},
	} {
		if got := p.Speaks(tt.asked); got != tt.want {
			t.Errorf("%s: Speaks(%v) = %t", tt.name, tt.asked, got)
		}
	}
	if (party.Profile{}).Speaks([]string{"de"}) {
		t.Error("who names no language speaks none")
	}
}

func TestParamsHaveBounds(t *testing.T) {
	if err := party.DefaultParams().Validate(); err != nil {
		t.Errorf("default: %v", err)
	}
	for _, tt := range []struct {
		name                string
		unbonding, halfLife int64
		kind                fault.Kind
		says                string
	}{
		{"the least", 0, party.MinHalfLife, fault.KindNone, ""},
		{"the most", party.MaxUnbonding, party.MaxHalfLife, fault.KindNone, ""},
		{"unbonding before the end", -1, party.MinHalfLife, fault.KindLimit, "unbonding of -1"},
		{"unbonding for ever", party.MaxUnbonding + 1, party.MinHalfLife, fault.KindLimit, "unbonding"},
		{"a half-life too short", 0, party.MinHalfLife - 1, fault.KindLimit, "half-life"},
		{"a half-life too long", 0, party.MaxHalfLife + 1, fault.KindLimit, "half-life"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantError(t, party.Params{Unbonding: tt.unbonding, HalfLife: tt.halfLife}.Validate(), tt.kind, tt.says)
		})
	}
}
