package model_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/host"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
)

const (
	ann   id.Address = "alaya1ann"
	bob   id.Address = "alaya1bob"
	cid              = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq"
	start id.Time    = 1_800_000_000_000
	wait  int64      = 60_000
)

// at is a block so many seconds after the start.
func at(seconds int64) model.Now {
	return model.Now{Height: id.Height(10 + seconds), Time: start.Add(1_000 * seconds)}
}

// terms are those of a model that judges by deposit.
func terms(family string) model.Terms {
	return model.Terms{
		Name:    "reviews",
		Config:  learn.Config{Family: family, Classes: 2, Features: 1 << 12},
		Encoder: model.Encoder{Inline: []byte(`{"kind":"hash"}`)},
		Incentive: model.Incentive{
			Kind: model.Deposit, Wait: wait, Margin: 1,
			Deposit: model.DepositTerms{Start: num.ALY, Floor: 1_000, Target: 10, Window: 3_600_000, Bond: 100_000, Share: 250_000},
		},
		Licence: "CC-BY-4.0",
	}
}

// owned are terms under which ann owns the model for a day.
func owned(family string) model.Terms {
	t := terms(family)
	t.Owner, t.OwnerUntil = ann, start.Add(24*3_600_000)
	return t
}

func newHost(t testing.TB, terms model.Terms) *host.Host {
	t.Helper()
	h, err := host.New(ann, 1, terms, nil, start)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// offer is item k: its label decides which features it has, and four of its own.
func offer(k int, label int64) model.Offer {
	base := uint32(k) * 4 % 3_000
	x := learn.Input{Indices: []uint32{uint32(label) * 2, uint32(label)*2 + 1}}
	for i := range uint32(4) {
		x.Indices = append(x.Indices, 10+base+i)
	}
	return model.Offer{Input: x, Label: label}
}

func give(t testing.TB, h *host.Host, who id.Address, o model.Offer, seconds int64) model.Contribution {
	t.Helper()
	c, err := h.Give(who, o, at(seconds))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// fatal is a test, be it of testing or of rapid.
type fatal interface{ Fatal(...any) }

// root is the root of parameters that learnt these items and nothing else.
func root(t fatal, c learn.Config, offers ...model.Offer) id.Hash {
	l, err := learn.New(c)
	if err != nil {
		t.Fatal(err)
	}
	var s learn.Memory
	for _, o := range offers {
		l.Update(&s, o.Input, o.Label)
	}
	return s.Root()
}

func check(t testing.TB, h *host.Host) {
	t.Helper()
	if err := h.Check(); err != nil {
		t.Fatal(err)
	}
}
