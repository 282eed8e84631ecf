package scenarios_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/agent/welcome"
	"github.com/alaya-network/alaya/agent/worker"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/gateway"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/station"
)

const loopback = "127.0.0.1:0"

// post sends JSON to the station's gateway and returns status and body.
func (y yard) post(t *testing.T, path string, body any) (int, string) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Post(y.URL+path, "application/json", bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(got)
}

// entrust lets w commit to a page as a browser does, and returns what it then
// hands to the relay.
func (s *story) entrust(w *worker.Worker) gateway.Opening {
	s.t.Helper()
	s.round(1, work.Committing)
	leases, err := w.Lease(s.ctx, 1)
	s.must(err)
	content, salt := s.answers(w, leases[0], ""), id.Sum("test/salt", []byte(w.Account.Address()))
	commitment := work.Commitment(client.CIDOf(content), salt)
	who := w.Account.Address()
	s.must(send(s, w.Account, &workv1.MsgCommitPage{
		Contributor: string(who), Request: string(s.request), Round: 1, Page: leases[0].Page, Commitment: commitment[:],
	}))
	return gateway.Opening{Request: s.request, Round: 1, Page: leases[0].Page, Contributor: who, Content: content, Salt: salt}
}

// hostHome names the home of the child of the test below.
const hostHome = "ALAYA_TEST_HOST_HOME"

// TestHost is that child: somebody commits, hands the reveal to the relay and
// is gone; then the station waits to be killed.
func TestHost(t *testing.T) {
	home := os.Getenv(hostHome)
	if home == "" {
		t.Skip("runs only as a child of TestTheRelayRevealsWhateverHappens")
	}
	create(t, hasty, home)
	y := begin(t, station.Config{Home: home, Operator: operatorKey(0), HTTP: loopback})
	s := y.tell(t, nil)
	people := s.hire("ann", "bob", "eve")
	o := s.entrust(people[0])
	other := o
	other.Salt = id.Sum("another salt")
	for _, tt := range []struct {
		name string
		o    gateway.Opening
		code int
	}{
		{"another salt", other, http.StatusBadRequest},
		{"a page nobody committed to", gateway.Opening{Request: o.Request, Round: 1, Page: o.Page, Contributor: people[1].Account.Address(), Content: o.Content}, http.StatusNotFound},
		{"a round that is not", gateway.Opening{Request: o.Request, Round: 9, Contributor: o.Contributor, Content: o.Content}, http.StatusNotFound},
		{"no content", gateway.Opening{Request: o.Request, Round: 1, Page: o.Page, Contributor: o.Contributor, Salt: o.Salt}, http.StatusTooManyRequests},
		{"a request that is a path", gateway.Opening{Request: "../../x", Round: 1, Contributor: o.Contributor, Content: o.Content}, http.StatusBadRequest},
		{"the opening", o, http.StatusAccepted},
		{"the opening again", o, http.StatusAccepted},
	} {
		if code, body := y.post(t, "/api/v1/relay", tt.o); code != tt.code {
			t.Fatalf("%s: %d %s, want %d", tt.name, code, body, tt.code)
		}
	}
	if has, err := y.Store.Has(t.Context(), client.CIDOf(o.Content)); err != nil || has {
		t.Fatalf("the answers can be read before reveals: %t, %v", has, err)
	}
	fmt.Println("kept", o.Request, o.Page, o.Contributor)
	<-t.Context().Done()
}

func TestTheRelayRevealsWhateverHappens(t *testing.T) {
	home := filepath.Join(t.TempDir(), "node")
	kept := killHost(t, home)
	y := begin(t, station.Config{Home: home, Operator: operatorKey(0), HTTP: loopback})
	t.Cleanup(func() { stop(t, y) })
	requester, err := y.Client.Account(keyOf("TestHost/requester"))
	if err != nil {
		t.Fatal(err)
	}
	desk := filepath.Join(home, "relay", "*.json")
	if files, _ := filepath.Glob(desk); len(files) != 1 {
		t.Fatalf("on the desk after the kill: %v, want one opening", files)
	}
	if _, err := requester.Send(y.ctx, &workv1.MsgCloseRound{Requester: requester.Address().String(), Request: string(kept.Request), Round: 1}); err != nil {
		t.Fatal(err)
	}
	y.until(t, "the reveal", func() (bool, error) {
		sub, err := y.Client.Submission(y.ctx, kept)
		return sub.State == work.SubmissionRevealed, err
	})
	y.until(t, "an empty desk", func() (bool, error) {
		files, err := filepath.Glob(desk)
		return len(files) == 0, err
	})
	if code, body := y.post(t, "/api/v1/relay", gateway.Opening{
		Request: kept.Request, Round: 1, Page: kept.Page, Contributor: kept.Contributor, Content: []byte("x"),
	}); code != http.StatusConflict {
		t.Errorf("an opening for what is revealed: %d %s, want 409", code, body)
	}
	y.sound(t)
}

// killHost lets TestHost live until its relay has kept something, and kills it.
func killHost(t *testing.T, home string) (kept work.Sheet) {
	t.Helper()
	cmd := exec.CommandContext(deadline(t), os.Args[0], "-test.run=^TestHost$")
	cmd.Env = append(os.Environ(), hostHome+"="+home)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	kept.Round = 1
	lines := bufio.NewScanner(out)
	for kept.Request == "" && lines.Scan() {
		said = append(said, lines.Text())
		_, _ = fmt.Sscanf(lines.Text(), "kept %s %d %s", &kept.Request, &kept.Page, &kept.Contributor)
	}
	if err := cmd.Process.Kill(); err != nil { // SIGKILL
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed, as it should be
	if kept.Request == "" {
		t.Fatalf("the host ended by itself: %q", said)
	}
	return kept
}

func TestAnAddressWithoutACoinEarnsItsFirst(t *testing.T) {
	home := t.TempDir()
	create(t, hasty, home)
	y := begin(t, station.Config{
		Home: home, Operator: operatorKey(0), HTTP: loopback, MinGasPrices: "0.001ualy",
		Welcome: &welcome.Terms{Budget: 2 * num.ALY, Allowance: num.ALY},
	})
	t.Cleanup(func() { stop(t, y) })
	s := y.tellOf(t, task{pages: 1, page: 4}, func(t *market.Terms) { t.Stake, t.Deposit = 0, 0 })
	newcomer, err := y.Client.Account(keyOf("newcomer"))
	s.must(err)
	s.must(s.post())
	s.refused(s.bid(newcomer), fault.KindFunds, "begins with its first coins")

	host := y.welcomed(t, newcomer.Address())
	newcomer.ChargeTo(host)
	s.refused(send(s, newcomer, client.Payment(newcomer.Address(), host, 1)), fault.KindInvalid, "message not allowed")
	s.must(s.bid(newcomer))
	people := []*client.Account{newcomer, s.person("ann"), s.person("bob")}
	for _, a := range people[1:] {
		s.must(s.bid(a))
	}
	s.must(s.award(people...))
	s.campaign, err = worker.Join(s.ctx, s.Client, s.Store, s.request)
	s.must(err)
	for _, a := range people {
		s.must(s.accept(a))
	}
	for _, a := range people {
		o := s.entrust(&worker.Worker{Campaign: s.campaign, Account: a})
		code, body := y.post(t, "/api/v1/relay", o)
		// The last commitment opens the reveals, which the relay begins at once.
		if !slices.Contains([]int{http.StatusAccepted, http.StatusConflict}, code) {
			t.Fatalf("relay: %d %s", code, body)
		}
	}
	s.ends(market.Closed)
	if got, want := y.money(t, newcomer.Address()), 4*s.terms.PriceCap; got != want {
		t.Errorf("the newcomer has %s, want %s", got, want)
	}
	y.sound(t)
}

// welcomed is the host that pays an address's fees from now on. A second wish
// of the address is refused, and one beyond the budget.
func (y yard) welcomed(t *testing.T, guest id.Address) id.Address {
	t.Helper()
	wish := func(a id.Address, want int) string {
		t.Helper()
		code, body := y.post(t, "/api/v1/welcome", gateway.Guest{Address: a})
		if code != want {
			t.Fatalf("welcome of %s: %d %s, want %d", a, code, body, want)
		}
		return body
	}
	var g gateway.Grant
	if err := json.Unmarshal([]byte(wish(guest, http.StatusCreated)), &g); err != nil {
		t.Fatal(err)
	}
	wish(guest, http.StatusConflict)
	wish("alaya1nobody", http.StatusBadRequest)
	for i, want := range []int{http.StatusCreated, http.StatusTooManyRequests} {
		other, err := y.Client.Account(keyOf(fmt.Sprint("guest ", i)))
		if err != nil {
			t.Fatal(err)
		}
		wish(other.Address(), want)
	}
	return g.Granter
}
