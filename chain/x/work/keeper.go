// Package work gives out pages and takes answers: the chain's side of
// core/work.
//
// Words: the ring holds the pages of a round that may still be given out, by
// how often they are covered and then by their place; a deck is a ring or a
// list of pages from which draws are made; a brief is the little that work
// needs of a request; a sweep forfeits what was not revealed in time.
//
// Invariants, held by Invariants after every transaction, beside those of
// core/work:
//  1. The ring holds exactly the pages below their round's target, until the
//     round is closed.
//  2. Every open lease waits for its end in the queue of expiries.
//  3. A plan exists exactly for the rounds that are being laid out.
//
// A state of a round lasts at least until its deadline and ends at the end of
// the first block that has time for it.
package work

import (
	"context"
	"errors"
	"fmt"

	"cosmossdk.io/collections"
	corestore "cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/wire"
)

// Name is the module's name and that of its store.
const Name = "work"

type (
	// roundKey is request and round.
	roundKey = collections.Pair[string, uint32]
	// pageKey is request, round and page.
	pageKey = collections.Triple[string, uint32, uint32]
	// leaseKey is contributor, request, round and page.
	leaseKey = collections.Quad[string, string, uint32, uint32]
	// submissionKey is request, round, page and contributor.
	submissionKey = collections.Quad[string, uint32, uint32, string]
	// assignmentKey is request and contributor.
	assignmentKey = collections.Pair[string, string]
	// hadKey is request, contributor and page.
	hadKey = collections.Triple[string, string, uint32]
)

// Keeper keeps rounds, pages, leases and submissions.
type Keeper struct {
	flow Flow

	briefs      collections.Map[string, workv1.Brief]
	progress    collections.Map[string, workv1.Progress]
	rounds      collections.Map[roundKey, workv1.Round]
	plans       collections.Map[roundKey, workv1.Plan]
	pages       collections.Map[pageKey, workv1.Page]
	ring        collections.KeySet[spot]
	leases      collections.Map[leaseKey, workv1.Lease]
	submissions collections.Map[submissionKey, workv1.Submission]
	assignments collections.Map[assignmentKey, workv1.Assignment]
	had         collections.KeySet[hadKey]
	// expiries holds leases by their end.
	expiries kit.Queue[leaseKey]
	// due holds rounds by the end of their state; the third part of the key is
	// the page at which a sweep goes on.
	due kit.Queue[pageKey]
}

// NewKeeper makes the keeper. The flow may be filled later.
func NewKeeper(cdc codec.BinaryCodec, store corestore.KVStoreService, flow Flow) *Keeper {
	sb := collections.NewSchemaBuilder(store)
	text, word := collections.StringKey, collections.Uint32Key
	perRound := collections.PairKeyCodec(text, word)
	perPage := collections.TripleKeyCodec(text, word, word)
	perLease := collections.QuadKeyCodec(text, text, word, word)
	k := &Keeper{
		flow:     flow,
		briefs:   collections.NewMap(sb, collections.NewPrefix(1), "briefs", text, codec.CollValue[workv1.Brief](cdc)),
		progress: collections.NewMap(sb, collections.NewPrefix(2), "progress", text, codec.CollValue[workv1.Progress](cdc)),
		rounds:   collections.NewMap(sb, collections.NewPrefix(3), "rounds", perRound, codec.CollValue[workv1.Round](cdc)),
		plans:    collections.NewMap(sb, collections.NewPrefix(4), "plans", perRound, codec.CollValue[workv1.Plan](cdc)),
		pages:    collections.NewMap(sb, collections.NewPrefix(5), "pages", perPage, codec.CollValue[workv1.Page](cdc)),
		ring: collections.NewKeySet(sb, collections.NewPrefix(6), "ring",
			collections.QuadKeyCodec(text, collections.Uint64Key, collections.Uint64Key, word)),
		leases: collections.NewMap(sb, collections.NewPrefix(7), "leases", perLease, codec.CollValue[workv1.Lease](cdc)),
		submissions: collections.NewMap(sb, collections.NewPrefix(8), "submissions",
			collections.QuadKeyCodec(text, word, word, text), codec.CollValue[workv1.Submission](cdc)),
		assignments: collections.NewMap(sb, collections.NewPrefix(9), "assignments",
			collections.PairKeyCodec(text, text), codec.CollValue[workv1.Assignment](cdc)),
		had:      collections.NewKeySet(sb, collections.NewPrefix(10), "had", collections.TripleKeyCodec(text, text, word)),
		expiries: kit.NewQueue(sb, collections.NewPrefix(11), "expiries", perLease),
		due:      kit.NewQueue(sb, collections.NewPrefix(12), "due", perPage),
	}
	if _, err := sb.Build(); err != nil {
		panic(fmt.Errorf("work: schema: %w", err))
	}
	return k
}

// Progress sums up the work on a request.
func (k *Keeper) Progress(ctx context.Context, r id.RequestID) (work.Progress, error) {
	p, err := k.progress.Get(ctx, string(r))
	if err != nil {
		return work.Progress{}, missing(err, "request %s: no work yet", r)
	}
	return wire.ProgressFromProto(&p)
}

// Round returns round n of a request.
func (k *Keeper) Round(ctx context.Context, r id.RequestID, n uint32) (work.Round, error) {
	p, err := k.rounds.Get(ctx, collections.Join(string(r), n))
	if err != nil {
		return work.Round{}, missing(err, "request %s has no round %d", r, n)
	}
	return wire.RoundFromProto(&p)
}

// Assignment returns what a contributor has in hand on a request: nothing, if
// he never asked for a page.
func (k *Keeper) Assignment(ctx context.Context, r id.RequestID, who id.Address) (work.Assignment, error) {
	a, err := k.assignments.Get(ctx, collections.Join(string(r), string(who)))
	if errors.Is(err, collections.ErrNotFound) {
		return work.Assignment{Request: r, Contributor: who}, nil
	}
	if err != nil {
		return work.Assignment{}, err
	}
	return wire.AssignmentFromProto(&a)
}

func (k *Keeper) brief(ctx context.Context, r id.RequestID) (work.Brief, error) {
	b, err := k.briefs.Get(ctx, string(r))
	if err != nil {
		return work.Brief{}, missing(err, "request %s: no work yet", r)
	}
	return wire.BriefFromProto(&b)
}

func (k *Keeper) page(ctx context.Context, r id.RequestID, round, page uint32) (work.Page, error) {
	p, err := k.pages.Get(ctx, collections.Join3(string(r), round, page))
	if err != nil {
		return work.Page{}, missing(err, "round %s/%d has no page %d", r, round, page)
	}
	return wire.PageFromProto(&p)
}

func (k *Keeper) submission(ctx context.Context, key submissionKey) (work.Submission, error) {
	s, err := k.submissions.Get(ctx, key)
	if err != nil {
		return work.Submission{}, missing(err, "%s committed to nothing for page %d of round %s/%d", key.K4(), key.K3(), key.K1(), key.K2())
	}
	return wire.SubmissionFromProto(&s)
}

// missing says what is not there; any other error stays what it is.
func missing(err error, format string, args ...any) error {
	if errors.Is(err, collections.ErrNotFound) {
		return fault.NotFound("work: "+format, args...)
	}
	return err
}
