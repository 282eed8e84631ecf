package media

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

const (
	// maxHead bounds the text before the points of a cloud, in bytes.
	maxHead = 16 << 10
	// pointSize is the length of a KITTI record: x, y, z, reflectance.
	pointSize = 16
	// farthest is the largest coordinate of a record, in metres.
	farthest = 1e6
)

// pcd reads the head of a point cloud.
func pcd(s *source) (File, error) {
	head := s.upTo(0, maxHead)
	fields := map[string][]string{}
	for at := 0; ; {
		end := bytes.IndexByte(head[at:], '\n')
		if end < 0 {
			return File{}, fault.Invalid("pcd without DATA in its first %d bytes", maxHead)
		}
		words := strings.Fields(string(head[at : at+end]))
		at += end + 1
		if len(words) < 2 {
			continue
		}
		fields[words[0]] = words[1:]
		if words[0] == "DATA" {
			return pcdOf(fields, s.size-int64(at))
		}
	}
}

func pcdOf(fields map[string][]string, rest int64) (File, error) {
	for _, axis := range []string{"x", "y", "z"} {
		if !slices.Contains(fields["FIELDS"], axis) {
			return File{}, fault.Invalid("pcd of fields %.60v: want x, y and z", fields["FIELDS"])
		}
	}
	points, err := strconv.ParseInt(first(fields["POINTS"]), 10, 64)
	if err != nil || points < 0 {
		return File{}, fault.Invalid("pcd of %.20q points", first(fields["POINTS"]))
	}
	var record int64
	for i, text := range fields["SIZE"] {
		size, _ := strconv.ParseInt(text, 10, 8)
		count := int64(1)
		if i < len(fields["COUNT"]) {
			count, _ = strconv.ParseInt(fields["COUNT"][i], 10, 16)
		}
		record += size * count
	}
	switch data := first(fields["DATA"]); data {
	case "binary":
		if points > 0 && (record <= 0 || rest/record < points) {
			return File{}, fault.Invalid("pcd of %d points of %d bytes in %d bytes", points, record, rest)
		}
	case "ascii":
		if rest < 6*points { // "0 0 0\n"
			return File{}, fault.Invalid("pcd of %d points in %d bytes of text", points, rest)
		}
	case "binary_compressed":
	default:
		return File{}, fault.Invalid("pcd data %.20q", data)
	}
	return File{MIME: "application/x-pcd", Points: points}, nil
}

func first(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// ply reads the head of a polygon file.
func ply(s *source) (File, error) {
	head := s.upTo(0, maxHead)
	text, _, ended := bytes.Cut(head, []byte("end_header"))
	f := File{MIME: "application/x-ply"}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if len(words) == 3 && words[0] == "element" && words[1] == "vertex" {
			n, err := strconv.ParseInt(words[2], 10, 64)
			if err != nil || n < 0 || n > s.size {
				return File{}, fault.Invalid("ply of %.20q vertices in %d bytes", words[2], s.size)
			}
			f.Points = n
		}
	}
	if !ended || f.Points == 0 {
		return File{}, fault.Invalid("ply without vertices in its first %d bytes", maxHead)
	}
	return f, nil
}

// points reads the records that KITTI writes, which have no head: all of them
// must be whole, the first ones near.
func points(s *source, name string) (File, error) {
	f := File{MIME: "application/octet-stream", Points: s.size / pointSize}
	if s.size%pointSize != 0 {
		return File{}, fault.Invalid("media: %q: %d bytes: want records of %d", name, s.size, pointSize)
	}
	for record := range slices.Chunk(s.upTo(0, 1000*pointSize), 4) {
		if v := math.Float32frombits(binary.LittleEndian.Uint32(record)); !(math.Abs(float64(v)) <= farthest) {
			return File{}, fault.Invalid("media: %q: coordinate %g: at most %g", name, v, float64(farthest))
		}
	}
	return f, f.check()
}
