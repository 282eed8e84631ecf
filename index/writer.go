package index

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// Chain is what a Writer asks of a node: a *client.Client has it.
type Chain interface {
	ChainID() string
	// Height is that of the last block whose state can be read.
	Height() id.Height
	WaitHeight(context.Context, id.Height) error
	Ledger(context.Context, id.Height) (client.Ledger, error)
	// Earliest is the first block that the node still has.
	Earliest(context.Context) (id.Height, error)
	Party() partyv1.QueryClient
	Market() marketv1.QueryClient
	Work() workv1.QueryClient
	Quality() qualityv1.QueryClient
	Settle() settlev1.QueryClient
	Dataset() datasetv1.QueryClient
	Model() modelv1.QueryClient
}

// Library gives blobs. One that is not there is an error of kind not found.
type Library interface {
	Get(ctx context.Context, c id.CID) (io.ReadSeekCloser, error)
}

const (
	// batchBlocks and batchEvents bound what one transaction writes: a batch
	// ends with the block that reaches either.
	batchBlocks, batchEvents = 200, 4000
	// pause is how long a writer rests after a fault.
	pause = time.Second
	// specsEvery is how often blobs that were absent are looked for again.
	specsEvery = 10 * time.Second
	// analyseFirst is how many events are written before the database first
	// counts what it has; it does so again after twice as many each time.
	analyseFirst = 8000
)

// Writer follows a chain. One may run in each of several processes.
type Writer struct {
	index   *Index
	chain   Chain
	library Library
	log     *slog.Logger
	looked  time.Time // for absent specs
	last    string    // request that was looked at last

	written, analyseAt int // events since the database counted what it has
}

// NewWriter returns a writer; a nil library has no blobs, a nil log is silent.
func NewWriter(x *Index, c Chain, l Library, log *slog.Logger) *Writer {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Writer{index: x, chain: c, library: l, log: log, analyseAt: analyseFirst}
}

// Run follows the chain until ctx ends. Faults of node or database are logged
// and tried again; rows of another chain end it, of kind state.
func (w *Writer) Run(ctx context.Context) error {
	checked := false
	for ctx.Err() == nil {
		var err error
		if !checked {
			err = w.check(ctx)
			checked = err == nil
		}
		if checked {
			_, err = w.Step(ctx)
		}
		if fault.Is(err, fault.KindState) {
			return err
		}
		if err != nil && ctx.Err() == nil {
			w.log.Warn("index: will try again", "error", err)
			select {
			case <-time.After(pause):
			case <-ctx.Done():
			}
		}
	}
	return nil
}

// check compares the last block that both rows and node have: a chain that
// began anew may have the name of the old one.
func (w *Writer) check(ctx context.Context) error {
	at, err := w.index.Position(ctx)
	if err != nil || at.Height == 0 {
		return err
	}
	if at.Chain != w.chain.ChainID() {
		return fault.State("index: holds chain %.50q, the node's is %.50q: give it a database of its own", at.Chain, w.chain.ChainID())
	}
	h := min(at.Height, w.chain.Height())
	block, err := w.index.Block(ctx, int64(h))
	if fault.Is(err, fault.KindNotFound) {
		return nil // dropped by the node before it was read
	}
	if err != nil {
		return err
	}
	l, err := w.chain.Ledger(ctx, h)
	if err == nil && l.Hash != block.Hash {
		err = fault.State("index: block %d is %.16s…, the node's is %.16s…: rows of another chain of this name; give it an empty database", h, block.Hash, l.Hash)
	}
	return err
}

// Step waits for the block after the position and writes it, with those that
// are there behind it. It returns the new position's height.
func (w *Writer) Step(ctx context.Context) (id.Height, error) {
	at, err := w.index.Position(ctx)
	if err != nil {
		return 0, err
	}
	if err := w.chain.WaitHeight(ctx, at.Height+1); err != nil {
		return 0, err
	}
	batch, err := w.read(ctx, at.Height+1)
	if err != nil {
		return 0, err
	}
	state, err := w.refresh(ctx, batch)
	if err != nil {
		return 0, err
	}
	if err := w.write(ctx, at, batch, state); err != nil {
		return 0, err
	}
	return batch[len(batch)-1].Height, errors.Join(w.specs(ctx), w.analyse(ctx, batch))
}

// analyse lets a database that plans by what it has count it, while a chain is
// read that is long already: its own rounds would come too late.
func (w *Writer) analyse(ctx context.Context, batch []client.Ledger) error {
	for _, l := range batch {
		w.written += len(l.Events)
	}
	if w.index.d.analyse == "" || w.written < w.analyseAt {
		return nil
	}
	w.written, w.analyseAt = 0, 2*w.analyseAt
	_, err := w.index.exec(ctx, w.index.d.analyse)
	return broken("analyse", err)
}

// read fetches a batch from a height on, or from the first block that the node
// still has.
func (w *Writer) read(ctx context.Context, from id.Height) ([]client.Ledger, error) {
	var batch []client.Ledger
	events, head := 0, w.chain.Height()
	for h := from; h <= head && len(batch) < batchBlocks && events < batchEvents; h++ {
		l, err := w.chain.Ledger(ctx, h)
		if fault.Is(err, fault.KindNotFound) && len(batch) == 0 {
			first, err := w.chain.Earliest(ctx)
			if err != nil || first <= h {
				return nil, errors.Join(err, fault.NotFound("index: block %d: the node has dropped it", h))
			}
			w.log.Warn("index: the node has dropped blocks", "from", h, "to", first-1)
			if err := w.survey(ctx); err != nil {
				return nil, err
			}
			h = first - 1
			continue
		}
		if err != nil {
			return nil, err
		}
		batch, events = append(batch, l), events+len(l.Events)
	}
	if len(batch) == 0 {
		return nil, fault.Internal("index: block %d: not there yet", from)
	}
	return batch, nil
}

var errOvertaken = errors.New("another writer was faster")

// write puts a batch and the state of its nouns into the database, unless the
// position has moved meanwhile.
func (w *Writer) write(ctx context.Context, at Position, batch []client.Ledger, state []row) error {
	return w.index.writing(ctx, func(p *pen) error {
		if err := w.move(p, at, batch[len(batch)-1]); err != nil {
			return err
		}
		for _, l := range batch {
			if err := p.ledger(l); err != nil {
				return err
			}
		}
		if err := p.all(state); err != nil {
			return err
		}
		return p.paces(batch)
	})
}

// move takes the position from where the batch was read to its end.
func (w *Writer) move(p *pen, at Position, last client.Ledger) error {
	var now int64
	err := p.look(`SELECT height FROM position WHERE one = 1`, nil, &now)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return broken("position", err)
	}
	if now != int64(at.Height) {
		return fault.Internal("index: block %d: %w", at.Height+1, errOvertaken)
	}
	return p.put("position", 1, "one chain height time", 1, w.chain.ChainID(), int64(last.Height), int64(last.Time))
}
