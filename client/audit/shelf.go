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
// Optional papers may have turned up after the verdict only: it may also have
// been found without them.
func (b *Bundle) judge(round uint32) (map[id.CID][]byte, error) {
	s, err := b.shelfOf(round)
	if err != nil {
		return nil, err
	}
	first := b.judgeWith(s, round)
	if first == nil {
		return s.made, nil
	}
	for _, p := range b.papers() {
		s.hidden[p.cid] = s.hidden[p.cid] || p.optional
	}
	if b.judgeWith(s, round) == nil {
		return s.made, nil
	}
	return nil, first
}

// shelfOf has the papers that the verdict on a round could rest on.
func (b *Bundle) shelfOf(round uint32) (*shelf, error) {
	s := &shelf{papers: b.Blobs, hidden: make(map[id.CID]bool), made: make(map[id.CID][]byte)}
	job := b.Jobs[round-1]
	for _, ordinal := range b.Verdicts[round-1].Missing {
		if ordinal == 0 || ordinal > job.Submissions {
			return nil, fault.Invalid("audit: verdict on round %d misses submission %d of %d", round, ordinal, job.Submissions)
		}
		s.hidden[b.Submissions[ordinal-1].Content] = true
	}
	return s, nil
}

func (b *Bundle) judgeWith(s *shelf, round uint32) error {
	v, err := oracle.Judge(b.dossier(round), s)
	if err != nil {
		return fmt.Errorf("audit: verdict on round %d: %w", round, err)
	}
	agreed, want := b.Verdicts[round-1], b.Jobs[round-1].Digest
	if v.Digest() != want || agreed.Digest() != want {
		return fault.Invalid("audit: verdict on round %d: computed again it has digest %s, the validators agreed on %s: %s",
			round, v.Digest(), want, differences(v, agreed))
	}
	return nil
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
