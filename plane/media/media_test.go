package media_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/plane/media"
)

func encoded(t testing.TB, format string, w, h int) []byte {
	t.Helper()
	var out bytes.Buffer
	rgba := image.NewRGBA(image.Rect(0, 0, w, h))
	var err error
	switch format {
	case "png":
		err = png.Encode(&out, rgba)
	case "jpeg":
		err = jpeg.Encode(&out, rgba, nil)
	case "gif":
		err = gif.Encode(&out, rgba, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func le16(n int) []byte { return binary.LittleEndian.AppendUint16(nil, uint16(n)) }
func le32(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }
func be32(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }

func join(parts ...any) []byte {
	var out []byte
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			out = append(out, p...)
		case []byte:
			out = append(out, p...)
		}
	}
	return out
}

// huge is a PNG whose head says so many pixels.
func huge(t testing.TB, side int) []byte {
	b := encoded(t, "png", 1, 1)
	copy(b[16:], join(be32(side), be32(side)))
	// The head's checksum must hold, or it is refused for that.
	copy(b[29:], be32(int(crc32.ChecksumIEEE(b[12:29]))))
	return b
}

func wav(samples, said int) []byte {
	return join("RIFF", le32(36+samples*2), "WAVE", "LIST", le32(3), "abc\x00",
		"fmt ", le32(16), le16(1), le16(1), le32(8000), le32(16000), le16(2), le16(16), "data", le32(said), make([]byte, samples*2))
}

func mp3(frames int) []byte {
	frame := append([]byte{0xff, 0xfb, 0x90, 0x00}, make([]byte, 413)...) // 128 kbit/s, 44.1 kHz: 417 bytes
	return append(bytes.Repeat(frame, frames), "TAG"...)
}

func flac() []byte {
	b := append([]byte("fLaC\x80\x00\x00\x22"), make([]byte, 34)...)
	b[18], b[19], b[20] = 0x0a, 0xc4, 0x42 // 44,100
	copy(b[22:], be32(44_100))
	return b
}

func ogg() []byte {
	page := func(granule int, body string) []byte {
		return join("OggS\x00\x00", le32(granule), le32(0), make([]byte, 12), []byte{1, byte(len(body))}, body)
	}
	return join(page(0, "OpusHead\x01\x01"+string(le16(312))+"\x80\xbb\x00\x00\x00\x00\x00"), page(48_312, "sound"))
}

func box(name string, parts ...any) []byte {
	body := join(parts...)
	return join(be32(8+len(body)), name, body)
}

func mp4() []byte {
	head := box("mvhd", make([]byte, 12), be32(1000), be32(2500), make([]byte, 80))
	track := box("trak", box("tkhd", make([]byte, 76), be32(320<<16), be32(176<<16)))
	return join(box("ftyp", "isom", be32(0)), box("moov", head, track), box("mdat", "frames"))
}

func element(id string, parts ...any) []byte {
	body := join(parts...)
	return join(id, []byte{0x40 | byte(len(body)>>8), byte(len(body))}, body)
}

func webm(docType string) []byte {
	video := element("\xe0", element("\xb0", "\x01\x40"), element("\xba", "\x00\xb4"))
	duration := binary.BigEndian.AppendUint64(nil, math.Float64bits(1500))
	return join(element("\x1a\x45\xdf\xa3", element("\x42\x82", docType)),
		"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff", // a segment of unknown length
		element("\x15\x49\xa9\x66", element("\x44\x89", duration)),
		element("\x16\x54\xae\x6b", element("\xae", video)), element("\x1f\x43\xb6\x75", "cluster"))
}

func webp() []byte {
	return join("RIFF", le32(30), "WEBPVP8X", le32(10), make([]byte, 4), []byte{63, 1, 0, 239, 0, 0}, make([]byte, 8))
}

func pcd(points int) []byte {
	return join("# .PCD v0.7\nVERSION 0.7\nFIELDS x y z intensity\nSIZE 4 4 4 4\nTYPE F F F F\nCOUNT 1 1 1 1\nWIDTH 3\nHEIGHT 1\nPOINTS ",
		string(rune('0'+points)), "\nDATA binary\n", make([]byte, 48))
}

func floats(values ...float32) []byte {
	var out []byte
	for _, v := range values {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
	}
	return out
}

func TestInspect(t *testing.T) {
	tests := []struct {
		name, file string
		content    []byte
		want       media.File
	}{
		{"a png", "a.png", encoded(t, "png", 30, 20), media.File{MIME: "image/png", Width: 30, Height: 20}},
		{"a jpeg under another name", "a.png", encoded(t, "jpeg", 30, 20), media.File{MIME: "image/jpeg", Width: 30, Height: 20}},
		{"a gif", "a.gif", encoded(t, "gif", 3, 2), media.File{MIME: "image/gif", Width: 3, Height: 2}},
		{"an extended webp", "a.webp", webp(), media.File{MIME: "image/webp", Width: 320, Height: 240}},
		{"a large picture", "a.png", huge(t, 8_000), media.File{MIME: "image/png", Width: 8_000, Height: 8_000}},
		{"a wave", "a.wav", wav(4000, 8000), media.File{MIME: "audio/wav", DurationUS: 500_000}},
		{"an mp3", "a.mp3", mp3(10), media.File{MIME: "audio/mpeg", DurationUS: 261_224}},
		{"an mp3 behind a tag", "a.mp3", join("ID3\x04\x00\x00\x00\x00\x01\x00", make([]byte, 128), mp3(10)), media.File{MIME: "audio/mpeg", DurationUS: 261_224}},
		{"a flac", "a.flac", flac(), media.File{MIME: "audio/flac", DurationUS: 1_000_000}},
		{"an ogg of opus", "a.ogg", ogg(), media.File{MIME: "audio/ogg", DurationUS: 1_000_000}},
		{"an mp4", "a.mp4", mp4(), media.File{MIME: "video/mp4", Width: 320, Height: 176, DurationUS: 2_500_000}},
		{"a webm", "a.webm", webm("webm"), media.File{MIME: "video/webm", Width: 320, Height: 180, DurationUS: 1_500_000}},
		{"a pcd", "a.pcd", pcd(3), media.File{MIME: "application/x-pcd", Points: 3}},
		{"a ply", "a.ply", []byte("ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nend_header\n0 0 0\n1 1 1\n"), media.File{MIME: "application/x-ply", Points: 2}},
		{"records of kitti", "a.bin", floats(1, 2, 3, .5, 4, 5, 6, 1), media.File{MIME: "application/octet-stream", Points: 2}},
		{"text", "a.txt", []byte("Grüße\n"), media.File{MIME: "text/plain"}},
		{"a table", "a.csv", []byte("a,b\n1,2\n"), media.File{MIME: "text/csv"}},
		{"lines of json with odd keys", "a.jsonl", []byte(`{"__proto__":{"admin":true},"constructor":1}` + "\n"), media.File{MIME: "application/jsonl"}},
		{"an svg with a script", "a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), media.File{MIME: "text/plain"}},
		{"a page with a script", "a.html", []byte(`<!doctype html><script>alert(1)</script>`), media.File{MIME: "text/plain"}},
		{"a page that says it is a picture", "a.png", []byte(`<script>alert(1)</script>`), media.File{MIME: "text/plain"}},
		{"an archive", "a.zip", []byte("PK\x03\x04..............."), media.File{MIME: media.Zip}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := media.Inspect(bytes.NewReader(tt.content), int64(len(tt.content)), tt.file)
			if err != nil || got != tt.want {
				t.Errorf("Inspect = %+v, %v, want %+v", got, err, tt.want)
			}
		})
	}
}

func TestWhatIsRefused(t *testing.T) {
	tests := []struct {
		name, file string
		content    []byte
		kind       fault.Kind
		says       string
	}{
		{"nothing", "a.txt", nil, fault.KindInvalid, "empty"},
		{"a picture of many pixels", "a.png", huge(t, 100_000), fault.KindLimit, "100000 x 100000"},
		{"a picture of too many pixels in all", "a.png", huge(t, 15_000), fault.KindLimit, "100000000 in all"},
		{"half a picture's head", "a.png", encoded(t, "png", 9, 9)[:20], fault.KindInvalid, "image/png"},
		{"a wave that says more than it has", "a.wav", wav(10, 1<<30), fault.KindInvalid, "1073741824 bytes of data"},
		{"a wave of no channels", "a.wav", bytes.Replace(wav(10, 20), join(le16(1), le16(1), le32(8000)), join(le16(1), le16(0), le32(8000)), 1), fault.KindInvalid, "0 channels"},
		{"a wave without data", "a.wav", wav(10, 20)[:48], fault.KindInvalid, "without a data chunk"},
		{"an mp3 of one frame", "a.mp3", mp3(1), fault.KindInvalid, "1 frames"},
		{"an mp3 that is a tag only", "a.mp3", join("ID3\x04\x00\x00\x7f\x7f\x7f\x7f", make([]byte, 100)), fault.KindInvalid, "0 frames"},
		{"a flac cut short", "a.flac", flac()[:30], fault.KindInvalid, "cut short"},
		{"an ogg of something else", "a.ogg", bytes.Replace(ogg(), []byte("OpusHead"), []byte("theora.."), 1), fault.KindInvalid, "want Vorbis or Opus"},
		{"an mp4 without a movie", "a.mp4", box("ftyp", "isom"), fault.KindInvalid, "without a movie header"},
		{"an mp4 box beyond the end", "a.mp4", join(box("ftyp", "isom"), be32(1<<30), "moov"), fault.KindInvalid, "mp4 box"},
		{"an mp4 of many boxes", "a.mp4", join(box("ftyp", "isom"), bytes.Repeat(box("free"), 20_000)), fault.KindLimit, "boxes"},
		{"matroska of another type", "a.webm", webm("matroska"), fault.KindInvalid, "want webm"},
		{"a webm cut short", "a.webm", webm("webm")[:40], fault.KindInvalid, "webm"},
		{"a pcd of more points than bytes", "a.pcd", pcd(9), fault.KindInvalid, "9 points"},
		{"a pcd without data", "a.pcd", []byte("# .PCD v0.7\nFIELDS x y z\n"), fault.KindInvalid, "without DATA"},
		{"records cut short", "a.bin", make([]byte, 17), fault.KindInvalid, "records of 16"},
		{"records of no place", "a.bin", floats(float32(math.NaN()), 0, 0, 0), fault.KindInvalid, "coordinate NaN"},
		{"a program", "a.exe", []byte("MZ\x90\x00\x03"), fault.KindInvalid, "none of the kinds"},
		{"text of another encoding", "a.txt", []byte("Gr\xfc\xdfe"), fault.KindInvalid, "byte 2"},
		{"lines that are no json", "a.jsonl", []byte("{}\n{\n"), fault.KindInvalid, "line 2"},
		{"a line without an end", "a.jsonl", []byte(`"` + strings.Repeat("x", 2<<20) + `"`), fault.KindLimit, "a line of more than"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := media.Inspect(bytes.NewReader(tt.content), int64(len(tt.content)), tt.file)
			if !fault.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Inspect = %+v, %v (%s), want %s that says %q", got, err, fault.KindOf(err), tt.kind, tt.says)
			}
		})
	}
}

func FuzzInspect(f *testing.F) {
	for _, seed := range [][]byte{
		encoded(f, "png", 3, 2), encoded(f, "gif", 3, 2), webp(), wav(4, 8), mp3(2), flac(), ogg(), mp4(), webm("webm"), pcd(3), []byte("ply\nend_header"),
	} {
		f.Add(seed, "a.bin")
	}
	f.Fuzz(func(t *testing.T, content []byte, name string) {
		got, err := media.Inspect(bytes.NewReader(content), int64(len(content)), name)
		if err != nil {
			if k := fault.KindOf(err); k != fault.KindInvalid && k != fault.KindLimit {
				t.Errorf("kind %s: %v", k, err)
			}
			return
		}
		if got.MIME == "" || got.Width > media.MaxSide || got.Width*got.Height > media.MaxPixels || got.Points > media.MaxPoints || got.DurationUS < 0 {
			t.Errorf("%+v is beyond the bounds", got)
		}
	})
}
