package audit

import (
	"fmt"
	"reflect"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/oracle"
)

// shelf gives the papers of a bundle, but for those that were missing at a
// verdict, and takes what the verdict makes.
type shelf struct {
	papers map[id.CID][]byte
	hidden map[id.CID]bool
	made   map[id.CID][]byte
}

// Read implements oracle.Shelf.
func (s *shelf) Read(c id.CID, limit int64) ([]byte, error) {
	content, there := s.papers[c]
	if !there || s.hidden[c] {
		return nil, fault.NotFound("audit: no blob %s in the bundle", c)
	}
	if int64(len(content)) > limit {
		return nil, fault.Limit("audit: blob %s of %d bytes: at most %d", c, len(content), limit)
	}
	return content, nil
}

// Put implements oracle.Shelf.
func (s *shelf) Put(content []byte) (id.CID, error) {
	c := client.CIDOf(content)
	s.made[c] = content
	return c, nil
}

// judge computes the verdict on a round again and returns what it made.
func (b *Bundle) judge(round uint32) (oracle.Verdict, *shelf, error) {
	d, agreed := b.dossier(round), b.Verdicts[round-1]
	s := &shelf{papers: b.Blobs, hidden: make(map[id.CID]bool), made: make(map[id.CID][]byte)}
	for _, ordinal := range agreed.Missing {
		if ordinal == 0 || ordinal > uint64(len(d.Submissions)) {
			return oracle.Verdict{}, nil, fault.Invalid("audit: verdict on round %d misses submission %d of %d", round, ordinal, len(d.Submissions))
		}
		s.hidden[d.Submissions[ordinal-1].Content] = true
	}
	v, err := oracle.Judge(d, s)
	if err != nil {
		return v, s, err
	}
	if want := b.Jobs[round-1].Digest; v.Digest() != want || agreed.Digest() != want {
		return v, s, fault.Invalid("audit: verdict on round %d: computed again it has digest %s, the validators agreed on %s: %s",
			round, v.Digest(), want, differences(v, agreed))
	}
	return v, s, nil
}

// differences names the first field in which a computed verdict is not the
// agreed one.
func differences(computed, agreed oracle.Verdict) string {
	a, b := reflect.ValueOf(computed), reflect.ValueOf(agreed)
	for i := range a.NumField() {
		if got, want := fmt.Sprint(a.Field(i)), fmt.Sprint(b.Field(i)); got != want {
			return fmt.Sprintf("%s is %.200s, not %.200s", a.Type().Field(i).Name, got, want)
		}
	}
	return "the fields agree, the digests do not"
}
