package model

import (
	"encoding/binary"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
)

// usualPage is how many records a page has that says nothing of its length.
const usualPage = 100

// numbered is a page of the records 1 to last.
func numbered[V any](get func(uint64) (V, error), last uint64, page *query.PageRequest) ([]V, *query.PageResponse, error) {
	first := min(1, last)
	if page.GetReverse() {
		first = last
	}
	return turned(page, first, func(number uint64) (v V, next uint64, err error) {
		switch {
		case page.GetReverse():
			next = number - 1
		case number < last:
			next = number + 1
		}
		v, err = get(number)
		return v, next, err
	})
}

// turned is a page of records that lead from one to the next, by number; 0 ends
// them. The key of a page is the number where it begins.
func turned[V any](page *query.PageRequest, first uint64, get func(uint64) (V, uint64, error)) (list []V, _ *query.PageResponse, err error) {
	if err := kit.CheckPage(page); err != nil {
		return nil, nil, err
	}
	number, skip, limit := first, page.GetOffset(), page.GetLimit()
	if limit == 0 {
		limit = usualPage
	}
	if key := page.GetKey(); len(key) > 0 {
		if len(key) != 8 || skip > 0 {
			return nil, nil, fault.Invalid("model: page key of %d bytes, offset %d: want 8 bytes, without an offset", len(key), skip)
		}
		number = binary.BigEndian.Uint64(key)
	}
	for number > 0 && uint64(len(list)) < limit {
		v, next, err := get(number)
		if err != nil {
			return nil, nil, missing(err, "no record %d", number)
		}
		if number = next; skip > 0 {
			skip--
			continue
		}
		list = append(list, v)
	}
	if number == 0 {
		return list, &query.PageResponse{}, nil
	}
	return list, &query.PageResponse{NextKey: binary.BigEndian.AppendUint64(nil, number)}, nil
}
