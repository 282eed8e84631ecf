package span_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/score"
	"github.com/alaya-network/alaya/core/quality/span"
)

func TestSpansAreRefusedForAReason(t *testing.T) {
	tests := []struct {
		name   string
		length int
		spans  []span.Span
		want   fault.Kind
	}{
		{"none", 0, nil, fault.KindNone},
		{"two that touch, out of order", 9, []span.Span{{4, 9, "x"}, {0, 4, "y"}}, fault.KindNone},
		{"two that overlap", 9, []span.Span{{4, 9, "x"}, {0, 5, "y"}}, fault.KindInvalid},
		{"one twice", 9, []span.Span{{4, 9, "x"}, {4, 9, "x"}}, fault.KindInvalid},
		{"one beyond the end", 9, []span.Span{{4, 10, "x"}}, fault.KindInvalid},
		{"one before the beginning", 9, []span.Span{{-1, 3, "x"}}, fault.KindInvalid},
		{"an empty one", 9, []span.Span{{3, 3, "x"}}, fault.KindInvalid},
		{"one without a label", 9, []span.Span{{3, 4, ""}}, fault.KindInvalid},
		{"a text too long", span.MaxLength + 1, nil, fault.KindLimit},
		{"a text of negative length", -1, nil, fault.KindLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := span.Check(tt.spans, tt.length); fault.KindOf(err) != tt.want {
				t.Errorf("Check(%v, %d) = %v, want kind %s", tt.spans, tt.length, err, tt.want)
			}
		})
	}
}

func TestTagsBecomeSpans(t *testing.T) {
	tests := []struct {
		name, tags string
		spans      []span.Span
		repairs    int
		want       fault.Kind
	}{
		{"spans apart", "B-x I-x O B-y", []span.Span{{0, 2, "x"}, {3, 4, "y"}}, 0, fault.KindNone},
		{"spans of one label that touch", "B-x B-x I-x", []span.Span{{0, 1, "x"}, {1, 3, "x"}}, 0, fault.KindNone},
		{"a span without a beginning", "O I-x I-x", []span.Span{{1, 3, "x"}}, 1, fault.KindNone},
		{"a span that changes its label", "B-x I-y", []span.Span{{0, 1, "x"}, {1, 2, "y"}}, 1, fault.KindNone},
		{"a label with a dash", "B-a-b I-a-b", []span.Span{{0, 2, "a-b"}}, 0, fault.KindNone},
		{"another scheme", "S-x", nil, 0, fault.KindInvalid},
		{"no label", "B-", nil, 0, fault.KindInvalid},
		{"no dash", "Bx", nil, 0, fault.KindInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spans, repairs, err := span.Spans(strings.Fields(tt.tags))
			if !reflect.DeepEqual(spans, tt.spans) || repairs != tt.repairs || fault.KindOf(err) != tt.want {
				t.Errorf("%s: %v, %d repairs, %v; want %v, %d, kind %s", tt.tags, spans, repairs, err, tt.spans, tt.repairs, tt.want)
			}
			if valid := tt.repairs == 0 && tt.want == fault.KindNone; span.Valid(strings.Fields(tt.tags)) != valid {
				t.Errorf("%s: valid is %v, want %v", tt.tags, !valid, valid)
			}
		})
	}
}

func TestTagsAndSpansTurnIntoEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 20).Draw(t, "tokens")
		var spans []span.Span
		for at := 0; at < n; at += rapid.IntRange(0, 3).Draw(t, "gap") {
			to := min(n, at+rapid.IntRange(1, 4).Draw(t, "tokens of a span"))
			spans = append(spans, span.Span{From: at, To: to, Label: rapid.SampledFrom([]string{"x", "y", "I-z"}).Draw(t, "label")})
			at = to
		}
		tags, err := span.Tags(spans, n)
		if err != nil || len(tags) != n || !span.Valid(tags) {
			t.Fatalf("Tags(%v, %d) = %v, %v", spans, n, tags, err)
		}
		back, repairs, err := span.Spans(tags)
		if err != nil || repairs != 0 || !reflect.DeepEqual(back, spans) {
			t.Fatalf("%v became %v, then %v, %d repairs, %v", spans, tags, back, repairs, err)
		}
	})
}

func TestOffsetsBecomeCodePoints(t *testing.T) {
	const text = "😀 Ada Lovelace" // the name is 2–14 in code points, 3–15 in UTF-16, 5–17 in bytes
	tests := []struct {
		name         string
		text         string
		bytes, utf16 int
		want         int
		kind         fault.Kind
	}{
		{"the beginning", text, 0, 0, 0, fault.KindNone},
		{"after a wide code point", text, 5, 3, 2, fault.KindNone},
		{"the end", text, 17, 15, 14, fault.KindNone},
		{"inside a code point", text, 2, 1, 0, fault.KindInvalid},
		{"beyond the end", text, 18, 16, 0, fault.KindInvalid},
		{"before the beginning", text, -1, -1, 0, fault.KindInvalid},
		{"no UTF-8", "a\xff", 1, 1, 0, fault.KindInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := span.FromBytes(tt.text, tt.bytes); got != tt.want || fault.KindOf(err) != tt.kind {
				t.Errorf("byte %d of %q: %d, %v; want %d, kind %s", tt.bytes, tt.text, got, err, tt.want, tt.kind)
			}
			if got, err := span.FromUTF16(tt.text, tt.utf16); got != tt.want || fault.KindOf(err) != tt.kind {
				t.Errorf("unit %d of %q: %d, %v; want %d, kind %s", tt.utf16, tt.text, got, err, tt.want, tt.kind)
			}
		})
	}
	if got, err := (span.Span{From: 2, To: 14}).Quote(text); got != "Ada Lovelace" || err != nil {
		t.Errorf("quote %q, %v; want Ada Lovelace", got, err)
	}
	for _, s := range []span.Span{{From: 2, To: 15}, {From: 3, To: 3}, {From: -1, To: 3}, {From: 5, To: 3}} {
		if got, err := s.Quote(text); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("quote of %+v: %q, %v; want kind invalid", s, got, err)
		}
	}
}

func TestScoreCountsExactSpans(t *testing.T) {
	wanted := [][]span.Span{{{0, 2, "x"}, {5, 7, "y"}}, {{1, 2, "x"}}, nil}
	given := [][]span.Span{{{5, 7, "y"}, {0, 1, "x"}}, {{1, 2, "y"}}, {{0, 1, "x"}}}
	got := span.Score(given, wanted)
	if want := (score.Counts{Right: 1, Given: 4, Wanted: 3}); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
}

func FuzzSpans(f *testing.F) {
	for _, seed := range []string{"O B-x I-x", "I-y I-x O", "B-", "I--I- B-\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tags := strings.Fields(text)
		spans, repairs, err := span.Spans(tags)
		if err != nil {
			return
		}
		again, err := span.Tags(spans, len(tags))
		if err != nil || !span.Valid(again) {
			t.Fatalf("%q: spans %v, then %v, %v", tags, spans, again, err)
		}
		if repairs == 0 && !reflect.DeepEqual(again, tags) && len(tags) > 0 {
			t.Fatalf("%q became %q without a repair", tags, again)
		}
	})
}

func FuzzOffsets(f *testing.F) {
	f.Add("😀 Ada", 4)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		points, err := span.FromBytes(text, offset)
		if err != nil {
			return
		}
		if points == 0 {
			if offset != 0 {
				t.Fatalf("byte %d of %q is code point 0", offset, text)
			}
			return
		}
		quote, err := span.Span{To: points}.Quote(text)
		if err != nil || quote != text[:offset] {
			t.Fatalf("byte %d of %q is code point %d, before it %q, %v", offset, text, points, quote, err)
		}
	})
}
