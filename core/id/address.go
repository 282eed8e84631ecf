package id

import "github.com/alaya-network/alaya/core/fault"

// MaxAddressLen is the most characters an Address has, as in BIP 173.
const MaxAddressLen = 90

// Address names an account. Core treats it as opaque text; the chain, which
// knows bech32, checks prefix and checksum before an address reaches core.
type Address string

// ParseAddress accepts 3 to 90 lower-case letters and digits.
func ParseAddress(s string) (Address, error) {
	if len(s) < 3 || len(s) > MaxAddressLen {
		return "", fault.Invalid("id: address %q: %d characters, want 3 to %d", clip(s), len(s), MaxAddressLen)
	}
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return "", fault.Invalid("id: address %q: character %q at %d, want lower-case letters and digits", s, c, i)
		}
	}
	return Address(s), nil
}

// String returns the address's text.
func (a Address) String() string { return string(a) }
