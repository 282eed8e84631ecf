// Package model keeps collaborative models and what is paid around them: the
// chain's side of core/model.
//
// Words: a desk is one model laid out for the time of one message or deadline,
// loaded once and saved once; a chunk is neighbouring parameters
// (learn.ChunkSize), the unit in which the store keeps them; a leaf is
// neighbouring contributions or entries of the log, likewise; the shadow is the generation that a replay makes;
// a rank is a contributor's place in the leaderboard.
//
// Invariants, held by Invariants after every transaction, beside those of
// core/model, points, deposit and bounty:
//  1. The log of a model is the hash chain from its start to its root.
//  2. Every open contribution waits in a queue of deadlines: a trained one in
//     the log, whose model waits for its entry's verdict; all others by
//     themselves.
//  3. What escrow holds for a model is what its purse and its markets say, and
//     the purse says what open items, reports and contributors do.
//  4. What was given and not learnt waits for its window.
//  5. The leaderboard lists every contributor once, in the order of points.
//
// A block does a bounded amount of work for models (see the constants named
// perBlock); what is left comes with the next one. All work between blocks is a
// cursor in the state, so a node that is killed goes on where it was.
//
// What the state of a model comes to: parameters are bounded by its family
// (learn.Learner's Size). Contributions, entries of the log and the index of
// copies grow with what is given, by about 500 bytes and 100 an item of 64
// features, and nothing else grows; the author pays for them in gas.
//
// Store layout, by which a client proves an answer with ICS-23: see
// wire.ModelKey, wire.ModelTermsKey and wire.ChunkKey.
package model

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
	"github.com/alaya-network/alaya/core/model"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// Name is the module's name and that of its store.
const Name = wire.ModelStore

type (
	// numberKey is model and number: of a contribution, market or leaf.
	numberKey = collections.Pair[string, uint64]
	// addressKey is model and address.
	addressKey = collections.Pair[string, string]
	// reportKey is model, number and reporter.
	reportKey = collections.Triple[string, uint64, string]
	// placeKey is model and generation, or model and challenge.
	placeKey = collections.Pair[string, uint32]
	// batchKey is model, market and batch or test item.
	batchKey = collections.Triple[string, uint64, uint32]
	// stateKey is model, market, state and batch.
	stateKey = collections.Quad[string, uint64, int32, uint32]
)

// Keeper keeps models.
type Keeper struct {
	flow      Flow
	addresses address.Codec
	// store is what chunks and bands lie in, for the desk's own way to them.
	store corestore.KVStoreService

	nonces collections.Map[string, uint64]
	models collections.Map[string, modelv1.Model] // all but terms
	// terms stand apart since they never change and may be long.
	terms      collections.Map[string, modelv1.Terms]
	seeds      collections.Map[string, []byte] // by content id
	creators   collections.KeySet[addressKey]  // creator and model
	owners     collections.KeySet[addressKey]  // owner and model
	chunks     collections.Map[[]byte, []byte]
	obsolete   collections.KeySet[placeKey] // generations to be dropped
	items      shelf[modelv1.Contribution, *modelv1.Contribution]
	waiting    collections.KeySet[numberKey]   // given, for their window to be full
	bands      collections.Map[[]byte, []byte] // see bands.go
	people     collections.Map[addressKey, modelv1.Contributor]
	ranks      collections.KeySet[[]byte]
	entries    shelf[modelv1.Entry, *modelv1.Entry]
	judged     collections.Map[string, uint64] // entries of the log whose items had their verdicts
	prices     collections.Map[string, modelv1.Price]
	purses     collections.Map[string, modelv1.Purse]
	reports    collections.Map[reportKey, modelv1.Report]
	ballots    collections.Map[numberKey, modelv1.Ballot]
	challenges collections.Map[placeKey, modelv1.Challenge]
	markets    collections.Map[numberKey, modelv1.Market]
	batches    collections.Map[batchKey, modelv1.Batch]
	unsettled  collections.KeySet[stateKey] // batches committed to or opened
	tests      collections.Map[batchKey, modelv1.Item]

	verdicts kit.Queue[string]    // models by deadline of an entry's item
	due      kit.Queue[numberKey] // contributions that are not trained by deadline
	contests kit.Queue[placeKey]  // challenges by deadline
	calls    kit.Queue[numberKey] // markets by the end of their phase
	work     kit.Queue[numberKey] // markets that have something to do
	replays  kit.Queue[string]    // models that make a generation
}

// NewKeeper makes the keeper. The flow may be filled later.
func NewKeeper(cdc codec.BinaryCodec, store corestore.KVStoreService, flow Flow, addresses address.Codec) *Keeper {
	sb := collections.NewSchemaBuilder(store)
	k := &Keeper{flow: flow, addresses: addresses, store: store}
	k.layModels(sb, cdc)
	k.layContributions(sb, cdc)
	k.layMarkets(sb, cdc)
	if _, err := sb.Build(); err != nil {
		panic(fmt.Errorf("model: schema: %w", err))
	}
	return k
}

func (k *Keeper) layModels(sb *collections.SchemaBuilder, cdc codec.BinaryCodec) {
	text := collections.StringKey
	pairs := collections.PairKeyCodec(text, text)
	places := collections.PairKeyCodec(text, collections.Uint32Key)
	k.models = collections.NewMap(sb, collections.NewPrefix(wire.ModelPrefix), "models", text, codec.CollValue[modelv1.Model](cdc))
	k.chunks = collections.NewMap(sb, collections.NewPrefix(wire.ChunkPrefix), "chunks", collections.BytesKey, collections.BytesValue)
	k.terms = collections.NewMap(sb, collections.NewPrefix(wire.TermsPrefix), "terms", text, codec.CollValue[modelv1.Terms](cdc))
	k.nonces = collections.NewMap(sb, collections.NewPrefix(4), "nonces", text, collections.Uint64Value)
	k.seeds = collections.NewMap(sb, collections.NewPrefix(5), "seeds", text, collections.BytesValue)
	k.creators = collections.NewKeySet(sb, collections.NewPrefix(6), "creators", pairs)
	k.owners = collections.NewKeySet(sb, collections.NewPrefix(7), "owners", pairs)
	k.obsolete = collections.NewKeySet(sb, collections.NewPrefix(8), "obsolete", places)
	k.challenges = collections.NewMap(sb, collections.NewPrefix(9), "challenges", places, codec.CollValue[modelv1.Challenge](cdc))
	k.contests = kit.NewQueue(sb, collections.NewPrefix(10), "contests", places)
	k.replays = kit.NewQueue(sb, collections.NewPrefix(11), "replays", text)
}

func (k *Keeper) layContributions(sb *collections.SchemaBuilder, cdc codec.BinaryCodec) {
	text, word := collections.StringKey, collections.Uint64Key
	numbers := collections.PairKeyCodec(text, word)
	k.items = newShelf(sb, 12, "items", func(c *modelv1.Contribution, m string, n uint64) { c.Model, c.Number = m, n })
	k.judged = collections.NewMap(sb, collections.NewPrefix(13), "judged", text, collections.Uint64Value)
	k.bands = collections.NewMap(sb, collections.NewPrefix(bandsPrefix), "bands", collections.BytesKey, collections.BytesValue)
	k.people = collections.NewMap(sb, collections.NewPrefix(15), "people", collections.PairKeyCodec(text, text), codec.CollValue[modelv1.Contributor](cdc))
	k.ranks = collections.NewKeySet(sb, collections.NewPrefix(16), "ranks", collections.BytesKey)
	k.entries = newShelf(sb, 17, "entries", func(e *modelv1.Entry, m string, n uint64) { e.Model, e.Number = m, n })
	k.prices = collections.NewMap(sb, collections.NewPrefix(18), "prices", text, codec.CollValue[modelv1.Price](cdc))
	k.purses = collections.NewMap(sb, collections.NewPrefix(19), "purses", text, codec.CollValue[modelv1.Purse](cdc))
	k.reports = collections.NewMap(sb, collections.NewPrefix(20), "reports", collections.TripleKeyCodec(text, word, text), codec.CollValue[modelv1.Report](cdc))
	k.ballots = collections.NewMap(sb, collections.NewPrefix(21), "ballots", numbers, codec.CollValue[modelv1.Ballot](cdc))
	k.waiting = collections.NewKeySet(sb, collections.NewPrefix(29), "waiting", numbers)
	k.due = kit.NewQueue(sb, collections.NewPrefix(22), "due", numbers)
	k.verdicts = kit.NewQueue(sb, collections.NewPrefix(30), "verdicts", text)
}

func (k *Keeper) layMarkets(sb *collections.SchemaBuilder, cdc codec.BinaryCodec) {
	text, word := collections.StringKey, collections.Uint64Key
	numbers := collections.PairKeyCodec(text, word)
	perMarket := collections.TripleKeyCodec(text, word, collections.Uint32Key)
	k.markets = collections.NewMap(sb, collections.NewPrefix(23), "markets", numbers, codec.CollValue[modelv1.Market](cdc))
	k.batches = collections.NewMap(sb, collections.NewPrefix(24), "batches", perMarket, codec.CollValue[modelv1.Batch](cdc))
	k.unsettled = collections.NewKeySet(sb, collections.NewPrefix(25), "unsettled",
		collections.QuadKeyCodec(text, word, collections.Int32Key, collections.Uint32Key))
	k.tests = collections.NewMap(sb, collections.NewPrefix(26), "tests", perMarket, codec.CollValue[modelv1.Item](cdc))
	k.calls = kit.NewQueue(sb, collections.NewPrefix(27), "calls", numbers)
	k.work = kit.NewQueue(sb, collections.NewPrefix(28), "work", numbers)
}

// Model returns a model.
func (k *Keeper) Model(ctx context.Context, m id.ModelID) (model.Model, error) {
	p, err := k.model(ctx, string(m))
	if err != nil {
		return model.Model{}, err
	}
	return wire.ModelFromProto(&p)
}

// model puts a model and its terms together again.
func (k *Keeper) model(ctx context.Context, key string) (modelv1.Model, error) {
	p, err := k.models.Get(ctx, key)
	if err != nil {
		return p, missing(err, "no model %.40q", key)
	}
	p.Terms, err = k.terms.Get(ctx, key)
	return p, err
}

// addModel writes a new model, its terms and where it is found.
func (k *Keeper) addModel(ctx context.Context, m model.Model) error {
	if known, err := k.models.Has(ctx, string(m.ID)); err != nil || known {
		return existing(known, err, m.ID)
	}
	if err := k.terms.Set(ctx, string(m.ID), wire.ModelTermsToProto(m.Terms)); err != nil {
		return err
	}
	if err := k.creators.Set(ctx, collections.Join(string(m.Creator), string(m.ID))); err != nil {
		return err
	}
	if m.Terms.Owner != "" {
		if err := k.owners.Set(ctx, collections.Join(string(m.Terms.Owner), string(m.ID))); err != nil {
			return err
		}
	}
	return k.setModel(ctx, m)
}

func existing(known bool, err error, m id.ModelID) error {
	if known {
		return fault.Exists("model: %s stands already", m)
	}
	return err
}

// setModel writes a model that is known already: all but its terms.
func (k *Keeper) setModel(ctx context.Context, m model.Model) error {
	p := wire.ModelToProto(m)
	p.Terms = modelv1.Terms{}
	return k.models.Set(ctx, p.Id, *p)
}

// Contribution returns a contribution to a model.
func (k *Keeper) Contribution(ctx context.Context, m id.ModelID, number uint64) (model.Contribution, error) {
	return contribution(k.items.open(ctx, string(m)), m, number)
}

// Entry returns an entry of a model's log.
func (k *Keeper) Entry(ctx context.Context, m id.ModelID, number uint64) (model.Entry, error) {
	return entry(k.entries.open(ctx, string(m)), m, number)
}

func contribution(b *book[modelv1.Contribution, *modelv1.Contribution], m id.ModelID, number uint64) (model.Contribution, error) {
	p, err := b.get(number)
	if err != nil {
		return model.Contribution{}, missing(err, "%s has no contribution %d", m, number)
	}
	return wire.ContributionFromProto(&p)
}

func entry(b *book[modelv1.Entry, *modelv1.Entry], m id.ModelID, number uint64) (model.Entry, error) {
	p, err := b.get(number)
	if err != nil {
		return model.Entry{}, missing(err, "%s has no entry %d", m, number)
	}
	return wire.ModelEntryFromProto(&p)
}

// Contributor returns what a model knows of an address: nothing, if it never
// gave an item.
func (k *Keeper) Contributor(ctx context.Context, m id.ModelID, who id.Address) (model.Contributor, error) {
	p, err := k.people.Get(ctx, collections.Join(string(m), string(who)))
	if isMissing(err) {
		return model.NewContributor(m, who), nil
	}
	if err != nil {
		return model.Contributor{}, err
	}
	return wire.ContributorFromProto(&p)
}

// versionAt names a model as it was after an entry of its log.
func (k *Keeper) versionAt(ctx context.Context, m model.Model, entry uint64) (model.Version, error) {
	v := model.Version{Model: m.ID, Entry: entry, Root: m.FirstRoot()}
	if entry == 0 {
		return v, nil
	}
	e, err := k.Entry(ctx, m.ID, entry)
	v.Root = e.Root
	return v, err
}

// address reads a foreign address, prefix and checksum included.
func (k *Keeper) address(text string) (id.Address, error) {
	if _, err := k.addresses.StringToBytes(text); err != nil {
		return "", fault.Invalid("address %.90q: %w", text, err)
	}
	return id.ParseAddress(text)
}

// missing turns a key that is not there into an error of kind not found.
func missing(err error, format string, args ...any) error {
	if isMissing(err) {
		return fault.NotFound("model: "+format, args...)
	}
	return err
}

func isMissing(err error) bool { return errors.Is(err, collections.ErrNotFound) }
