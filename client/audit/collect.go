package audit

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	"github.com/alaya-network/alaya/wire"
)

const (
	// atOnce is how many blobs are fetched at the same time.
	atOnce = 8
	// blockPatience is how long the next block may take to come.
	blockPatience = 5 * time.Second
)

// Blobs gives the bytes behind a content id, at most limit of them; an absent
// blob is an error of kind not found. It must allow concurrent calls.
type Blobs interface {
	GetBytes(ctx context.Context, c id.CID, limit int64) ([]byte, error)
}

// Origin is where a bundle comes from.
type Origin struct {
	Client *client.Client
	Blobs  Blobs
	// Tell is told how many of all blobs are here; nil: nobody wants to know.
	Tell func(done, all int)
}

// Collect gathers a version of a dataset with all it rests on, at one height;
// version 0 is the newest. A withdrawn version is refused with kind state. It
// checks little: Verify does.
func Collect(ctx context.Context, o Origin, d id.DatasetID, version uint32) (*Bundle, error) {
	c, found, err := begin(ctx, o, d, version)
	if err != nil {
		return nil, err
	}
	return c.bundle(ctx, found)
}

// begin chooses the height of all proofs and returns the version that is meant.
func begin(ctx context.Context, o Origin, d id.DatasetID, version uint32) (*collector, dataset.Dataset, error) {
	c := &collector{Origin: o}
	if o.Tell == nil {
		c.Tell = func(int, int) {}
	}
	found, err := c.settleOn(ctx, d, version)
	return c, found, err
}

// bundle gathers a version of a request.
func (c *collector) bundle(ctx context.Context, d dataset.Dataset) (*Bundle, error) {
	b := &Bundle{}
	var err error
	if b.Facts, err = read(ctx, c, d.ID, d.Version); err != nil {
		return nil, err
	}
	b.Proofs = c.proofs
	if b.Header, err = c.Client.Header(ctx, c.height+1); err != nil {
		return nil, err
	}
	b.Blobs, err = c.fetch(ctx, b.papers())
	return b, err
}

// collector reads facts from a node, with proofs, at one height.
type collector struct {
	Origin
	height id.Height
	proofs []client.Proof
}

// settleOn chooses the height of all proofs and says which version is meant. A
// state is proved by the header of the next block; on a chain that stands
// still the last state but one must do.
func (c *collector) settleOn(ctx context.Context, d id.DatasetID, version uint32) (dataset.Dataset, error) {
	c.height = c.Client.Height()
	waiting, stop := context.WithTimeout(ctx, blockPatience)
	defer stop()
	if err := c.Client.WaitHeight(waiting, c.height+1); err != nil {
		c.height--
	}
	res, err := c.Client.Dataset().Dataset(client.AtHeight(ctx, c.height), &datasetv1.QueryDatasetRequest{Id: string(d), Version: version})
	if err != nil {
		return dataset.Dataset{}, err
	}
	return wire.DatasetFromProto(&res.Dataset)
}

// record implements source.
func (c *collector) record(ctx context.Context, at place) ([]byte, error) {
	p, err := c.Client.Prove(client.AtHeight(ctx, c.height), at.store, at.key)
	if err != nil {
		return nil, fmt.Errorf("audit: %s: %w", at, err)
	}
	if len(p.Value) == 0 {
		return nil, fault.NotFound("audit: no %s at height %d", at, c.height)
	}
	c.proofs = append(c.proofs, p)
	return p.Value, nil
}

// submissions implements source.
func (c *collector) submissions(ctx context.Context, r id.RequestID, last uint32) ([]work.Submission, error) {
	ctx = client.AtHeight(ctx, c.height)
	var all []work.Submission
	for n := range last {
		some, err := c.Client.Submissions(ctx, r, n+1)
		if err != nil {
			return nil, err
		}
		for _, s := range some {
			if s.State == work.SubmissionRevealed {
				all = append(all, s)
			}
		}
	}
	slices.SortFunc(all, func(a, b work.Submission) int { return cmp.Compare(a.Ordinal, b.Ordinal) })
	return all, nil
}

// fetch gets the papers, some at a time. The first error ends it.
func (c *collector) fetch(ctx context.Context, papers []paper) (map[id.CID][]byte, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	blobs := make(map[id.CID][]byte, len(papers))
	var mu sync.Mutex
	var running sync.WaitGroup
	next := make(chan paper)
	done := 0
	for range atOnce {
		running.Go(func() {
			for p := range next {
				content, err := c.Blobs.GetBytes(ctx, p.cid, MaxBlob)
				absent := p.optional && fault.Is(err, fault.KindNotFound)
				if err != nil && !absent {
					stop(fmt.Errorf("audit: %s: %w", p.what, err))
				}
				mu.Lock()
				if err == nil {
					blobs[p.cid] = content
				}
				done++
				c.Tell(done, len(papers))
				mu.Unlock()
			}
		})
	}
	for _, p := range papers {
		if ctx.Err() != nil {
			break
		}
		next <- p
	}
	close(next)
	running.Wait()
	return blobs, context.Cause(ctx)
}
