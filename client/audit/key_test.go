package audit_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/client/audit"
	"github.com/alaya-network/alaya/core/fault"
)

func TestAKeyIsMadeOnceForItsOwnerOnly(t *testing.T) {
	file := filepath.Join(t.TempDir(), "datasets", "1f3a5c7e9b2d4f60.key")
	key, err := audit.MakeKey(file)
	if err != nil {
		t.Fatal(err)
	}
	again, err := audit.MakeKey(file)
	if err != nil || !bytes.Equal(key, again) || len(key) != 32 {
		t.Errorf("made %x, later %x, %v", key, again, err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v, want 0600", info.Mode(), err)
	}
	for _, text := range []string{"", "zz", strings.Repeat("ab", 31), strings.Repeat("ab", 33)} {
		write(t, filepath.Dir(file), "bad.key", []byte(text))
		if _, err := audit.MakeKey(filepath.Join(filepath.Dir(file), "bad.key")); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("key file of %q: %v, want kind invalid", text, err)
		}
	}
}
