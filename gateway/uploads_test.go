package gateway_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/gateway"
	"github.com/alaya-network/alaya/plane/intake"
)

// film is the head of a film in a container of one box.
const film = "\x00\x00\x00\x0cftypisom" + "\x00\x00\x00\x74moov" + "\x00\x00\x00\x6cmvhd" +
	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\xe8\x00\x00\x07\xd0"

func TestAnUploadBecomesABlobThatIsServedInRanges(t *testing.T) {
	h := open(t, gateway.Limits{})
	content := film + strings.Repeat("\x00", 0x6c-8-20)
	size := len(content)
	body, err := json.Marshal(intake.Begun{Name: "a.mp4", Size: int64(size)})
	if err != nil {
		t.Fatal(err)
	}
	answer, text := h.ask(t, "POST", intake.Path, bytes.NewReader(body))
	var begun intake.Opened
	if err := json.Unmarshal([]byte(text), &begun); err != nil || answer.StatusCode != http.StatusCreated {
		t.Fatalf("begin: %s %s", answer.Status, text)
	}
	up := intake.Path + "/" + begun.ID
	if answer, text = h.ask(t, "PATCH", up, strings.NewReader(content), "Upload-Offset", "0"); answer.StatusCode != http.StatusNoContent {
		t.Fatalf("PATCH: %s %s", answer.Status, text)
	}
	if answer, text = h.ask(t, "PATCH", up, strings.NewReader("x"), "Upload-Offset", "0", "Sec-Fetch-Site", "cross-site"); answer.StatusCode != http.StatusForbidden {
		t.Errorf("PATCH of another origin's page: %s %s, want 403", answer.Status, text)
	}
	answer, text = h.ask(t, "POST", up+"/finish", nil)
	var kept intake.Finished
	if err := json.Unmarshal([]byte(text), &kept); err != nil || answer.StatusCode != http.StatusOK || kept.DurationUS != 2_000_000 {
		t.Fatalf("finish: %s %s", answer.Status, text)
	}
	blob := "/blob/" + kept.CID.String()
	answer, text = h.ask(t, "GET", blob, nil, "Range", "bytes=4-11")
	if answer.StatusCode != http.StatusPartialContent || text != "ftypisom" || answer.ContentLength != 8 {
		t.Errorf("bytes 4 to 11: %s %q", answer.Status, text)
	}
	if got := answer.Header.Get("Content-Security-Policy"); got != "default-src 'none'; sandbox" {
		t.Errorf("policy of a blob = %q", got)
	}
	if answer, _ = h.ask(t, "GET", blob, nil, "Range", "bytes=9999-"); answer.StatusCode != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("bytes beyond the end: %s", answer.Status)
	}
}
