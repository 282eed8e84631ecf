// Package view is what the read model shows: the answers of the HTTP API, one
// file per noun. The types are the contract: the OpenAPI document and the
// portal's TypeScript are made from them.
//
// Words: a card is a request as a list shows it; a Page is a piece of a list
// with the cursor of the next.
//
// Invariants:
//  1. Amounts are decimal texts of ualy, times Unix milliseconds, ratios parts
//     per million.
//  2. A list is never null, a text that nobody gave is "".
//  3. The tag doc says what the name cannot; the tag enum lists all values.
package view

import (
	"encoding/json"
	"strconv"

	"github.com/alaya-network/alaya/core/num"
)

// Ualy is an amount, in JSON a decimal text: browsers count exactly to 2⁵³ only.
type Ualy num.Amount

// MarshalJSON writes the decimal text.
func (u Ualy) MarshalJSON() ([]byte, error) {
	return []byte(`"` + strconv.FormatInt(int64(u), 10) + `"`), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (u *Ualy) UnmarshalJSON(text []byte) error {
	var s string
	if err := json.Unmarshal(text, &s); err != nil {
		return err
	}
	n, err := strconv.ParseInt(s, 10, 64)
	*u = Ualy(n)
	return err
}

// Serial is a number of 64 bits, in JSON a decimal text for the same reason.
type Serial uint64

// MarshalJSON writes the decimal text.
func (n Serial) MarshalJSON() ([]byte, error) {
	return []byte(`"` + strconv.FormatUint(uint64(n), 10) + `"`), nil
}

// Page is a piece of a list.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next" doc:"cursor of the next page; empty: this is the last"`
}

// JSON is a document of another format, kept as it is.
type JSON = json.RawMessage

// Point is a value at a time.
type Point struct {
	T       int64  `json:"t"`
	Answers uint64 `json:"answers"`
}

// Spend is money at a time.
type Spend struct {
	T      int64 `json:"t"`
	Amount Ualy  `json:"amount"`
}

// Status says where the chain and this node's read model are.
type Status struct {
	ChainID     string `json:"chain_id"`
	Height      int64  `json:"height"`
	Time        int64  `json:"time"`
	IndexHeight int64  `json:"index_height" doc:"last block in the read model; 0: none yet"`
	Version     string `json:"version"`
	Local       bool   `json:"local" doc:"a chain of one machine, with sample accounts"`
	FeeGrants   bool   `json:"fee_grants" doc:"POST /api/v1/welcome pays newcomers' fees"`
	Limits      Limits `json:"limits"`
}

// Limits are what this gateway takes, in bytes.
type Limits struct {
	Upload     int64 `json:"upload"`
	Submission int64 `json:"submission"`
}
