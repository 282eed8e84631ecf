package party

import (
	"slices"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Bounds of a profile.
const (
	MaxNameLen      = 64
	MaxSkills       = 32
	MaxLanguages    = 16
	MaxContactLen   = 256
	MaxTagLen       = 64
	maxRolesClaimed = 4
)

// Profile is how an address lets itself be found. Nobody needs one to take
// part, except where a request asks for a language.
type Profile struct {
	Address   id.Address
	Name      string
	Roles     []string
	Skills    []string
	Languages []string
	Contact   string
	Metadata  id.CID
}

// Roles a profile may claim.
func roles() []string { return []string{"requester", "contributor", "provider", "adjudicator"} }

// Validate checks every bound of the profile.
func (p Profile) Validate() error {
	if n := utf8.RuneCountInString(p.Name); n > MaxNameLen {
		return fault.Limit("party: profile name of %d characters: at most %d", n, MaxNameLen)
	}
	if !utf8.ValidString(p.Name) || !utf8.ValidString(p.Contact) {
		return fault.Invalid("party: profile name %q, contact %q: want UTF-8", p.Name, p.Contact)
	}
	if len(p.Roles) > maxRolesClaimed {
		return fault.Limit("party: %d roles: at most %d", len(p.Roles), maxRolesClaimed)
	}
	for _, r := range p.Roles {
		if !slices.Contains(roles(), r) {
			return fault.Invalid("party: role %q: not one of %v", r, roles())
		}
	}
	if len(p.Contact) > MaxContactLen {
		return fault.Limit("party: contact of %d bytes: at most %d", len(p.Contact), MaxContactLen)
	}
	if p.Metadata != "" {
		if _, err := id.ParseCID(string(p.Metadata)); err != nil {
			return err
		}
	}
	if err := checkTags("skill", p.Skills, MaxSkills); err != nil {
		return err
	}
	return checkTags("language", p.Languages, MaxLanguages)
}

// IsEmpty says whether the profile tells nothing but its address.
func (p Profile) IsEmpty() bool {
	return p.Name == "" && p.Contact == "" && p.Metadata == "" && len(p.Roles)+len(p.Skills)+len(p.Languages) == 0
}

// Speaks says whether the profile names one of the languages; true for none.
func (p Profile) Speaks(languages []string) bool {
	if len(languages) == 0 {
		return true
	}
	return slices.ContainsFunc(p.Languages, func(l string) bool { return slices.Contains(languages, l) })
}

func checkTags(what string, tags []string, most int) error {
	if len(tags) > most {
		return fault.Limit("party: %d %ss: at most %d", len(tags), what, most)
	}
	for _, t := range tags {
		if err := CheckTag(t); err != nil {
			return fault.Invalid("party: %s: %w", what, err)
		}
	}
	return nil
}

// CheckTag accepts 1 to 64 characters of a-z, A-Z, 0-9, '-', '_', '/' and '.'.
func CheckTag(t string) error {
	if len(t) == 0 || len(t) > MaxTagLen {
		return fault.Limit("tag %q of %d characters: 1 to %d", t, len(t), MaxTagLen)
	}
	for _, c := range []byte(t) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && c != '-' && c != '_' && c != '/' && c != '.' {
			return fault.Invalid("tag %q: character %q is not allowed", t, c)
		}
	}
	return nil
}
