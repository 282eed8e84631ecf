package votes_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/chain/votes"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// found makes n digests of jobs of ascending hash.
func found(n int) []votes.JobDigest {
	out := make([]votes.JobDigest, n)
	for i := range out {
		out[i] = votes.JobDigest{Job: id.Hash{byte(i + 1)}, Digest: id.Sum("test/digest", []byte{byte(i)})}
	}
	return out
}

func TestEncodeAndDecodeAgree(t *testing.T) {
	for _, n := range []int{0, 1, 2, votes.MaxJobs} {
		want := found(n)
		shuffled := slices.Clone(want)
		slices.Reverse(shuffled)
		ext, err := votes.Encode(shuffled)
		if err != nil {
			t.Fatalf("%d jobs: %v", n, err)
		}
		if len(ext) > votes.MaxExtensionSize {
			t.Errorf("%d jobs: %d bytes, want at most %d", n, len(ext), votes.MaxExtensionSize)
		}
		if got, err := votes.Decode(ext); err != nil || !slices.Equal(got, want) {
			t.Errorf("%d jobs: decoded %v, %v", n, got, err)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	if _, err := votes.Encode(found(votes.MaxJobs + 1)); !fault.Is(err, fault.KindLimit) {
		t.Errorf("a job too many: %v, want kind limit", err)
	}
	if _, err := votes.Encode(append(found(2), found(1)...)); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("a job twice: %v, want kind invalid", err)
	}
}

func TestDecodeRefuses(t *testing.T) {
	one, two := encode(t, found(1)), encode(t, found(2))
	entry := (len(two) - 1) / 2
	tests := []struct {
		name string
		ext  []byte
		kind fault.Kind
	}{
		{"an unknown version", append([]byte{2}, one[1:]...), fault.KindInvalid},
		{"a version without entries, which is not how nothing is written", []byte{1}, fault.KindInvalid},
		{"half an entry", one[:len(one)-1], fault.KindInvalid},
		{"a byte too many", append(slices.Clone(one), 0), fault.KindInvalid},
		{"a job twice", append(slices.Clone(one), one[1:]...), fault.KindInvalid},
		{"jobs out of order", slices.Concat(two[:1], two[1+entry:], two[1:1+entry]), fault.KindInvalid},
		{"more than the bound", bytes.Repeat([]byte{1}, votes.MaxExtensionSize+1), fault.KindLimit},
	}
	for _, tt := range tests {
		if got, err := votes.Decode(tt.ext); !fault.Is(err, tt.kind) {
			t.Errorf("%s: decoded %v, %v; want kind %s", tt.name, got, err, tt.kind)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{1})
	for _, n := range []int{1, 2, votes.MaxJobs} {
		f.Add(encode(f, found(n)))
	}
	f.Fuzz(func(t *testing.T, ext []byte) {
		digests, err := votes.Decode(ext)
		if err != nil {
			return
		}
		if again, err := votes.Encode(digests); err != nil || !bytes.Equal(again, ext) {
			t.Errorf("%x decodes, but encodes as %x, %v", ext, again, err)
		}
	})
}

func encode(t testing.TB, digests []votes.JobDigest) []byte {
	t.Helper()
	ext, err := votes.Encode(digests)
	if err != nil {
		t.Fatal(err)
	}
	return ext
}
