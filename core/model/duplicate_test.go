package model_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
)

func span(from, n uint32) learn.Input {
	var x learn.Input
	for i := range n {
		x.Indices = append(x.Indices, from+i)
	}
	return x
}

func TestOverlapIsSharedOfAll(t *testing.T) {
	valued := learn.Input{Indices: []uint32{1, 2}, Values: []int64{fixed.One, 5 * fixed.One}}
	near := learn.Input{Indices: []uint32{1, 2}, Values: []int64{fixed.One + 1, 5 * fixed.One}}
	far := learn.Input{Indices: []uint32{1, 2}, Values: []int64{2 * fixed.One, 5 * fixed.One}}
	tests := []struct {
		name string
		a, b learn.Input
		want num.Ppm
	}{
		{"the same", span(0, 10), span(0, 10), num.One},
		{"nothing shared", span(0, 10), span(10, 10), 0},
		{"half of one", span(0, 10), span(5, 10), 333_333},
		{"nine of ten", span(0, 10), span(0, 9), 900_000},
		{"values almost the same", valued, near, num.One},
		{"one value differs", valued, far, 333_333},
		{"a withdrawn item", span(0, 10), learn.Input{}, 0},
		{"two withdrawn items", learn.Input{}, learn.Input{}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := model.Overlap(tt.a, tt.b); got != tt.want || got != model.Overlap(tt.b, tt.a) {
				t.Errorf("Overlap = %s, want %s", got, tt.want)
			}
		})
	}
}

// The first band was computed in Python from the words of the comment.
func TestSignaturesAreStable(t *testing.T) {
	got := model.Signature(learn.Input{Indices: []uint32{1, 5, 9}})
	if want := model.Band(3946081082468727303); got[0] != want {
		t.Errorf("the first band is %d, want %d for ever", got[0], want)
	}
	if got == model.Signature(learn.Input{Indices: []uint32{1, 5}}) {
		t.Error("different inputs share all bands")
	}
}

func TestNearCopiesAreFoundAndOthersAreNot(t *testing.T) {
	found, confused := 0, 0
	const n = 400
	for k := range uint32(n) {
		x := span(k*100, 60)
		met := func(y learn.Input) bool {
			a, b := model.Signature(x), model.Signature(y)
			for i := range a {
				if a[i] == b[i] {
					return true
				}
			}
			return false
		}
		if met(span(k*100, 54)) { // 90 % shared
			found++
		}
		if met(span(k*100+40, 60)) { // 20 % shared
			confused++
		}
	}
	if found < n*98/100 || confused > n*5/100 {
		t.Errorf("of %d pairs, %d near ones meet and %d far ones", n, found, confused)
	}
}

// bands is an index in memory that counts what is asked of it.
type bands struct {
	at    map[model.Band]uint64
	reads int
}

func (b *bands) Band(k model.Band) (uint64, error) {
	b.reads++
	return b.at[k], nil
}

func (b *bands) SetBand(k model.Band, n uint64) error {
	b.at[k] = n
	return nil
}

func TestALookupReadsOneKeyPerBand(t *testing.T) {
	index := &bands{at: map[model.Band]uint64{}}
	var all []model.Contribution
	item := func(n uint64) (model.Contribution, error) { return all[n-1], nil }
	for k := range uint64(300) {
		all = append(all, model.Contribution{Number: k + 1, Author: ann, Offer: model.Offer{Input: span(uint32(k%7), 50)}})
	}
	for k := range all {
		index.reads = 0
		c, err := all[k].Find(index, item)
		if err != nil || index.reads > model.Bands {
			t.Fatalf("item %d: %d reads, %v", k, index.reads, err)
		}
		if k >= 7 && c.CopyOf == 0 {
			t.Fatalf("item %d is no copy of an earlier one", k)
		}
	}
}

func TestWhatIsEqualIsAlwaysFound(t *testing.T) {
	index, n := &bands{at: map[model.Band]uint64{}}, uint32(0)
	var all []model.Contribution
	item := func(n uint64) (model.Contribution, error) { return all[n-1], nil }
	find := func(x learn.Input) uint64 {
		n++
		c := model.Contribution{Number: uint64(n), Author: ann, Offer: model.Offer{Input: x}}
		all = append(all, c)
		c, err := c.Find(index, item)
		if err != nil {
			t.Fatal(err)
		}
		return c.CopyOf
	}
	// Neighbours share half and more: they take each other's bands.
	for k := range uint32(2_000) {
		find(span(k*9, 40))
	}
	for k := range uint32(2_000) {
		if got := find(span(k*9, 40)); got == 0 {
			t.Errorf("item %d came twice, and nobody noticed", k)
		}
	}
}

func TestWhoCopiesAnItemThatFollowedAWithdrawnOneIsFound(t *testing.T) {
	index := &bands{at: map[model.Band]uint64{}}
	all := []model.Contribution{{Number: 1}, {Number: 2}, {Number: 3}}
	item := func(n uint64) (model.Contribution, error) { return all[n-1], nil }
	for i, want := range []uint64{0, 0, 2} {
		all[i].Offer.Input = span(0, 40)
		c, err := all[i].Find(index, item)
		if err != nil || c.CopyOf != want {
			t.Errorf("item %d is a copy of %d, %v, want %d", i+1, c.CopyOf, err, want)
		}
		if i == 0 {
			all[0].Offer = model.Offer{} // withdrawn
		}
	}
}

func TestAnItemIsACopyOfEarlierOnesOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		index := &bands{at: map[model.Band]uint64{}}
		all := map[uint64]model.Contribution{}
		item := func(n uint64) (model.Contribution, error) { return all[n], nil }
		numbers := rapid.Permutation([]uint64{1, 2, 3, 4, 5, 6}).Draw(t, "order of reveals")
		for _, n := range numbers {
			from := rapid.Uint32Range(0, 4).Draw(t, "from")
			all[n] = model.Contribution{Number: n, Author: id.Address("alaya1ann"), Offer: model.Offer{Input: span(from, 40)}}
			c, err := all[n].Find(index, item)
			if err != nil || c.CopyOf >= n {
				t.Fatalf("%d is a copy of %d, %v", n, c.CopyOf, err)
			}
			if c.CopyOf > 0 && model.Overlap(all[n].Offer.Input, all[c.CopyOf].Offer.Input) < model.Near {
				t.Fatalf("%d is no copy of %d", n, c.CopyOf)
			}
		}
	})
}
