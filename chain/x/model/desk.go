package model

import (
	"context"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/deposit"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// desk is one model laid out: it is changed here and written by save, but for
// queues and what belongs to single contributions, which are written at once.
type desk struct {
	k       *Keeper
	ctx     context.Context
	now     model.Now
	model   model.Model
	learner learn.Learner
	live    *cells
	shadow  *cells // nil: no replay

	items   *book[modelv1.Contribution, *modelv1.Contribution]
	entries *book[modelv1.Entry, *modelv1.Entry]
	bands   *bands
	people  []*person
	known   map[id.Address]*person // of people
	waiting uint64                 // items that wait for their window, once counted
	counted bool
	queued  bool          // for the verdicts of this block's items
	price   deposit.Price // only with deposits, as the purse
	purse   deposit.Purse
	moves   []escrow.Transfer
}

// person is a contributor as he was and as he is now.
type person struct {
	before, now model.Contributor
}

// open lays a model out.
func (k *Keeper) open(ctx context.Context, m id.ModelID) (*desk, error) {
	found, err := k.Model(ctx, m)
	if err != nil {
		return nil, err
	}
	return k.lay(ctx, found)
}

// openText is open for a foreign id.
func (k *Keeper) openText(ctx context.Context, text string) (*desk, error) {
	m, err := id.ParseModelID(text)
	if err != nil {
		return nil, err
	}
	return k.open(ctx, m)
}

func (k *Keeper) lay(ctx context.Context, m model.Model) (*desk, error) {
	l, err := learn.New(m.Terms.Config)
	if err != nil {
		return nil, err
	}
	d := k.bare(ctx, m)
	d.learner, d.live = l, k.cells(ctx, wire.Generation{Model: m.ID, Number: m.Generation})
	d.layShadow()
	if m.Terms.Incentive.Kind != model.Deposit {
		return d, nil
	}
	return d, d.layMoney()
}

// bare is a desk without parameters and money: all that is left of a model
// whose id alone is known.
func (k *Keeper) bare(ctx context.Context, m model.Model) *desk {
	return &desk{
		k: k, ctx: ctx, now: now(ctx), model: m, known: map[id.Address]*person{},
		items: k.items.open(ctx, string(m.ID)), entries: k.entries.open(ctx, string(m.ID)), bands: k.bandsOf(ctx, m.ID),
	}
}

func now(ctx context.Context) model.Now {
	return model.Now{Height: kit.Height(ctx), Time: kit.Now(ctx)}
}

// layShadow lays out the generation that a replay makes.
func (d *desk) layShadow() {
	if d.model.Replaying() {
		d.shadow = d.k.cells(d.ctx, wire.Generation{Model: d.model.ID, Number: d.model.Replay.Generation})
	}
}

func (d *desk) layMoney() error {
	price, err := d.k.prices.Get(d.ctx, string(d.model.ID))
	if err != nil {
		return missing(err, "%s has no price", d.model.ID)
	}
	if d.price, err = wire.PriceFromProto(&price); err != nil {
		return err
	}
	purse, err := d.k.purses.Get(d.ctx, string(d.model.ID))
	if err != nil {
		return missing(err, "%s has no purse", d.model.ID)
	}
	d.purse, err = wire.PurseFromProto(&purse)
	return err
}

// save writes what the desk changed and moves the money.
func (d *desk) save() error {
	if err := d.k.setModel(d.ctx, d.model); err != nil {
		return err
	}
	for _, generation := range []*cells{d.live, d.shadow} {
		if generation == nil {
			continue
		}
		if err := generation.save(); err != nil {
			return err
		}
	}
	for _, p := range d.people {
		if err := d.k.savePerson(d.ctx, p); err != nil {
			return err
		}
	}
	for _, save := range []func() error{d.items.save, d.entries.save, d.bands.save, d.saveMoney} {
		if err := save(); err != nil {
			return err
		}
	}
	return d.k.flow.Carry(d.ctx, merged(d.moves))
}

func (d *desk) saveMoney() error {
	if d.model.Terms.Incentive.Kind != model.Deposit {
		return nil
	}
	if err := d.k.prices.Set(d.ctx, string(d.model.ID), *wire.PriceToProto(d.price)); err != nil {
		return err
	}
	return d.k.purses.Set(d.ctx, string(d.model.ID), *wire.PurseToProto(d.purse))
}

// merged joins neighbours that move money the same way.
func merged(moves []escrow.Transfer) []escrow.Transfer {
	var all []escrow.Transfer
	for _, t := range moves {
		last := len(all) - 1
		if last < 0 || all[last].From != t.From || all[last].To != t.To {
			all = append(all, t)
			continue
		}
		all[last].Amount += t.Amount
	}
	return all
}

// person returns what the model knows of an address, as the desk has it.
func (d *desk) person(who id.Address) (model.Contributor, error) {
	if p := d.known[who]; p != nil {
		return p.now, nil
	}
	w, err := d.k.Contributor(d.ctx, d.model.ID, who)
	if err != nil {
		return w, err
	}
	p := &person{before: w, now: w}
	d.people, d.known[who] = append(d.people, p), p
	return w, nil
}

// setPerson changes a contributor whom person returned.
func (d *desk) setPerson(w model.Contributor) {
	d.known[w.Address].now = w
}

// item is a contribution as model.Items wants it.
func (d *desk) item(number uint64) (model.Contribution, error) {
	return contribution(d.items, d.model.ID, number)
}

func (d *desk) setItem(c model.Contribution) error {
	return d.items.set(c.Number, wire.ContributionToProto(c))
}

// note keeps an entry of the log, if there is one.
func (d *desk) note(e model.Entry) error {
	if e.Number == 0 {
		return nil
	}
	return d.entries.set(e.Number, wire.ModelEntryToProto(e))
}

// Band implements model.Index.
func (d *desk) Band(b model.Band) (uint64, error) {
	d.consume(gasPerBand, "model index of copies")
	return d.bands.find(b)
}

// SetBand implements model.Index.
func (d *desk) SetBand(b model.Band, number uint64) error {
	d.consume(gasPerBand, "model index of copies")
	return d.bands.add(b, number)
}

// gasPerCell is the price of a parameter that a message touches, reading and
// writing its chunk included: about what that takes of a block's time.
const gasPerCell = 250

// charge takes gas for the work of learning or asking.
func (d *desk) charge(cells uint64) { d.consume(cells*gasPerCell, "model cells") }

func (d *desk) consume(gas uint64, what string) {
	sdk.UnwrapSDKContext(d.ctx).GasMeter().ConsumeGas(gas, what)
}

// emit tells what happened to a model.
func (d *desk) emit(action string, pairs ...string) {
	emit(d.ctx, d.model.ID, action, pairs...)
}

func emit(ctx context.Context, m id.ModelID, action string, pairs ...string) {
	kit.Emit(ctx, Name, action, append([]string{attributeModel, string(m)}, pairs...)...)
}

const (
	attributeModel  = "model"
	attributeNumber = "number"
)
