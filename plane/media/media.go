// Package media tells what a file is by its bytes, and what a browser must know
// before it shows it, without decoding it.
//
// Words: a kind is one of the formats that items may have; everything else is
// refused. Text is UTF-8 of whatever markup, and is never more than text.
//
// Invariants:
//  1. What is read of a file is bounded by its length, never by what it says of
//     itself; nothing is allocated by a number that a file states.
//  2. A picture has at most MaxSide pixels a side and MaxPixels in all, a cloud
//     at most MaxPoints points.
//  3. A name never makes binary content another kind: it only tells kinds of
//     text apart, and point records without any mark.
//
// Sources: PNG (ISO/IEC 15948), WebP RFC 9649, WAVE (RIFF 1991), FLAC RFC 9639,
// Ogg RFC 3533, MPEG audio (ISO/IEC 11172-3), ISO base media (14496-12),
// Matroska RFC 9559, PCD 0.7, PLY 1.0.
package media

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

// Bounds of what a browser is asked to show.
const (
	MaxSide   = 20_000
	MaxPixels = 100_000_000
	MaxPoints = 20_000_000
)

// File is what is known of a file; zero is unknown.
type File struct {
	MIME       string `json:"mime"`
	Width      int64  `json:"width,omitempty"`
	Height     int64  `json:"height,omitempty"`
	DurationUS int64  `json:"duration_us,omitempty"`
	Points     int64  `json:"points,omitempty"`
}

// Zip is the kind of an archive, whose content is not looked at here.
const Zip = "application/zip"

// kind is one format: how it begins and what to read of it.
type kind struct {
	begins func(head []byte) bool
	read   func(*source) (File, error)
}

// kinds are all binary formats; no two begin alike.
func kinds() []kind {
	return []kind{
		{magic("\x89PNG\r\n\x1a\n"), picture("image/png")},
		{magic("\xff\xd8\xff"), picture("image/jpeg")},
		{magic("GIF8"), picture("image/gif")},
		{riff("WEBP"), webp},
		{riff("WAVE"), wave},
		{magic("fLaC"), flac},
		{magic("OggS"), ogg},
		{mpegAudio, mp3},
		{func(head []byte) bool { return len(head) >= 8 && string(head[4:8]) == "ftyp" }, mp4},
		{magic("\x1aE\xdf\xa3"), webm},
		{magic("PK\x03\x04"), func(*source) (File, error) { return File{MIME: Zip}, nil }},
		{magic("PK\x05\x06"), func(*source) (File, error) { return File{MIME: Zip}, nil }},
		{magic("# .PCD"), pcd},
		{magic("VERSION "), pcd},
		{magic("ply\n"), ply},
		{magic("ply\r\n"), ply},
	}
}

func magic(text string) func([]byte) bool {
	return func(head []byte) bool { return bytes.HasPrefix(head, []byte(text)) }
}

func riff(form string) func([]byte) bool {
	return func(head []byte) bool {
		return len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == form
	}
}

// Inspect says what a file of that length is. A file that is no kind, or a
// broken one, is an error of kind invalid, one beyond a bound of kind limit.
func Inspect(r io.ReaderAt, size int64, name string) (File, error) {
	s := &source{r: r, size: size}
	if size <= 0 {
		return File{}, fault.Invalid("media: %q is empty", name)
	}
	head := s.upTo(0, 16)
	for _, k := range kinds() {
		if !k.begins(head) {
			continue
		}
		f, err := k.read(s)
		if err == nil {
			err = f.check()
		}
		if err != nil {
			return File{}, fmt.Errorf("media: %q: %w", name, err)
		}
		return f, nil
	}
	if strings.EqualFold(path.Ext(name), ".bin") {
		return points(s, name)
	}
	return text(s, name)
}

// check holds the bounds of invariant 2.
func (f File) check() error {
	switch {
	case f.Width < 0 || f.Height < 0 || f.DurationUS < 0 || f.Points < 0:
		return fault.Invalid("%d x %d pixels, %d us, %d points: none below zero", f.Width, f.Height, f.DurationUS, f.Points)
	case f.Width > MaxSide || f.Height > MaxSide:
		return fault.Limit("%d x %d pixels: at most %d a side", f.Width, f.Height, MaxSide)
	case f.Width*f.Height > MaxPixels:
		return fault.Limit("%d x %d pixels: at most %d in all", f.Width, f.Height, MaxPixels)
	case f.Points > MaxPoints:
		return fault.Limit("%d points: at most %d", f.Points, MaxPoints)
	}
	return nil
}

// source reads a file at places, within its length.
type source struct {
	r    io.ReaderAt
	size int64
}

// upTo returns the bytes from off on, up to n; fewer at the end.
func (s *source) upTo(off, n int64) []byte {
	if off < 0 || off >= s.size {
		return nil
	}
	b := make([]byte, min(n, s.size-off))
	read, err := s.r.ReadAt(b, off)
	if err != nil && err != io.EOF {
		return nil
	}
	return b[:read]
}

// at returns exactly n bytes from off on.
func (s *source) at(off, n int64) ([]byte, error) {
	b := s.upTo(off, n)
	if int64(len(b)) != n {
		return nil, fault.Invalid("cut short at byte %d", min(off, s.size)+int64(len(b)))
	}
	return b, nil
}

// reader reads all from off on.
func (s *source) reader(off int64) io.Reader { return io.NewSectionReader(s.r, off, s.size-off) }

// micros is n/rate seconds in microseconds; 0 for a rate of 0.
func micros(n, rate int64) int64 {
	if rate <= 0 || n < 0 || n/rate > 1<<40 {
		return 0
	}
	return n/rate*1_000_000 + n%rate*1_000_000/rate
}
