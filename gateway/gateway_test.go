package gateway_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/app"
	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/gateway"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/intake"
	"github.com/alaya-network/alaya/plane/memory"
)

const purse = 1_000_000_000

// house is a node with its gateway.
type house struct {
	url    string
	client *client.Client
	anna   *client.Account
	log    *bytes.Buffer
	stop   context.CancelFunc
	ended  chan error
}

// open starts a chain of one validator and a gateway before it.
func open(t *testing.T, limits gateway.Limits) *house {
	t.Helper()
	key := client.KeyFromSeed(sha256.Sum256([]byte("anna")))
	c := dial(t, startNode(t, key))
	anna, err := c.Account(key)
	if err != nil {
		t.Fatal(err)
	}
	options := plane.Defaults()
	options.MaxSize = 4 << 20
	store, err := plane.New(memory.New(), options)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{client: c, anna: anna, log: &bytes.Buffer{}, ended: make(chan error, 1)}
	files, err := intake.New(intake.Options{Folder: t.TempDir(), Store: store, Visitor: gateway.Visitor})
	if err != nil {
		t.Fatal(err)
	}
	g, err := gateway.New(gateway.Config{
		Client: c, Store: store, Uploads: files.Handler(), Limits: limits,
		Log: slog.New(slog.NewJSONHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	h.serve(t, g)
	return h
}

func (h *house) serve(t *testing.T, g *gateway.Gateway) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.url = "http://" + listener.Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	go func() { h.ended <- g.Serve(ctx, listener) }()
	t.Cleanup(h.close(t))
}

// close stops the gateway, once, and checks that it ends well.
func (h *house) close(t *testing.T) func() {
	return func() {
		h.stop()
		if err := <-h.ended; err != nil {
			t.Errorf("Serve: %v", err)
		}
		h.ended <- nil
	}
}

func startNode(t *testing.T, key client.Key) *node.Node {
	t.Helper()
	home := filepath.Join(t.TempDir(), "node")
	purses := []app.Balance{{Address: sdk.AccAddress(key.PublicKey().Address()), Ualy: purse}}
	if err := node.Create(node.Chain{ID: "alaya-test", Balances: purses}, home); err != nil {
		t.Fatal(err)
	}
	n, err := node.Start(node.Options{Home: home, BlockTime: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Stop(); err != nil {
			t.Errorf("stop node: %v", err)
		}
	})
	return n
}

func dial(t *testing.T, n *node.Node) *client.Client {
	t.Helper()
	c, err := client.Dial(t.Context(), client.Config{RPC: n.Client()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// ask sends a request and returns the answer with its body read.
func (h *house) ask(t *testing.T, method, path string, body io.Reader, header ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, h.url+path, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer, string(text)
}

// listen opens a stream of events; next returns its next message as fields.
func (h *house) listen(t *testing.T, path string, header ...string) (next func() map[string]string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s", path, answer.Status)
	}
	lines := bufio.NewScanner(answer.Body)
	return func() map[string]string {
		message := map[string]string{}
		for lines.Scan() {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch {
			case lines.Text() == "" && len(message) > 0:
				return message
			case name != "":
				message[name] = value
			}
		}
		return nil
	}
}

// failure reads the body of a refused request.
func failure(t *testing.T, body string) (kind, text string) {
	t.Helper()
	var f struct{ Kind, Error string }
	if err := json.Unmarshal([]byte(body), &f); err != nil {
		t.Fatalf("body %q: %v", body, err)
	}
	return f.Kind, f.Error
}
