package node

import (
	"errors"
	"fmt"
	"path/filepath"

	"cosmossdk.io/log/v2"

	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
)

// Inspect reads the committed state of a stopped node and holds it against
// every invariant. It returns the state's height, and the first invariant that
// does not hold, or the reason why the state cannot be read: a node that runs
// keeps it locked.
func Inspect(home string) (height int64, err error) {
	genesis, err := genutiltypes.AppGenesisFromFile(filepath.Join(home, "config", "genesis.json"))
	if err != nil {
		return 0, fmt.Errorf("node: inspect %s: %w", home, err)
	}
	a, err := newApp(Options{Home: home, Logger: log.NewNopLogger()}, genesis.ChainID)
	if err != nil {
		return 0, fmt.Errorf("node: inspect %s: %w", home, err)
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return a.LastBlockHeight(), a.Invariants()
}
