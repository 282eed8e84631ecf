package market

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// MaxAwards bounds the bidders of one award; a roster may take several.
const MaxAwards = 2_000

// MayAward refuses everybody but the requester, more than MaxAwards bidders at
// once, and everything but a request whose roster he draws up himself.
func (r Request) MayAward(by id.Address, bidders int) error {
	if err := r.Own(by); err != nil {
		return err
	}
	if bidders > MaxAwards {
		return fault.Limit("market: request %s: %d bidders in one award: at most %d", r.ID, bidders, MaxAwards)
	}
	if r.Terms.Matching != Manual {
		return fault.State("market: request %s is matched by price at its bid deadline, not by award", r.ID)
	}
	return nil
}

// CloseRoster ends bidding and awarding: who was awarded has the acceptance
// window to answer. Without any award the request expires.
func (r Request) CloseRoster() (Request, error) {
	if r.Offered+r.Active == 0 {
		return r.Move(Expired)
	}
	return r.Move(Matched)
}

// Begin goes on from a matched request whose offers are all answered: to work
// with those who accepted, to expiry without any. With offers still open, or
// in any other state, it returns the request as it is and false.
func (r Request) Begin() (Request, bool, error) {
	if r.State != Matched || r.Offered > 0 {
		return r, false, nil
	}
	to := Working
	if r.Active == 0 {
		to = Expired
	}
	r, err := r.Move(to)
	return r, err == nil, err
}
