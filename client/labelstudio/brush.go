package labelstudio

import (
	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
)

// bits reads a stream of bits, the most significant first.
type bits struct {
	data []byte
	at   int
	over bool
}

func (b *bits) take(n int) (v int) {
	for range n {
		v <<= 1
		if b.at >= 8*len(b.data) {
			b.over = true
			return v
		}
		v |= int(b.data[b.at/8]>>(7-b.at%8)) & 1
		b.at++
	}
	return v
}

// brush reads Label Studio's run lengths of RGBA values, row by row, as the
// runs of the pixels that are not transparent, down the columns. The picture
// has at most answer.MaxPixels pixels.
func brush(data []byte, width, height int64) ([]int64, error) {
	if width < 1 || height < 1 || width > answer.MaxPixels || height > answer.MaxPixels || width*height > answer.MaxPixels {
		return nil, fault.Limit("picture of %d by %d pixels: 1 to %d in all", width, height, int64(answer.MaxPixels))
	}
	b := &bits{data: data}
	n := int64(b.take(32))
	if n != 4*width*height {
		return nil, fault.Invalid("brush of %d values: %d by %d pixels have %d", n, width, height, 4*width*height)
	}
	inside := make([]bool, width*height) // by column
	err := b.values(n, func(i int64, v int) {
		if i%4 == 3 && v > 0 {
			pixel := i / 4
			inside[pixel%width*height+pixel/width] = true
		}
	})
	return runs(inside), err
}

// values reads n values in runs, behind their number.
func (b *bits) values(n int64, put func(i int64, v int)) error {
	word := b.take(5) + 1
	sizes := [4]int{b.take(4) + 1, b.take(4) + 1, b.take(4) + 1, b.take(4) + 1}
	for i := int64(0); i < n; {
		same := b.take(1) == 1
		length := int64(b.take(sizes[b.take(2)])) + 1
		if b.over || i+length > n {
			return fault.Invalid("brush of %d values ends at value %d, in a run of %d", n, i, length)
		}
		v := 0
		for k := range length {
			if k == 0 || !same {
				v = b.take(word)
			}
			put(i+k, v)
		}
		i += length
	}
	if b.over {
		return fault.Invalid("brush of %d values: the bits end before them", n)
	}
	return nil
}

// runs counts pixels in turn, the first outside.
func runs(inside []bool) []int64 {
	counts, in := []int64{0}, false
	for _, here := range inside {
		if here != in {
			counts, in = append(counts, 0), here
		}
		counts[len(counts)-1]++
	}
	return counts
}

// paint writes runs down the columns as Label Studio's, in words of 8 bits.
func paint(m answer.Mask) []byte {
	height, width := m.Size[0], m.Size[1]
	inside := make([]bool, height*width) // by row
	var at int64
	for i, n := range m.Counts {
		for p := at; p < at+n && i%2 == 1; p++ {
			inside[p%height*width+p/height] = true
		}
		at += n
	}
	w := &writeBits{}
	w.put(int(4*height*width), 32)
	w.put(7, 5)
	for _, size := range []int{1, 4, 8, 16} {
		w.put(size-1, 4)
	}
	for i := 0; i < len(inside); {
		end := i
		for end < len(inside) && inside[end] == inside[i] && end-i < 1<<14 {
			end++
		}
		w.put(1, 1) // repeat
		w.put(3, 2) // a length of 16 bits
		w.put(4*(end-i)-1, 16)
		if inside[i] {
			w.put(255, 8)
		} else {
			w.put(0, 8)
		}
		i = end
	}
	return w.data
}

type writeBits struct {
	data []byte
	used int
}

func (w *writeBits) put(v, n int) {
	for bit := n - 1; bit >= 0; bit-- {
		if w.used%8 == 0 {
			w.data = append(w.data, 0)
		}
		w.data[len(w.data)-1] |= byte(v>>bit&1) << (7 - w.used%8)
		w.used++
	}
}
