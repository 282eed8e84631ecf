package media

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
)

// maxLine bounds a line of JSON Lines, in bytes.
const maxLine = 1 << 20

// text accepts UTF-8 without control characters. Markup, be it HTML or SVG, is
// plain text.
func text(s *source, name string) (File, error) {
	r := bufio.NewReaderSize(s.reader(0), 1<<16)
	for at := int64(0); ; {
		c, n, err := r.ReadRune()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return File{}, fault.Internal("media: %q: %w", name, err)
		}
		if c == utf8.RuneError && n == 1 || c < ' ' && !strings.ContainsRune("\t\n\r\f", c) || c == 0x7f {
			return File{}, fault.Invalid("media: %q: byte %d is no text, and the file none of the kinds: picture, sound, film, point cloud, archive", name, at)
		}
		at += int64(n)
	}
	f := File{MIME: textKind(name)}
	if f.MIME == jsonLines {
		return f, s.checkLines(name)
	}
	return f, nil
}

const jsonLines = "application/jsonl"

func textKind(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv":
		return "text/csv"
	case ".tsv":
		return "text/tab-separated-values"
	case ".jsonl", ".ndjson":
		return jsonLines
	}
	return "text/plain"
}

// checkLines holds every line to be JSON.
func (s *source) checkLines(name string) error {
	lines := bufio.NewScanner(s.reader(0))
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if !json.Valid(lines.Bytes()) && len(strings.TrimSpace(lines.Text())) > 0 {
			return fault.Invalid("media: %q: line %d is no JSON", name, n)
		}
	}
	if err := lines.Err(); err != nil {
		return fault.Limit("media: %q: a line of more than %d bytes: %w", name, maxLine, err)
	}
	return nil
}
