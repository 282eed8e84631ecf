package client

import (
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/99designs/keyring"

	"github.com/cosmos/cosmos-sdk/crypto/hd"
	sdkkeyring "github.com/cosmos/cosmos-sdk/crypto/keyring"
	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// MinPassphraseLen is the fewest characters of a passphrase.
const MinPassphraseLen = 8

// recordSuffix ends the names under which the SDK's keyring keeps keys.
const recordSuffix = ".info"

// Keyring keeps named keys in a folder, encrypted, in the format of the SDK's
// file keyring. One goroutine may use it at a time. A key it gives stays
// decrypted in memory, so that signing takes microseconds.
type Keyring struct {
	keys sdkkeyring.Keyring
	db   keyring.Keyring
}

// NamedKey is a key of a keyring.
type NamedKey struct {
	Name    string
	Address id.Address
}

// OpenKeyring opens the keyring under home, which is made when first used.
// passphrase is asked for once, when a key is first needed; it must have
// MinPassphraseLen characters, and one that does not open the keys that are
// there is an error of kind forbidden.
func OpenKeyring(home string, passphrase func() (string, error)) (*Keyring, error) {
	return openKeyring(filepath.Join(home, "keyring-file"), func(string) (string, error) {
		p, err := passphrase()
		if err == nil && len(p) < MinPassphraseLen {
			err = fault.Invalid("client: passphrase: want at least %d characters", MinPassphraseLen)
		}
		return p, err
	})
}

// OpenTestKeyring opens a keyring under home whose passphrase everybody knows:
// for throw-away chains only.
func OpenTestKeyring(home string) (*Keyring, error) {
	return openKeyring(filepath.Join(home, "keyring-test"), func(string) (string, error) { return "test", nil })
}

func openKeyring(dir string, passphrase keyring.PromptFunc) (*Keyring, error) {
	db, err := keyring.Open(keyring.Config{
		AllowedBackends:  []keyring.BackendType{keyring.FileBackend},
		ServiceName:      "alaya",
		FileDir:          dir,
		FilePasswordFunc: passphrase,
	})
	if err != nil {
		return nil, fault.Internal("client: keyring %s: %w", dir, err)
	}
	return &Keyring{keys: sdkkeyring.NewInMemoryWithKeyring(db, newCodec()), db: db}, nil
}

// Create makes a new key and returns it with the mnemonic that restores it,
// which is kept nowhere else.
func (k *Keyring) Create(name string) (Key, string, error) {
	if err := k.free(name); err != nil {
		return nil, "", err
	}
	_, mnemonic, err := k.keys.NewMnemonic(name, sdkkeyring.English, keyPath(0), "", hd.Secp256k1)
	if err != nil {
		return nil, "", keyringError(name, err)
	}
	key, err := k.Key(name)
	return key, mnemonic, err
}

// Restore adds key number 0 of a mnemonic.
func (k *Keyring) Restore(name, mnemonic string) (Key, error) {
	if err := k.free(name); err != nil {
		return nil, err
	}
	if _, err := KeyFromMnemonic(mnemonic, 0); err != nil {
		return nil, err
	}
	if _, err := k.keys.NewAccount(name, mnemonic, "", keyPath(0), hd.Secp256k1); err != nil {
		return nil, keyringError(name, err)
	}
	return k.Key(name)
}

// Key returns a key by its name, or an error of kind not found.
func (k *Keyring) Key(name string) (Key, error) {
	record, err := k.record(name)
	if err != nil {
		return nil, err
	}
	if local := record.GetLocal(); local != nil && local.PrivKey != nil {
		if private, ok := local.PrivKey.GetCachedValue().(cryptotypes.PrivKey); ok {
			return newMemoryKey(private), nil
		}
	}
	return nil, fault.Invalid("client: key %s: kept outside the keyring", name)
}

// List returns all keys, by name.
func (k *Keyring) List() ([]NamedKey, error) {
	files, err := k.db.Keys()
	if err != nil {
		return nil, fault.Internal("client: keyring: %w", err)
	}
	slices.Sort(files)
	var keys []NamedKey
	for _, file := range files {
		name, ok := strings.CutSuffix(file, recordSuffix)
		if !ok {
			continue
		}
		record, err := k.record(name)
		if err != nil {
			return nil, err
		}
		key, err := named(record)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

func named(r *sdkkeyring.Record) (NamedKey, error) {
	public, err := r.GetPubKey()
	if err != nil {
		return NamedKey{}, keyringError(r.Name, err)
	}
	address, err := AddressOf(sdk.AccAddress(public.Address()))
	return NamedKey{Name: r.Name, Address: address}, err
}

// Delete removes a key for good.
func (k *Keyring) Delete(name string) error {
	if _, err := k.record(name); err != nil {
		return err
	}
	if err := k.keys.Delete(name); err != nil {
		return keyringError(name, err)
	}
	return nil
}

func (k *Keyring) record(name string) (*sdkkeyring.Record, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	record, err := k.keys.Key(name)
	if err != nil {
		return nil, keyringError(name, err)
	}
	return record, nil
}

// free says whether a name may be given to a new key. It reads all keys, and
// so finds a wrong passphrase before a key is written under it.
func (k *Keyring) free(name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	keys, err := k.List()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(keys, func(other NamedKey) bool { return other.Name == name }) {
		return fault.Exists("client: key %s: there is one already", name)
	}
	return nil
}

func checkName(name string) error {
	if !regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`).MatchString(name) {
		return fault.Invalid("client: key name %.70q: want 1 to 64 of a-z 0-9 _ -, a letter or digit first", name)
	}
	return nil
}

// keyringError gives the keyring's errors a kind; what does not decrypt is
// taken for a wrong passphrase.
func keyringError(name string, err error) error {
	switch {
	case errors.Is(err, sdkerrors.ErrKeyNotFound), errors.Is(err, keyring.ErrKeyNotFound):
		return fault.NotFound("client: key %s: not in the keyring", name)
	case fault.KindOf(err) != fault.KindInternal:
		return err
	}
	return fault.Forbidden("client: key %s: wrong passphrase or damaged keyring: %w", name, err)
}
