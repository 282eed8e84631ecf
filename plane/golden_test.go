package plane_test

import (
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/internal/recorded"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/memory"
)

// The CIDs that kubo v0.43.0 gives:
// ipfs add --only-hash --cid-version=1 --chunker=size-1048576 FILE
func TestCIDsAgreeWithKubo(t *testing.T) {
	data := recorded.Root(t)
	for file, want := range map[string]id.CID{
		"heart/processed.cleveland.data":  "bafkreicvld5np7k2kyy3rflm7qe4usjzu5kh5hjuzacwugeafcpi5r534a",
		"mnist/t10k-labels-idx1-ubyte.gz": "bafkreihxvzqpslqa5rw6xur2mcemghn5eny6zi77udppv35slgjeebfoyy",
		"mnist/t10k-images-idx3-ubyte.gz": "bafybeigz463avkufg3o2tfzschtubktubhv2ze22qtjyjnfvqbvsutn324",
	} {
		t.Run(file, func(t *testing.T) {
			f, err := os.Open(filepath.Join(data, file))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			got, size, err := newStore(t, memory.New(), settings()).Put(t.Context(), f)
			if err != nil || got != want {
				t.Errorf("Put = %s of %d bytes, %v, want %s", got, size, err, want)
			}
		})
	}
}

// 175 leaves are one more than a node links to, so the tree has two levels.
func TestABlobOfTwoLevels(t *testing.T) {
	if testing.Short() {
		t.Skip("reads and hashes 175 MiB")
	}
	s := newStore(t, memory.New(), settings())
	const size = 174*plane.ChunkSize + 1
	c, n, err := s.Put(t.Context(), io.LimitReader(zeros{}, size))
	if err != nil || n != size {
		t.Fatalf("Put = %d, %v", n, err)
	}
	// head -c $((174*1048576+1)) /dev/zero | python3 testdata/unixfs.py
	const want = "bafybeibvh2wc7n5urwrvmv7nxmk2htrwz3mqqs4ulqcnzwpxtpxoer6xmu"
	if c != want {
		t.Errorf("Put = %s, want %s", c, want)
	}
	if stat, err := s.Stat(t.Context(), c); err != nil || stat.Size != size || stat.Blocks != 175+3 {
		t.Errorf("Stat = %+v, %v, want %d bytes in 178 blocks", stat, err, size)
	}
	r, err := s.Get(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, wanted := sha256.New(), sha256.New()
	if _, err := io.Copy(got, r); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(wanted, io.LimitReader(zeros{}, size)); err != nil {
		t.Fatal(err)
	}
	if id.Hash(got.Sum(nil)) != id.Hash(wanted.Sum(nil)) {
		t.Errorf("the content read differs from the content put")
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
