package world

import (
	"bytes"
	"encoding/binary"
	"image/color"
	"math/bits"
)

// encoder writes films as H.264 of the plainest kind: macroblocks stand as they
// are (I_PCM) where the picture changed, and are skipped where it did not.
// Source: ITU-T H.264, sections 7.3 and 9.1; the container is ISO 14496-12, -15.
type encoder struct {
	last  []byte // the frame before, as macroblocks
	units [][]byte
}

const (
	across, down = filmWidth / 16, filmHeight / 16
	blockSize    = 384 // luma and both chromas of a macroblock
	typePCM      = 25  // mb_type in an I slice, 5 more in a P slice
	unitIDR      = 0x65
	unitP        = 0x41
)

// add appends a frame.
func (e *encoder) add(s sheet) {
	now := macroblocks(s)
	var w bitWriter
	number := uint64(len(e.units) % 16)
	w.ue(0) // first macroblock
	if e.last == nil {
		w.ue(7) // I slice
		w.ue(0)
		w.bits(number, 4)
		w.ue(0)      // IDR picture id
		w.bits(0, 2) // marking
	} else {
		w.ue(5) // P slice
		w.ue(0)
		w.bits(number, 4)
		w.bits(0, 3) // no override, no reordering, no marking
	}
	w.ue(0) // quantiser
	w.ue(1) // no deblocking
	e.blocks(&w, now)
	w.stop()
	kind := byte(unitP)
	if e.last == nil {
		kind = unitIDR
	}
	e.units = append(e.units, unit(kind, w.out))
	e.last = now
}

// blocks writes the macroblocks that changed.
func (e *encoder) blocks(w *bitWriter, now []byte) {
	skipped := uint64(0)
	for at := 0; at < len(now); at += blockSize {
		block := now[at : at+blockSize]
		if e.last == nil {
			w.ue(typePCM)
		} else {
			if bytes.Equal(block, e.last[at:at+blockSize]) {
				skipped++
				continue
			}
			w.ue(skipped)
			w.ue(5 + typePCM)
			skipped = 0
		}
		w.align()
		w.out = append(w.out, block...)
	}
	if skipped > 0 {
		w.ue(skipped)
	}
}

// macroblocks are the samples of a picture in the order of the stream, 4:2:0.
func macroblocks(s sheet) []byte {
	out := make([]byte, 0, across*down*blockSize)
	for my := range down {
		for mx := range across {
			var cb, cr []byte
			for y := range 16 {
				for x := range 16 {
					at := s.RGBAAt(16*mx+x, 16*my+y)
					luma, b, r := color.RGBToYCbCr(at.R, at.G, at.B)
					out = append(out, 16+byte(int(luma)*219/255))
					if x%2 == 0 && y%2 == 0 {
						cb, cr = append(cb, chroma(b)), append(cr, chroma(r))
					}
				}
			}
			out = append(append(out, cb...), cr...)
		}
	}
	return out
}

// chroma brings a full-range sample into the range of films.
func chroma(v uint8) byte { return byte(128 + (int(v)-128)*224/255) }

// bitWriter writes bits, the highest first.
type bitWriter struct {
	out  []byte
	free int // bits left in the last byte
}

func (w *bitWriter) bits(value uint64, n int) {
	for ; n > 0; n-- {
		if w.free == 0 {
			w.out, w.free = append(w.out, 0), 8
		}
		w.free--
		w.out[len(w.out)-1] |= byte(value>>(n-1)&1) << w.free
	}
}

// ue writes an unsigned Exp-Golomb number.
func (w *bitWriter) ue(value uint64) {
	n := bits.Len64(value + 1)
	w.bits(0, n-1)
	w.bits(value+1, n)
}

func (w *bitWriter) align() { w.free = 0 }

// stop ends a unit's payload.
func (w *bitWriter) stop() {
	w.bits(1, 1)
	w.align()
}

// unit wraps a payload: a byte 3 keeps it from looking like a start code.
func unit(kind byte, payload []byte) []byte {
	out := []byte{kind}
	zeros := 0
	for _, b := range payload {
		if zeros >= 2 && b <= 3 {
			out, zeros = append(out, 3), 0
		}
		out = append(out, b)
		if zeros++; b != 0 {
			zeros = 0
		}
	}
	return out
}

// sequence and picture are the parameter sets of all films here.
func sequence() []byte {
	var w bitWriter
	w.bits(66, 8)   // baseline
	w.bits(0xc0, 8) // constrained
	w.bits(40, 8)   // level 4
	w.ue(0)
	w.ue(0) // frame numbers of 4 bits
	w.ue(2) // frames come in order
	w.ue(1) // one reference
	w.bits(0, 1)
	w.ue(across - 1)
	w.ue(down - 1)
	w.bits(0b1100, 4) // frames, 8x8 inference, no cropping, no more
	w.stop()
	return unit(0x67, w.out)
}

func picture() []byte {
	var w bitWriter
	w.ue(0)
	w.ue(0)
	w.bits(0, 2) // CAVLC
	w.ue(0)
	w.ue(0)
	w.ue(0)
	w.bits(0, 3) // no weights
	w.ue(0)
	w.ue(0)
	w.ue(0)
	w.bits(0b100, 3) // slices say whether they deblock
	w.stop()
	return unit(0x68, w.out)
}

func be(values ...uint32) []byte {
	var out []byte
	for _, v := range values {
		out = binary.BigEndian.AppendUint32(out, v)
	}
	return out
}

// box is a box of the container.
func box(name string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return bytes.Join([][]byte{be(uint32(8 + len(body))), []byte(name), body}, nil)
}

// mp4 returns the film.
func (e *encoder) mp4() []byte {
	const scale = 1000
	var media []byte
	sizes := be(0, 0, uint32(len(e.units)))
	for _, u := range e.units {
		media = append(append(media, be(uint32(len(u)))...), u...)
		sizes = append(sizes, be(uint32(4+len(u)))...)
	}
	length := uint32(len(e.units) * scale / perSecond)
	begin := box("ftyp", []byte("isom"), be(512), []byte("isomavc1"))
	matrix := be(1<<16, 0, 0, 0, 1<<16, 0, 0, 0, 1<<30)
	movie := func(offset uint32) []byte {
		table := box("stbl", box("stsd", be(0, 1), e.entry()), box("stts", be(0, 1, uint32(len(e.units)), scale/perSecond)),
			box("stss", be(0, 1, 1)), box("stsc", be(0, 1, 1, uint32(len(e.units)), 1)), box("stsz", sizes), box("stco", be(0, 1, offset)))
		info := box("minf", box("vmhd", be(1, 0, 0)), box("dinf", box("dref", be(0, 1), box("url ", be(1)))), table)
		track := box("trak", box("tkhd", be(3, 0, 0, 1, 0, length, 0, 0, 0, 0), matrix, be(filmWidth<<16, filmHeight<<16)),
			box("mdia", box("mdhd", be(0, 0, 0, scale, length, 0x55c40000)), box("hdlr", be(0, 0), []byte("vide"), be(0, 0, 0), []byte{0}), info))
		return box("moov", box("mvhd", be(0, 0, 0, scale, length, 1<<16, 1<<24, 0, 0), matrix, be(0, 0, 0, 0, 0, 0, 2)), track)
	}
	offset := uint32(len(begin) + len(movie(0)) + 8)
	return bytes.Join([][]byte{begin, movie(offset), box("mdat", media)}, nil)
}

// entry describes the samples of the track.
func (e *encoder) entry() []byte {
	sps, pps := sequence(), picture()
	config := []byte{1, sps[1], sps[2], sps[3], 0xff, 0xe1}
	config = append(binary.BigEndian.AppendUint16(config, uint16(len(sps))), sps...)
	config = append(binary.BigEndian.AppendUint16(append(config, 1), uint16(len(pps))), pps...)
	head := append(be(0), 0, 0, 0, 1)
	head = append(head, make([]byte, 16)...)
	head = append(head, be(filmWidth<<16|filmHeight, 72<<16, 72<<16, 0)...)
	head = append(head, 0, 1)
	head = append(head, make([]byte, 32)...)
	return box("avc1", head, []byte{0, 24, 0xff, 0xff}, box("avcC", config))
}
