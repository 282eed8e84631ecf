package gateway_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/alaya-network/alaya/gateway"
)

// wire opens a connection and sends text as it is.
func (h *house) wire(t *testing.T, text string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(h.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	return c
}

// left waits for the gateway to close the connection.
func left(t *testing.T, c net.Conn, within time.Duration) {
	t.Helper()
	_ = c.SetReadDeadline(time.Now().Add(within))
	if _, err := io.Copy(io.Discard, c); err != nil && !strings.Contains(err.Error(), "reset") {
		t.Errorf("the gateway still waits: %v", err)
	}
}

func TestTheSlowAreLeft(t *testing.T) {
	h := open(t, gateway.Limits{Answer: 300 * time.Millisecond, Transfer: 300 * time.Millisecond})
	for name, text := range map[string]string{
		"a header that does not end":       "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
		"a transaction that does not come": "POST /tx HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc",
		"a blob that does not come":        "POST /blob HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc",
		"an upload that does not come":     "POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
		"a piece that does not come":       "PATCH /api/v1/uploads/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc",
		"a chunk that does not come":       "POST /blob HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			left(t, h.wire(t, text), 10*time.Second)
		})
	}
}

func TestOversizedHeadersAreRefused(t *testing.T) {
	h := open(t, gateway.Limits{})
	c := h.wire(t, "GET / HTTP/1.1\r\nHost: x\r\nX-Long: "+strings.Repeat("a", 64<<10)+"\r\n\r\n")
	answer, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil || answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a header of 64 KiB: %v, %v, want 431", answer, err)
	}
}

func TestTooManyAreTurnedAway(t *testing.T) {
	h := open(t, gateway.Limits{Followers: 2, Transfers: 1, Transfer: time.Minute})
	h.listen(t, "/events")
	h.listen(t, "/events")
	answer, body := h.ask(t, "GET", "/events", nil)
	if kind, _ := failure(t, body); answer.StatusCode != 503 || kind != "limit" || answer.Header.Get("Retry-After") == "" {
		t.Errorf("the third follower: %s %s, want 503", answer.Status, body)
	}
	h.wire(t, "POST /blob HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc")
	for end := time.Now().Add(10 * time.Second); ; {
		answer, body = h.ask(t, "GET", "/blob/x", nil)
		if answer.StatusCode == 503 {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the second transfer: %s %s, want 503", answer.Status, body)
		}
	}
	if answer, _ = h.ask(t, "GET", "/healthz", nil); answer.StatusCode != 200 {
		t.Errorf("health meanwhile: %s", answer.Status)
	}
}

func TestAFollowerGoesOnWhereHeLeft(t *testing.T) {
	h := open(t, gateway.Limits{Heartbeat: 100 * time.Millisecond})
	var want []string
	for i := range 5 {
		r := h.tell(t, fmt.Sprintf("Anna %d", i))
		want = append(want, fmt.Sprintf("%d-%d", r.Height, r.Events[0].Index))
	}
	read := func(next func() map[string]string, n int) (ids []string) {
		for len(ids) < n {
			m := next()
			if m == nil {
				t.Fatalf("the stream ended after %v", ids)
			}
			if m["event"] == "party.profiled" {
				ids = append(ids, m["id"])
			}
		}
		return ids
	}
	if got := read(h.listen(t, "/events?from=1"), 5); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("from the beginning: %v, want %v", got, want)
	}
	if got := read(h.listen(t, "/events?from=1", "Last-Event-ID", want[1]), 3); fmt.Sprint(got) != fmt.Sprint(want[2:]) {
		t.Errorf("after %s: %v, want %v", want[1], got, want[2:])
	}
	block, _, _ := strings.Cut(want[2], "-")
	if got := read(h.listen(t, "/events", "Last-Event-ID", block), 1); got[0] == want[2] {
		t.Errorf("after the heartbeat of block %s: %v again", block, got)
	}
	next := h.listen(t, "/events?stage=dataset")
	if m := next(); m["id"] == "" || m["event"] != "" {
		t.Errorf("with nothing to tell: %v, want a heartbeat", m)
	}
	for _, bad := range []string{"x", "1-x", "-1", "0", "5-99999999999", "5-1-1"} {
		if answer, body := h.ask(t, "GET", "/events", nil, "Last-Event-ID", bad); answer.StatusCode != 400 {
			t.Errorf("Last-Event-ID %q: %s %s, want 400", bad, answer.Status, body)
		}
	}
}

func TestAGatewayStopsWithFollowers(t *testing.T) {
	h := open(t, gateway.Limits{})
	next := h.listen(t, "/events")
	begun := time.Now()
	h.close(t)()
	if took := time.Since(begun); took > 3*time.Second {
		t.Errorf("stopping took %s", took)
	}
	for next() != nil {
	}
	if _, err := http.Get(h.url); err == nil {
		t.Error("the gateway still answers")
	}
}

func TestTheLogKeepsSecrets(t *testing.T) {
	h := open(t, gateway.Limits{})
	h.ask(t, "GET", "/nothing?token=hidden1", nil, "Authorization", "Bearer hidden2", "Cookie", "hidden3")
	h.ask(t, "POST", "/tx?hidden4", strings.NewReader("hidden5"))
	h.close(t)()
	if text := h.log.String(); strings.Contains(text, "hidden") || !strings.Contains(text, "/nothing") {
		t.Errorf("log = %s, want paths and no more", text)
	}
}

func TestAStuckChainIsUnhealthy(t *testing.T) {
	h := open(t, gateway.Limits{Stale: time.Nanosecond})
	answer, body := h.ask(t, "GET", "/healthz", nil)
	if answer.StatusCode != 503 || !strings.Contains(body, "no block for more than") {
		t.Errorf("health = %s %s, want 503", answer.Status, body)
	}
}
