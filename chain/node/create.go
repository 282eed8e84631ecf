package node

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/privval"

	cryptocodec "github.com/cosmos/cosmos-sdk/crypto/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/app"
	"github.com/alaya-network/alaya/chain/kit"
)

// DefaultStake is what each validator bonds at genesis, in ualy: 1,000 ALY.
const DefaultStake = 1_000_000_000

// Chain describes a new chain for Create.
type Chain struct {
	ID string
	// Time is the genesis time; zero: now.
	Time time.Time
	// Stake is what each validator bonds, in ualy, at least 1 ALY; 0:
	// DefaultStake.
	Stake int64
	// Operators own the validators, in the order of the homes. A validator
	// without one is owned by an address nobody has the key of.
	Operators []sdk.AccAddress
	// Balances is the money of the new chain.
	Balances []app.Balance
	// Change is app.Genesis's.
	Change app.Change
}

// Create makes the homes of a new chain, one validator each, with keys and the
// common genesis document. It refuses a home that holds a chain already.
func Create(c Chain, homes ...string) error {
	if err := c.create(homes); err != nil {
		return fmt.Errorf("node: create %s: %w", c.ID, err)
	}
	return nil
}

func (c Chain) create(homes []string) error {
	kit.SetPrefixes()
	genesis := app.Genesis{ChainID: c.ID, Time: c.Time, Balances: c.Balances, Change: c.Change}
	if c.Time.IsZero() {
		genesis.Time = time.Now().UTC()
	}
	for i, home := range homes {
		v, err := c.validator(home)
		if err != nil {
			return err
		}
		if i < len(c.Operators) {
			v.Operator = c.Operators[i]
		}
		genesis.Validators = append(genesis.Validators, v)
	}
	doc, err := genesis.Document()
	if err != nil {
		return err
	}
	for _, home := range homes {
		if err := doc.SaveAs(homeConfig(home).GenesisFile()); err != nil {
			return err
		}
	}
	return nil
}

// validator makes a home's folders and keys.
func (c Chain) validator(home string) (app.Validator, error) {
	cfg := homeConfig(home)
	if _, err := os.Stat(cfg.GenesisFile()); !errors.Is(err, os.ErrNotExist) {
		return app.Validator{}, fmt.Errorf("%s: home holds a chain already", home)
	}
	for _, dir := range []string{"config", "data"} {
		if err := os.MkdirAll(filepath.Join(home, dir), 0o700); err != nil {
			return app.Validator{}, err
		}
	}
	if _, err := p2p.LoadOrGenNodeKey(cfg.NodeKeyFile()); err != nil {
		return app.Validator{}, err
	}
	signer := privval.LoadOrGenFilePV(cfg.PrivValidatorKeyFile(), cfg.PrivValidatorStateFile())
	key, err := cryptocodec.FromCmtPubKeyInterface(signer.Key.PubKey)
	if err != nil {
		return app.Validator{}, err
	}
	stake := c.Stake
	if stake == 0 {
		stake = DefaultStake
	}
	return app.Validator{
		Name: filepath.Base(home), Key: key, Operator: sdk.AccAddress(key.Address()), Stake: stake,
	}, nil
}

// Exists says whether a home holds a chain.
func Exists(home string) bool {
	_, err := os.Stat(homeConfig(home).GenesisFile())
	return err == nil
}
