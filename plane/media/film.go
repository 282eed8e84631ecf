package media

import (
	"encoding/binary"
	"math"

	"github.com/alaya-network/alaya/core/fault"
)

const (
	// maxBoxes bounds the boxes or elements looked at in one film.
	maxBoxes = 10_000
	// maxDepth bounds how deep they lie in each other.
	maxDepth = 6
)

// film collects what boxes say.
type film struct {
	*source
	File
	seen int
}

// mp4 reads the movie's header and the sizes of its tracks.
func mp4(s *source) (File, error) {
	f := &film{source: s, File: File{MIME: "audio/mp4"}}
	if err := f.boxes(0, s.size, 0); err != nil {
		return File{}, err
	}
	if f.DurationUS == 0 && f.Width == 0 {
		return File{}, fault.Invalid("mp4 without a movie header")
	}
	if f.Width > 0 {
		f.MIME = "video/mp4"
	}
	return f.File, nil
}

// boxes walks the boxes from one place to another.
func (f *film) boxes(at, end int64, depth int) error {
	for at < end {
		if f.seen++; f.seen > maxBoxes || depth > maxDepth {
			return fault.Limit("mp4 of more than %d boxes, %d deep", maxBoxes, maxDepth)
		}
		b, err := f.at(at, 8)
		if err != nil {
			return err
		}
		length, head := int64(binary.BigEndian.Uint32(b)), int64(8)
		switch length {
		case 0:
			length = end - at
		case 1:
			long, err := f.at(at+8, 8)
			if err != nil {
				return err
			}
			length, head = int64(binary.BigEndian.Uint64(long)), 16
		}
		if length < head || length > end-at {
			return fault.Invalid("mp4 box %q of %d bytes at byte %d of %d", b[4:8], length, at, end)
		}
		if err := f.box(string(b[4:8]), at+head, at+length, depth); err != nil {
			return err
		}
		at += length
	}
	return nil
}

func (f *film) box(name string, at, end int64, depth int) error {
	switch name {
	case "moov", "trak":
		return f.boxes(at, end, depth+1)
	case "mvhd":
		return f.header(at)
	case "tkhd":
		b, err := f.at(end-8, 8)
		if err != nil {
			return err
		}
		f.Width = max(f.Width, int64(binary.BigEndian.Uint32(b))>>16)
		f.Height = max(f.Height, int64(binary.BigEndian.Uint32(b[4:]))>>16)
	}
	return nil
}

// header reads scale and duration of a movie, in either version.
func (f *film) header(at int64) error {
	b, err := f.at(at, 32)
	if err != nil {
		return err
	}
	scale, duration := int64(binary.BigEndian.Uint32(b[12:])), int64(binary.BigEndian.Uint32(b[16:]))
	if b[0] == 1 {
		scale, duration = int64(binary.BigEndian.Uint32(b[20:])), int64(binary.BigEndian.Uint64(b[24:]))
	}
	f.DurationUS = micros(duration, scale)
	return nil
}

// Elements of Matroska that matter here.
const (
	idEBML     = 0x1a45dfa3
	idDocType  = 0x4282
	idSegment  = 0x18538067
	idInfo     = 0x1549a966
	idScale    = 0x2ad7b1
	idDuration = 0x4489
	idTracks   = 0x1654ae6b
	idTrack    = 0xae
	idVideo    = 0xe0
	idWidth    = 0xb0
	idHeight   = 0xba
	idCluster  = 0x1f43b675
)

// matroska collects what elements say.
type matroska struct {
	film
	docType  string
	scale    int64 // nanoseconds
	duration float64
	done     bool // the first cluster was reached
}

// webm reads what stands before the first cluster. A film that a browser
// recorded does not say how long it is.
func webm(s *source) (File, error) {
	m := &matroska{film: film{source: s, File: File{MIME: "audio/webm"}}, scale: 1_000_000}
	if err := m.elements(0, s.size, 0); err != nil {
		return File{}, err
	}
	if m.docType != "webm" {
		return File{}, fault.Invalid("matroska of type %.20q: want webm", m.docType)
	}
	if !m.done {
		return File{}, fault.Invalid("webm without a cluster")
	}
	if us := m.duration * float64(m.scale) / 1000; us > 0 && us < 1<<60 {
		m.DurationUS = int64(us)
	}
	if m.Width > 0 {
		m.MIME = "video/webm"
	}
	return m.File, nil
}

func (m *matroska) elements(at, end int64, depth int) error {
	for at < end && !m.done {
		if m.seen++; m.seen > maxBoxes || depth > maxDepth {
			return fault.Limit("webm of more than %d elements, %d deep", maxBoxes, maxDepth)
		}
		name, n, err := m.number(at, false)
		if err != nil {
			return err
		}
		length, k, err := m.number(at+n, true)
		if err != nil {
			return err
		}
		at += n + k
		if length < 0 || length > end-at { // unknown, or still being recorded
			length = end - at
		}
		if err := m.element(name, at, length, depth); err != nil {
			return err
		}
		at += length
	}
	return nil
}

func (m *matroska) element(name, at, length int64, depth int) error {
	switch name {
	case idEBML, idSegment, idInfo, idTracks, idTrack, idVideo:
		return m.elements(at, at+length, depth+1)
	case idCluster:
		m.done = true
		return nil
	case idDocType:
		m.docType = string(m.upTo(at, min(length, 20)))
		return nil
	case idScale, idWidth, idHeight, idDuration:
	default:
		return nil
	}
	if length > 8 {
		return fault.Invalid("webm number of %d bytes", length)
	}
	var bits uint64
	for _, b := range m.upTo(at, length) {
		bits = bits<<8 | uint64(b)
	}
	switch name {
	case idScale:
		m.scale = int64(bits & math.MaxInt64)
	case idWidth:
		m.Width = max(m.Width, int64(bits&math.MaxInt64))
	case idHeight:
		m.Height = max(m.Height, int64(bits&math.MaxInt64))
	case idDuration:
		m.duration = math.Float64frombits(bits)
		if length == 4 {
			m.duration = float64(math.Float32frombits(uint32(bits)))
		}
	}
	return nil
}

// number reads a number of variable length: of an element's id with its mark,
// of a length without. A length of ones only, unknown, is -1.
func (m *matroska) number(at int64, length bool) (value, n int64, err error) {
	b := m.upTo(at, 8)
	if len(b) == 0 || b[0] == 0 {
		return 0, 0, fault.Invalid("webm element at byte %d", at)
	}
	n = 1
	for mark := byte(0x80); b[0]&mark == 0; mark >>= 1 {
		n++
	}
	if int64(len(b)) < n {
		return 0, 0, fault.Invalid("webm cut short at byte %d", at)
	}
	for _, c := range b[:n] {
		value = value<<8 | int64(c)
	}
	if !length {
		return value, n, nil
	}
	full := int64(1)<<(7*n) - 1
	if value &= full; value == full {
		value = -1
	}
	return value, n, nil
}
