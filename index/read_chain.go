package index

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/index/view"
)

func itoa(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

// inBlock is how many transactions or events of a block are shown at once.
const inBlock = 1000

const blockColumns = `SELECT height, time, hash, app_hash, proposer, txs, events FROM blocks`

func scanBlock(r *sql.Rows, v *view.Block) error {
	return r.Scan(&v.Height, &v.Time, &v.Hash, &v.AppHash, &v.Proposer, &v.Txs, &v.Events)
}

// Blocks returns blocks, the newest first.
func (x *Index) Blocks(ctx context.Context, cursor string, limit int) (view.Page[view.Block], error) {
	const list = "blocks"
	at, on, err := after(list, cursor)
	if err != nil {
		return view.Page[view.Block]{}, err
	}
	var q question
	if on {
		q.and("height < ?", at.N)
	}
	limit = limited(limit)
	found, err := rows(ctx, x, scanBlock, blockColumns+q.String()+` ORDER BY height DESC LIMIT ?`, append(q.args, limit+1)...)
	items, next := pageOf(found, limit, func(v view.Block) place { return place{List: list, N: v.Height} })
	return view.Page[view.Block]{Items: items, Next: next}, err
}

// Block returns a block with what it holds.
func (x *Index) Block(ctx context.Context, height int64) (view.BlockDetail, error) {
	var v view.BlockDetail
	found, err := rows(ctx, x, scanBlock, blockColumns+` WHERE height = ?`, height)
	if err != nil {
		return v, err
	}
	if len(found) == 0 {
		return v, fault.NotFound("index: block %d: not known", height)
	}
	v.Block = found[0]
	if v.Transactions, err = rows(ctx, x, scanTx, txColumns+` WHERE t.height = ? ORDER BY t.idx LIMIT ?`, height, inBlock); err != nil {
		return v, err
	}
	v.Happened, err = rows(ctx, x, scanEvent, eventColumns+` WHERE height = ? ORDER BY idx LIMIT ?`, height, inBlock)
	return v, err
}

const eventColumns = `SELECT height, idx, time, tx, stage, action, request, party, attributes FROM events`

func scanEvent(r *sql.Rows, v *view.Event) error {
	var attributes string
	if err := r.Scan(&v.Height, &v.Index, &v.Time, &v.Tx, &v.Stage, &v.Action, &v.Request, &v.Party, &attributes); err != nil {
		return err
	}
	return unmarshal(attributes, &v.Attributes)
}

// Events returns what happened to a request, the newest first.
func (x *Index) Events(ctx context.Context, request, cursor string, limit int) (view.Page[view.Event], error) {
	const list = "events"
	at, on, err := after(list, cursor)
	if err != nil {
		return view.Page[view.Event]{}, err
	}
	var q question
	q.and("request = ?", request)
	if on {
		q.and("(height, idx) < (?, ?)", at.N, at.M)
	}
	limit = limited(limit)
	found, err := rows(ctx, x, scanEvent, eventColumns+q.String()+` ORDER BY height DESC, idx DESC LIMIT ?`, append(q.args, limit+1)...)
	items, next := pageOf(found, limit, func(v view.Event) place { return place{List: list, N: v.Height, M: int64(v.Index)} })
	return view.Page[view.Event]{Items: items, Next: next}, err
}

const txColumns = `SELECT t.height, t.idx, t.hash, t.time, t.code, t.log, t.gas_used, t.fee, t.memo, t.signers, t.messages FROM txs t`

func scanTx(r *sql.Rows, v *view.Tx) error {
	var signers, messages string
	if err := r.Scan(&v.Height, &v.Index, &v.Hash, &v.Time, &v.Code, &v.Log, &v.GasUsed, &v.Fee, &v.Memo, &signers, &messages); err != nil {
		return err
	}
	v.OK = v.Code == 0
	return errors.Join(unmarshal(signers, &v.Signers), unmarshal(messages, &v.Messages))
}

// Txs returns transactions, the newest first: of a party, of a stage, or both.
func (x *Index) Txs(ctx context.Context, party, stage, cursor string, limit int) (view.Page[view.Tx], error) {
	const list = "txs"
	at, on, err := after(list, cursor)
	if err != nil {
		return view.Page[view.Tx]{}, err
	}
	limit = limited(limit)
	from, args := chosenTxs(party, stage, at, on, limit+1)
	found, err := rows(ctx, x, scanTx, strings.Replace(txColumns, "FROM txs t", "FROM ("+from+") k JOIN txs t ON t.height = k.height AND t.idx = k.idx", 1)+
		` ORDER BY t.height DESC, t.idx DESC`, args...)
	items, next := pageOf(found, limit, func(v view.Tx) place { return place{List: list, N: v.Height, M: int64(v.Index)} })
	return view.Page[view.Tx]{Items: items, Next: next}, err
}

// chosenTxs picks the transactions of a page by their keys alone.
func chosenTxs(party, stage string, at place, on bool, limit int) (string, []any) {
	table, tags := "txs", []string{}
	if party != "" {
		tags = append(tags, "p:"+party)
	}
	if stage != "" {
		tags = append(tags, "s:"+stage)
	}
	var q question
	if len(tags) > 0 {
		table = "tx_tags"
		q.and("g.tag = ?", tags[0])
	}
	if len(tags) > 1 {
		q.and("EXISTS (SELECT 1 FROM tx_tags o WHERE o.tag = ? AND o.height = g.height AND o.idx = g.idx)", tags[1])
	}
	if on {
		q.and("(g.height, g.idx) < (?, ?)", at.N, at.M)
	}
	return "SELECT g.height, g.idx FROM " + table + " g" + q.String() + " ORDER BY g.height DESC, g.idx DESC LIMIT ?", append(q.args, limit)
}

// Tx returns a transaction by its hash, upper-case hex.
func (x *Index) Tx(ctx context.Context, hash string) (view.TxDetail, error) {
	var v view.TxDetail
	found, err := rows(ctx, x, scanTx, txColumns+` WHERE t.hash = ? ORDER BY t.height LIMIT 1`, hash)
	if err != nil {
		return v, err
	}
	if len(found) == 0 {
		return v, fault.NotFound("index: transaction %.64s: in no block", hash)
	}
	v.Tx = found[0]
	v.Happened, err = rows(ctx, x, scanEvent, eventColumns+` WHERE tx = ? AND height = ? ORDER BY height, idx LIMIT ?`, hash, v.Height, inBlock)
	return v, err
}
