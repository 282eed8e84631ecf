package index

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
)

const (
	// maxSpec bounds the spec that is read, maxHead what is read of a manifest,
	// in bytes; sampleItems is how many items tell what a manifest is about.
	maxSpec, maxHead, sampleItems = 1 << 20, 256 << 10, 5
	// specsAtOnce bounds how many absent specs are looked for in one go.
	specsAtOnce = 20
)

// brief is what blobs tell about a request.
type brief struct {
	types    []string
	modality string
}

// brief reads spec and manifest; here says that both were.
func (w *Writer) brief(ctx context.Context, r market.Request) (b brief, here bool) {
	b.types = []string{}
	if w.library == nil {
		return b, true
	}
	spec, err := w.head(ctx, r.Guideline().Spec, maxSpec)
	if err != nil {
		return b, false
	}
	b.types = answerTypes(spec)
	items, err := w.head(ctx, r.Terms.Manifest.CID, maxHead)
	if err != nil {
		return b, false
	}
	b.modality = modalityOf(items)
	return b, true
}

// head reads the beginning of a blob.
func (w *Writer) head(ctx context.Context, c id.CID, most int64) ([]byte, error) {
	blob, err := w.library.Get(ctx, c)
	if err != nil {
		return nil, err
	}
	defer blob.Close()
	return io.ReadAll(io.LimitReader(blob, most))
}

// answerTypes are the kinds of answer that a spec asks for; of one that cannot
// be read there are none.
func answerTypes(spec []byte) []string {
	var s struct {
		Labels []string
		Form   struct {
			Controls []struct{ Type string }
		}
	}
	types := []string{}
	if json.Unmarshal(spec, &s) != nil {
		return types
	}
	if len(s.Labels) > 0 {
		types = append(types, "choice")
	}
	for _, c := range s.Form.Controls {
		if c.Type != "" && len(c.Type) <= 32 && !slices.Contains(types, c.Type) && len(types) < 16 {
			types = append(types, clean(c.Type))
		}
	}
	return types
}

// modalityOf says what the first items of a manifest are.
func modalityOf(manifest []byte) string {
	found := map[string]bool{}
	lines := bufio.NewScanner(bytes.NewReader(manifest))
	lines.Buffer(nil, maxHead)
	for n := 0; n < sampleItems && lines.Scan(); n++ {
		var item struct{ Data map[string]json.RawMessage }
		if json.Unmarshal(lines.Bytes(), &item) != nil {
			continue
		}
		for key, value := range item.Data {
			if kind := modality(value); kind != "" && key != "prelabels" {
				found[kind] = true
			}
		}
	}
	if len(found) > 1 {
		delete(found, "text") // that is what stands beside the picture
	}
	if len(found) > 1 {
		return "mixed"
	}
	for kind := range found {
		return kind
	}
	return ""
}

// modality says what a value of an item's data is.
func modality(value json.RawMessage) string {
	switch {
	case len(value) == 0:
		return ""
	case value[0] == '[':
		return "dialogue"
	case value[0] != '{':
		return "text"
	}
	var v struct {
		Mime     string
		Cloud    json.RawMessage
		Channels json.RawMessage
	}
	if json.Unmarshal(value, &v) != nil {
		return ""
	}
	family, rest, _ := strings.Cut(v.Mime, "/")
	switch {
	case v.Cloud != nil || rest == "x-pcd":
		return "cloud"
	case v.Channels != nil || rest == "csv":
		return "series"
	case slices.Contains([]string{"text", "image", "audio", "video"}, family):
		return family
	}
	return ""
}

// specs looks again for the blobs of requests that were not here, a few at a
// time.
func (w *Writer) specs(ctx context.Context) error {
	if w.library == nil || time.Since(w.looked) < specsEvery {
		return nil
	}
	w.looked = time.Now()
	absent, err := rows(ctx, w.index, scanText, `SELECT id FROM requests WHERE spec_here = 0 AND id > ? ORDER BY id LIMIT ?`, w.last, specsAtOnce)
	if err != nil {
		return err
	}
	w.last = ""
	if len(absent) == specsAtOnce {
		w.last = absent[len(absent)-1]
	}
	var state []row
	for _, r := range absent {
		found, err := w.request(ctx, noun{of: r})
		if err != nil {
			return err
		}
		state = append(state, found...)
	}
	if len(state) == 0 {
		return nil
	}
	return w.add(ctx, state, absent)
}
