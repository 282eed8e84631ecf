package client

import (
	"strings"

	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/alaya-network/alaya/core/id"
)

// Block is what our stages said happened in one block, in order.
type Block struct {
	Height id.Height
	Time   id.Time
	// Txs counts the transactions, failed ones included.
	Txs    int
	Events []Event
}

// Event is one thing that happened in a stage.
type Event struct {
	Height id.Height `json:"height"`
	Time   id.Time   `json:"time"`
	// Index is the event's place in its block, from 0; with Height it names
	// the event.
	Index int `json:"index"`
	// Tx is the hash of the transaction, "" when the block did it by itself.
	Tx string `json:"tx,omitempty"`
	// Stage and Action say what happened, such as "market" and "posted".
	Stage  string `json:"stage"`
	Action string `json:"action"`
	// Attributes are all the rest, by name.
	Attributes map[string]string `json:"attributes,omitempty"`
}

// Request returns the request that the event is about, or "".
func (e Event) Request() id.RequestID { return id.RequestID(e.Attributes["request"]) }

// Party returns the address that the event is about, or "".
func (e Event) Party() id.Address { return id.Address(e.Attributes["party"]) }

const (
	stagePrefix     = "alaya."
	actionAttribute = "action"
	// modeAttribute and endBlock mark what comes after the transactions.
	modeAttribute = "mode"
	endBlock      = "EndBlock"
	// indexAttribute is the SDK's number of the message in its transaction.
	indexAttribute = "msg_index"
)

// reader collects the events of one block.
type reader struct{ block Block }

// readBlock returns the block and the results of its transactions by hash.
// The oracle's votes ride as a first pseudo-transaction that asks for no gas;
// it is not one.
func readBlock(header cmttypes.Header, txs cmttypes.Txs, results []*abci.ExecTxResult, own []abci.Event) (Block, map[txHash]Result) {
	r := reader{Block{Height: id.Height(header.Height), Time: id.Time(header.Time.UnixMilli())}}
	var before, after []abci.Event
	for _, e := range own {
		if attribute(e, modeAttribute) == endBlock {
			after = append(after, e)
		} else {
			before = append(before, e)
		}
	}
	done := make(map[txHash]Result, len(txs))
	r.add("", before)
	for i, result := range results {
		if i >= len(txs) || result.GasWanted == 0 {
			continue
		}
		hash := hashOf(txs[i])
		first := len(r.block.Events)
		r.add(hash.String(), result.Events)
		r.block.Txs++
		done[hash] = newResult(hash, r.block, result, r.block.Events[first:len(r.block.Events):len(r.block.Events)])
	}
	r.add("", after)
	return r.block, done
}

func (r *reader) add(tx string, events []abci.Event) {
	for _, e := range events {
		stage, ours := strings.CutPrefix(e.Type, stagePrefix)
		if !ours {
			continue
		}
		event := Event{
			Height: r.block.Height, Time: r.block.Time, Index: len(r.block.Events), Tx: tx,
			Stage: stage, Attributes: make(map[string]string, len(e.Attributes)),
		}
		for _, a := range e.Attributes {
			switch a.Key {
			case actionAttribute:
				event.Action = a.Value
			case modeAttribute, indexAttribute:
			default:
				event.Attributes[a.Key] = a.Value
			}
		}
		r.block.Events = append(r.block.Events, event)
	}
}

func attribute(e abci.Event, key string) string {
	for _, a := range e.Attributes {
		if a.Key == key {
			return a.Value
		}
	}
	return ""
}
