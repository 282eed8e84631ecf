package model

import (
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
)

// Bands of a signature. Two inputs that share 80 % of their features meet in at
// least one of the first eight 98 times of 100, those that share half 40 times,
// a fifth 1; the last band is of the whole input, so that equal ones always
// meet, whatever others took the bands they share.
const (
	Bands  = narrow + 1
	narrow = 8
	rows   = 4
	// Near is the overlap (Jaccard) from which an item counts as a copy.
	Near num.Ppm = 800_000
)

// Band is a key of the index of copies: equal for inputs that are much alike.
type Band uint64

// Signature returns the bands of an input: MinHash over its features, with
// values, if any, in steps of an eighth. Source: Broder, On the resemblance and
// containment of documents (1997).
func Signature(x learn.Input) [Bands]Band {
	var least [narrow * rows]uint64
	for i := range least {
		least[i] = 1<<64 - 1
	}
	whole := uint64(narrow)
	for k := range x.Indices {
		token := mix(token(x, k))
		whole = mix(whole ^ token)
		for i := range least {
			least[i] = min(least[i], mix(token+uint64(i)*golden))
		}
	}
	bands := [Bands]Band{narrow: Band(whole)}
	for b := range narrow {
		h := uint64(b)
		for r := range rows {
			h = mix(h ^ least[b*rows+r])
		}
		bands[b] = Band(h)
	}
	return bands
}

// golden is 2⁶⁴ over the golden ratio, made odd.
const golden = 0x9e3779b97f4a7c15

// mix spreads the bits of a word: the last step of SplitMix64.
func mix(v uint64) uint64 {
	v = (v ^ v>>30) * 0xbf58476d1ce4e5b9
	v = (v ^ v>>27) * 0x94d049bb133111eb
	return v ^ v>>31
}

// valueStep are the bits of a value that a token leaves out.
const valueStep = 17

func token(x learn.Input, k int) uint64 {
	t := uint64(x.Indices[k]) + 1
	if x.Values != nil {
		t |= uint64(uint32(x.Values[k]>>valueStep)) << 32
	}
	return t
}

// Overlap returns what two inputs share of what either has.
func Overlap(a, b learn.Input) num.Ppm {
	shared, i, j := int64(0), 0, 0
	for i < len(a.Indices) && j < len(b.Indices) {
		switch {
		case a.Indices[i] < b.Indices[j]:
			i++
		case a.Indices[i] > b.Indices[j]:
			j++
		default:
			if token(a, i) == token(b, j) {
				shared++
			}
			i++
			j++
		}
	}
	all := int64(len(a.Indices)+len(b.Indices)) - shared
	if all == 0 {
		return 0
	}
	return num.Ppm(shared * int64(num.One) / all)
}

// Index finds earlier items by their bands; it belongs to one model. A key not
// there is 0.
type Index interface {
	Band(Band) (contribution uint64, err error)
	SetBand(Band, uint64) error
}

// Items fetches earlier contributions by their number.
type Items func(number uint64) (Contribution, error)

// CopyOf looks an input up among the contributions before a number, at most
// Bands of them, and returns the earliest of those it nearly equals, 0 for none;
// labels and authors do not matter. Withdrawn items have no features and are
// nobody's copy.
func CopyOf(input learn.Input, before uint64, x Index, item Items) (uint64, error) {
	found, _, err := lookUp(input, before, x, item)
	return found, err
}

// lookUp is CopyOf, and says which bands no earlier item holds that is still
// there.
func lookUp(input learn.Input, before uint64, x Index, item Items) (found uint64, free []Band, err error) {
	last, other := uint64(0), Contribution{}
	for _, band := range Signature(input) {
		number, err := x.Band(band)
		if err != nil {
			return 0, nil, err
		}
		if number == 0 || number >= before {
			free = append(free, band)
			continue
		}
		if number != last {
			if other, err = item(number); err != nil {
				return 0, nil, err
			}
			last = number
		}
		if len(other.Offer.Input.Indices) == 0 {
			free = append(free, band)
			continue
		}
		if (found == 0 || number < found) && Overlap(input, other.Offer.Input) >= Near {
			found = number
		}
	}
	return found, free, nil
}

// Find notes what a given item is a copy of, and puts it in the index.
func (c Contribution) Find(x Index, item Items) (Contribution, error) {
	found, free, err := lookUp(c.Offer.Input, c.Number, x, item)
	if err != nil {
		return c, err
	}
	c.CopyOf = found
	for _, band := range free {
		if err := x.SetBand(band, c.Number); err != nil {
			return c, err
		}
	}
	return c, nil
}
