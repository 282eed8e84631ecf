// Package market turns a wish for data into bound contracts: request, bid,
// engagement.
//
// Words: a request is a funded call for data with machine-checkable terms; a
// bid is an offer to answer at a price; an engagement binds one contributor,
// signed by both sides over one terms hash; a milestone is a run of pages with
// its own date, verdict and money; a guideline is one version of the spec.
//
// Invariants:
//  1. A request is posted with its whole budget and the network fee in escrow.
//  2. States move only along CanMove; deadlines alone can finish every noun.
//  3. A bid's deposit returns exactly once, when the bid ends.
//  4. An engagement is active only if its contributor accepted the very terms
//     hash that the chain computed, and only while its stake is locked.
//  5. Nobody is engaged on his own request, nor above the price cap.
package market

import (
	"encoding/json"

	"github.com/alaya-network/alaya/core/id"
)

// hashJSON hashes a value by its JSON, which has one spelling for structs
// without maps whose slices are left out when empty, be they nil or not.
func hashJSON(domain string, v any) id.Hash {
	text, err := json.Marshal(v)
	if err != nil {
		panic("market: " + err.Error()) // structs of plain fields always marshal
	}
	return id.Sum(domain, text)
}
