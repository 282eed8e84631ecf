package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/alaya-network/alaya/agent/patron"
	"github.com/alaya-network/alaya/agent/worker"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/work"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/internal/durable"
	"github.com/alaya-network/alaya/internal/world"
	"github.com/alaya-network/alaya/station"
)

const (
	// crew is how many contributors of the sample world answer beside those who
	// try it out.
	crew = 3
	// beside is how many of them bid on a request that waits for somebody.
	beside = 2
	// copies bounds how often one task is posted again.
	copies = 200
)

// sampleBook is what a sample world must remember.
type sampleBook struct {
	Seed id.Hash `json:"seed"`
	// Open are the requests that wait for somebody, by task; Past those that the
	// crew alone did in the beginning; Busy those that somebody took up.
	Open map[string]id.RequestID `json:"open"`
	Past map[string]id.RequestID `json:"past"`
	Busy map[id.RequestID]string `json:"busy"`
	// Schools are the models, by lesson.
	Schools map[string]school `json:"schools"`
}

// sample is a small world: patrons whose requests wait for whoever tries them,
// and a crew that works beside.
type sample struct {
	*session
	st      *station.Station
	log     *slog.Logger
	host    *client.Account // has money
	patrons []patron.Patron
	crew    []*client.Account

	mu   sync.Mutex
	book sampleBook
}

// sampleFile keeps the sampleBook in the home.
const sampleFile = "sample.json"

func (s *sample) file() string { return s.path(sampleFile) }

// newSample takes up the world of an earlier process, or begins one.
func (s *session) newSample(st *station.Station, log *slog.Logger) (*sample, error) {
	w := &sample{session: s, st: st, log: log}
	err := durable.Read(w.file(), &w.book)
	if errors.Is(err, fs.ErrNotExist) {
		w.book = sampleBook{Open: map[string]id.RequestID{}, Past: map[string]id.RequestID{}, Busy: map[id.RequestID]string{}}
		if _, err = rand.Read(w.book.Seed[:]); err == nil {
			err = durable.Write(w.file(), w.book)
		}
	}
	if err != nil {
		return nil, fault.Internal("sample: %w", err)
	}
	if w.host, err = localAccount(st, s.flags.home, "requester"); err != nil {
		return nil, err
	}
	for i := range sampleNames() {
		account, err := w.account(i)
		if err != nil {
			return nil, err
		}
		if i < crew {
			w.crew = append(w.crew, account)
		} else {
			w.patrons = append(w.patrons, patron.Patron{Client: st.Client, Account: account, Blobs: st.Store})
		}
	}
	return w, nil
}

// sampleNames are the crew and, after them, the patrons.
func sampleNames() []string {
	return []string{"Iris", "Otto", "Zoë", "Harbour Lab", "Meadow Institute"}
}

func (s *sample) account(i int) (*client.Account, error) {
	return s.st.Client.Account(client.KeyFromSeed(id.Sum("alaya/sample/key/v1", s.book.Seed[:], []byte{byte(i)})))
}

// run lets the world live until ctx ends: money and profiles, a few finished
// requests, models that the crew teaches, and one request of every task that
// waits.
func (s *sample) run(ctx context.Context) error {
	if err := s.settle(ctx); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	for i, t := range world.Tasks(s.book.Seed.String()) {
		g.Go(func() error { return s.wait(ctx, s.patrons[i%len(s.patrons)], t) })
	}
	for i, t := range world.Tasks("past " + s.book.Seed.String()) {
		if slices.Contains([]string{"reviews", "streets", "dialogues", "messages"}, t.Name) {
			t.Title += ": first series"
			g.Go(func() error { return s.past(ctx, s.patrons[i%len(s.patrons)], t) })
		}
	}
	for i, l := range world.Lessons() {
		owner := s.patrons[i%len(s.patrons)].Account
		g.Go(func() error { return s.teach(ctx, l, owner, incentives()[i]) })
	}
	return g.Wait()
}

// settle gives everybody money and a profile, once.
func (s *sample) settle(ctx context.Context) error {
	var shares []client.Share
	for i := range sampleNames() {
		account, err := s.account(i)
		if err != nil {
			return err
		}
		has, err := s.st.Client.Balance(ctx, account.Address())
		if err != nil {
			return err
		}
		want := 20 * num.ALY
		if i >= crew {
			want = 20_000 * num.ALY
		}
		if has < want/2 {
			shares = append(shares, client.Share{To: account.Address(), Amount: want})
		}
	}
	if len(shares) > 0 {
		if _, err := s.host.Send(ctx, client.Payments(s.host.Address(), shares)); err != nil {
			return err
		}
	}
	for i, name := range sampleNames() {
		if err := s.introduce(ctx, i, name); err != nil {
			return err
		}
	}
	return nil
}

func (s *sample) introduce(ctx context.Context, i int, name string) error {
	account, role := s.patrons[max(0, i-crew)].Account, "requester"
	if i < crew {
		account, role = s.crew[i], "contributor"
	}
	me := account.Address().String()
	_, err := account.Send(ctx, &partyv1.MsgSetProfile{Address: me, Profile: partyv1.Profile{
		Address: me, Name: name, Roles: []string{role}, Languages: []string{"en"},
	}})
	return err
}

// wait keeps one request of a task open: when somebody came, the next is
// posted at once.
func (s *sample) wait(ctx context.Context, p patron.Patron, t world.Task) error {
	var begun sync.WaitGroup
	defer begun.Wait()
	for _, request := range s.busy(t) {
		s.attend(ctx, &begun, request, t, beside)
		begun.Go(func() { s.finish(ctx, p, request, t) })
	}
	for range copies {
		request, err := s.posted(ctx, p, t, s.book.Open)
		if err != nil {
			return err
		}
		s.attend(ctx, &begun, request, t, beside)
		if err := p.Hire(ctx, request, s.choose); err != nil {
			return err
		}
		if err := s.taken(t, request); err != nil {
			return err
		}
		begun.Go(func() { s.finish(ctx, p, request, t) })
	}
	return nil
}

// finish brings a request that somebody took up to its end.
func (s *sample) finish(ctx context.Context, p patron.Patron, request id.RequestID, t world.Task) {
	err := p.Finish(ctx, request, s.gold(t))
	if err == nil {
		err = s.note(func(b *sampleBook) { delete(b.Busy, request) })
	}
	s.tell(request, err)
}

// busy are the requests of a task that somebody took up in an earlier process.
func (s *sample) busy(t world.Task) []id.RequestID {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []id.RequestID
	for request, name := range s.book.Busy {
		if name == t.Name {
			all = append(all, request)
		}
	}
	return all
}

// taken makes the next request of a task a new one.
func (s *sample) taken(t world.Task, request id.RequestID) error {
	return s.note(func(b *sampleBook) {
		delete(b.Open, t.Name)
		b.Busy[request] = t.Name
	})
}

// note changes the book for good.
func (s *sample) note(change func(*sampleBook)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.book)
	return durable.Write(s.file(), s.book)
}

// past lets the crew do a request alone, once.
func (s *sample) past(ctx context.Context, p patron.Patron, t world.Task) error {
	request, err := s.posted(ctx, p, t, s.book.Past)
	if err != nil {
		return err
	}
	var begun sync.WaitGroup
	defer begun.Wait()
	s.attend(ctx, &begun, request, t, crew)
	all := func(bids []market.Bid) []market.Bid { return bids[:len(bids)/crew*crew] } // all or none
	if err := p.Hire(ctx, request, all); err != nil {
		return err
	}
	return p.Finish(ctx, request, s.gold(t))
}

// posted is the request of a task in a list of the book, posted if need be.
func (s *sample) posted(ctx context.Context, p patron.Patron, t world.Task, list map[string]id.RequestID) (id.RequestID, error) {
	s.mu.Lock()
	request, known := list[t.Name]
	s.mu.Unlock()
	if known {
		return request, nil
	}
	terms, err := s.terms(ctx, t)
	if err != nil {
		return "", err
	}
	if request, err = p.Post(ctx, terms); err != nil {
		return "", fmt.Errorf("sample %s: %w", t.Name, err)
	}
	return request, s.note(func(*sampleBook) { list[t.Name] = request })
}

// choose takes the crew and the first who is not of it: the answers that a
// request needs, and no more.
func (s *sample) choose(bids []market.Bid) []market.Bid {
	var roster, strangers []market.Bid
	for _, b := range bids {
		if slices.ContainsFunc(s.crew, func(a *client.Account) bool { return a.Address() == b.Bidder }) {
			roster = append(roster, b)
		} else {
			strangers = append(strangers, b)
		}
	}
	if len(roster) < beside || len(strangers) == 0 {
		return nil
	}
	first := slices.MinFunc(strangers, func(a, b market.Bid) int { return cmp.Compare(a.Placed, b.Placed) })
	return append(roster, first)
}

// attend lets the first of the crew take part.
func (s *sample) attend(ctx context.Context, begun *sync.WaitGroup, request id.RequestID, t world.Task, n int) {
	for _, a := range s.crew[:n] {
		begun.Go(func() {
			campaign, err := worker.Join(ctx, s.st.Client, s.st.Store, request)
			if err == nil {
				secret := id.Sum("alaya/sample/salt/v1", s.book.Seed[:], []byte(a.Address()))
				err = (&worker.Worker{Campaign: campaign, Account: a, Source: truthful(t.Truth), Secret: secret}).Attend(ctx)
			}
			s.tell(request, err)
		})
	}
}

func (s *sample) tell(request id.RequestID, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		s.log.Warn("sample", "request", request, "error", err)
	}
}

// truthful are the answers of the crew, who know the truth.
type truthful []work.Answer

// Answer implements worker.Source.
func (t truthful) Answer(item string) work.Answer {
	i := slices.IndexFunc(t, func(a work.Answer) bool { return a.Item == item })
	if i < 0 {
		return work.Answer{Item: item, Skip: "other"}
	}
	return t[i]
}
