package media

import (
	"bufio"
	"encoding/binary"
	"image"
	_ "image/gif"  // reads the head of GIF
	_ "image/jpeg" // reads the head of JPEG
	_ "image/png"  // reads the head of PNG

	"github.com/alaya-network/alaya/core/fault"
)

// picture reads the head of what the standard library knows.
func picture(mime string) func(*source) (File, error) {
	return func(s *source) (File, error) {
		config, _, err := image.DecodeConfig(bufio.NewReader(s.reader(0)))
		if err != nil {
			return File{}, fault.Invalid("%s: %w", mime, err)
		}
		return sized(File{MIME: mime, Width: int64(config.Width), Height: int64(config.Height)})
	}
}

func sized(f File) (File, error) {
	if f.Width == 0 || f.Height == 0 {
		return File{}, fault.Invalid("%s of %d x %d pixels", f.MIME, f.Width, f.Height)
	}
	return f, nil
}

// webp reads the first chunk: lossy, lossless or extended.
func webp(s *source) (File, error) {
	b, err := s.at(0, 30)
	if err != nil {
		return File{}, err
	}
	f := File{MIME: "image/webp"}
	switch string(b[12:16]) {
	case "VP8 ":
		f.Width = int64(binary.LittleEndian.Uint16(b[26:])) & 0x3fff
		f.Height = int64(binary.LittleEndian.Uint16(b[28:])) & 0x3fff
	case "VP8L":
		bits := int64(binary.LittleEndian.Uint32(b[21:]))
		f.Width, f.Height = bits&0x3fff+1, bits>>14&0x3fff+1
	case "VP8X":
		f.Width, f.Height = int64(uint24(b[24:]))+1, int64(uint24(b[27:]))+1
	default:
		return File{}, fault.Invalid("webp chunk %q", b[12:16])
	}
	return sized(f)
}

func uint24(b []byte) uint32 { return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 }
