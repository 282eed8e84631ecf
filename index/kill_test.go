package index_test

import (
	"bufio"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/alaya-network/alaya/index"
	"github.com/alaya-network/alaya/index/indextest"
)

// childIndex names the database of the child of the test below.
const childIndex = "ALAYA_TEST_INDEX"

// large is a world whose blocks take a while to write.
func large() indextest.Config {
	return indextest.Config{Seed: 4, AtOnce: 4, People: 30, Crew: 4, Pages: 3, Final: 80}
}

// TestWriter is that child: it writes block after block, in a transaction
// each, and tells so, until it is killed or done.
func TestWriter(t *testing.T) {
	dsn := os.Getenv(childIndex)
	if dsn == "" {
		t.Skip("runs only as a child of TestAKilledWriterLeavesWholeBlocks")
	}
	x, w := open(t, dsn), finish(large())
	at, err := x.Position(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	g := &growing{World: w}
	writer := index.NewWriter(x, g, nil, nil)
	for g.height = at.Height + 1; g.height <= w.Height(); g.height++ {
		if _, err := writer.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, _ = os.Stdout.WriteString("wrote " + g.height.String() + "\n")
	}
	_, _ = os.Stdout.WriteString("done\n")
}

func TestAKilledWriterLeavesWholeBlocks(t *testing.T) {
	eachBase(t, func(t *testing.T, b base) {
		whole := b.create(t)
		w := finish(large())
		follow(t, open(t, whole), w)
		want := dump(t, b.driver, whole)

		killed := b.create(t)
		rng := rand.New(rand.NewPCG(5, 5))
		deaths := 0
		for life(t, killed, rng) {
			deaths++
		}
		compare(t, "after being killed", dump(t, b.driver, killed), want)
		if at, err := open(t, killed).Position(t.Context()); err != nil || at.Height != w.Height() {
			t.Errorf("position %d, %v; want %d", at.Height, err, w.Height())
		}
		t.Logf("killed %d times", deaths)
		if deaths < 3 {
			t.Errorf("killed %d times: the test shows little", deaths)
		}
	})
}

// life lets a child write a few blocks and kills it somewhere in the next one;
// false: it was done before.
func life(t *testing.T, dsn string, rng *rand.Rand) bool {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestWriter$")
	child.Env = append(os.Environ(), childIndex+"="+dsn)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 2 + rng.IntN(6); lines.Scan() && lines.Text() != "done"; n-- {
		if n == 0 {
			time.Sleep(time.Duration(rng.IntN(3000)) * time.Microsecond)
			_ = child.Process.Kill()
			_ = child.Wait() // it was killed
			return true
		}
	}
	done := lines.Text() == "done"
	if err := child.Wait(); err != nil || !done {
		t.Fatalf("child: %v, last line %q", err, lines.Text())
	}
	return false
}
