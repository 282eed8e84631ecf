package scenarios_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alaya-network/alaya/agent/replay"
	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/audit"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/station"
)

// crashHome tells the test binary to be a station in that home, with a
// campaign that goes on by itself, until it is killed or the campaign is over.
const crashHome = "ALAYA_TEST_CRASH_HOME"

const (
	kills     = 10
	crashSeed = 7
	crowd     = town("hhheeeeeeeeelrs")
)

func TestMain(m *testing.M) {
	life, home := live, os.Getenv(crashHome)
	if home == "" {
		life, home = sell, os.Getenv(fairHome)
	}
	if home == "" {
		os.Exit(m.Run())
	}
	if err := life(home); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func crashTask() task { return task{pages: 16, page: 4, gold: 5} }

// journal is what its process was told has happened: what must be there after
// its death.
type journal struct {
	mu   sync.Mutex
	file *os.File
}

func openJournal(home string) (*journal, error) {
	f, err := os.OpenFile(journalOf(home), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	return &journal{file: f}, err
}

func journalOf(home string) string { return filepath.Join(home, "journal") }

// note returns once the line survives everything.
func (j *journal) note(line string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, err := fmt.Fprintln(j.file, line); err != nil {
		return err
	}
	return j.file.Sync()
}

// noted are blobs that are noted in the journal before anyone hears of them.
type noted struct {
	client.Blobs
	journal *journal
}

// PutBytes implements client.Blobs.
func (b noted) PutBytes(ctx context.Context, content []byte) (id.CID, error) {
	c, err := b.Blobs.PutBytes(ctx, content)
	if err != nil {
		return c, err
	}
	return c, b.journal.note("blob " + c.String())
}

// live is one life of the station and of all who take part.
func live(home string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	y, err := start(ctx, station.Config{Home: home, Operator: operatorKey(0)})
	if err != nil {
		return err
	}
	j, err := openJournal(home)
	if err != nil {
		return err
	}
	go y.report(ctx, j)
	// A block that was about to be final when the last life ended is so now.
	if err := y.Client.WaitHeight(ctx, y.Client.Height()+2); err != nil {
		return err
	}
	cast, err := y.takePart(ctx, j)
	if err != nil {
		return err
	}
	if err := cast.Play(ctx); err != nil {
		return err
	}
	fmt.Println("over")
	return y.Stop()
}

// report notes transactions as their blocks come, and prints all events.
func (y yard) report(ctx context.Context, j *journal) {
	for e, err := range y.Client.Follow(ctx, y.Client.Height()) {
		if err != nil {
			return
		}
		if e.Tx != "" {
			if err := j.note(fmt.Sprint("tx ", e.Height, " ", e.Tx)); err != nil {
				return
			}
		}
		fmt.Println("event", e.Height, e.Stage, e.Action)
	}
}

// takePart begins the campaign, or takes it up where an earlier life left it.
func (y yard) takePart(ctx context.Context, j *journal) (*replay.Cast, error) {
	s := y.stage(func(string, ...any) {})
	s.Blobs = noted{y.Store, j}
	terms, gold, err := y.terms(crashTask())
	if err != nil {
		return nil, err
	}
	terms.Redundancy = market.Redundancy{Min: 2, Max: 5, Step: 1, Target: 990_000}
	res, err := y.Client.Market().Requests(ctx, &marketv1.QueryRequestsRequest{})
	if err != nil {
		return nil, err
	}
	if len(res.Requests) == 0 {
		return replay.Begin(ctx, s, terms, crowd, gold)
	}
	return replay.Continue(ctx, s, id.RequestID(res.Requests[0].Id), crowd, gold)
}

// killer chooses when lives end: at seeded counts of events over all lives, and
// once between a final verdict and its pay.
type killer struct {
	random *rand.Rand
	points []int
	seen   int
	unpaid bool // the one between verdict and pay is still to come
	killed []string
}

func newKiller() *killer {
	k := &killer{random: rand.New(rand.NewPCG(crashSeed, crashSeed)), unpaid: true}
	for range kills - 1 {
		k.points = append(k.points, 1+k.random.IntN(180))
	}
	slices.Sort(k.points)
	return k
}

// strikes says whether the process that printed line is to die now.
func (k *killer) strikes(line string) bool {
	if !strings.HasPrefix(line, "event ") {
		return false
	}
	k.seen++
	switch {
	case k.unpaid && strings.HasSuffix(line, " settle opened"):
		k.unpaid = false
	case len(k.points) > 0 && k.seen >= k.points[0]:
		k.points = k.points[1:]
	default:
		return false
	}
	k.killed = append(k.killed, fmt.Sprintf("%d: %s", k.seen, line))
	return true
}

// life runs one until it ends by itself, which is true, or the killer strikes.
func (k *killer) life(t *testing.T, ctx context.Context, home string) (over bool) {
	t.Helper()
	child := exec.CommandContext(ctx, os.Args[0])
	child.Env = append(os.Environ(), crashHome+"="+home)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if over = over || lines.Text() == "over"; !over && k.strikes(lines.Text()) {
			time.Sleep(time.Duration(k.random.Int64N(int64(2 * blockTime)))) // anywhere in the next block
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	_, _ = io.Copy(io.Discard, out) // what it still said
	if err := child.Wait(); over && err != nil || !over && child.ProcessState.Exited() {
		t.Fatalf("a life ended by itself: %v, over %t", err, over)
	}
	return over
}

func TestACampaignSurvivesBeingKilled(t *testing.T) {
	home, ctx := t.TempDir(), deadline(t)
	create(t, nil, home)
	k := newKiller()
	for !k.life(t, ctx, home) {
	}
	for _, where := range k.killed {
		t.Log("killed after event", where)
	}
	if len(k.killed) != kills {
		t.Errorf("killed %d times, want %d: the campaign is too short", len(k.killed), kills)
	}

	if height, err := node.Inspect(home); err != nil {
		t.Errorf("the stopped node at height %d: %v", height, err)
	}
	y := begin(t, station.Config{Home: home, Operator: operatorKey(0)})
	defer stop(t, y)
	y.remembers(t, home)
	res, err := y.Client.Market().Requests(ctx, &marketv1.QueryRequestsRequest{})
	if err != nil || len(res.Requests) != 1 {
		t.Fatalf("%d requests, %v; want the one", len(res.Requests), err)
	}
	cast, err := replay.Continue(ctx, y.stage(t.Logf), id.RequestID(res.Requests[0].Id), crowd, nil)
	if err != nil {
		t.Fatal(err)
	}
	report, err := cast.Report(ctx, replay.Before{At: time.Now(), Requester: treasure}, nil)
	if err != nil {
		t.Fatal(err)
	}
	wholeWay(t, y, report)
	dir, _ := y.pull(t, id.DatasetID(report.Dataset.ID), 0)
	if found, err := audit.Verify(dir, audit.Options{}); err != nil || !found.OK {
		t.Errorf("the dataset: %v\n%s", err, found)
	}
}

// remembers checks that everything in the journal is there.
func (y yard) remembers(t *testing.T, home string) {
	t.Helper()
	text, err := os.ReadFile(journalOf(home))
	if err != nil {
		t.Fatal(err)
	}
	txs, blobs := 0, 0
	for line := range strings.Lines(string(text)) {
		switch f := strings.Fields(line); f[0] {
		case "tx":
			txs++
			y.hasTx(t, f[1], f[2])
		case "blob":
			blobs++
			if _, err := y.Store.GetBytes(y.ctx, id.CID(f[1]), work.MaxAnswersSize); err != nil {
				t.Errorf("blob %s: %v", f[1], err)
			}
		}
	}
	t.Logf("%d noted events of transactions, %d noted blobs", txs, blobs)
	if txs < 20 || blobs < 20 {
		t.Errorf("the journal has %d transactions and %d blobs: too few to show anything", txs, blobs)
	}
}

func (y yard) hasTx(t *testing.T, at, hash string) {
	t.Helper()
	var height int64
	if _, err := fmt.Sscan(at, &height); err != nil {
		t.Fatal(err)
	}
	block, err := y.Client.RPC().Block(y.ctx, &height)
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range block.Block.Txs {
		if fmt.Sprintf("%X", raw.Hash()) == hash {
			return
		}
	}
	t.Errorf("transaction %s is not in block %d", hash, height)
}
