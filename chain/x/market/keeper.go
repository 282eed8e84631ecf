// Package market keeps requests, bids and engagements: the chain's side of
// core/market.
//
// Words: a choice is a bid that automatic matching took and that waits for its
// award; a task is something that falls due for a request (Task); an item is a
// bid or an engagement.
//
// Invariants, held by Invariants after every transaction:
//  1. Every request, bid and engagement passes its Check.
//  2. A request's counters are the numbers of its open bids, offered and
//     active engagements.
//  3. Escrow holds for every bid its deposit as long as it is open, and no
//     longer.
//  4. The indexes list exactly the open bids, the offered and the active
//     engagements; choices are open bids.
//
// Tasks deal with a bounded number of items in a block; what is left goes on
// in the next.
//
// Events: posted, bid, bid_withdrawn, bid_rejected, bid_expired, awarded,
// matched, accepted, lapsed, working, revised, terminated, advanced, settling,
// closed, completed, cancelled and expired.
package market

import (
	"context"
	"errors"
	"fmt"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	corestore "cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

// Name is the module's name and that of its store.
const Name = "market"

type (
	// pair is a key of two texts: request and address, or request and task.
	pair = collections.Pair[string, string]
	// stateKey is a request's state and its id.
	stateKey = collections.Pair[int32, string]
)

// Keeper keeps requests, bids and engagements.
type Keeper struct {
	flow      Flow
	addresses address.Codec

	// requests are kept without their terms, which never change and may be
	// long: most messages rewrite a request.
	requests collections.Map[string, marketv1.Request]
	terms    collections.Map[string, marketv1.RequestTerms]
	states   collections.KeySet[stateKey]
	nonces   collections.Map[string, uint64]

	bids    collections.Map[pair, marketv1.Bid]
	open    collections.KeySet[pair] // open bids
	choices collections.KeySet[pair]

	engagements collections.Map[pair, marketv1.Engagement]
	offers      collections.KeySet[pair] // offered engagements
	active      collections.KeySet[pair] // active engagements

	tasks kit.Queue[pair] // request and task
}

// NewKeeper makes the keeper. The flow may be filled later.
func NewKeeper(cdc codec.BinaryCodec, store corestore.KVStoreService, flow Flow, addresses address.Codec) *Keeper {
	sb := collections.NewSchemaBuilder(store)
	pairs := collections.PairKeyCodec(collections.StringKey, collections.StringKey)
	k := &Keeper{
		flow: flow, addresses: addresses,
		requests: collections.NewMap(sb, collections.NewPrefix(1), "requests", collections.StringKey, codec.CollValue[marketv1.Request](cdc)),
		terms:    collections.NewMap(sb, collections.NewPrefix(2), "terms", collections.StringKey, codec.CollValue[marketv1.RequestTerms](cdc)),
		states: collections.NewKeySet(sb, collections.NewPrefix(3), "states",
			collections.PairKeyCodec(collections.Int32Key, collections.StringKey)),
		nonces:      collections.NewMap(sb, collections.NewPrefix(4), "nonces", collections.StringKey, collections.Uint64Value),
		bids:        collections.NewMap(sb, collections.NewPrefix(5), "bids", pairs, codec.CollValue[marketv1.Bid](cdc)),
		open:        collections.NewKeySet(sb, collections.NewPrefix(6), "open", pairs),
		choices:     collections.NewKeySet(sb, collections.NewPrefix(7), "choices", pairs),
		engagements: collections.NewMap(sb, collections.NewPrefix(8), "engagements", pairs, codec.CollValue[marketv1.Engagement](cdc)),
		offers:      collections.NewKeySet(sb, collections.NewPrefix(9), "offers", pairs),
		active:      collections.NewKeySet(sb, collections.NewPrefix(10), "active", pairs),
		tasks:       kit.NewQueue(sb, collections.NewPrefix(11), "tasks", pairs),
	}
	if _, err := sb.Build(); err != nil {
		panic(fmt.Errorf("market: schema: %w", err))
	}
	return k
}

// Request returns a request.
func (k *Keeper) Request(ctx context.Context, r id.RequestID) (market.Request, error) {
	p, err := k.request(ctx, string(r))
	if err != nil {
		return market.Request{}, err
	}
	return wire.RequestFromProto(&p)
}

// request puts a request and its terms together again.
func (k *Keeper) request(ctx context.Context, key string) (marketv1.Request, error) {
	p, err := k.requests.Get(ctx, key)
	if errors.Is(err, collections.ErrNotFound) {
		return p, fault.NotFound("market: no request %.40q", key)
	}
	if err != nil {
		return p, err
	}
	p.Terms, err = k.terms.Get(ctx, key)
	return p, err
}

// SetRequest writes a request that is known already: all but its terms.
func (k *Keeper) SetRequest(ctx context.Context, r market.Request) error {
	p := wire.RequestToProto(r)
	before, err := k.requests.Get(ctx, p.Id)
	if err != nil {
		return fmt.Errorf("request %s: %w", r.ID, err)
	}
	if before.State != p.State {
		if err := k.states.Remove(ctx, collections.Join(int32(before.State), p.Id)); err != nil {
			return err
		}
	}
	return k.putRequest(ctx, p)
}

// addRequest writes a new request.
func (k *Keeper) addRequest(ctx context.Context, r market.Request) error {
	p := wire.RequestToProto(r)
	known, err := k.requests.Has(ctx, p.Id)
	if err != nil {
		return err
	}
	if known {
		return fault.Exists("market: request %s stands already", r.ID)
	}
	if err := k.terms.Set(ctx, p.Id, p.Terms); err != nil {
		return err
	}
	return k.putRequest(ctx, p)
}

func (k *Keeper) putRequest(ctx context.Context, p *marketv1.Request) error {
	p.Terms = marketv1.RequestTerms{}
	if err := k.requests.Set(ctx, p.Id, *p); err != nil {
		return err
	}
	return k.states.Set(ctx, collections.Join(int32(p.State), p.Id))
}

// Bid returns the bid of an address on a request.
func (k *Keeper) Bid(ctx context.Context, r id.RequestID, bidder id.Address) (market.Bid, error) {
	p, err := k.bids.Get(ctx, collections.Join(string(r), string(bidder)))
	if errors.Is(err, collections.ErrNotFound) {
		return market.Bid{}, fault.NotFound("market: no bid of %s on request %s", bidder, r)
	}
	if err != nil {
		return market.Bid{}, err
	}
	return wire.BidFromProto(&p)
}

func (k *Keeper) setBid(ctx context.Context, b market.Bid) error {
	key := collections.Join(string(b.Request), string(b.Bidder))
	if err := list(ctx, k.open, key, b.State == market.BidOpen); err != nil {
		return err
	}
	if b.State != market.BidOpen {
		if err := k.choices.Remove(ctx, key); err != nil {
			return err
		}
	}
	return k.bids.Set(ctx, key, *wire.BidToProto(b))
}

// Engagement returns the engagement of an address on a request.
func (k *Keeper) Engagement(ctx context.Context, r id.RequestID, contributor id.Address) (market.Engagement, error) {
	p, err := k.engagements.Get(ctx, collections.Join(string(r), string(contributor)))
	if errors.Is(err, collections.ErrNotFound) {
		return market.Engagement{}, fault.NotFound("market: no engagement of %s on request %s", contributor, r)
	}
	if err != nil {
		return market.Engagement{}, err
	}
	return wire.EngagementFromProto(&p)
}

func (k *Keeper) setEngagement(ctx context.Context, e market.Engagement) error {
	key := collections.Join(string(e.Request), string(e.Contributor))
	if err := list(ctx, k.offers, key, e.State == market.Offered); err != nil {
		return err
	}
	if err := list(ctx, k.active, key, e.State == market.Active); err != nil {
		return err
	}
	return k.engagements.Set(ctx, key, *wire.EngagementToProto(e))
}

// list puts a key into an index, or takes it out.
func list(ctx context.Context, index collections.KeySet[pair], key pair, in bool) error {
	if in {
		return index.Set(ctx, key)
	}
	return index.Remove(ctx, key)
}

// firstOf returns the addresses listed for a request, at most limit of them.
func firstOf(ctx context.Context, index collections.KeySet[pair], r id.RequestID, limit int) ([]id.Address, error) {
	var found []id.Address
	if limit <= 0 {
		return nil, nil
	}
	err := index.Walk(ctx, collections.NewPrefixedPairRange[string, string](string(r)), func(key pair) (bool, error) {
		found = append(found, id.Address(key.K2()))
		return len(found) == limit, nil
	})
	return found, err
}

// address reads a foreign address, prefix and checksum included.
func (k *Keeper) address(text string) (id.Address, error) {
	if _, err := k.addresses.StringToBytes(text); err != nil {
		return "", fault.Invalid("address %.90q: %w", text, err)
	}
	return id.ParseAddress(text)
}
