package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/alaya-network/alaya/bench/load"
	"github.com/alaya-network/alaya/index"
	"github.com/alaya-network/alaya/index/indextest"
)

// figure is what one database does.
type figure struct {
	name    string
	perS    float64 // events taken
	perCPU  float64 // events taken in a second of this process's CPU
	answers []latency
}

// latency is how long a question takes.
type latency struct {
	question string
	p50, p95 time.Duration
}

// ingest lets a writer take the whole chain.
func (f *figure) ingest(ctx context.Context, x *index.Index, w *indextest.World) error {
	writer := index.NewWriter(x, w, nil, nil)
	began, told, used := time.Now(), time.Now(), load.CPU()
	for {
		h, err := writer.Step(ctx)
		if err != nil {
			return err
		}
		if time.Since(told) > 10*time.Second {
			told = time.Now()
			fmt.Printf("  block %d of %d, %.0f s\n", h, w.Height(), time.Since(began).Seconds())
		}
		if h == w.Height() {
			f.perS = float64(w.Events()) / time.Since(began).Seconds()
			f.perCPU = float64(w.Events()) / (load.CPU() - used).Seconds()
			return nil
		}
	}
}

// question asks something with random details.
type question struct {
	name string
	ask  func(ctx context.Context, rng *rand.Rand) error
}

func questions(x *index.Index, w *indextest.World, requests []string) []question {
	words := []string{"label", "images", "reviews", "audio label", "street", "sentiment speech", "glacier", "harb", "poem enzyme", "wheat"}
	search := func(f index.Requests) func(context.Context, *rand.Rand) error {
		return func(ctx context.Context, rng *rand.Rand) error {
			f.Q, f.Limit = words[rng.IntN(len(words))], 50
			_, err := x.Requests(ctx, f)
			return err
		}
	}
	some := func(rng *rand.Rand) string { return requests[rng.IntN(len(requests))] }
	person := func(rng *rand.Rand) string { return w.Person(rng.IntN(1 << 30)) }
	return []question{
		{"search requests, newest first", search(index.Requests{})},
		{"search requests, best paid first", search(index.Requests{Sort: "hourly"})},
		{"search requests of a state and language", search(index.Requests{State: "closed", Language: "de", MinPay: 50_000})},
		{"search everything", func(ctx context.Context, rng *rand.Rand) error {
			_, err := x.Search(ctx, words[rng.IntN(len(words))], "", 50)
			return err
		}},
		{"newest requests", func(ctx context.Context, _ *rand.Rand) error {
			_, err := x.Requests(ctx, index.Requests{Limit: 50})
			return err
		}},
		{"a request", func(ctx context.Context, rng *rand.Rand) error { _, err := x.Request(ctx, some(rng)); return err }},
		{"a request's events", func(ctx context.Context, rng *rand.Rand) error {
			_, err := x.Events(ctx, some(rng), "", 50)
			return err
		}},
		{"a dashboard", func(ctx context.Context, rng *rand.Rand) error { _, _, err := x.Dashboard(ctx, some(rng)); return err }},
		{"a party's transactions", func(ctx context.Context, rng *rand.Rand) error {
			_, err := x.Txs(ctx, person(rng), "work", "", 50)
			return err
		}},
		{"a party's earnings", func(ctx context.Context, rng *rand.Rand) error { _, err := x.Earnings(ctx, person(rng)); return err }},
		{"a party", func(ctx context.Context, rng *rand.Rand) error { _, err := x.Party(ctx, person(rng)); return err }},
	}
}

func answer(ctx context.Context, x *index.Index, w *indextest.World, asks int) ([]latency, error) {
	page, err := x.Requests(ctx, index.Requests{Limit: 100})
	if err != nil {
		return nil, err
	}
	var requests []string
	for _, c := range page.Items {
		requests = append(requests, c.ID)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	var found []latency
	for _, q := range questions(x, w, requests) {
		times := make([]time.Duration, asks)
		for i := range times {
			began := time.Now()
			if err := q.ask(ctx, rng); err != nil {
				return nil, fmt.Errorf("%s: %w", q.name, err)
			}
			times[i] = time.Since(began)
		}
		slices.Sort(times)
		found = append(found, latency{q.name, times[len(times)/2], times[len(times)*95/100]})
	}
	return found, nil
}

func table(w *indextest.World, figures []figure) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d requests, %d events in %d blocks; %d CPUs, of which others wanted %s at the end, %s.\n\n|", w.Requests(), w.Events(), w.Height(), runtime.NumCPU(), busy(), runtime.Version())
	head, line := " |", "---|"
	for _, f := range figures {
		head, line = head+" "+f.name+" |", line+"---|"
	}
	fmt.Fprintf(&b, "%s\n|%s\n| events taken a second |", head, line)
	for _, f := range figures {
		fmt.Fprintf(&b, " %.0f |", f.perS)
	}
	b.WriteString("\n| and a second of the writer's CPU |")
	for _, f := range figures {
		fmt.Fprintf(&b, " %.0f |", f.perCPU)
	}
	b.WriteString("\n")
	for i := range figures[0].answers {
		fmt.Fprintf(&b, "| %s, p50 / p95 |", figures[0].answers[i].question)
		for _, f := range figures {
			fmt.Fprintf(&b, " %.1f / %.1f ms |", ms(f.answers[i].p50), ms(f.answers[i].p95))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// busy is the machine's load over the last minutes: on one with more to do than
// CPUs, times are others' too.
func busy() string {
	text, _ := os.ReadFile("/proc/loadavg") // elsewhere it is not known
	fields := strings.Fields(string(text) + " ? ? ?")
	return fields[1]
}
