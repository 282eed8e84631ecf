// Package verifier is the quality oracle's hand in each validator: it computes
// the verdict of every open job beside consensus, keeps the digest for the next
// vote, and brings the verdict to the chain once the validators agree, and then
// its pay vector.
//
// Words: a job, a dossier, a verdict are core/oracle's; the cache maps open
// jobs to digests; the library is the node's own blobs and, behind them, its
// peers'.
//
// Invariants:
//  1. Digests never computes or waits.
//  2. A digest is in the cache only after every blob of its verdict is pinned.
//  3. Restarting loses nothing: everything follows from the chain and the
//     blobs.
package verifier

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/wire"
)

// Library keeps blobs. Read may ask peers and returns an error of kind not
// found when nobody gave the blob within its patience, of kind limit when it is
// longer than limit bytes; Pin keeps a blob for a request. All methods may be
// called concurrently.
type Library interface {
	Read(ctx context.Context, c id.CID, limit int64) ([]byte, error)
	Put(ctx context.Context, content []byte) (id.CID, error)
	Pin(ctx context.Context, c id.CID, request id.RequestID) error
}

// Config says whom a verifier works for.
type Config struct {
	Client  *client.Client
	Library Library
	// Account pays for bringing verdicts; nil leaves that to others.
	Account *client.Account
	// Patience is how long to wait before bringing a verdict that others may
	// bring as well.
	Patience time.Duration
	Log      *slog.Logger
}

// retry is how often open jobs are looked at without any news.
const retry = 2 * time.Second

// Found is a digest that is ready for the next vote.
type Found struct {
	Job, Digest id.Hash
}

// Verifier computes verdicts. Run is called once; Digests at any time.
type Verifier struct {
	Config
	mu    sync.Mutex
	cache map[id.Hash]oracle.Verdict
}

// New makes a verifier that has found nothing yet.
func New(c Config) *Verifier { return &Verifier{Config: c, cache: map[id.Hash]oracle.Verdict{}} }

// Digests returns what is ready, one per open job, in no order.
func (v *Verifier) Digests() []Found {
	v.mu.Lock()
	defer v.mu.Unlock()
	found := make([]Found, 0, len(v.cache))
	for job, verdict := range v.cache {
		found = append(found, Found{Job: job, Digest: verdict.Digest()})
	}
	return found
}

// Run works on open jobs until ctx ends: after every block with news of the
// stage quality, and every few seconds.
func (v *Verifier) Run(ctx context.Context) error {
	news := v.news(ctx)
	tick := time.NewTicker(retry)
	defer tick.Stop()
	for {
		if err := v.step(ctx); err != nil && ctx.Err() == nil {
			v.Log.Warn("verifier", "error", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-news:
		case <-tick.C:
		}
	}
}

// news signals when the stage quality had something to say.
func (v *Verifier) news(ctx context.Context) <-chan struct{} {
	out := make(chan struct{}, 1)
	go func() {
		for e, err := range v.Client.Follow(ctx, v.Client.Height()) {
			if err != nil {
				return
			}
			if e.Stage == "quality" {
				select {
				case out <- struct{}{}:
				default:
				}
			}
		}
	}()
	return out
}

// step looks once at all open jobs, and at all vectors that are not on the
// chain.
func (v *Verifier) step(ctx context.Context) error {
	res, err := v.Client.Quality().OpenJobs(ctx, &qualityv1.QueryOpenJobsRequest{})
	if err != nil {
		return err
	}
	open := make(map[id.Hash]struct{}, len(res.Jobs))
	for i := range res.Jobs {
		job, err := wire.JobFromProto(&res.Jobs[i])
		if err != nil {
			return err
		}
		open[job.Key()] = struct{}{}
		if err := v.work(ctx, job); err != nil {
			v.Log.Warn("verifier", "job", job.Name(), "error", err)
		}
	}
	v.forget(open)
	return v.payAll(ctx)
}

func (v *Verifier) work(ctx context.Context, job oracle.Job) error {
	verdict, known := v.get(job.Key())
	if !known {
		var err error
		if verdict, err = v.judge(ctx, job); err != nil {
			return err
		}
		v.set(job.Key(), verdict)
		v.Log.Info("verdict found", "job", job.Name(), "digest", verdict.Digest(), "accepted", verdict.Accepted, "contested", verdict.Contested, "final", verdict.Final)
	}
	if job.State == oracle.JobAgreed && job.Digest == verdict.Digest() {
		return v.bring(ctx, job, verdict)
	}
	return nil
}

// judge computes the verdict of a job. On the first attempt it waits for every
// blob; on later ones it goes on without those that nobody has.
func (v *Verifier) judge(ctx context.Context, job oracle.Job) (oracle.Verdict, error) {
	d, err := v.Client.Dossier(ctx, job.Request, job.Round)
	if err != nil {
		return oracle.Verdict{}, err
	}
	d.Job = job
	s := &shelf{ctx: ctx, library: v.Library, used: map[id.CID]struct{}{}}
	verdict, err := oracle.Judge(d, s)
	if err != nil {
		return verdict, err
	}
	if len(s.absent) > 0 && job.Attempt == 1 {
		return verdict, fault.NotFound("%d blobs cannot be had yet, %s among them", len(s.absent), s.absent[0])
	}
	for c := range s.used {
		if err := v.Library.Pin(ctx, c, job.Request); err != nil {
			return verdict, fmt.Errorf("pin %s: %w", c, err)
		}
	}
	return verdict, nil
}

func (v *Verifier) get(job id.Hash) (oracle.Verdict, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	verdict, known := v.cache[job]
	return verdict, known
}

func (v *Verifier) set(job id.Hash, verdict oracle.Verdict) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.cache[job] = verdict
}

func (v *Verifier) forget(open map[id.Hash]struct{}) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for job := range v.cache {
		if _, still := open[job]; !still {
			delete(v.cache, job)
		}
	}
}

// shelf is a library for the time of one judgement; it notes what was used, and
// what could not be had.
type shelf struct {
	ctx     context.Context
	library Library
	used    map[id.CID]struct{}
	absent  []id.CID
}

// Read implements oracle.Shelf.
func (s *shelf) Read(c id.CID, limit int64) ([]byte, error) {
	content, err := s.library.Read(s.ctx, c, limit)
	if err != nil {
		s.absent = append(s.absent, c)
		return nil, err
	}
	s.used[c] = struct{}{}
	return content, err
}

// Put implements oracle.Shelf.
func (s *shelf) Put(content []byte) (id.CID, error) {
	c, err := s.library.Put(s.ctx, content)
	if err == nil {
		s.used[c] = struct{}{}
	}
	return c, err
}
