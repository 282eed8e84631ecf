package strict

import (
	"bytes"
	"crypto/sha256"
)

// TieKey is what decides a tie: of several candidates the one of the lowest key
// wins, by bytes. It hashes the salt of a job and some names, as task and
// label; a zero byte ends each.
func TieKey(salt [32]byte, names ...string) [sha256.Size]byte {
	var buf [256]byte
	key := append(buf[:0], "alaya/quality/tie/v1\x00"...)
	key = append(key, salt[:]...)
	for _, name := range names {
		key = append(append(key, name...), 0)
	}
	return sha256.Sum256(key)
}

// TieCompare is negative if a wins a tie with b over what some names tell, as a
// task, and positive if b does.
func TieCompare(salt [32]byte, a, b string, over ...string) int {
	x, y := TieKey(salt, append(over, a)...), TieKey(salt, append(over, b)...)
	return bytes.Compare(x[:], y[:])
}
