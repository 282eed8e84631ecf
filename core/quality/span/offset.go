package span

import (
	"unicode/utf16"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
)

// FromBytes returns the number of code points before a byte offset of a text.
// It returns an error of kind invalid for an offset outside the text, or inside
// a code point, or for a text that is not UTF-8.
func FromBytes(text string, offset int) (int, error) {
	return points(text, offset, "byte", utf8.RuneLen)
}

// FromUTF16 returns the number of code points before an offset in UTF-16 units,
// which browsers count in. Errors as FromBytes.
func FromUTF16(text string, offset int) (int, error) {
	return points(text, offset, "UTF-16 unit", utf16.RuneLen)
}

// points returns how many code points make up offset units.
func points(text string, offset int, unit string, size func(rune) int) (int, error) {
	if !utf8.ValidString(text) {
		return 0, fault.Invalid("quality: text of %d bytes: want UTF-8", len(text))
	}
	n, units := 0, 0
	for _, r := range text {
		if units >= offset {
			break
		}
		n++
		units += size(r)
	}
	if units != offset {
		return 0, fault.Invalid("quality: offset %d: no %s at a code point's edge within the text", offset, unit)
	}
	return n, nil
}

// Quote returns the part of a text that a span over code points covers. It
// returns an error of kind invalid for a span that is empty or leaves the text.
func (s Span) Quote(text string) (string, error) {
	from, to, points := -1, -1, 0
	for i := range text {
		if points == s.From {
			from = i
		}
		if points == s.To {
			to = i
		}
		points++
	}
	if points == s.To {
		to = len(text)
	}
	if from < 0 || to <= from {
		return "", fault.Invalid("quality: span %d to %d: want 0 <= from < to <= %d", s.From, s.To, points)
	}
	return text[from:to], nil
}
