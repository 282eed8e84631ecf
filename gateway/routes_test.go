package gateway_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/gateway"
)

func TestRoutes(t *testing.T) {
	h := open(t, gateway.Limits{})
	address := h.anna.Address().String()
	absent := id.RawCID([]byte("absent")).String()
	signed, err := h.anna.Sign(t.Context(), client.Payment(h.anna.Address(), h.anna.Address(), 1))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, method, path, body string
		code                     int
		holds                    string
	}{
		{"the page of links", "GET", "/", "", 200, `href="/openapi.json"`},
		{"money", "GET", "/cosmos/bank/v1beta1/balances/" + address, "", 200, `"amount":"1000000000"`},
		{"an account", "GET", "/cosmos/auth/v1beta1/accounts/" + address, "", 200, `"@type":"/cosmos.auth.v1beta1.BaseAccount"`},
		{"validators", "GET", "/cosmos/staking/v1beta1/validators", "", 200, `"@type":"/cosmos.crypto.ed25519.PubKey"`},
		{"the chain's id", "GET", "/cosmos/base/tendermint/v1beta1/node_info", "", 200, `"network":"alaya-test"`},
		{"a stage", "GET", "/alaya/market/v1/requests", "", 200, `"requests":[]`},
		{"health", "GET", "/healthz", "", 200, `"chain":"ok","store":"ok"`},
		{"metrics", "GET", "/metrics", "", 200, "alaya_chain_height"},
		{"the document", "GET", "/openapi.json", "", 200, `"/events"`},
		{"an unknown request", "GET", "/alaya/market/v1/requests/00000000000000aa", "", 404, "not found"},
		{"a bad number in a query", "GET", "/alaya/market/v1/requests?pagination.limit=many", "", 400, "invalid"},
		{"a bad address", "GET", "/cosmos/bank/v1beta1/balances/cosmos1qqq", "", 400, "invalid"},
		{"a reveal to nobody", "POST", "/api/v1/relay", "{}", 404, "not found"},
		{"a reveal that is too long", "POST", "/api/v1/relay", strings.Repeat("x", 1<<20), 404, "not found"},
		{"a welcome by nobody", "POST", "/api/v1/welcome", "{}", 404, "not found"},
		{"samples of a chain that has none", "GET", "/api/v1/samples", "", 404, "not found"},
		{"an upload of nothing", "POST", "/api/v1/uploads", "", 400, "invalid"},
		{"an upload that is not", "PATCH", "/api/v1/uploads/x", "x", 404, "not found"},
		{"an unknown route", "GET", "/nothing", "", 404, "not found"},
		{"an unknown route of a stage", "GET", "/alaya/nothing", "", 404, "not found"},
		{"a path upwards", "GET", "/blob/..%2f..%2fetc%2fpasswd", "", 400, "invalid"},
		{"a bad cid", "GET", "/blob/Qmfoo", "", 400, "invalid"},
		{"an absent blob", "GET", "/blob/" + absent, "", 404, "not found"},
		{"a transaction of garbage", "POST", "/tx", "garbage", 400, "invalid"},
		{"a transaction of nothing", "POST", "/tx", "", 400, "invalid"},
		{"a transaction that is too long", "POST", "/tx", strings.Repeat("x", 1<<20+1), 413, "limit"},
		{"the fee of garbage", "POST", "/api/v1/fee", "garbage", 400, "invalid"},
		{"the fee of nothing", "POST", "/api/v1/fee", "", 400, "invalid"},
		{"the fee of a transaction that is free", "POST", "/api/v1/fee", string(signed), 200, `"amount":"0"`},
		{"a blob that is too long", "POST", "/blob", strings.Repeat("x", 4<<20+1), 413, "limit"},
		{"events from a word", "GET", "/events?from=now", "", 400, "invalid"},
		{"events from before the beginning", "GET", "/events?from=0", "", 400, "invalid"},
		{"events from the far future", "GET", "/events?from=9000000000000000000", "", 400, "invalid"},
		{"events from beyond all numbers", "GET", "/events?from=99999999999999999999", "", 400, "invalid"},
		{"events of a bad request", "GET", "/events?request=../x", "", 400, "invalid"},
		{"events of too many stages", "GET", "/events?stage=" + strings.Repeat("a,", 50), "", 429, "limit"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			answer, body := h.ask(t, tt.method, tt.path, strings.NewReader(tt.body))
			if answer.StatusCode != tt.code || !strings.Contains(body, tt.holds) {
				t.Errorf("%s %s = %d %.300s, want %d with %q", tt.method, tt.path, answer.StatusCode, body, tt.code, tt.holds)
			}
			if answer.StatusCode >= 400 {
				failure(t, body)
			}
			if got := answer.Header.Get("X-Content-Type-Options"); got != "nosniff" {
				t.Errorf("X-Content-Type-Options = %q", got)
			}
			if got := answer.Header.Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'") {
				t.Errorf("Content-Security-Policy = %q", got)
			}
		})
	}
}

func TestAQueryReadsThePast(t *testing.T) {
	h := open(t, gateway.Limits{})
	path := "/cosmos/bank/v1beta1/balances/" + h.anna.Address().String()
	if err := h.client.WaitHeight(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	past := h.client.Height().String()
	pay := client.Payment(h.anna.Address(), h.anna.Address(), 1)
	to := stranger(t, h)
	pay.ToAddress = to.String()
	if _, err := h.anna.Send(t.Context(), pay); err != nil {
		t.Fatal(err)
	}
	if _, now := h.ask(t, "GET", path, nil); !strings.Contains(now, `"999999999"`) {
		t.Errorf("now: %s", now)
	}
	if _, then := h.ask(t, "GET", path, nil, "X-Cosmos-Block-Height", past); !strings.Contains(then, `"1000000000"`) {
		t.Errorf("at height %s: %s", past, then)
	}
	if answer, _ := h.ask(t, "GET", path, nil, "X-Cosmos-Block-Height", "x"); answer.StatusCode != 400 {
		t.Errorf("at height x: %s, want 400", answer.Status)
	}
}

func stranger(t *testing.T, h *house) id.Address {
	t.Helper()
	a, err := h.client.Account(client.KeyFromSeed([32]byte{1}))
	if err != nil {
		t.Fatal(err)
	}
	return a.Address()
}

func TestBlobsThroughTheClient(t *testing.T) {
	h := open(t, gateway.Limits{})
	blobs, err := client.NewHTTPBlobs(h.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{0, 1, 1 << 20, 3<<20 + 5} {
		content := bytes.Repeat([]byte{3}, size)
		c, err := blobs.PutBytes(t.Context(), content)
		if err != nil {
			t.Fatalf("put %d bytes: %v", size, err)
		}
		back, err := blobs.GetBytes(t.Context(), c, int64(size))
		if err != nil || !bytes.Equal(back, content) {
			t.Errorf("get %d bytes: %d, %v", size, len(back), err)
		}
		answer, _ := h.ask(t, "HEAD", "/blob/"+c.String(), nil)
		if answer.StatusCode != 200 || answer.ContentLength != int64(size) {
			t.Errorf("HEAD of %d bytes: %s, length %d", size, answer.Status, answer.ContentLength)
		}
	}
	if _, err := blobs.GetBytes(t.Context(), id.RawCID([]byte("absent")), 9); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("get an absent blob: %v, want kind not found", err)
	}
	if _, err := blobs.PutBytes(t.Context(), make([]byte, 5<<20)); !fault.Is(err, fault.KindLimit) {
		t.Errorf("put too much: %v, want kind limit", err)
	}
}

func TestAPageOfAnotherOriginCannotPost(t *testing.T) {
	h := open(t, gateway.Limits{})
	for _, path := range []string{"/blob", "/tx"} {
		answer, body := h.ask(t, "POST", path, strings.NewReader("x"), "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example")
		if kind, _ := failure(t, body); answer.StatusCode != 403 || kind != "forbidden" {
			t.Errorf("POST %s from another origin: %s %s, want 403", path, answer.Status, body)
		}
	}
}

func TestTheDocumentDescribesEveryStageAndTheGateway(t *testing.T) {
	h := open(t, gateway.Limits{})
	_, body := h.ask(t, "GET", "/openapi.json", nil)
	var document struct {
		Info  struct{ Title string }
		Paths map[string]map[string]struct{ Responses map[string]any }
	}
	if err := json.Unmarshal([]byte(body), &document); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"/tx", "/blob", "/blob/{cid}", "/events", "/healthz", "/alaya/party/v1/params", "/alaya/market/v1/requests",
		"/alaya/work/v1/requests/{request}/progress", "/alaya/quality/v1/params", "/alaya/settle/v1/params",
		"/alaya/dataset/v1/datasets",
	} {
		operations := document.Paths[path]
		if len(operations) == 0 {
			t.Errorf("no path %s", path)
		}
		for method, operation := range operations {
			if len(operation.Responses) == 0 {
				t.Errorf("%s %s has no responses", method, path)
			}
		}
	}
	if document.Info.Title != "Alaya gateway" {
		t.Errorf("title = %q", document.Info.Title)
	}
}

// tell makes something happen in a stage.
func (h *house) tell(t *testing.T, name string) client.Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	r, err := h.anna.Send(ctx, &partyv1.MsgSetProfile{
		Address: h.anna.Address().String(), Profile: partyv1.Profile{Name: name},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestATransactionIsSentAndSeen(t *testing.T) {
	h := open(t, gateway.Limits{})
	next := h.listen(t, "/events?stage=party")
	sent := h.tell(t, "Anna")
	message := next()
	for message != nil && message["data"] == "" {
		message = next()
	}
	var e client.Event
	if err := json.Unmarshal([]byte(message["data"]), &e); err != nil {
		t.Fatalf("message %v: %v", message, err)
	}
	if e.Tx != sent.Hash || e.Height != sent.Height || e.Party() != h.anna.Address() || message["event"] != "party."+e.Action {
		t.Errorf("message = %v, want transaction %s of block %d", message, sent.Hash, sent.Height)
	}
	answer, body := h.ask(t, "GET", "/alaya/party/v1/profiles/"+h.anna.Address().String(), nil)
	if answer.StatusCode != http.StatusOK || !strings.Contains(body, "Anna") {
		t.Errorf("profile: %s %s", answer.Status, body)
	}
}
