package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// The keyrings of --keyring. Auto is test in a home where `alaya up` made the
// keys of a local chain, else file.
const (
	keyringAuto = "auto"
	keyringFile = "file"
	keyringTest = "test"
)

// passphraseFile is the variable that names a file with the passphrase, for
// programs; people are asked on the terminal.
const passphraseFile = "ALAYA_PASSPHRASE_FILE"

// maxPassphrase bounds a passphrase, in bytes.
const maxPassphrase = 1024

// keyringDir is where the chosen keyring keeps its keys, one file NAME.info
// each.
func (s *session) keyringDir() string {
	kind := s.flags.keyring.value
	if kind == keyringAuto {
		kind = keyringFile
		if _, err := os.Stat(s.path("keyring-" + keyringTest)); err == nil {
			kind = keyringTest
		}
	}
	return s.path("keyring-" + kind)
}

// keys opens the keyring.
func (s *session) keys() (*client.Keyring, error) {
	if s.keyring != nil {
		return s.keyring, nil
	}
	var err error
	if filepath.Base(s.keyringDir()) == "keyring-"+keyringTest {
		s.keyring, err = client.OpenTestKeyring(s.flags.home)
	} else {
		s.keyring, err = client.OpenKeyring(s.flags.home, s.passphrase)
	}
	return s.keyring, err
}

// key returns the key of --from.
func (s *session) key() (client.Key, error) {
	if s.flags.from == "" {
		return nil, advise(fault.Invalid("no key to sign with"), "name one with --from or ALAYA_FROM; `alaya keys list` shows them")
	}
	ring, err := s.keys()
	if err != nil {
		return nil, err
	}
	key, err := ring.Key(s.flags.from)
	if fault.Is(err, fault.KindNotFound) {
		return nil, advise(err, "`alaya keys list` shows the keys in %s; `alaya keys add %s` makes one", s.keyringDir(), s.flags.from)
	}
	return key, err
}

// addressOf returns the address of a named key.
func addressOf(ring *client.Keyring, name string) (id.Address, error) {
	keys, err := ring.List()
	if err != nil {
		return "", err
	}
	for _, k := range keys {
		if k.Name == name {
			return k.Address, nil
		}
	}
	return "", advise(fault.NotFound("%q is neither an address nor the name of a key", name),
		"addresses begin with %s1; `alaya keys list` shows the keys", client.Prefix)
}

// keyNames lists the names of the keys without opening the keyring.
func (s *session) keyNames() []string {
	files, err := filepath.Glob(filepath.Join(s.keyringDir(), "*.info"))
	if err != nil {
		return nil
	}
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.TrimSuffix(filepath.Base(f), ".info")
	}
	return names
}

// passphrase reads the passphrase of the file keyring from the file that
// ALAYA_PASSPHRASE_FILE names, or asks on the terminal, twice for a new one.
func (s *session) passphrase() (string, error) {
	if name := s.env(passphraseFile); name != "" {
		return readSecret(name)
	}
	terminal, ok := terminalOf(s.in)
	if !ok {
		return "", advise(fault.Invalid("no passphrase for the keys in %s", s.keyringDir()),
			"set %s to the name of a file that holds it", passphraseFile)
	}
	fresh := len(s.keyNames()) == 0
	first, err := s.askSecret(terminal, "Passphrase of the keys in "+s.keyringDir()+": ")
	if err != nil || !fresh {
		return first, err
	}
	second, err := s.askSecret(terminal, "The same again: ")
	if err == nil && first != second {
		err = fault.Invalid("the two passphrases differ")
	}
	return first, err
}

// readSecret reads a small file without its last line end.
func readSecret(name string) (string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	if len(text) > maxPassphrase {
		return "", fault.Limit("%s: more than %d bytes", name, maxPassphrase)
	}
	return string(bytes.TrimRight(text, "\r\n")), nil
}

// askSecret asks on a terminal without showing what is typed.
func (s *session) askSecret(terminal *os.File, prompt string) (string, error) {
	s.prompt(prompt)
	text, err := term.ReadPassword(int(terminal.Fd()))
	s.say("")
	return string(text), err
}

// terminalOf returns the terminal behind a stream, if it is one.
func terminalOf(stream any) (*os.File, bool) {
	f, ok := stream.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}
