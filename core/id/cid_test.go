package id_test

import (
	"encoding/base32"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/id"
)

// helloCID is "b" + base32(01 55 12 20 sha256("hello")), computed in Python.
// nodeCID is what kubo v0.43.0 gives MNIST's t10k-images-idx3-ubyte.gz with
// ipfs add --only-hash --cid-version=1 --chunker=size-1048576.
const (
	helloCID = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq"
	nodeCID  = "bafybeigz463avkufg3o2tfzschtubktubhv2ze22qtjyjnfvqbvsutn324"
)

func TestRawCIDIsTheCIDOfOneRawBlock(t *testing.T) {
	if got := id.RawCID([]byte("hello")); got != helloCID {
		t.Errorf("RawCID(hello) = %s, want %s", got, helloCID)
	}
	c, err := id.ParseCID(nodeCID)
	if err != nil || c.Codec() != id.DagPB {
		t.Errorf("ParseCID(%s) = codec %#x, %v, want dag-pb", nodeCID, c.Codec(), err)
	}
}

func TestCIDRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		codec := rapid.SampledFrom([]id.Codec{id.Raw, id.DagPB}).Draw(t, "codec")
		digest := id.Hash(rapid.SliceOfN(rapid.Byte(), id.HashSize, id.HashSize).Draw(t, "digest"))
		c, err := id.ParseCID(id.NewCID(codec, digest).String())
		if err != nil {
			t.Fatal(err)
		}
		if c.Codec() != codec || c.Digest() != digest {
			t.Fatalf("%s = codec %#x digest %s, want %#x %s", c, c.Codec(), c.Digest(), codec, digest)
		}
	})
}

func TestParseCIDRefuses(t *testing.T) {
	encode := func(head ...byte) string {
		b := append(head, make([]byte, id.HashSize)...)
		return "b" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b))
	}
	tests := []struct{ name, in string }{
		{"nothing", ""},
		{"a version 0 id", "QmWATWQ7fVPP2EFGu71UkfnqhYXDYH566qy47CnJDgvs8u"},
		{"upper case", strings.ToUpper(helloCID)},
		{"another multibase", "f" + helloCID[1:]},
		{"one character missing", helloCID[:58]},
		{"one character more", helloCID + "a"},
		{"padding", helloCID[:58] + "="},
		{"a letter outside base32", helloCID[:58] + "1"},
		{"a line break inside", helloCID[:30] + "\n" + helloCID[31:]},
		{"bits behind the end", helloCID[:58] + "r"},
		{"version 2", encode(2, 0x55, 0x12, 0x20)},
		{"codec dag-cbor", encode(1, 0x71, 0x12, 0x20)},
		{"hash blake3", encode(1, 0x55, 0x1e, 0x20)},
		{"a truncated hash", encode(1, 0x55, 0x12, 0x1f)},
		{"a long foreign value", strings.Repeat("b", 100000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := id.ParseCID(tt.in)
			if !strings.Contains(tt.in, "\n") {
				refused(t, tt.in, err)
			} else if err == nil {
				t.Errorf("ParseCID(%q) accepted", tt.in)
			}
			if c := id.CID(tt.in); c.Codec() != 0 || !c.Digest().IsZero() {
				t.Errorf("CID(%q) has codec %#x, digest %s, want none", tt.in, c.Codec(), c.Digest())
			}
		})
	}
}

func FuzzParseCID(f *testing.F) {
	f.Add(helloCID)
	f.Add(nodeCID)
	f.Add("b")
	f.Add(helloCID[:58] + "r")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := id.ParseCID(s)
		if err != nil {
			return
		}
		if again := id.NewCID(c.Codec(), c.Digest()); again.String() != s {
			t.Fatalf("ParseCID(%q) accepted, but its canonical form is %q", s, again)
		}
	})
}
