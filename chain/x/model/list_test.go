package model_test

import (
	"fmt"
	"testing"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/host"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

// TestTheIndexOfCopiesAgreesWithAMap gives the chain, whose index is a trie of
// full nodes by then, and a host in memory the same items, many of them copies.
func TestTheIndexOfCopiesAgreesWithAMap(t *testing.T) {
	w := newWorld(t)
	rules := terms(model.Points)
	m := w.create("ann", rules)
	h, err := host.New(person("ann"), 1, rules, nil, w.Now())
	w.must(err)
	at := func(k uint32) model.Offer {
		x := learn.Input{}
		for i := range uint32(30) {
			x.Indices = append(x.Indices, (k*7)%930+i*2)
		}
		return model.Offer{Input: x}
	}
	const people, each = 8, 250
	copies := 0
	for p := range uint32(people) {
		var list []model.Offer
		for i := range uint32(each) {
			list = append(list, at(p*101+i*i))
		}
		first := w.give(fmt.Sprint("author", p), m, list...)
		for i, o := range list {
			want, err := h.Give(id.Address(fmt.Sprint("alaya1author", p)), o, model.Now{Height: 1, Time: w.Now()})
			w.must(err)
			if got := w.item(m, first+uint64(i)); got.CopyOf != want.CopyOf {
				t.Fatalf("item %d is a copy of %d, want %d", got.Number, got.CopyOf, want.CopyOf)
			}
			if want.CopyOf > 0 {
				copies++
			}
		}
	}
	if copies < 100 || copies == people*each {
		t.Errorf("%d copies of %d items: want some", copies, people*each)
	}
	w.sound()
}

// numbersOf reads all pages of a list of contributions.
func (w *world) numbersOf(m id.ModelID, author string, reverse bool, limit uint64) (numbers []uint64) {
	w.t.Helper()
	page := &query.PageRequest{Limit: limit, Reverse: reverse}
	for {
		res, err := w.query.Contributions(w.Ctx, &modelv1.QueryContributionsRequest{Model: string(m), Author: author, Pagination: page})
		w.must(err)
		if uint64(len(res.Contributions)) > limit {
			w.t.Fatalf("%d contributions in a page of %d", len(res.Contributions), limit)
		}
		for _, c := range res.Contributions {
			numbers = append(numbers, c.Number)
		}
		if len(res.Pagination.NextKey) == 0 {
			return numbers
		}
		page = &query.PageRequest{Key: res.Pagination.NextKey, Limit: limit, Reverse: reverse}
	}
}

func TestContributionsAreListedByNumberAndByAuthor(t *testing.T) {
	w := newWorld(t)
	m := w.create("ann", terms(model.Points))
	if got := w.numbersOf(m, "", false, 10); len(got) != 0 {
		t.Errorf("of an empty model: %v", got)
	}
	for i := range 7 { // bob 1 2 3, cat 4 5 6, bob 7 8 9 …
		w.give([]string{"bob", "cat"}[i%2], m, offers(3, i)...)
	}
	tests := []struct {
		name, author string
		reverse      bool
		want         []uint64
	}{
		{"all", "", false, []uint64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21}},
		{"all, from the last", "", true, []uint64{21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}},
		{"of one author, from the last", "cat", false, []uint64{18, 17, 16, 12, 11, 10, 6, 5, 4}},
		{"of who gave nothing", "dan", false, nil},
	}
	for _, tt := range tests {
		author := ""
		if tt.author != "" {
			author = string(person(tt.author))
		}
		for _, limit := range []uint64{1, 4, 100} {
			if got := w.numbersOf(m, author, tt.reverse, limit); fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("%s, %d a page: %v, want %v", tt.name, limit, got, tt.want)
			}
		}
	}
}

func TestPagesThatLeadNowhereAreRefused(t *testing.T) {
	w := newWorld(t)
	m := w.create("ann", terms(model.Points))
	w.give("bob", m, offers(3, 1)...)
	w.give("cat", m, offers(3, 2)...)
	number := func(n byte) []byte { return []byte{0, 0, 0, 0, 0, 0, 0, n} }
	tests := []struct {
		name, author string
		page         query.PageRequest
		kind         fault.Kind
	}{
		{"a key of three bytes", "", query.PageRequest{Key: []byte("key")}, fault.KindInvalid},
		{"a key and an offset", "", query.PageRequest{Key: number(1), Offset: 1}, fault.KindInvalid},
		{"a number above the last", "", query.PageRequest{Key: number(7)}, fault.KindNotFound},
		{"another author's item", "bob", query.PageRequest{Key: number(4)}, fault.KindInvalid},
		{"an author's items in reverse", "bob", query.PageRequest{Reverse: true}, fault.KindInvalid},
		{"more than a page may have", "", query.PageRequest{Limit: 1_001}, fault.KindLimit},
	}
	for _, tt := range tests {
		r := &modelv1.QueryContributionsRequest{Model: string(m), Pagination: &tt.page}
		if tt.author != "" {
			r.Author = string(person(tt.author))
		}
		if _, err := w.query.Contributions(w.Ctx, r); fault.KindOf(err) != tt.kind {
			t.Errorf("%s: %v, want kind %s", tt.name, err, tt.kind)
		}
	}
	for _, ask := range []func() error{
		func() error {
			_, err := w.query.Contributions(w.Ctx, &modelv1.QueryContributionsRequest{Model: "mod1nobody"})
			return err
		},
		func() error {
			_, err := w.query.Entries(w.Ctx, &modelv1.QueryEntriesRequest{Model: "mod1nobody"})
			return err
		},
	} {
		w.refused(ask(), fault.KindNotFound)
	}
}
