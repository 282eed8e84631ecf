package index

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/index/view"
)

// Attributes of events, as the stages name them.
const (
	keyRequest, keyParty, keyRound, keyPage = "request", "party", "round", "page"
	keyMilestone, keyContent, keyModel      = "milestone", "content", "model"
)

// ledger writes what a block says.
func (p *pen) ledger(l client.Ledger) error {
	err := p.put("blocks", 1, "height hash app_hash proposer time txs events", int64(l.Height), l.Hash, l.AppHash, l.Proposer, int64(l.Time), len(l.Transactions), len(l.Events))
	if err != nil {
		return err
	}
	parties := map[string][]string{} // by transaction
	for _, e := range l.Events {
		if who := e.Attributes[keyParty]; who != "" && !slices.Contains(parties[e.Tx], who) {
			parties[e.Tx] = append(parties[e.Tx], who)
		}
	}
	for _, e := range l.Events {
		if err := p.event(e); err != nil {
			return err
		}
	}
	for _, t := range l.Transactions {
		if err := p.transaction(l, t, parties[t.Hash]); err != nil {
			return err
		}
	}
	return nil
}

func (p *pen) transaction(l client.Ledger, t client.Transaction, named []string) error {
	var tags []string
	signers := []string{}
	for _, s := range t.Signers {
		signers = append(signers, string(s))
		named = append(named, string(s))
		if err := p.meet(string(s), int64(l.Time)); err != nil {
			return err
		}
	}
	for _, who := range named {
		tags = append(tags, "p:"+who)
	}
	messages := []view.Message{}
	for _, m := range t.Messages {
		messages = append(messages, view.Message{Stage: m.Stage, Verb: m.Verb, Fields: m.Fields})
		tags = append(tags, "s:"+m.Stage)
	}
	err := p.put("txs", 2, "height idx hash time code log gas_used fee memo signers messages", int64(l.Height), t.Index, t.Hash, int64(l.Time), int64(t.Code), clean(t.Log), t.GasUsed, int64(t.Fee), clean(t.Memo),
		text(signers), text(messages))
	slices.Sort(tags)
	for _, tag := range slices.Compact(tags) {
		if err == nil {
			err = p.keep("tx_tags", 3, "tag height idx", clean(tag), int64(l.Height), t.Index)
		}
	}
	if err != nil || t.Code != 0 {
		return err
	}
	return p.evidence(t)
}

// meet notes when an address first took part.
func (p *pen) meet(who string, at int64) error {
	if p.seen[who] {
		return nil
	}
	p.seen[who] = true
	return p.keep("parties", 1, "address since", clean(who), at)
}

func (p *pen) event(e client.Event) error {
	err := p.put("events", 2, "height idx time tx stage action request party attributes", int64(e.Height), e.Index, int64(e.Time), e.Tx, e.Stage, e.Action, clean(e.Attributes[keyRequest]),
		clean(e.Attributes[keyParty]), clean(text(e.Attributes)))
	if who := e.Attributes[keyParty]; err == nil && who != "" {
		err = p.meet(who, int64(e.Time))
	}
	if err != nil {
		return err
	}
	switch e.Stage {
	case "work":
		return p.workEvent(e)
	case "settle":
		return p.settleEvent(e)
	case "quality":
		return p.qualityEvent(e)
	}
	return nil
}

// workEvent moves the submission that the event is about.
func (p *pen) workEvent(e client.Event) error {
	to := map[string]string{"expired": "expired", "committed": "committed", "revealed": "revealed", "forfeited": "forfeited"}[e.Action]
	if e.Action == "leased" {
		for page := range strings.SplitSeq(e.Attributes["pages"], ",") {
			n, err := strconv.ParseUint(page, 10, 32)
			if err != nil {
				continue // no page was left
			}
			err = p.put("submissions", 4, "request round page contributor state leased committed revealed content", e.Attributes[keyRequest], number(e, keyRound), int64(n), e.Attributes[keyParty], "leased", int64(e.Time), 0, 0, "")
			if err != nil {
				return err
			}
		}
		return nil
	}
	if to == "" {
		return nil
	}
	set, args := "state = ?", []any{to}
	switch to {
	case "committed":
		set, args = "state = ?, committed = ?", append(args, int64(e.Time))
	case "revealed":
		set, args = "state = ?, revealed = ?, content = ?", append(args, int64(e.Time), clean(e.Attributes[keyContent]))
	}
	args = append(args, e.Attributes[keyRequest], number(e, keyRound), number(e, keyPage), e.Attributes[keyParty])
	return p.do("UPDATE submissions SET "+set+" WHERE request = ? AND round = ? AND page = ? AND contributor = ?", args...)
}

// settleEvent moves the contest or payout that the event is about.
func (p *pen) settleEvent(e client.Event) error {
	r, m, who := e.Attributes[keyRequest], number(e, keyMilestone), e.Attributes[keyParty]
	switch e.Action {
	case "contested":
		return p.put("contests", 3, "request milestone contributor state reason evidence opened", r, m, who, "open", clean(e.Attributes["reason"]), "", int64(e.Time))
	case "withdrawn", "overturned":
		return p.do("UPDATE contests SET state = ? WHERE request = ? AND milestone = ? AND contributor = ?", e.Action, r, m, who)
	case "released":
		amount, err := num.ParseAmount(e.Attributes["amount"])
		if err != nil {
			return err
		}
		return p.put("releases", 3, "request milestone contributor at amount", r, m, who, int64(e.Time), int64(amount))
	}
	return nil
}

// evidence keeps what contests rest on, which their events do not tell.
func (p *pen) evidence(t client.Transaction) error {
	for _, m := range t.Messages {
		if m.Stage != "settle" || m.Verb != "contest" {
			continue
		}
		var c struct {
			Request, Contributor, Evidence string
			Milestone                      int64
		}
		if json.Unmarshal(m.Fields, &c) != nil {
			continue // longer than client.MaxFields: no evidence is
		}
		err := p.do("UPDATE contests SET evidence = ? WHERE request = ? AND milestone = ? AND contributor = ?",
			clean(c.Evidence), c.Request, c.Milestone, c.Contributor)
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *pen) qualityEvent(e client.Event) error {
	if e.Action != "done" {
		return nil
	}
	return p.put("verdict_blocks", 2, "request round height at", e.Attributes[keyRequest], number(e, keyRound), int64(e.Height), int64(e.Time))
}

// number reads an attribute that is a number, 0 for none.
func number(e client.Event, key string) int64 {
	n, _ := strconv.ParseInt(e.Attributes[key], 10, 64) // the chain writes numbers
	return n
}
