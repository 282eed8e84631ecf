package audit

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

// keySize is the length of a pseudonym key, in bytes.
const keySize = 32

// LoadKey reads the key of a dataset's pseudonyms.
func LoadKey(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != keySize {
		return nil, fault.Invalid("audit: key %s: want %d hex characters", file, 2*keySize)
	}
	return key, nil
}

// MakeKey reads the key of a dataset's pseudonyms, or makes one that only its
// owner can read. Whoever has it can tell who gave which answer.
func MakeKey(file string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // never fails
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return LoadKey(file)
	}
	if err != nil {
		return nil, err
	}
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	return key, errors.Join(err, f.Close())
}
