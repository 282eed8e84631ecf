package merkle_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
)

// The leaves, roots and paths of the RFC 6962 reference implementation
// (certificate-transparency, merkletree tests), computed again in Python by
// the recursive definitions of MTH and PATH in sections 2.1 and 2.1.1.
func referenceLeaves(t *testing.T) [][]byte {
	t.Helper()
	var leaves [][]byte
	for _, s := range []string{
		"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
	} {
		leaf, err := hex.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		leaves = append(leaves, leaf)
	}
	return leaves
}

func TestRootsOfRFC6962(t *testing.T) {
	leaves := referenceLeaves(t)
	for n, want := range []string{
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	} {
		if got := merkle.Root(leaves[:n]).String(); got != want {
			t.Errorf("Root of %d leaves = %s, want %s", n, got, want)
		}
	}
}

func TestProofsOfRFC6962(t *testing.T) {
	tests := []struct {
		index, count uint64
		want         []string
	}{
		{0, 1, nil},
		{0, 8, []string{
			"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
			"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
			"6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
		}},
		{5, 8, []string{
			"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
			"ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
			"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		}},
		{2, 3, []string{"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}},
		{1, 5, []string{
			"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
			"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
			"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
		}},
		{4, 5, []string{"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
		{6, 7, []string{
			"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
			"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		}},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("leaf %d of %d", tt.index, tt.count), func(t *testing.T) {
			leaves := referenceLeaves(t)[:tt.count]
			proof := prove(t, merkle.NewTree(leaves), tt.index)
			var got []string
			for _, h := range proof {
				got = append(got, h.String())
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("proof = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestBuilderAndTreeAgreeWithTheRecursiveDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		leaves := drawLeaves(t, 0)
		want := recursive(leaves)
		var b merkle.Builder
		hashes := make([]id.Hash, len(leaves))
		for i, leaf := range leaves {
			if got, want := b.Root(), recursive(leaves[:i]); got != want {
				t.Fatalf("Builder after %d leaves = %s, want %s", i, got, want)
			}
			b.Add(leaf)
			hashes[i] = merkle.LeafHash(leaf)
		}
		if b.Root() != want || b.Count() != uint64(len(leaves)) {
			t.Fatalf("Builder of %d leaves = %s (%d), want %s", len(leaves), b.Root(), b.Count(), want)
		}
		if got := merkle.NewTree(leaves).Root(); got != want {
			t.Fatalf("Tree of %d leaves = %s, want %s", len(leaves), got, want)
		}
		if got := merkle.NewTreeOfHashes(hashes).Root(); got != want {
			t.Fatalf("Tree of %d hashes = %s, want %s", len(leaves), got, want)
		}
	})
}

func TestEveryLeafOfEverySizeIsProved(t *testing.T) {
	for _, count := range []int{1, 2, 3, 4, 5, 7, 8, 9, 31, 33, 1000} {
		leaves := numbered(count)
		tree := merkle.NewTree(leaves)
		for i, leaf := range leaves {
			index := uint64(i)
			proof := prove(t, tree, index)
			if err := merkle.Verify(tree.Root(), leaf, index, tree.Count(), proof); err != nil {
				t.Errorf("leaf %d of %d: %v", i, count, err)
			}
		}
	}
}

func TestAProverOfAPassingListAgreesWithTheTree(t *testing.T) {
	for _, count := range []int{1, 2, 3, 4, 5, 7, 8, 9, 31, 33, 64, 100} {
		leaves := numbered(count)
		tree := merkle.NewTree(leaves)
		for i := range leaves {
			p := merkle.NewProver(uint64(i))
			if _, err := p.Proof(); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("proof of leaf %d of none: %v", i, err)
			}
			for _, leaf := range leaves {
				p.Add(leaf)
			}
			got, err := p.Proof()
			if want := prove(t, tree, uint64(i)); err != nil || !slices.Equal(got, want) || p.Count() != tree.Count() {
				t.Errorf("leaf %d of %d: %v, %v, want %v", i, count, got, err, want)
			}
		}
	}
}

func TestOneFlippedBitIsRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		leaves := drawLeaves(t, 1)
		tree := merkle.NewTree(leaves)
		index := rapid.Uint64Range(0, tree.Count()-1).Draw(t, "index")
		proof := prove(t, tree, index)
		root, leaf := tree.Root(), slices.Clone(leaves[index])

		hashes := len(proof)
		bit := rapid.IntRange(0, (hashes+1)*id.HashSize*8+len(leaf)*8-1).Draw(t, "bit")
		switch b := bit / 8; {
		case b < hashes*id.HashSize:
			proof[b/id.HashSize][b%id.HashSize] ^= 1 << (bit % 8)
		case b < (hashes+1)*id.HashSize:
			root[b%id.HashSize] ^= 1 << (bit % 8)
		default:
			leaf[b-(hashes+1)*id.HashSize] ^= 1 << (bit % 8)
		}
		err := merkle.Verify(root, leaf, index, tree.Count(), proof)
		if !fault.Is(err, fault.KindInvalid) {
			t.Fatalf("bit %d flipped in leaf %d of %d: err = %v, want kind invalid", bit, index, tree.Count(), err)
		}
	})
}

func TestVerifyRefuses(t *testing.T) {
	leaves := numbered(5)
	tree := merkle.NewTree(leaves)
	root, proof := tree.Root(), prove(t, tree, 1)
	left, right := merkle.LeafHash(leaves[0]), merkle.LeafHash(leaves[1])
	inner := append(left[:], right[:]...)
	tests := []struct {
		name         string
		leaf         []byte
		index, count uint64
		proof        merkle.Proof
	}{
		{"another leaf", leaves[2], 1, 5, proof},
		{"another index", leaves[1], 0, 5, proof},
		{"an index on another path", leaves[1], 4, 5, proof},
		{"an index behind the end", leaves[1], 5, 5, proof},
		{"a smaller count", leaves[1], 1, 4, proof},
		{"a larger count", leaves[1], 1, 9, proof},
		{"no leaves at all", leaves[1], 0, 0, nil},
		{"a shorter proof", leaves[1], 1, 5, proof[:2]},
		{"a longer proof", leaves[1], 1, 5, append(slices.Clone(proof), id.Hash{})},
		{"no proof", leaves[1], 1, 5, nil},
		{"a node passed off as a leaf", inner, 0, 3, proof[1:]},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := merkle.Verify(root, tt.leaf, tt.index, tt.count, tt.proof)
			if !fault.Is(err, fault.KindInvalid) {
				t.Errorf("err = %v, want kind invalid", err)
			}
		})
	}
	if _, err := tree.Proof(5); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("Proof(5) of 5 leaves: err = %v, want kind invalid", err)
	}
}

func TestProofAsJSON(t *testing.T) {
	leaves := numbered(6)
	tree := merkle.NewTree(leaves)
	text, err := json.Marshal(prove(t, tree, 4))
	if err != nil {
		t.Fatal(err)
	}
	var proof merkle.Proof
	if err := json.Unmarshal(text, &proof); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if err := merkle.Verify(tree.Root(), leaves[4], 4, 6, proof); err != nil {
		t.Errorf("%s: %v", text, err)
	}
}

func BenchmarkBuilder(b *testing.B) {
	leaf := make([]byte, 200)
	var m merkle.Builder
	for b.Loop() {
		m.Add(leaf)
	}
	m.Root()
}

// recursive is MTH as section 2.1 writes it.
func recursive(leaves [][]byte) id.Hash {
	if len(leaves) < 2 {
		return merkle.Root(leaves)
	}
	split := 1
	for split*2 < len(leaves) {
		split *= 2
	}
	left, right := recursive(leaves[:split]), recursive(leaves[split:])
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}

func prove(t interface{ Fatal(...any) }, tree *merkle.Tree, index uint64) merkle.Proof {
	proof, err := tree.Proof(index)
	if err != nil {
		t.Fatal(err)
	}
	return proof
}

func numbered(count int) [][]byte {
	leaves := make([][]byte, count)
	for i := range leaves {
		leaves[i] = fmt.Appendf(nil, "leaf %d", i)
	}
	return leaves
}

func drawLeaves(t *rapid.T, least int) [][]byte {
	return rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 20), least, 70).Draw(t, "leaves")
}
