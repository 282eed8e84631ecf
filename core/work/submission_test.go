package work_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
)

func TestACommitmentBindsContentAndSalt(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		content := func(name string) id.CID { return id.RawCID(rapid.SliceOf(rapid.Byte()).Draw(r, name)) }
		salt := func(name string) [32]byte { return id.Sum(rapid.String().Draw(r, name)) }
		a, b := content("content"), content("other content")
		s, q := salt("salt"), salt("other salt")
		same := a == b && s == q
		if got := work.Commitment(a, s) == work.Commitment(b, q); got != same {
			r.Fatalf("%s, %x and %s, %x: equal commitments %t", a, s, b, q, got)
		}
	})
}

// The commitment is part of the contract with every client: computed in Python
// with hashlib as SHA-256 over domain, content id and salt, each behind its
// length in 8 bytes.
func TestTheCommitmentHasTheAgreedForm(t *testing.T) {
	content := id.CID("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku")
	var salt [32]byte
	for i := range salt {
		salt[i] = byte(i)
	}
	const want = "ebb9cb73e07461547ce33589b0ab809964664504ae4a04d7cf18e6e5dc59a40f"
	if got := work.Commitment(content, salt).String(); got != want {
		t.Errorf("commitment %s, want %s", got, want)
	}
}

func TestOnlyTheCommittedAnswersOpenACommitment(t *testing.T) {
	content, salt := id.RawCID([]byte("answers")), [32]byte{1}
	s := work.Submission{Request: "r", Round: 1, Page: 2, Contributor: "c", Commitment: work.Commitment(content, salt), State: work.SubmissionCommitted, Items: 3}
	round, progress := work.Round{State: work.Revealing, Committed: 1}, work.Progress{Request: "r"}
	for name, c := range map[string]struct {
		submission work.Submission
		round      work.Round
		content    id.CID
		salt       [32]byte
		want       fault.Kind
	}{
		"another content":      {s, round, id.RawCID([]byte("copied")), salt, fault.KindInvalid},
		"another salt":         {s, round, content, [32]byte{2}, fault.KindInvalid},
		"what is no content":   {s, round, "content", salt, fault.KindInvalid},
		"an early reveal":      {s, work.Round{State: work.Committing}, content, salt, fault.KindState},
		"a late reveal":        {s, work.Round{State: work.Judging}, content, salt, fault.KindState},
		"a second reveal":      {revealed(s), round, content, salt, fault.KindState},
		"a forfeited one":      {forfeited(s), round, content, salt, fault.KindState},
		"the committed answer": {s, round, content, salt, fault.KindNone},
	} {
		got, r, p, err := c.submission.Reveal(c.round, progress, c.content, c.salt)
		if !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if err != nil && (got != c.submission || r != c.round || p != progress) {
			t.Errorf("%s: refused, and yet something changed", name)
		}
		if err == nil && (got.Ordinal != 1 || got.Content != content || r.Revealed != 1 || p.Answers != 3 || r.Inputs != p.Inputs || p.Inputs.IsZero()) {
			t.Errorf("%s: %+v, %+v, %+v", name, got, r, p)
		}
	}
}

func revealed(s work.Submission) work.Submission {
	s.State = work.SubmissionRevealed
	return s
}

func forfeited(s work.Submission) work.Submission {
	s.State = work.SubmissionForfeited
	return s
}

func TestTheChainOfInputsFixesEverythingInOrder(t *testing.T) {
	base := work.Submission{Round: 1, Page: 2, Contributor: "c", Content: id.RawCID([]byte("a")), Ordinal: 1, Guideline: 1}
	seen := map[id.Hash]string{base.Chain(id.Hash{}): "the submission itself"}
	for name, change := range map[string]func(*work.Submission){
		"another round":       func(s *work.Submission) { s.Round = 2 },
		"another page":        func(s *work.Submission) { s.Page = 1 },
		"another contributor": func(s *work.Submission) { s.Contributor = "d" },
		"another content":     func(s *work.Submission) { s.Content = id.RawCID([]byte("b")) },
		"another ordinal":     func(s *work.Submission) { s.Ordinal = 2 },
		"another guideline":   func(s *work.Submission) { s.Guideline = 2 },
	} {
		s := base
		change(&s)
		if before, twice := seen[s.Chain(id.Hash{})]; twice {
			t.Errorf("%s chains like %s", name, before)
		}
		seen[s.Chain(id.Hash{})] = name
	}
	second := base
	second.Page = 3
	if base.Chain(second.Chain(id.Hash{})) == second.Chain(base.Chain(id.Hash{})) {
		t.Error("the chain does not depend on the order")
	}
}

func TestAForfeitFreesTheMoneyAndKeepsThePlace(t *testing.T) {
	s := work.Submission{State: work.SubmissionCommitted, Items: 3}
	a, p := work.Assignment{Units: 3}, work.Progress{Reserved: 100}
	s, a, p, err := s.Forfeit(a, p, 10)
	if err != nil || s.State != work.SubmissionForfeited || a.Forfeited != 1 || a.Units != 3 || p.Reserved != 70 {
		t.Errorf("%+v, %+v, %+v, %v", s, a, p, err)
	}
	if _, _, _, err := s.Forfeit(a, p, 10); !fault.Is(err, fault.KindState) {
		t.Errorf("forfeited twice: %v", err)
	}
}
