package id_test

import (
	"crypto/sha256"
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/id"
)

func TestSumIsPlainSHA256OverLengthPrefixedParts(t *testing.T) {
	in := "\x00\x00\x00\x00\x00\x00\x00\x01d" +
		"\x00\x00\x00\x00\x00\x00\x00\x02ab" +
		"\x00\x00\x00\x00\x00\x00\x00\x00"
	if got, want := id.Sum("d", []byte("ab"), nil), id.Hash(sha256.Sum256([]byte(in))); got != want {
		t.Errorf("Sum = %s, want %s", got, want)
	}
}

func TestSumSeparates(t *testing.T) {
	sums := map[string]id.Hash{
		"d | ab":      id.Sum("d", []byte("ab")),
		"d | a | b":   id.Sum("d", []byte("a"), []byte("b")),
		"d | | ab":    id.Sum("d", nil, []byte("ab")),
		"d | ab |":    id.Sum("d", []byte("ab"), nil),
		"da | b":      id.Sum("da", []byte("b")),
		"dab":         id.Sum("dab"),
		"e | ab":      id.Sum("e", []byte("ab")),
		"d | b | a":   id.Sum("d", []byte("b"), []byte("a")),
		"nothing":     id.Sum(""),
		"one nothing": id.Sum("", nil),
	}
	seen := map[id.Hash]string{}
	for name, h := range sums {
		if other, ok := seen[h]; ok {
			t.Errorf("Sum(%s) = Sum(%s) = %s", name, other, h)
		}
		seen[h] = name
	}
}

func TestHashTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := id.Hash(rapid.SliceOfN(rapid.Byte(), id.HashSize, id.HashSize).Draw(t, "hash"))
		back, err := id.ParseHash(h.String())
		if err != nil || back != h {
			t.Fatalf("ParseHash(%s) = %s, %v", h, back, err)
		}
		if back, err = id.HashFromBytes(h[:]); err != nil || back != h {
			t.Fatalf("HashFromBytes(%s) = %s, %v", h, back, err)
		}
		text, err := json.Marshal(map[id.Hash]id.Hash{h: h})
		if err != nil {
			t.Fatal(err)
		}
		var m map[id.Hash]id.Hash
		if err := json.Unmarshal(text, &m); err != nil || m[h] != h {
			t.Fatalf("json %s = %v, %v", text, m, err)
		}
	})
}

func TestParseHashRefuses(t *testing.T) {
	for _, in := range []string{"", "00", strings.Repeat("A", 64), strings.Repeat("g", 64), strings.Repeat("0", 65)} {
		_, err := id.ParseHash(in)
		refused(t, in, err)
		refused(t, in, new(id.Hash).UnmarshalText([]byte(in)))
	}
	_, err := id.HashFromBytes(make([]byte, 31))
	refused(t, "31", err)
}

func TestHashOrder(t *testing.T) {
	low, high := id.Hash{0: 1}, id.Hash{0: 2}
	if low.Compare(high) != -1 || high.Compare(low) != 1 || low.Compare(low) != 0 {
		t.Errorf("Compare does not order %s before %s", low, high)
	}
	if !(id.Hash{}).IsZero() || low.IsZero() {
		t.Errorf("IsZero holds for other than the zero hash")
	}
}
