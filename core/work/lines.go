package work

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/alaya-network/alaya/core/fault"
)

// MaxLineLen bounds a line of any JSON Lines blob, in bytes.
const MaxLineLen = 1 << 20

// Lines cuts a JSON Lines blob into its lines, without their ends. The last
// line must end too, so that a truncated blob is noticed.
func Lines(text []byte) ([][]byte, error) {
	if len(text) == 0 {
		return nil, nil
	}
	if text[len(text)-1] != '\n' {
		return nil, fault.Invalid("work: the last line does not end: truncated?")
	}
	lines := bytes.Split(text[:len(text)-1], []byte{'\n'})
	for i, l := range lines {
		if len(l) == 0 || len(l) > MaxLineLen {
			return nil, fault.Limit("work: line %d of %d bytes: 1 to %d", i+1, len(l), MaxLineLen)
		}
	}
	return lines, nil
}

// DecodeLine reads one line into v and refuses unknown fields and what follows.
func DecodeLine(line []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return fault.Invalid("%w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return fault.Invalid("more than one value on a line")
	}
	return nil
}

// AppendLine adds v as one JSON line to text. v must be a plain struct.
func AppendLine(text []byte, v any) []byte {
	line, err := json.Marshal(v)
	if err != nil {
		panic("work: " + err.Error()) // plain structs always marshal
	}
	return append(append(text, line...), '\n')
}
