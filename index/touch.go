package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// kind is a kind of noun whose state is read from the node.
type kind uint8

const (
	aRequest kind = iota
	aBid
	anEngagement
	anAssignment
	aProgress
	aRound
	aLayout
	aJob
	aVerdict
	votesOf
	aSettlement
	payoutsOf
	aProfile
	standingOf
	standingsOf
	stakesOf
	aDataset
	aModel
)

// noun names a thing whose state a block has touched: of a request or by its
// own id, with a party or a number where there are several.
type noun struct {
	kind kind
	of   string
	who  string
	n    int64
	at   id.Height // of votes, which only the past tells
}

// touched returns the nouns that a batch has touched, each once: by kind, and
// as they came, so that the numbers of documents rise with time.
func touched(batch []client.Ledger) []noun {
	seen := map[noun]int{} // when they came
	for _, l := range batch {
		for _, e := range l.Events {
			for _, n := range touches(e) {
				if _, twice := seen[n]; !twice {
					seen[n] = len(seen)
				}
			}
		}
	}
	list := make([]noun, 0, len(seen))
	for n := range seen {
		list = append(list, n)
	}
	slices.SortFunc(list, func(a, b noun) int { return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(seen[a], seen[b])) })
	return list
}

// touches says what state an event may have changed.
func touches(e client.Event) []noun {
	r, who := e.Attributes[keyRequest], e.Attributes[keyParty]
	switch e.Stage {
	case "market":
		list := []noun{{kind: aRequest, of: r}}
		if who != "" {
			list = append(list, noun{kind: aBid, of: r, who: who}, noun{kind: anEngagement, of: r, who: who}, noun{kind: stakesOf, who: who})
		}
		return list
	case "work":
		return workTouches(e, r, who)
	case "quality":
		list := []noun{{kind: aJob, of: r, n: number(e, keyRound)}, {kind: aRound, of: r, n: number(e, keyRound)}}
		if e.Action == "done" {
			list = append(list, noun{kind: aVerdict, of: r, n: number(e, keyRound)})
		}
		if e.Action == "agreed" {
			list = append(list, noun{kind: votesOf, of: r, n: number(e, keyRound), at: e.Height})
		}
		return list
	case "settle":
		return settleTouches(e, r, who)
	case "party":
		return []noun{{kind: aProfile, who: who}, {kind: standingOf, who: who}, {kind: stakesOf, who: who}}
	case "dataset":
		return []noun{{kind: aDataset, of: e.Attributes["dataset"], n: number(e, "version")}}
	case "model":
		return []noun{{kind: aModel, of: e.Attributes[keyModel]}}
	}
	return nil
}

func workTouches(e client.Event, r, who string) []noun {
	list := []noun{{kind: aProgress, of: r}}
	if n := number(e, keyRound); n > 0 {
		list = append(list, noun{kind: aRound, of: r, n: n})
		if e.Action == "round" && e.Attributes["state"] == "committing" {
			list = append(list, noun{kind: aLayout, of: r, n: n})
		}
	}
	if who != "" {
		list = append(list, noun{kind: anAssignment, of: r, who: who})
	}
	return list
}

func settleTouches(e client.Event, r, who string) []noun {
	m := number(e, keyMilestone)
	list := []noun{{kind: aSettlement, of: r, n: m}}
	switch {
	case e.Action == "posted":
		list = append(list, noun{kind: payoutsOf, of: r, n: m}, noun{kind: standingsOf, of: r, n: m})
	case who != "":
		list = append(list, noun{kind: payoutsOf, of: r, n: m}, noun{kind: standingOf, who: who})
	}
	return list
}

// refresh reads the state of all nouns that a batch has touched.
func (w *Writer) refresh(ctx context.Context, batch []client.Ledger) ([]row, error) {
	return w.askAll(ctx, touched(batch))
}

// askAll reads the state of nouns; what is not there has none.
func (w *Writer) askAll(ctx context.Context, nouns []noun) ([]row, error) {
	var all []row
	for _, n := range nouns {
		found, err := w.ask(ctx, n)
		if fault.Is(err, fault.KindNotFound) {
			continue // it ended, or never was: a party of an event need not bid
		}
		if err != nil {
			return nil, fmt.Errorf("index: state of %s %s %d: %w", n.of, n.who, n.n, err)
		}
		all = append(all, found...)
	}
	return all, nil
}

// ask reads the state of a noun.
func (w *Writer) ask(ctx context.Context, n noun) ([]row, error) {
	if n.of == "" && n.who == "" {
		return nil, nil // such as an event about parameters
	}
	switch n.kind {
	case aRequest:
		return w.request(ctx, n)
	case aBid:
		return w.bid(ctx, n)
	case anEngagement:
		return w.engagement(ctx, n)
	case anAssignment:
		return w.assignment(ctx, n)
	case aProgress:
		return w.progress(ctx, n)
	case aRound:
		return w.round(ctx, n)
	case aLayout:
		return w.layout(ctx, n)
	case aJob:
		return w.job(ctx, n)
	case aVerdict:
		return w.verdict(ctx, n)
	case votesOf:
		return w.votes(ctx, n)
	default:
		return w.askLate(ctx, n)
	}
}

// askLate reads what comes after the work.
func (w *Writer) askLate(ctx context.Context, n noun) ([]row, error) {
	switch n.kind {
	case aSettlement:
		return w.settlement(ctx, n)
	case payoutsOf:
		return w.payouts(ctx, n)
	case aProfile:
		return w.profile(ctx, n)
	case standingOf:
		return w.standing(ctx, n)
	case standingsOf:
		return w.standings(ctx, n)
	case stakesOf:
		return w.stakes(ctx, n)
	case aDataset:
		return w.dataset(ctx, n)
	case aModel:
		return w.model(ctx, n)
	default:
		return nil, fault.Internal("index: noun of kind %d", n.kind)
	}
}
