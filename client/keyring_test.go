package client_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
)

const words = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about"

func passphrase(p string) func() (string, error) { return func() (string, error) { return p, nil } }

func TestKeyring(t *testing.T) {
	home := t.TempDir()
	open := func(p string) *client.Keyring {
		k, err := client.OpenKeyring(home, passphrase(p))
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	ring := open("correct horse")
	made, mnemonic, err := ring.Create("anna")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ring.Restore("wallet", words); err != nil {
		t.Fatal(err)
	}
	again, err := open("correct horse").Key("anna")
	if err != nil || !bytes.Equal(again.PublicKey().Bytes(), made.PublicKey().Bytes()) {
		t.Errorf("key after reopening: %v, want the same", err)
	}
	restored, err := client.KeyFromMnemonic(mnemonic, 0)
	if err != nil || !bytes.Equal(restored.PublicKey().Bytes(), made.PublicKey().Bytes()) {
		t.Errorf("key from its mnemonic: %v, want the same", err)
	}
	names, err := open("correct horse").List()
	if err != nil || len(names) != 2 || names[0].Name != "anna" || names[1].Name != "wallet" {
		t.Errorf("List = %v, %v, want anna and wallet", names, err)
	}
	refusals(t, ring, open)
	secretsStayEncrypted(t, home, mnemonic)
}

func refusals(t *testing.T, ring *client.Keyring, open func(string) *client.Keyring) {
	t.Helper()
	tests := []struct {
		name string
		kind fault.Kind
		try  func() error
	}{
		{"a name that is taken", fault.KindExists, func() error { _, _, err := ring.Create("anna"); return err }},
		{"a path as name", fault.KindInvalid, func() error { _, _, err := ring.Create("../anna"); return err }},
		{"no name", fault.KindInvalid, func() error { _, err := ring.Key(""); return err }},
		{"an unknown key", fault.KindNotFound, func() error { _, err := ring.Key("carol"); return err }},
		{"deleting an unknown key", fault.KindNotFound, func() error { return ring.Delete("carol") }},
		{"a mnemonic with a wrong word", fault.KindInvalid, func() error {
			_, err := ring.Restore("dora", strings.Replace(words, "about", "abandon", 1))
			return err
		}},
		{"a wrong passphrase", fault.KindForbidden, func() error { _, err := open("wrong horse").Key("anna"); return err }},
		{"a new key under a wrong passphrase", fault.KindForbidden, func() error {
			_, _, err := open("wrong horse").Create("emil")
			return err
		}},
		{"a short passphrase", fault.KindInvalid, func() error { _, err := open("short").Key("anna"); return err }},
	}
	for _, tt := range tests {
		if err := tt.try(); !fault.Is(err, tt.kind) {
			t.Errorf("%s: %v, want kind %s", tt.name, err, tt.kind)
		} else if strings.Contains(err.Error(), "horse") {
			t.Errorf("%s: error %q shows the passphrase", tt.name, err)
		}
	}
	if err := ring.Delete("anna"); err != nil {
		t.Errorf("Delete: %v", err)
	}
	if _, err := ring.Key("anna"); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("a deleted key: %v, want kind not found", err)
	}
}

func secretsStayEncrypted(t *testing.T, home, mnemonic string) {
	t.Helper()
	err := filepath.WalkDir(home, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if bytes.Contains(text, []byte(mnemonic)) || bytes.Contains(text, []byte("horse")) {
			t.Errorf("%s shows a secret", path)
		}
		if info, _ := d.Info(); info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: mode %s, want it private", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestTestKeyring(t *testing.T) {
	home := t.TempDir()
	ring, err := client.OpenTestKeyring(home)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := ring.Create("anna"); err != nil {
		t.Fatal(err)
	}
	if ring, err = client.OpenTestKeyring(home); err != nil {
		t.Fatal(err)
	}
	if _, err := ring.Key("anna"); err != nil {
		t.Errorf("key after reopening: %v", err)
	}
}

// The address that every Cosmos wallet gives these words, under our prefix;
// under "cosmos" it is cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4.
func TestMnemonicGivesTheWalletsAddress(t *testing.T) {
	key, err := client.KeyFromMnemonic(words, 0)
	if err != nil {
		t.Fatal(err)
	}
	address, err := client.AddressOf(addressOf(key))
	if err != nil || !strings.HasPrefix(address.String(), "alaya19rl4cm2hmr8afy4kldpxz3fka4jguq0a") {
		t.Errorf("address = %s, %v", address, err)
	}
	back, err := client.ParseAddress(address)
	if err != nil || !bytes.Equal(back, addressOf(key)) {
		t.Errorf("ParseAddress(%s) = %X, %v", address, back, err)
	}
	if _, err := client.ParseAddress("cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("ParseAddress of another chain: %v, want kind invalid", err)
	}
	if text := key.(interface{ String() string }).String(); len(text) > 60 {
		t.Errorf("key prints as %q", text)
	}
}
