package votes

import (
	"bytes"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

const (
	// MaxJobs is the most digests in one extension.
	MaxJobs = 64
	// MaxExtensionSize is the most bytes of an extension.
	MaxExtensionSize = 1 + MaxJobs*entrySize

	version1  = 1
	entrySize = 2 * id.HashSize
)

// Encode writes an extension: a version byte, then job and digest of each
// entry, by ascending job. No digests give no bytes. An error, of kind limit
// or invalid, means more than MaxJobs entries or a job named twice.
func Encode(digests []JobDigest) ([]byte, error) {
	if len(digests) == 0 {
		return nil, nil
	}
	if len(digests) > MaxJobs {
		return nil, fault.Limit("votes: extension of %d jobs: want at most %d", len(digests), MaxJobs)
	}
	sorted := slices.SortedFunc(slices.Values(digests), byJob)
	out := make([]byte, 1, 1+len(sorted)*entrySize)
	out[0] = version1
	for i, d := range sorted {
		if i > 0 && d.Job == sorted[i-1].Job {
			return nil, fault.Invalid("votes: extension: job %s twice", d.Job)
		}
		out = append(append(out, d.Job[:]...), d.Digest[:]...)
	}
	return out, nil
}

// Decode reads exactly what Encode writes and refuses all else, of kind
// invalid or limit.
func Decode(ext []byte) ([]JobDigest, error) {
	if len(ext) == 0 {
		return nil, nil
	}
	if len(ext) > MaxExtensionSize {
		return nil, fault.Limit("votes: extension of %d bytes: want at most %d", len(ext), MaxExtensionSize)
	}
	if ext[0] != version1 {
		return nil, fault.Invalid("votes: extension of version %d: want %d", ext[0], version1)
	}
	body := ext[1:]
	if len(body) == 0 || len(body)%entrySize != 0 {
		return nil, fault.Invalid("votes: extension of %d bytes: want 1 + n·%d", len(ext), entrySize)
	}
	digests := make([]JobDigest, 0, len(body)/entrySize)
	for entry := range slices.Chunk(body, entrySize) {
		d := JobDigest{Job: id.Hash(entry[:id.HashSize]), Digest: id.Hash(entry[id.HashSize:])}
		if n := len(digests); n > 0 && byJob(digests[n-1], d) >= 0 {
			return nil, fault.Invalid("votes: extension: job %s out of order", d.Job)
		}
		digests = append(digests, d)
	}
	return digests, nil
}

func byJob(a, b JobDigest) int { return bytes.Compare(a.Job[:], b.Job[:]) }
