// Package party keeps who takes part: the chain's side of core/party.
//
// Words: a stake unbonds from the end of its engagement until it returns.
//
// Invariants, held by Invariants after every transaction:
//  1. Every profile, standing, conduct and stake passes its Check.
//  2. Escrow holds for every stake exactly what the stake still answers with.
package party

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
	"github.com/alaya-network/alaya/core/party"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/wire"
)

// Name is the module's name and that of its store.
const Name = "party"

// pair is a key of two texts: address and skill, or owner and request.
type pair = collections.Pair[string, string]

// Keeper keeps profiles, standings, conduct and stakes.
type Keeper struct {
	flow      Flow
	addresses address.Codec
	authority string // who may change parameters

	params    collections.Item[partyv1.Params]
	profiles  collections.Map[string, partyv1.Profile]
	standings collections.Map[pair, partyv1.Standing]
	conducts  collections.Map[string, partyv1.Conduct]
	stakes    collections.Map[pair, partyv1.Stake]
	// returns holds unbonding stakes by the time they return.
	returns kit.Queue[pair]
}

// NewKeeper makes the keeper. The flow may be filled later; authority is the
// address that sets parameters.
func NewKeeper(cdc codec.BinaryCodec, store corestore.KVStoreService, flow Flow, addresses address.Codec, authority string) *Keeper {
	sb := collections.NewSchemaBuilder(store)
	pairs := collections.PairKeyCodec(collections.StringKey, collections.StringKey)
	k := &Keeper{
		flow: flow, addresses: addresses, authority: authority,
		params:    collections.NewItem(sb, collections.NewPrefix(1), "params", codec.CollValue[partyv1.Params](cdc)),
		profiles:  collections.NewMap(sb, collections.NewPrefix(2), "profiles", collections.StringKey, codec.CollValue[partyv1.Profile](cdc)),
		standings: collections.NewMap(sb, collections.NewPrefix(3), "standings", pairs, codec.CollValue[partyv1.Standing](cdc)),
		conducts:  collections.NewMap(sb, collections.NewPrefix(4), "conducts", collections.StringKey, codec.CollValue[partyv1.Conduct](cdc)),
		stakes:    collections.NewMap(sb, collections.NewPrefix(5), "stakes", pairs, codec.CollValue[partyv1.Stake](cdc)),
		returns:   kit.NewQueue(sb, collections.NewPrefix(6), "returns", pairs),
	}
	if _, err := sb.Build(); err != nil {
		panic(fmt.Errorf("party: schema: %w", err))
	}
	return k
}

// Params returns the parameters.
func (k *Keeper) Params(ctx context.Context) (party.Params, error) {
	p, err := k.params.Get(ctx)
	if err != nil {
		return party.Params{}, fmt.Errorf("params: %w", err)
	}
	return wire.PartyParamsFromProto(&p)
}

// Profile returns an address's profile: one without content for an address
// that never wrote one.
func (k *Keeper) Profile(ctx context.Context, a id.Address) (party.Profile, error) {
	p, err := k.profiles.Get(ctx, string(a))
	if errors.Is(err, collections.ErrNotFound) {
		return party.Profile{Address: a}, nil
	}
	if err != nil {
		return party.Profile{}, err
	}
	return wire.ProfileFromProto(&p)
}

// SetProfile writes a profile; one without content removes it.
func (k *Keeper) SetProfile(ctx context.Context, p party.Profile) error {
	if p.IsEmpty() {
		return k.profiles.Remove(ctx, string(p.Address))
	}
	return k.profiles.Set(ctx, string(p.Address), *wire.ProfileToProto(p))
}

// address reads a foreign address, prefix and checksum included.
func (k *Keeper) address(text string) (id.Address, error) {
	if _, err := k.addresses.StringToBytes(text); err != nil {
		return "", fault.Invalid("address %.90q: %w", text, err)
	}
	return id.ParseAddress(text)
}
