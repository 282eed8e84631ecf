package app

import (
	"encoding/json"
	"fmt"
	"time"

	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/log/v2"
	"cosmossdk.io/math"

	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	cryptotypes "github.com/cosmos/cosmos-sdk/crypto/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"

	"github.com/alaya-network/alaya/chain/kit"
)

const (
	// VotesFrom is the height from which votes carry extensions.
	VotesFrom = 2
	// MaxBlockSize bounds a block, in bytes: plenty for promises.
	MaxBlockSize = 4 << 20
)

// Genesis describes a new chain.
type Genesis struct {
	ChainID    string
	Time       time.Time
	Validators []Validator
	Balances   []Balance
	Change     Change
}

// Change sets what a new chain has otherwise than by default: it may change
// the state of any module, in JSON by the module's name. The chain is validated
// after it. Nil changes nothing.
type Change func(codec kit.Codec, state map[string]json.RawMessage) error

// Validator is one of those who begin the chain.
type Validator struct {
	Name string
	Key  cryptotypes.PubKey
	// Operator is the account that owns the stake and acts for the validator.
	Operator sdk.AccAddress
	// Stake is what it bonds, in ualy, beyond its balance; power is whole ALY.
	Stake int64
}

// Balance is money at genesis, in ualy.
type Balance struct {
	Address sdk.AccAddress
	Ualy    int64
}

// Document makes the genesis document: every module's default, the balances,
// and the validators, bonded when the chain begins.
func (g Genesis) Document() (*genutiltypes.AppGenesis, error) {
	a, err := New(Options{ChainID: g.ChainID, DB: dbm.NewMemDB(), Logger: log.NewNopLogger()})
	if err != nil {
		return nil, err
	}
	state := a.basics.DefaultGenesis(a.Codec.Proto)
	if err := g.fill(a.Codec, state); err != nil {
		return nil, fmt.Errorf("app: genesis: %w", err)
	}
	if g.Change != nil {
		if err := g.Change(a.Codec, state); err != nil {
			return nil, fmt.Errorf("app: genesis: %w", err)
		}
	}
	if err := a.basics.ValidateGenesis(a.Codec.Proto, a.Codec.Tx, state); err != nil {
		return nil, fmt.Errorf("app: genesis: %w", err)
	}
	raw, err := json.MarshalIndent(state, "", " ")
	if err != nil {
		return nil, fmt.Errorf("app: genesis: %w", err)
	}
	doc := genutiltypes.NewAppGenesisWithVersion(g.ChainID, raw)
	doc.GenesisTime = g.Time
	doc.InitialHeight = 1
	doc.Consensus.Params = consensusParams()
	return doc, doc.ValidateAndComplete()
}

func consensusParams() *cmttypes.ConsensusParams {
	params := cmttypes.DefaultConsensusParams()
	params.ABCI.VoteExtensionsEnableHeight = VotesFrom
	params.Block.MaxBytes = MaxBlockSize
	return params
}

// fill writes accounts, coins and validators into the modules' states.
func (g Genesis) fill(codec kit.Codec, state map[string]json.RawMessage) error {
	staking, pool, err := g.staking()
	if err != nil {
		return err
	}
	bank := banktypes.DefaultGenesisState()
	bank.Balances = append(g.balances(), banktypes.Balance{
		Address: authtypes.NewModuleAddress(stakingtypes.NotBondedPoolName).String(), Coins: coins(pool),
	})
	accounts, err := authtypes.PackAccounts(g.accounts())
	if err != nil {
		return err
	}
	auth := authtypes.DefaultGenesisState()
	auth.Accounts = accounts
	state[authtypes.ModuleName] = codec.Proto.MustMarshalJSON(auth)
	state[banktypes.ModuleName] = codec.Proto.MustMarshalJSON(bank)
	state[stakingtypes.ModuleName] = codec.Proto.MustMarshalJSON(staking)
	return nil
}

func (g Genesis) accounts() authtypes.GenesisAccounts {
	accounts := make(authtypes.GenesisAccounts, len(g.Balances))
	for i, b := range g.Balances {
		accounts[i] = authtypes.NewBaseAccountWithAddress(b.Address)
	}
	return accounts
}

func (g Genesis) balances() []banktypes.Balance {
	balances := make([]banktypes.Balance, len(g.Balances))
	for i, b := range g.Balances {
		balances[i] = banktypes.Balance{Address: b.Address.String(), Coins: coins(math.NewInt(b.Ualy))}
	}
	return balances
}

// staking returns the state of x/staking and the stake of all validators,
// which waits in the pool of what is not bonded until the chain begins.
func (g Genesis) staking() (*stakingtypes.GenesisState, math.Int, error) {
	params := stakingtypes.DefaultParams()
	params.HistoricalEntries = 0 // headers serve IBC only, and cost a write per block
	state := stakingtypes.NewGenesisState(params, nil, nil)
	pool := math.ZeroInt()
	for _, v := range g.Validators {
		key, err := codectypes.NewAnyWithValue(v.Key)
		if err != nil {
			return nil, pool, fmt.Errorf("validator %s: key: %w", v.Name, err)
		}
		stake, operator := math.NewInt(v.Stake), sdk.ValAddress(v.Operator).String()
		state.Validators = append(state.Validators, stakingtypes.Validator{
			OperatorAddress:   operator,
			ConsensusPubkey:   key,
			Status:            stakingtypes.Unbonded,
			Tokens:            stake,
			DelegatorShares:   math.LegacyNewDecFromInt(stake),
			Description:       stakingtypes.Description{Moniker: v.Name},
			UnbondingTime:     time.Unix(0, 0).UTC(),
			Commission:        stakingtypes.NewCommission(math.LegacyZeroDec(), math.LegacyOneDec(), math.LegacyOneDec()),
			MinSelfDelegation: math.OneInt(),
		})
		state.Delegations = append(state.Delegations,
			stakingtypes.NewDelegation(v.Operator.String(), operator, math.LegacyNewDecFromInt(stake)))
		pool = pool.Add(stake)
	}
	return state, pool, nil
}

func coins(ualy math.Int) sdk.Coins { return sdk.NewCoins(sdk.NewCoin(kit.Denom, ualy)) }
