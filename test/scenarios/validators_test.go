package scenarios_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/alaya-network/alaya/agent/replay"
	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/oracle"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/serve"
	"github.com/alaya-network/alaya/station"
)

const validators = 4

// counter hands out a station's blobs while it is open, to all but one.
type counter struct {
	*httptest.Server
	handler atomic.Pointer[http.Handler]
	barred  atomic.Int32
}

func newCounter(t *testing.T) *counter {
	t.Helper()
	c := &counter{}
	c.bar(nobody)
	mux := http.NewServeMux()
	for i := range validators {
		prefix := fmt.Sprint("/to/", i)
		mux.Handle(prefix+"/", http.StripPrefix(prefix, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h := c.handler.Load()
			if h == nil || int(c.barred.Load()) == i {
				http.Error(w, "closed", http.StatusServiceUnavailable)
				return
			}
			(*h).ServeHTTP(w, r)
		})))
	}
	c.Server = httptest.NewServer(mux)
	t.Cleanup(c.Server.Close)
	return c
}

// nobody is who is barred when all are served.
const nobody = -1

func (c *counter) bar(who int) { c.barred.Store(int32(who)) }

func (c *counter) open(s *plane.Store) {
	h := serve.Handler(s, serve.Options{})
	c.handler.Store(&h)
}

func (c *counter) close() { c.handler.Store(nil) }

// net4 is four validators on loopback. Each has a home, a verifier and a store
// of its own, and asks the others for blobs.
type net4 struct {
	configs  [validators]station.Config
	counters [validators]*counter
	yards    [validators]yard
	running  [validators]bool
}

func newNet(t *testing.T) *net4 {
	t.Helper()
	n := &net4{}
	dir := t.TempDir()
	for i := range n.configs {
		n.counters[i] = newCounter(t)
		n.configs[i] = station.Config{
			Home: filepath.Join(dir, fmt.Sprint("validator", i)), Operator: operatorKey(i), P2P: freePort(t), BlockTime: 4 * blockTime,
		}
	}
	create(t, nil, n.configs[0].Home, n.configs[1].Home, n.configs[2].Home, n.configs[3].Home)
	for i := range n.configs {
		for j, other := range n.configs {
			if i == j {
				continue
			}
			peer, err := node.PeerOf(other.Home, other.P2P)
			if err != nil {
				t.Fatal(err)
			}
			n.configs[i].Peers = append(n.configs[i].Peers, peer)
			n.configs[i].BlobPeers = append(n.configs[i].BlobPeers, fmt.Sprintf("%s/to/%d", n.counters[j].URL, i))
		}
	}
	t.Cleanup(func() { n.stop(t, 0, 1, 2, 3) })
	return n
}

// freePort is an address of loopback that is free now.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "tcp://" + l.Addr().String()
}

// start starts validators together: a new chain has no block before three run.
func (n *net4) start(t *testing.T, ctx context.Context, which ...int) {
	t.Helper()
	var g errgroup.Group
	for _, i := range which {
		g.Go(func() (err error) {
			if n.yards[i], err = start(ctx, n.configs[i]); err == nil {
				n.running[i] = true
				n.counters[i].open(n.yards[i].Store)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
}

func (n *net4) stop(t *testing.T, which ...int) {
	t.Helper()
	for _, i := range which {
		if n.running[i] {
			n.counters[i].close()
			n.running[i] = false
			stop(t, n.yards[i])
		}
	}
}

// post begins a campaign whose blobs are put at validator 0 only.
func (n *net4) post(t *testing.T) *replay.Cast {
	t.Helper()
	y := n.yards[0]
	terms, gold, err := y.terms(task{pages: 1, page: 6, gold: 2})
	if err != nil {
		t.Fatal(err)
	}
	cast, err := replay.Begin(y.ctx, y.stage(t.Logf), terms, town("hhh"), gold)
	if err != nil {
		t.Fatal(err)
	}
	return cast
}

func (n *net4) job(t *testing.T, r id.RequestID) oracle.Job {
	t.Helper()
	job, err := n.yards[0].Client.Job(n.yards[0].ctx, r, 1)
	if err != nil {
		t.Fatal(err)
	}
	return job
}

// judgedBy waits until these validators hold and keep what the verdict made:
// each computed it by itself.
func (n *net4) judgedBy(t *testing.T, r id.RequestID, which ...int) {
	t.Helper()
	res, err := n.yards[0].Client.Quality().Verdict(n.yards[0].ctx, &qualityv1.QueryVerdictRequest{Request: string(r), Round: 1})
	if err != nil {
		t.Fatal(err)
	}
	pin := plane.Pin{CID: id.CID(res.Verdict.Report), Reason: "request:" + string(r)}
	for _, i := range which {
		n.yards[i].until(t, fmt.Sprintf("the verdict's report at validator %d", i), func() (bool, error) {
			pins, err := n.yards[i].Store.Pins(n.yards[i].ctx)
			return slices.Contains(pins, pin), err
		})
	}
}

func TestFourValidatorsAgreeOnVerdicts(t *testing.T) {
	n, ctx := newNet(t), deadline(t)
	n.start(t, ctx, 0, 1, 2, 3)

	t.Log("all four are there")
	all := n.post(t)
	play(t, ctx, all)
	n.judgedBy(t, all.Request, 0, 1, 2, 3)
	if j := n.job(t, all.Request); j.State != oracle.JobDone || j.Attempt != 1 || j.Votes < 3 {
		t.Errorf("job %+v: want done by at least 3 votes at the first attempt", j)
	}

	t.Log("one is stopped")
	n.stop(t, 3)
	three := n.post(t)
	play(t, ctx, three)
	n.judgedBy(t, three.Request, 0, 1, 2)
	if j := n.job(t, three.Request); j.Votes != 3 || j.Power*4 != j.TotalPower*3 {
		t.Errorf("job %+v: want agreed by 3 votes of 4", j)
	}

	t.Log("another cannot get the blobs: the chain goes on, without a verdict")
	n.counters[0].bar(2)
	n.counters[1].bar(2)
	stuck := n.post(t)
	playing := make(chan error, 1)
	go func() { playing <- stuck.Play(ctx) }()
	n.noVerdict(t, stuck)

	t.Log("two are stopped: the chain halts")
	n.stop(t, 2)
	n.halted(t, ctx)
	n.unpaid(t, stuck)

	t.Log("both are back")
	n.counters[0].bar(nobody)
	n.counters[1].bar(nobody)
	n.start(t, ctx, 2, 3)
	if err := <-playing; err != nil {
		t.Fatal(err)
	}
	n.judgedBy(t, stuck.Request, 0, 1, 2)
	n.paid(t, stuck)
	n.same(t)
}

func play(t *testing.T, ctx context.Context, c *replay.Cast) {
	t.Helper()
	if err := c.Play(ctx); err != nil {
		t.Fatal(err)
	}
}

// noVerdict waits until two validators have voted, and some blocks more.
func (n *net4) noVerdict(t *testing.T, c *replay.Cast) {
	t.Helper()
	y := n.yards[0]
	y.until(t, "two votes", func() (bool, error) {
		res, err := y.Client.Quality().Job(y.ctx, &qualityv1.QueryJobRequest{Request: string(c.Request), Round: 1})
		if fault.Is(err, fault.KindNotFound) {
			return false, nil
		}
		return err == nil && len(res.Votes) == 2, err
	})
	y.rest(t, 5)
	if j := n.job(t, c.Request); j.State != oracle.JobOpen {
		t.Errorf("job %+v: want open with 2 votes of 4", j)
	}
	n.unpaid(t, c)
}

// unpaid checks that the whole budget is where it was and nothing is settled.
func (n *net4) unpaid(t *testing.T, c *replay.Cast) {
	t.Helper()
	y := n.yards[0]
	_, err := y.Client.Quality().Verdict(y.ctx, &qualityv1.QueryVerdictRequest{Request: string(c.Request), Round: 1})
	if !fault.Is(err, fault.KindNotFound) {
		t.Errorf("verdict without a quorum: %v", err)
	}
	_, err = y.Client.Settle().Settlement(y.ctx, &settlev1.QuerySettlementRequest{Request: string(c.Request)})
	if !fault.Is(err, fault.KindNotFound) {
		t.Errorf("settlement without a verdict: %v", err)
	}
	r, err := y.Client.Request(y.ctx, c.Request)
	if err != nil {
		t.Fatal(err)
	}
	if held := y.escrow(t, escrow.Budget(c.Request)); held != r.Terms.Budget || r.State != market.Working {
		t.Errorf("request is %s with %s in escrow, want working with %s", r.State, held, r.Terms.Budget)
	}
}

// halted checks that no block comes while it may, once what is on its way has
// come.
func (n *net4) halted(t *testing.T, ctx context.Context) {
	t.Helper()
	short, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	height := n.yards[0].Client.Height()
	if err := n.yards[0].Client.WaitHeight(short, height+2); err == nil {
		t.Errorf("block %d came with two of four validators", height+2)
	}
}

func (n *net4) paid(t *testing.T, c *replay.Cast) {
	t.Helper()
	y := n.yards[0]
	var left num.Amount
	for _, a := range []escrow.Account{escrow.Budget(c.Request), escrow.Fees(c.Request), escrow.Pending(c.Request)} {
		left += y.escrow(t, a)
	}
	res, err := y.Client.Settle().Payouts(y.ctx, &settlev1.QueryPayoutsRequest{Request: string(c.Request)})
	if err != nil {
		t.Fatal(err)
	}
	if left != 0 || len(res.Payouts) != c.Crowd.Size() {
		t.Errorf("%s left in escrow, %d payouts; want nothing and %d", left, len(res.Payouts), c.Crowd.Size())
	}
	for _, p := range res.Payouts {
		if p.Entry.Amount <= 0 {
			t.Errorf("payout %+v: want pay", p)
		}
	}
}

// same checks that all validators have the same sound state.
func (n *net4) same(t *testing.T) {
	t.Helper()
	height := int64(n.yards[0].Client.Height())
	var want string
	for i, y := range n.yards {
		if err := y.Client.WaitHeight(y.ctx, id.Height(height)+1); err != nil {
			t.Fatal(err)
		}
		next := height + 1 // its header has the state after height
		block, err := y.Client.RPC().Block(y.ctx, &next)
		if err != nil {
			t.Fatal(err)
		}
		if got := block.Block.AppHash.String(); i == 0 {
			want = got
		} else if got != want {
			t.Errorf("validator %d has state %s after block %d, validator 0 %s", i, got, height, want)
		}
		y.sound(t)
	}
}
