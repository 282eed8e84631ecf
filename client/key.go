package client

import (
	"fmt"

	"github.com/cosmos/cosmos-sdk/crypto/hd"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"
	"github.com/cosmos/go-bip39"

	"github.com/alaya-network/alaya/core/fault"
)

// Key signs. Both methods may be called concurrently, and Sign's errors must
// not show secrets.
type Key interface {
	PublicKey() cryptotypes.PubKey
	Sign(text []byte) ([]byte, error)
}

// memoryKey is a private key in this process.
type memoryKey struct {
	private cryptotypes.PrivKey
	public  cryptotypes.PubKey
}

func newMemoryKey(private cryptotypes.PrivKey) Key { return memoryKey{private, private.PubKey()} }

// PublicKey returns the public half.
func (k memoryKey) PublicKey() cryptotypes.PubKey { return k.public }

// Sign signs text.
func (k memoryKey) Sign(text []byte) ([]byte, error) { return k.private.Sign(text) }

// String keeps the key out of logs.
func (k memoryKey) String() string { return "key " + k.PublicKey().Address().String() }

// KeyFromSeed returns the secp256k1 key that a secret gives, the same for
// ever; for replays and tests, where keys are made by the thousand.
func KeyFromSeed(seed [32]byte) Key {
	return newMemoryKey(secp256k1.GenPrivKeyFromSecret(seed[:]))
}

// KeyFromMnemonic returns key number index, from 0, of a BIP-39 mnemonic, as
// Cosmos wallets derive it: m/44'/118'/0'/0/index.
func KeyFromMnemonic(mnemonic string, index uint32) (Key, error) {
	if !bip39.IsMnemonicValid(mnemonic) {
		return nil, fault.Invalid("client: mnemonic: not 12 to 24 words of BIP-39 with their checksum")
	}
	secret, err := hd.Secp256k1.Derive()(mnemonic, "", keyPath(index))
	if err != nil {
		return nil, fault.Invalid("client: mnemonic: key %d cannot be derived", index)
	}
	return newMemoryKey(hd.Secp256k1.Generate()(secret)), nil
}

func keyPath(index uint32) string { return fmt.Sprintf("m/44'/118'/0'/0/%d", index) }
