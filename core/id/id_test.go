package id_test

import (
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

func TestRecordIDs(t *testing.T) {
	r := id.NewRequestID("alaya1anna", 1)
	if _, err := id.ParseRequestID(r.String()); err != nil {
		t.Errorf("ParseRequestID(%q): %v", r, err)
	}
	d := id.NewDatasetID("alaya1anna", 1)
	if _, err := id.ParseDatasetID(d.String()); err != nil {
		t.Errorf("ParseDatasetID(%q): %v", d, err)
	}
	m := id.NewModelID("alaya1anna", 1)
	if _, err := id.ParseModelID(m.String()); err != nil {
		t.Errorf("ParseModelID(%q): %v", m, err)
	}
	if r.String() == d.String() || r.String() == m.String() || d.String() == m.String() {
		t.Errorf("request %s, dataset %s and model %s of one owner and nonce share an id", r, d, m)
	}
	if other := id.NewRequestID("alaya1anna", 2); other == r {
		t.Errorf("nonces 1 and 2 share the id %s", r)
	}
	if other := id.NewRequestID("alaya1bert", 1); other == r {
		t.Errorf("two requesters share the id %s", r)
	}
	if want := id.RequestID("b9711a9514cd1171"); r != want {
		t.Errorf("NewRequestID = %s, want %s for ever", r, want)
	}
}

func TestParseRecordIDRefuses(t *testing.T) {
	tests := []struct{ name, in string }{
		{"nothing", ""},
		{"15 characters", "0123456789abcde"},
		{"17 characters", "0123456789abcdef0"},
		{"upper case", "0123456789ABCDEF"},
		{"a letter beyond f", "0123456789abcdeg"},
		{"a long foreign value", strings.Repeat("z", 5000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := id.ParseRequestID(tt.in)
			refused(t, tt.in, err)
			_, err = id.ParseDatasetID(tt.in)
			refused(t, tt.in, err)
			_, err = id.ParseModelID(tt.in)
			refused(t, tt.in, err)
		})
	}
}

func TestParseAddress(t *testing.T) {
	good := []string{"abc", "alaya1qpzry9x8gf2tvdw0s3jn54khce6mua7l", strings.Repeat("a", id.MaxAddressLen)}
	for _, in := range good {
		if got, err := id.ParseAddress(in); err != nil || got.String() != in {
			t.Errorf("ParseAddress(%q) = %q, %v, want itself", in, got, err)
		}
	}
	bad := []struct{ name, in string }{
		{"nothing", ""},
		{"two characters", "ab"},
		{"91 characters", strings.Repeat("a", id.MaxAddressLen+1)},
		{"upper case", "ALAYA1QPZ"},
		{"a space", "alaya1 qpz"},
		{"a path", "../alaya1"},
		{"a letter outside ASCII", "alayä1qpz"},
	}
	for _, tt := range bad {
		t.Run(tt.name, func(t *testing.T) {
			_, err := id.ParseAddress(tt.in)
			refused(t, tt.in, err)
		})
	}
}

// refused checks that err is of kind invalid, names the value and stays short.
func refused(t *testing.T, in string, err error) {
	t.Helper()
	if !fault.Is(err, fault.KindInvalid) {
		t.Fatalf("parse %q: err = %v, want kind invalid", in, err)
	}
	if len(in) < 60 && !strings.Contains(err.Error(), in) {
		t.Errorf("parse %q: error %q does not name the value", in, err)
	}
	if len(err.Error()) > 500 {
		t.Errorf("parse of %d characters: error of %d characters", len(in), len(err.Error()))
	}
}
