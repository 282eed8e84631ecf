package mask

import "github.com/alaya-network/alaya/core/fault"

// MaxText bounds a mask's text in bytes.
const MaxText = 7 * MaxRuns

// String returns the runs as COCO writes them: each as the difference to the
// last but one, from the fourth on; in groups of five bits, the lowest first,
// of a signed number; a sixth bit says that more follow; 48 is added to make a
// printable byte.
func (m Mask) String() string {
	var text []byte
	for i, n := range m.runs {
		x := n
		if i > 2 {
			x -= m.runs[i-2]
		}
		for more := true; more; {
			group := byte(x & 31)
			x >>= 5
			// The sign is read off the last group's highest bit.
			if more = x != 0; group&16 != 0 {
				more = x != -1
			}
			if more {
				group |= 32
			}
			text = append(text, 48+group)
		}
	}
	return string(text)
}

// Parse returns the mask of a text as String writes it. It returns an error of
// kind invalid for other bytes, numbers of more than seven groups, a number that
// ends in the middle, and else as FromRuns; of kind limit beyond MaxText.
func Parse(height, width int, text string) (Mask, error) {
	if err := checkSize(height, width); err != nil {
		return Mask{}, err
	}
	if len(text) > MaxText {
		return Mask{}, fault.Limit("quality: mask's text of %d bytes: want at most %d", len(text), MaxText)
	}
	var runs []int
	for at := 0; at < len(text); {
		if len(runs) == MaxRuns {
			return Mask{}, fault.Limit("quality: mask's text: more than %d runs: want at most that", MaxRuns)
		}
		n, size := number(text[at:])
		if size == 0 {
			return Mask{}, fault.Invalid("quality: mask's text: byte %d: want a number of at most seven groups", at)
		}
		if i := len(runs); i > 2 {
			n += int64(runs[i-2])
		}
		if n < 0 || n > MaxPixels {
			return Mask{}, fault.Invalid("quality: mask's text: run %d is %d: want 0 to %d", len(runs), n, MaxPixels)
		}
		runs = append(runs, int(n))
		at += size
	}
	return FromRuns(height, width, runs)
}

// number reads a signed number and returns its size in bytes, 0 if there is
// none.
func number(text string) (n int64, size int) {
	for size < len(text) && size < 7 {
		group := int64(text[size]) - 48
		if group < 0 || group > 63 {
			return 0, 0
		}
		n |= group & 31 << (5 * size)
		size++
		if group&32 == 0 {
			if group&16 != 0 {
				n |= -1 << (5 * size)
			}
			return n, size
		}
	}
	return 0, 0
}
