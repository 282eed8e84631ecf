package media

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"

	"github.com/alaya-network/alaya/core/fault"
)

// wave walks the chunks to format and data.
func wave(s *source) (File, error) {
	var rate, block int64
	for at := int64(12); ; {
		b, err := s.at(at, 8)
		if err != nil {
			return File{}, fault.Invalid("wave without a data chunk: %w", err)
		}
		length := int64(binary.LittleEndian.Uint32(b[4:]))
		switch string(b[:4]) {
		case "fmt ":
			f, err := s.at(at+8, 16)
			if err != nil {
				return File{}, err
			}
			channels := binary.LittleEndian.Uint16(f[2:])
			rate, block = int64(binary.LittleEndian.Uint32(f[4:])), int64(binary.LittleEndian.Uint16(f[12:]))
			if channels < 1 || channels > 32 || rate < 1 || rate > 768_000 || block < 1 {
				return File{}, fault.Invalid("wave of %d channels, %d samples a second, %d bytes each", channels, rate, block)
			}
		case "data":
			if rate == 0 || length == 0 || at+8+length > s.size {
				return File{}, fault.Invalid("wave with %d bytes of data at byte %d of %d, rate %d", length, at, s.size, rate)
			}
			return File{MIME: "audio/wav", DurationUS: micros(length/block, rate)}, nil
		}
		at += 8 + length + length&1
	}
}

// flac reads STREAMINFO, which comes first.
func flac(s *source) (File, error) {
	b, err := s.at(0, 42)
	if err != nil {
		return File{}, err
	}
	rate := int64(b[18])<<12 | int64(b[19])<<4 | int64(b[20])>>4
	samples := int64(b[21]&0x0f)<<32 | int64(binary.BigEndian.Uint32(b[22:]))
	if b[4]&0x7f != 0 || uint32(b[5])<<16|uint32(b[6])<<8|uint32(b[7]) != 34 || rate == 0 {
		return File{}, fault.Invalid("flac without a stream info")
	}
	return File{MIME: "audio/flac", DurationUS: micros(samples, rate)}, nil
}

// lastPage is how far from the end the last page of an Ogg file begins.
const lastPage = 66_000

// ogg reads rate and, from the last page, the number of samples.
func ogg(s *source) (File, error) {
	head := s.upTo(0, 256)
	if len(head) < 28 || len(head) < 27+int(head[26])+16 {
		return File{}, fault.Invalid("ogg cut short")
	}
	first := head[27+int(head[26]):]
	var rate, skip int64
	switch {
	case bytes.HasPrefix(first, []byte("\x01vorbis")):
		rate = int64(binary.LittleEndian.Uint32(first[12:]))
	case bytes.HasPrefix(first, []byte("OpusHead")):
		rate, skip = 48_000, int64(binary.LittleEndian.Uint16(first[10:]))
	default:
		return File{}, fault.Invalid("ogg of %.8q: want Vorbis or Opus", first)
	}
	from := max(0, s.size-lastPage)
	tail := s.upTo(from, lastPage)
	at := bytes.LastIndex(tail, []byte("OggS"))
	if rate == 0 || at < 0 || at+14 > len(tail) {
		return File{}, fault.Invalid("ogg without a last page")
	}
	samples := int64(binary.LittleEndian.Uint64(tail[at+6:])) - skip
	return File{MIME: "audio/ogg", DurationUS: micros(max(0, samples), rate)}, nil
}

// mpegAudio says whether a file begins with a tag or a frame of layer III.
func mpegAudio(head []byte) bool {
	if bytes.HasPrefix(head, []byte("ID3")) {
		return true
	}
	_, ok := frameOf(head)
	return ok
}

// frame is one header of MPEG audio.
type frame struct{ length, samples, rate int64 }

func frameOf(b []byte) (frame, bool) {
	if len(b) < 4 || b[0] != 0xff || b[1]&0xe0 != 0xe0 {
		return frame{}, false
	}
	version, layer, bits, freq := b[1]>>3&3, b[1]>>1&3, b[2]>>4, b[2]>>2&3
	if version == 1 || layer != 1 || bits == 0 || bits == 15 || freq == 3 { // layer bits 01: III
		return frame{}, false
	}
	rate := [...]int64{44_100, 48_000, 32_000}[freq]
	f := frame{rate: rate, samples: 1152}
	kbps := [...]int64{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}[bits]
	if version != 3 {
		f.rate, f.samples = rate/2, 576
		kbps = [...]int64{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}[bits]
		if version == 0 {
			f.rate = rate / 4
		}
	}
	f.length = f.samples/8*kbps*1000/f.rate + int64(b[2]>>1&1)
	return f, true
}

// mp3 counts frames; what stands behind the last may be a tag.
func mp3(s *source) (File, error) {
	at := int64(0)
	if head := s.upTo(0, 10); len(head) == 10 && string(head[:3]) == "ID3" {
		at = 10 + (int64(head[6]&0x7f)<<21 | int64(head[7]&0x7f)<<14 | int64(head[8]&0x7f)<<7 | int64(head[9]&0x7f))
	}
	r := bufio.NewReaderSize(s.reader(at), 1<<16)
	var frames, samples, rate int64
	for {
		head, err := r.Peek(4)
		f, ok := frameOf(head)
		if err != nil || !ok {
			break
		}
		frames, samples, rate = frames+1, samples+f.samples, f.rate
		if n, err := io.CopyN(io.Discard, r, f.length); err != nil || n < f.length {
			break
		}
	}
	if frames < 2 {
		return File{}, fault.Invalid("mp3 of %d frames from byte %d on", frames, at)
	}
	return File{MIME: "audio/mpeg", DurationUS: micros(samples, rate)}, nil
}
