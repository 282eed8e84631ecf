package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/agent/replay"
	"github.com/alaya-network/alaya/chain/app"
	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/station"
)

// patience bounds all waits of a test.
const patience = 3 * time.Minute

// world is a station on which a recorded campaign was played to its end.
type world struct {
	*station.Station
	names map[string]string // {request}, {worker}, … of the table's paths
}

func keyOf(name string) client.Key { return client.KeyFromSeed(id.Sum("test/key", []byte(name))) }

func wallet(k client.Key) sdk.AccAddress { return sdk.AccAddress(k.PublicKey().Address()) }

// play starts a station and plays the built-in recording on it.
func play(t *testing.T) world {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	home, requester, operator := t.TempDir(), keyOf("requester"), keyOf("operator")
	err := node.Create(node.Chain{ID: "alaya-test", Operators: []sdk.AccAddress{wallet(operator)}, Balances: []app.Balance{
		{Address: wallet(requester), Ualy: int64(1000 * num.ALY)}, {Address: wallet(operator), Ualy: int64(1000 * num.ALY)},
	}}, home)
	if err != nil {
		t.Fatal(err)
	}
	s, err := station.Start(ctx, station.Config{
		Home: home, Operator: operator, HTTP: "127.0.0.1:0", Version: "v-test", BlockTime: 50 * time.Millisecond, RestTime: 100 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	w := world{s, map[string]string{}}
	w.campaign(t, ctx, requester)
	w.learn(t)
	return w
}

func (w world) campaign(t *testing.T, ctx context.Context, requester client.Key) {
	t.Helper()
	account, err := w.Client.Account(requester)
	if err != nil {
		t.Fatal(err)
	}
	_, err = account.Send(ctx, &partyv1.MsgSetProfile{
		Address: account.Address().String(), Profile: partyv1.Profile{Name: "Rita <b>", Roles: []string{"requester"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	recorded, err := replay.Read(replay.Anaesthesia())
	if err != nil {
		t.Fatal(err)
	}
	options := replay.Defaults()
	options.Title = "Fit for anaesthesia"
	stage := replay.Stage{Client: w.Client, Blobs: w.Store, Requester: account, Seed: [32]byte{1}, Tell: func(replay.Progress) {}}
	if _, err := replay.Run(ctx, stage, recorded, options); err != nil {
		t.Fatal(err)
	}
	nobody, err := client.AddressOf(make([]byte, 20))
	if err != nil {
		t.Fatal(err)
	}
	w.names["{nobody}"] = string(nobody)
	w.names["{requester}"] = account.Address().String()
}

// learn waits for the read model and notes the names of what there is.
func (w world) learn(t *testing.T) {
	t.Helper()
	height := w.Client.Height() + 5 // engagements complete behind the last payment
	for at := 0; at < int(height); {
		var status struct {
			IndexHeight int `json:"index_height"`
		}
		w.read(t, "/api/v1/status", &status)
		at = status.IndexHeight
		time.Sleep(20 * time.Millisecond)
	}
	var cards struct{ Items []struct{ ID string } }
	w.read(t, "/api/v1/requests", &cards)
	w.names["{request}"] = cards.Items[0].ID
	var people struct {
		Contributors []struct {
			Party   string
			Answers int
		}
	}
	w.read(t, "/api/v1/requests/"+cards.Items[0].ID+"/dashboard", &people)
	for _, p := range people.Contributors {
		if p.Answers > 0 { // pages are drawn: somebody may come too late
			w.names["{worker}"] = p.Party
		}
	}
	var sets struct{ Items []struct{ ID string } }
	w.read(t, "/api/v1/datasets", &sets)
	w.names["{dataset}"] = sets.Items[0].ID
	var txs struct{ Items []struct{ Hash string } }
	w.read(t, "/api/v1/txs", &txs)
	w.names["{hash}"] = txs.Items[0].Hash
}

// ask sends a request and returns status and body.
func (w world) ask(t *testing.T, method, path, body string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, w.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
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
	return answer.StatusCode, string(text)
}

func (w world) read(t *testing.T, path string, into any) {
	t.Helper()
	code, body := w.ask(t, "GET", path, "")
	if code != 200 {
		t.Fatalf("GET %s: %d %s", path, code, body)
	}
	if err := json.Unmarshal([]byte(body), into); err != nil {
		t.Fatalf("GET %s: %v", path, err)
	}
}

// fill puts the names of what there is into a path.
func (w world) fill(path string) string {
	for name, value := range w.names {
		path = strings.ReplaceAll(path, name, value)
	}
	return path
}

// test is one question to the API.
type test struct {
	name, method, path, body string
	code                     int
	holds                    []string
}

func questions() []test {
	return []test{
		{"where the chain is", "GET", "/status", "", 200, []string{`"chain_id":"alaya-test"`, `"version":"v-test"`, `"local":false`}},
		{"cards", "GET", "/requests", "", 200, []string{`"title":"Fit for anaesthesia"`, `"modality":""`, `"answer_types":["choice"]`, `"state":"closed"`, `"progress_ppm":1000000`, `"name":"Rita \u003cb\u003e"`}},
		{"cards by words", "GET", "/requests?q=fit+anaes", "", 200, []string{`"id":"{request}"`}},
		{"cards by absent words", "GET", "/requests?q=zebra", "", 200, []string{`{"items":[],"next":""}`}},
		{"cards by signs", "GET", "/requests?q=%22%27%3B--*", "", 200, []string{`"items":[]`}},
		{"cards by all filters", "GET", "/requests?skill=replay&state=closed&requester={requester}&min_pay=1&min_hourly=1&deadline_before=9000000000000&answer_type=choice&sort=hourly&limit=1", "", 200, []string{`"id":"{request}"`}},
		{"cards of a language", "GET", "/requests?language=tlh", "", 200, []string{`"items":[]`}},
		{"a filter that tries to be SQL", "GET", "/requests?skill='%20OR%201=1%20--", "", 200, []string{`"items":[]`}},
		{"a filter with wildcards", "GET", "/requests?answer_type=%25", "", 200, []string{`"items":[]`}},
		{"all of a request", "GET", "/requests/{request}", "", 200, []string{`"question":"Which label fits?"`, `"price_cap":"10000"`, `"REQUEST_KIND_LABEL"`, `"escrowed":"`, `"state":"closed"`, `"final":true`}},
		{"its bids", "GET", "/requests/{request}/bids?limit=2", "", 200, []string{`"state":"awarded"`, `"next":"ey`}},
		{"its engagements", "GET", "/requests/{request}/engagements", "", 200, []string{`"state":"completed"`}},
		{"its rounds", "GET", "/requests/{request}/rounds", "", 200, []string{`"number":1`, `"state":"closed"`}},
		{"its verdicts", "GET", "/requests/{request}/verdicts", "", 200, []string{`"state":"done"`, `"metric":"accuracy"`}},
		{"its events", "GET", "/requests/{request}/events?limit=1", "", 200, []string{`"stage":"market"`, `"action":"completed"`}},
		{"its dashboard", "GET", "/requests/{request}/dashboard", "", 200, []string{`"throughput":[{"t":`, `"spend":[{"t":`, `"skill_ppm":`, `"agreement_ppm":`}},
		{"a page of work", "GET", "/requests/{request}/rounds/1/pages/0", "", 200, []string{`"items":[{"id":"`, `"guideline":1`}},
		{"a page of no round", "GET", "/requests/{request}/rounds/9/pages/0", "", 404, []string{"not found"}},
		{"a page beyond the last", "GET", "/requests/{request}/rounds/1/pages/4000000000", "", 404, []string{"page 4000000000"}},
		{"a verdict with its votes", "GET", "/verdicts/{request}/1", "", 200, []string{`"by_validator":[{"validator":"alayavaloper1`, `"agrees":true`}},
		{"a requester", "GET", "/parties/{requester}", "", 200, []string{`"name":"Rita \u003cb\u003e"`, `"requests":1`, `"paid":"`}},
		{"a worker", "GET", "/parties/{worker}", "", 200, []string{`"standings":[{"skill":"replay"`, `"stakes":[{`}},
		{"nobody", "GET", "/parties/{nobody}", "", 200, []string{`"since":0`, `"balance":"0"`}},
		{"a worker's work", "GET", "/parties/{worker}/work", "", 200, []string{`"state":"revealed"`, `"title":"Fit for anaesthesia"`, `"next_steps":[]`}},
		{"a worker's earnings", "GET", "/parties/{worker}/earnings", "", 200, []string{`"state":"released"`, `"answers":`, `"pending":[]`}},
		{"an account", "GET", "/accounts/{worker}", "", 200, []string{`"exists":true`, `"sequence":`, `"grants":[]`}},
		{"no account", "GET", "/accounts/{nobody}", "", 200, []string{`"exists":false`}},
		{"datasets", "GET", "/datasets?q=anaesthesia&answer_type=choice", "", 200, []string{`"id":"{dataset}"`}},
		{"a dataset", "GET", "/datasets/{dataset}", "", 200, []string{`"lineage":{"nodes":[{"id":"dataset:`, `"files":[{"name":"records.jsonl"`, `"label":{`}},
		{"its records", "GET", "/datasets/{dataset}/records?limit=3", "", 200, []string{`"value":"`, `"confidence":`}},
		{"the proof of a dataset", "GET", "/proof/datasets/{dataset}", "", 200, []string{`"header":{`, `"path":[`}},
		{"blocks", "GET", "/blocks?limit=2", "", 200, []string{`"height":`, `"next":"ey`}},
		{"the first block", "GET", "/blocks/1", "", 200, []string{`"height":1`}},
		{"a block to come", "GET", "/blocks/900000000", "", 404, []string{"block 900000000"}},
		{"transactions of a party in a stage", "GET", "/txs?party={worker}&stage=work&limit=1", "", 200, []string{`"stage":"work"`, `"signers":["{worker}"]`}},
		{"a transaction", "GET", "/txs/{hash}", "", 200, []string{`"hash":"{hash}"`, `"messages":[{"stage":"`}},
		{"a transaction that is in no block", "GET", "/txs/" + strings.Repeat("0", 64), "", 404, []string{"in no block"}},
		{"validators", "GET", "/validators", "", 200, []string{`"status":"bonded"`, `"operator":"alayavaloper1`}},
		{"the plane", "GET", "/plane", "", 200, []string{`"blobs":`}},
		{"a search by words", "GET", "/search?q=fit+for", "", 200, []string{`"kind":"dataset"`, `"kind":"request"`}},
		{"a search by height", "GET", "/search?q=1", "", 200, []string{`"kind":"block"`}},
		{"a search by hash", "GET", "/search?q={hash}", "", 200, []string{`"kind":"tx"`}},
		{"a search by address", "GET", "/search?q={worker}", "", 200, []string{`"kind":"party"`}},
		{"models", "GET", "/models?incentive=points&state=live", "", 200, []string{`"items":[]`}},
		{"no model", "GET", "/models/00000000000000aa", "", 404, []string{"not found"}},
		{"contributions of no model", "GET", "/models/00000000000000aa/contributions", "", 404, []string{"00000000000000aa"}},
		{"a forecast", "POST", "/forecast", `{"items":1000,"redundancy":{"min":3,"max":9,"target":950000},"accuracy_guess":800000,"price":"10000"}`, 200, []string{`"curve":[{"answers":1,`, `"mid":"`}},
		{"a draft", "POST", "/drafts", `{"yaml":"title: Cats\nitems: a.tsv\nquestion: Cat?\nlabels: [yes, no]\nprice_cap: 0.01aly\nbudget: 100aly\nlicence: CC0-1.0\n"}`, 200, []string{`"problems":[]`, `"title":"Cats"`}},
		{"a draft whose budget is too small for its items", "POST", "/drafts", `{"yaml":"title: Cats\nitems: a.tsv\nquestion: Cat?\nlabels: [yes, no]\nprice_cap: 0.01aly\nbudget: 2aly\nlicence: CC0-1.0\n","items":80}`, 200, []string{"240 answers at the price cap 0.01aly need 2.4aly", `"terms":null`}},
		{"a draft with budget enough for few items", "POST", "/drafts", `{"yaml":"title: Cats\nitems: a.tsv\nquestion: Cat?\nlabels: [yes, no]\nprice_cap: 0.01aly\nbudget: 2aly\nlicence: CC0-1.0\n","items":4}`, 200, []string{`"problems":[]`, `"title":"Cats"`}},
		{"a draft of more pages than may be", "POST", "/drafts", `{"yaml":"title: Cats\nitems: a.tsv\nquestion: Cat?\nlabels: [yes, no]\nprice_cap: 0.01aly\nbudget: 2aly\nlicence: CC0-1.0\n","items":18446744073709551615}`, 200, []string{"20001 pages"}},
		{"a draft with an unknown field", "POST", "/drafts", `{"yaml":"title: Cats\nprize: 3\n"}`, 200, []string{`"line":2`, `"field":"prize"`, `"terms":null`}},
		{"a Label Studio configuration", "POST", "/forms", `{"label_studio":"<View className=\"x\"><Text name=\"t\" value=\"$text\"/><Choices name=\"mood\" toName=\"t\"><Choice value=\"good\"/><Choice value=\"bad\"/></Choices></View>"}`, 200, []string{`"name":"mood"`, `"id":"good"`, `className`}},
		{"a draft that breaks a bound", "POST", "/drafts", `{"yaml":"title: Cats\nitems: a.tsv\nlicence: CC0-1.0\nprice_cap: 1aly\nbudget: 100aly\nredundancy:\n  min: 90\n"}`, 200, []string{`"field":"redundancy`, `"terms":null`}},
	}
}

// hostile are questions that must be refused, and say what is wrong.
func hostile() []test {
	return []test{
		{"an unknown parameter", "GET", "/requests?sql=1", "", 400, []string{`parameter \"sql\"`}},
		{"a parameter twice", "GET", "/requests?state=open&state=closed", "", 400, []string{"state: given 2 times"}},
		{"an unknown state", "GET", "/requests?state=lost", "", 400, []string{`state \"lost\"`}},
		{"a limit beyond the bound", "GET", "/requests?limit=101", "", 400, []string{`limit \"101\"`, "100"}},
		{"a limit below the bound", "GET", "/requests?limit=-1", "", 400, []string{`limit \"-1\"`}},
		{"a number that is a word", "GET", "/requests?min_pay=much", "", 400, []string{`min_pay \"much\"`}},
		{"a search of a book", "GET", "/search?q=" + strings.Repeat("a", 201), "", 400, []string{"q of 201 bytes"}},
		{"a zero byte", "GET", "/search?q=a%00b", "", 400, []string{"without zeros"}},
		{"no UTF-8", "GET", "/search?q=%ff", "", 400, []string{"UTF-8"}},
		{"a cursor that is none", "GET", "/requests?cursor=abc", "", 400, []string{`cursor \"abc\"`}},
		{"a cursor of another list", "GET", "/blocks?cursor=eyJsIjoiZXZlbnRzIiwibiI6MX0", "", 400, []string{"cursor"}},
		{"a cursor of another order", "GET", "/requests?sort=pay&cursor=eyJsIjoicmVxdWVzdHMvIiwibiI6MX0", "", 400, []string{"requests/pay"}},
		{"a cursor into the middle of a line", "GET", "/datasets/{dataset}/records?cursor=3", "", 400, []string{"cursor 3"}},
		{"a cursor behind the end", "GET", "/datasets/{dataset}/records?cursor=99999999", "", 400, []string{"cursor 99999999"}},
		{"a request of no form", "GET", "/requests/..%2f..%2fetc", "", 400, []string{"request id"}},
		{"an unknown request", "GET", "/requests/00000000000000aa", "", 404, []string{"00000000000000aa"}},
		{"the dashboard of an unknown request", "GET", "/requests/00000000000000aa/dashboard", "", 404, []string{"00000000000000aa"}},
		{"an unknown dataset", "GET", "/datasets/00000000000000aa", "", 404, []string{"00000000000000aa"}},
		{"an address of no form", "GET", "/parties/cosmos1abc", "", 400, []string{"address"}},
		{"an address with a wrong sum", "GET", "/accounts/alaya1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "", 400, []string{"address"}},
		{"a hash that is short", "GET", "/txs/00ff", "", 400, []string{"64 hex"}},
		{"a height of words", "GET", "/blocks/last", "", 400, []string{`height \"last\"`}},
		{"a page below zero", "GET", "/requests/{request}/rounds/1/pages/-1", "", 400, []string{`page \"-1\"`}},
		{"a model of no form", "GET", "/models/x", "", 400, []string{"model id"}},
		{"a cursor of no key", "GET", "/models/00000000000000aa/history?cursor=!!", "", 400, []string{"cursor"}},
		{"a route that is not", "GET", "/nothing", "", 404, []string{"no such route"}},
		{"a forecast of nothing", "POST", "/forecast", "", 400, []string{"body"}},
		{"a forecast of an unknown field", "POST", "/forecast", `{"itemz":1}`, 400, []string{"itemz"}},
		{"a forecast of too many items", "POST", "/forecast", `{"items":10000001,"redundancy":{"min":1,"max":1,"target":1},"accuracy_guess":1,"price":"1"}`, 400, []string{"items 10000001", "10000000"}},
		{"a forecast of endless answers", "POST", "/forecast", `{"items":1,"redundancy":{"min":1,"max":65,"target":1},"accuracy_guess":1,"price":"1"}`, 400, []string{"redundancy.max 65"}},
		{"a configuration without a tag", "POST", "/forms", `{"label_studio":"words"}`, 400, []string{"label studio"}},
		{"a configuration with a document type", "POST", "/forms", `{"label_studio":"<!DOCTYPE x><View/>"}`, 400, []string{"document type"}},
		{"two documents", "POST", "/forecast", `{} {}`, 400, []string{"more text"}},
		{"a body beyond the bound", "POST", "/drafts", `{"yaml":"` + strings.Repeat("a", 600<<10) + `"}`, 429, []string{"524288"}},
		{"a draft beyond the bound", "POST", "/drafts", `{"yaml":"` + strings.Repeat("a", 300<<10) + `"}`, 429, []string{"262144"}},
	}
}

func TestTheAPI(t *testing.T) {
	w := play(t)
	document := w.document(t)
	for _, tt := range slices.Concat(questions(), hostile()) {
		t.Run(tt.name, func(t *testing.T) {
			path := w.fill("/api/v1" + tt.path)
			code, body := w.ask(t, tt.method, path, tt.body)
			if code != tt.code {
				t.Fatalf("%s %s = %d %.600s, want %d", tt.method, path, code, body, tt.code)
			}
			for _, part := range tt.holds {
				if !strings.Contains(body, w.fill(part)) {
					t.Errorf("%s %s = %.3000s, want %s in it", tt.method, path, body, w.fill(part))
				}
			}
			if code == 200 {
				document.check(t, tt.method, tt.path, body)
			}
		})
	}
	t.Run("every route was asked", func(t *testing.T) { document.complete(t) })
	t.Run("lists give everything once", func(t *testing.T) { w.pages(t) })
	t.Run("items come in the order of the page", func(t *testing.T) { w.items(t) })
}

// pages walks lists in small steps and compares with one large step.
func (w world) pages(t *testing.T) {
	for _, path := range []string{
		"/requests/{request}/bids", "/requests/{request}/engagements", "/requests/{request}/events", "/blocks", "/txs?party={worker}",
		"/datasets/{dataset}/records", "/search?q=fit", "/txs?stage=work&party={worker}",
	} {
		sign := "?"
		if strings.Contains(path, "?") {
			sign = "&"
		}
		path = w.fill("/api/v1" + path + sign)
		var want, got []string
		type page struct {
			Items []json.RawMessage
			Next  string
		}
		walk := func(limit, most int) (all []string) {
			cursor := ""
			for len(all) < most {
				var p page
				w.read(t, path+fmt.Sprintf("limit=%d&cursor=%s", limit, cursor), &p)
				for _, item := range p.Items {
					all = append(all, string(item))
				}
				if cursor = p.Next; cursor == "" {
					break
				}
			}
			return all[:min(len(all), most)]
		}
		if strings.Contains(path, "/blocks") {
			continue // new ones come in between
		}
		want, got = walk(100, 60), walk(7, 60)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %d items by sevens, %d at once, or in another order", path, len(got), len(want))
		}
		seen := map[string]bool{}
		for _, item := range got {
			if seen[item] {
				t.Errorf("%s: twice: %.200s", path, item)
			}
			seen[item] = true
		}
	}
}

// items compares pages of work with the submissions made for them.
func (w world) items(t *testing.T) {
	var rounds struct {
		Items []struct{ Number, Pages int }
	}
	w.read(t, w.fill("/api/v1/requests/{request}/rounds"), &rounds)
	for _, round := range rounds.Items {
		asked := 0
		for page := range 100 {
			var p struct{ Items []struct{ ID string } }
			code, body := w.ask(t, "GET", w.fill(fmt.Sprintf("/api/v1/requests/{request}/rounds/%d/pages/%d", round.Number, page)), "")
			if code == 404 {
				continue
			}
			if err := json.Unmarshal([]byte(body), &p); err != nil || len(p.Items) == 0 {
				t.Fatalf("round %d page %d: %d %s", round.Number, page, code, body)
			}
			asked++
		}
		if asked != round.Pages {
			t.Errorf("round %d: %d pages have items, want %d", round.Number, asked, round.Pages)
		}
	}
}
