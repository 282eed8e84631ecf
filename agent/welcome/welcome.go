// Package welcome lets people without any money take part: the host of a
// network pays the fees of their first transactions.
//
// Words: the host is the account that pays; a guest is an address that was
// granted an allowance; the book is the folder with one record per guest; a
// visitor is where a wish comes from, such as a network address.
//
// Invariants:
//  1. An address is granted one allowance, ever; the book outlives the process.
//  2. All allowances together never exceed the budget.
//  3. Within a day no more are granted, in all and to one visitor, than stated.
//  4. An allowance pays for the messages of contributors only: it cannot move
//     the host's money anywhere else.
package welcome

import (
	"cmp"
	"context"
	"path/filepath"
	"sync"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"

	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/internal/durable"
)

// Terms say what a host pays; zero fields have their defaults.
type Terms struct {
	// Budget bounds all allowances together.
	Budget num.Amount
	// Allowance is what one guest's fees may cost; 0: 1 ALY.
	Allowance num.Amount
	// Lasts is how long an allowance holds; 0: 30 days.
	Lasts time.Duration
	// Daily and Visitor are the most guests a day, in all and of one visitor;
	// 0: 1,000 and 50.
	Daily, Visitor int
}

// Config says for whom guests are welcomed.
type Config struct {
	Client *client.Client
	Host   *client.Account
	Folder string // the book
	Terms  Terms
	Now    func() time.Time
}

// Grant is what a guest was given.
type Grant struct {
	Granter id.Address `json:"granter"`
	Grantee id.Address `json:"grantee"`
	Limit   num.Amount `json:"limit"`
	Granted time.Time  `json:"granted"`
	Expires time.Time  `json:"expires"`
}

// Welcome grants allowances. Its methods may be called concurrently.
type Welcome struct {
	Config
	mu       sync.Mutex
	book     map[id.Address]Grant
	spent    num.Amount
	visitors map[string][]time.Time // of the last day
}

// New opens the book as an earlier process left it.
func New(c Config) (*Welcome, error) {
	c.Terms.Allowance = cmp.Or(c.Terms.Allowance, num.ALY)
	c.Terms.Lasts = cmp.Or(c.Terms.Lasts, 30*day)
	c.Terms.Daily = cmp.Or(c.Terms.Daily, 1_000)
	c.Terms.Visitor = cmp.Or(c.Terms.Visitor, 50)
	w := &Welcome{Config: c, book: map[id.Address]Grant{}, visitors: map[string][]time.Time{}}
	files, err := durable.List(c.Folder)
	if err != nil {
		return nil, fault.Internal("welcome: %w", err)
	}
	for _, file := range files {
		var g Grant
		if err := durable.Read(file, &g); err != nil {
			return nil, fault.Internal("welcome: %w", err)
		}
		w.book[g.Grantee] = g
		if w.spent, err = w.spent.Add(g.Limit); err != nil {
			return nil, fault.Internal("welcome: %w", err)
		}
	}
	return w, nil
}

const day = 24 * time.Hour

// Grant gives a guest his allowance and returns once it is on the chain.
// Errors: exists when he had one, limit when the day's guests or the budget are
// used up.
func (w *Welcome) Grant(ctx context.Context, guest id.Address, visitor string) (Grant, error) {
	if _, err := client.ParseAddress(guest); err != nil {
		return Grant{}, err
	}
	g, err := w.enter(guest, visitor)
	if err != nil {
		return Grant{}, err
	}
	if err := w.give(ctx, g); err != nil {
		w.strike(g)
		return Grant{}, err
	}
	if err := durable.Write(w.file(guest), g); err != nil {
		return Grant{}, fault.Internal("welcome: %w", err)
	}
	return g, nil
}

func (w *Welcome) file(guest id.Address) string {
	return filepath.Join(w.Folder, string(guest)+".json")
}

// enter writes a guest into the book in memory, so that nobody is served twice
// at the same time.
func (w *Welcome) enter(guest id.Address, visitor string) (Grant, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.Now()
	if g, had := w.book[guest]; had {
		return g, fault.Exists("welcome: %s was granted an allowance on %s", guest, g.Granted.Format(time.DateOnly))
	}
	if err := w.room(visitor, now); err != nil {
		return Grant{}, err
	}
	t := w.Terms
	spent, err := w.spent.Add(t.Allowance)
	if err != nil || spent > t.Budget {
		return Grant{}, fault.Limit("welcome: %s of the budget of %s are granted: none is left for another %s", w.spent, t.Budget, t.Allowance)
	}
	g := Grant{Granter: w.Host.Address(), Grantee: guest, Limit: t.Allowance, Granted: now.UTC(), Expires: now.Add(t.Lasts).UTC()}
	w.book[guest], w.spent = g, spent
	w.visitors[visitor] = append(w.visitors[visitor], now)
	return g, nil
}

// room says whether today has room for a guest of the visitor.
func (w *Welcome) room(visitor string, now time.Time) error {
	today := 0
	for v, times := range w.visitors {
		for len(times) > 0 && now.Sub(times[0]) >= day {
			times = times[1:]
		}
		if w.visitors[v] = times; len(times) == 0 {
			delete(w.visitors, v)
		}
		today += len(times)
	}
	switch t := w.Terms; {
	case today >= t.Daily:
		return fault.Limit("welcome: %d guests within a day: at most %d: come again tomorrow", today, t.Daily)
	case len(w.visitors[visitor]) >= t.Visitor:
		return fault.Limit("welcome: %d guests from one place within a day: at most %d", len(w.visitors[visitor]), t.Visitor)
	}
	return nil
}

// strike takes a guest out of the book whom nothing was given.
func (w *Welcome) strike(g Grant) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.book, g.Grantee)
	w.spent -= g.Limit
}

// give puts the allowance on the chain. One that stands there already, of a
// process that was killed before it wrote so down, is as good.
func (w *Welcome) give(ctx context.Context, g Grant) error {
	had, err := w.Client.HasFeeGrant(ctx, g.Granter, g.Grantee)
	if err != nil || had {
		return err
	}
	m, err := client.FeeGrant(g.Granter, g.Grantee, client.Allowance{Limit: g.Limit, Expires: g.Expires, Messages: messages()})
	if err != nil {
		return err
	}
	_, err = w.Host.Send(ctx, m)
	return err
}

// messages are the type URLs of what contributors send.
func messages() []string {
	var urls []string
	for _, m := range []sdk.Msg{
		&partyv1.MsgSetProfile{},
		&marketv1.MsgPlaceBid{}, &marketv1.MsgWithdrawBid{}, &marketv1.MsgAcceptEngagement{},
		&workv1.MsgLeasePages{}, &workv1.MsgCommitPage{}, &workv1.MsgRevealPage{},
	} {
		urls = append(urls, sdk.MsgTypeURL(m))
	}
	return urls
}
