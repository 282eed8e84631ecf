package main

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/num"
)

func TestPagesAreReadSortedAndOnce(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"3", "3"},
		{"5-9,0,3", "0,3,5-9"},
		{"1,2,3", "1-3"},
		{"4-6,5,6-7", "4-7"},
	} {
		var p pagesFlag
		if err := p.Set(c.text); err != nil {
			t.Errorf("%q: %v", c.text, err)
		}
		if got := p.String(); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestPagesThatAreNoneAreRefused(t *testing.T) {
	for _, text := range []string{"", "x", "3-", "-3", "5-3", "1,,2", "0-4294967295", "4294967296"} {
		var p pagesFlag
		if err := p.Set(text); err == nil {
			t.Errorf("%q: read as %v, want an error", text, p)
		}
	}
}

func TestPagesAreWrittenAsTheyAreRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfNDistinct(rapid.Uint32Range(0, 50), 1, 30, rapid.ID).Draw(t, "pages")
		var first, second pagesFlag
		if err := first.Set(numbers(list)); err != nil {
			t.Fatalf("%v: %v", list, err)
		}
		if err := second.Set(first.String()); err != nil || second.String() != first.String() || len(first) != len(list) {
			t.Fatalf("%v: written %q, read again as %q: %v", list, &first, &second, err)
		}
	})
}

func TestDurationsAndRatiosAreShort(t *testing.T) {
	for ms, want := range map[int64]string{
		200: "200ms", 90_000: "1m30s", 600_000: "10m", 3_600_000: "1h", 5_400_000: "1h30m", 7 * 86_400_000: "7d", 36 * 3_600_000: "36h",
	} {
		if got := span(ms); got != want {
			t.Errorf("%d ms: got %q, want %q", ms, got, want)
		}
	}
	for ppm, want := range map[num.Ppm]string{0: "0 %", 1_000_000: "100 %", 990_000: "99 %", 708_921: "70.8921 %", 1: "0.0001 %"} {
		if got := ratio(ppm); got != want {
			t.Errorf("%d ppm: got %q, want %q", ppm, got, want)
		}
	}
}
