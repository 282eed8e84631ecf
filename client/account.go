package client

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/cometbft/cometbft/mempool"
	ctypes "github.com/cometbft/cometbft/rpc/core/types"

	sdk "github.com/cosmos/cosmos-sdk/types"
	sdkerrors "github.com/cosmos/cosmos-sdk/types/errors"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// maxResigned is how often one Broadcast signs anew when the chain expects
// another sequence.
const maxResigned = 5

// Account is a key with its place in the sequence of its transactions. It
// keeps count by itself, so many may be in flight. All methods may be called
// concurrently; one Account per key and process avoids needless re-signing.
type Account struct {
	client  *Client
	key     Key
	address id.Address

	mu       sync.Mutex
	known    bool
	number   uint64
	sequence uint64
}

// Account returns the account of a key. It asks the chain nothing yet.
func (c *Client) Account(key Key) (*Account, error) {
	address, err := AddressOf(sdk.AccAddress(key.PublicKey().Address()))
	if err != nil {
		return nil, err
	}
	return &Account{client: c, key: key, address: address}, nil
}

// Address returns the account's address.
func (a *Account) Address() id.Address { return a.address }

// Send broadcasts one transaction and waits until it is in a block.
func (a *Account) Send(ctx context.Context, messages ...sdk.Msg) (Result, error) {
	p, err := a.Broadcast(ctx, messages...)
	if err != nil {
		return Result{}, err
	}
	return p.Wait(ctx)
}

// Broadcast signs 1 to MaxMessages messages as one transaction, of which all
// or none take effect, and returns once the node has taken it. When the node
// has no room it waits for the next block and tries again until ctx ends. A
// refusal wraps a TxError.
func (a *Account) Broadcast(ctx context.Context, messages ...sdk.Msg) (*Pending, error) {
	d, err := newDraft(messages)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	o := order{chainID: a.client.chainID}
	if o.fee, err = a.fee(ctx, d); err != nil {
		return nil, err
	}
	for range maxResigned {
		if err := a.load(ctx); err != nil {
			return nil, err
		}
		o.number, o.sequence = a.number, a.sequence
		raw, err := d.sign(a.key, o)
		if err != nil {
			return nil, err
		}
		p, err := a.client.broadcast(ctx, raw, o.sequence)
		if err == nil {
			a.sequence++
			return p, nil
		}
		next, ok := expectedSequence(err)
		if !ok {
			a.known = a.known && isRefusal(err)
			return nil, err
		}
		a.sequence = next
	}
	return nil, fault.State("client: %s: signed %d times, and the sequence was another each time: is the key used elsewhere?",
		a.address, maxResigned)
}

// load asks for the account's number and sequence if they are not known.
func (a *Account) load(ctx context.Context) (err error) {
	if !a.known {
		a.number, a.sequence, err = a.query(ctx)
		a.known = err == nil
	}
	return err
}

func (a *Account) query(ctx context.Context) (number, sequence uint64, err error) {
	res, err := authtypes.NewQueryClient(a.client.conn).AccountInfo(ctx,
		&authtypes.QueryAccountInfoRequest{Address: a.address.String()})
	if fault.Is(err, fault.KindNotFound) {
		return 0, 0, fault.Funds("client: account %s: not on the chain yet: it begins with its first coins", a.address)
	}
	if err != nil {
		return 0, 0, err
	}
	if res.Info == nil {
		return 0, 0, fault.Internal("client: account %s: the node's answer is empty", a.address)
	}
	return res.Info.AccountNumber, res.Info.Sequence, nil
}

// Broadcast hands the bytes of a signed transaction to the node.
func (c *Client) Broadcast(ctx context.Context, raw []byte) (*Pending, error) {
	return c.broadcast(ctx, raw, noSequence)
}

func (c *Client) broadcast(ctx context.Context, raw []byte, sequence uint64) (*Pending, error) {
	hash := hashOf(raw)
	p := &Pending{client: c, raw: raw, hash: hash, sequence: sequence, result: c.feed.watch(hash)}
	for {
		res, err := c.rpc.BroadcastTxSync(ctx, raw)
		if isFull(err) {
			if err = c.feed.await(ctx, c.feed.height()+1); err == nil {
				continue
			}
		}
		if err = p.judge(res, err); err != nil {
			c.feed.unwatch(hash)
			return nil, err
		}
		return p, nil
	}
}

// judge turns the node's answer to a broadcast into an error; nil when the
// node has the transaction.
func (p *Pending) judge(res *ctypes.ResultBroadcastTx, err error) error {
	switch {
	case isKnown(err):
		return nil
	case err != nil && fault.Is(err, fault.KindState):
		return err
	case err != nil:
		return fault.Internal("client: broadcast %s: %w", p.hash, err)
	case res.Code != 0:
		return (&TxError{Hash: p.hash.String(), Codespace: res.Codespace, Code: res.Code, Log: res.Log}).fault()
	}
	return nil
}

// isFull says whether the node had no room. Over a socket only the text of an
// error arrives.
func isFull(err error) bool {
	var full mempool.ErrMempoolIsFull
	return err != nil && (errors.As(err, &full) || strings.Contains(err.Error(), "mempool is full"))
}

// isKnown says whether the node has the transaction already.
func isKnown(err error) bool {
	return err != nil && (errors.Is(err, mempool.ErrTxInCache) || strings.Contains(err.Error(), mempool.ErrTxInCache.Error()))
}

func isRefusal(err error) bool {
	var refusal *TxError
	return errors.As(err, &refusal)
}

// expectedSequence reads the sequence that the chain wants from its refusal,
// which has it in the text only.
func expectedSequence(err error) (uint64, bool) {
	var refusal *TxError
	if !errors.As(err, &refusal) || refusal.Codespace != sdkerrors.RootCodespace ||
		refusal.Code != sdkerrors.ErrWrongSequence.ABCICode() {
		return 0, false
	}
	match := regexp.MustCompile(`expected (\d+), got`).FindStringSubmatch(refusal.Log)
	if match == nil {
		return 0, false
	}
	next, err := strconv.ParseUint(match[1], 10, 64)
	return next, err == nil
}
