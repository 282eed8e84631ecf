// Package mask finds the right mask of each picture from those that several
// workers painted, and says how sure it is: truth inference for segmentation.
//
// Words: a mask is a set of pixels of a picture, kept as runs: lengths of
// stretches outside and inside in turn, the first outside, down the columns
// from the left, as COCO has it. The overlap of two masks is their IoU:
// intersection over union. The union of a task is every pixel that anybody
// painted; all methods look there alone.
//
// Assumptions: one class per mask and one thing, or all of a class, per task;
// workers err independently. Pixels are taken one by one: that neighbours go
// together is left to those who painted.
//
// Do not use it to tell several things of one picture apart: find them by
// package box first, then ask for a mask of each.
//
// Invariants:
//  1. A Mask is canonical: its runs sum up to height × width, none but the
//     first is 0. Two masks are equal if and only if their texts are.
//  2. Memory and time go by runs, never by pixels: a small text cannot ask for
//     a large picture's worth of memory.
//  3. Areas are exact; a result depends on the set of answers and the method:
//     not on the machine or the number of threads.
//  4. A pixel with as much for it as against it is in the mask.
//
// Sources: Lin et al., Microsoft COCO, ECCV 2014, and its maskApi.c for the
// text; Jung-Lin Lee et al., Aggregating crowdsourced image segmentations,
// HCOMP 2018 (EM); Braylan and Lease, WWW 2020, as in Crowd-Kit (RASA).
package mask

import (
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// Bounds of a mask: pixels of a picture, and runs.
const (
	MaxPixels = 1 << 30
	MaxRuns   = 1 << 20
)

// Mask is a set of pixels of a picture. The zero Mask has no picture. It is
// read only.
type Mask struct {
	height, width int
	runs          []int32
}

// FromRuns returns the mask of runs outside and inside in turn, the first
// outside. It returns an error of kind invalid for a picture without pixels, a
// negative run, or runs that do not fill the picture; of kind limit beyond the
// bounds above. Runs of 0 are taken out.
func FromRuns(height, width int, runs []int) (Mask, error) {
	if err := checkSize(height, width); err != nil {
		return Mask{}, err
	}
	if len(runs) > MaxRuns {
		return Mask{}, fault.Limit("quality: mask of %d runs: want at most %d", len(runs), MaxRuns)
	}
	m := Mask{height, width, nil}
	left := height * width
	for i, n := range runs {
		if n < 0 || n > left {
			return Mask{}, fault.Invalid("quality: mask of %d × %d pixels: run %d is %d: want 0 to %d", height, width, i, n, left)
		}
		left -= n
		m.add(i&1 == 1, n)
	}
	if left > 0 {
		return Mask{}, fault.Invalid("quality: mask of %d × %d pixels: runs end %d before", height, width, left)
	}
	return m, nil
}

func checkSize(height, width int) error {
	if height < 1 || width < 1 {
		return fault.Invalid("quality: picture of %d × %d pixels: want at least one", height, width)
	}
	if height > MaxPixels || width > MaxPixels/height {
		return fault.Limit("quality: picture of %d × %d pixels: want at most %d", height, width, MaxPixels)
	}
	return nil
}

// add lengthens the mask by some pixels inside or outside.
func (m *Mask) add(inside bool, pixels int) {
	if pixels == 0 {
		return
	}
	last := len(m.runs) - 1
	switch {
	case last < 0 && inside:
		m.runs = append(m.runs, 0, int32(pixels))
	case last < 0 || inside != (last&1 == 1):
		m.runs = append(m.runs, int32(pixels))
	default:
		m.runs[last] += int32(pixels)
	}
}

// Paint returns the mask of the pixels for which inside says so, column x, row
// y. Errors as FromRuns.
func Paint(height, width int, inside func(x, y int) bool) (Mask, error) {
	if err := checkSize(height, width); err != nil {
		return Mask{}, err
	}
	m := Mask{height, width, nil}
	for x := range width {
		for y := range height {
			m.add(inside(x, y), 1)
			if len(m.runs) > MaxRuns {
				return Mask{}, fault.Limit("quality: mask of more than %d runs: want at most that", MaxRuns)
			}
		}
	}
	return m, nil
}

// Size returns height and width in pixels.
func (m Mask) Size() (height, width int) { return m.height, m.width }

// Runs returns the canonical runs.
func (m Mask) Runs() []int {
	runs := make([]int, len(m.runs))
	for i, n := range m.runs {
		runs[i] = int(n)
	}
	return runs
}

// Equal says whether two masks are the same.
func (m Mask) Equal(o Mask) bool {
	return m.height == o.height && m.width == o.width && slices.Equal(m.runs, o.runs)
}

// Area returns the number of pixels inside.
func (m Mask) Area() int {
	n := 0
	m.each(func(from, to int32) { n += int(to - from) })
	return n
}

// each calls f with every stretch of pixels inside, numbered down the columns
// from the left.
func (m Mask) each(f func(from, to int32)) {
	var at int32
	for i, n := range m.runs {
		if i&1 == 1 {
			f(at, at+n)
		}
		at += n
	}
}

// Overlap returns the numbers of pixels in both masks and in either. The masks
// must be of one size.
func (m Mask) Overlap(o Mask) (intersection, union int) {
	i, j := 0, 0
	var a, b int32 // ends of the runs
	for at := int32(0); i < len(m.runs) && j < len(o.runs); {
		next := min(a+m.runs[i], b+o.runs[j])
		n := int(next - at)
		if i&j&1 == 1 {
			intersection += n
		}
		if (i|j)&1 == 1 {
			union += n
		}
		if at = next; a+m.runs[i] == at {
			a += m.runs[i]
			i++
		}
		if b+o.runs[j] == at {
			b += o.runs[j]
			j++
		}
	}
	return intersection, union
}

// IoU returns intersection over union, rounded once from exact numbers; 1 for
// two empty masks.
func (m Mask) IoU(o Mask) float64 { return ratio(m.Overlap(o)) }

func ratio(intersection, union int) float64 {
	if union == 0 {
		return 1
	}
	return float64(intersection) / float64(union)
}
